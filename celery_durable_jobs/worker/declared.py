"""The options of ``@durable_job_handler``, checked where they are written: not when a worker starts, or a run fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from celery.app.task import Task

from celery_durable_jobs._options import suggestion
from celery_durable_jobs._setting_checks import Check, Duration, RetryHook, Whole
from celery_durable_jobs.errors import HandlerOptionError, UnknownOptionError
from celery_durable_jobs.messages import checks
from celery_durable_jobs.model.carrier import MOST

_TEN_YEARS = 3_650 * 86_400
_LABEL = 255


class _Number(Duration):
    """Seconds, kept as they were written; a timedelta as seconds."""

    def __call__(self, value: Any) -> Any:
        seconds = super().__call__(value)
        return value if isinstance(value, (int, float)) else seconds


class _Backoff(_Number):
    """Celery's ``retry_backoff``."""

    allowed = "True, False, or 0 to 315,360,000 s, a number or a timedelta"

    def __call__(self, value: Any) -> Any:
        return value if isinstance(value, bool) else super().__call__(value)


class _Jitter(Check):
    allowed = "True (anywhere between 0 and the delay), False (none), or None (10 % up or down)"

    def __call__(self, value: Any) -> Any:
        if value not in (True, False):
            raise ValueError("it is neither")
        return bool(value)


class _Kinds(Check):
    allowed = "an exception class, or a tuple of them"

    def __call__(self, value: Any) -> Any:
        kinds = (value,) if isinstance(value, type) else tuple(value) if isinstance(value, Iterable) else (None,)
        if not all(isinstance(each, type) and issubclass(each, BaseException) for each in kinds):
            raise ValueError("it holds something else")
        return kinds  # Celery itself takes nothing but a tuple or list


class _RetryKwargs(Check):
    allowed = "a mapping with max_retries and countdown"

    def __call__(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise ValueError("it is none")
        for name, each in value.items():
            check = {"max_retries": _MAX_RETRIES, "countdown": _DELAY}.get(name)
            if check is not None and each is not None:
                check(each)
        return value


class _Names(Check):
    allowed = f"a tuple of names, of 1 to {_LABEL} characters each"

    def __call__(self, value: Any) -> Any:
        if isinstance(value, str):
            raise ValueError(f"it is one string: write ({value!r},)")
        names = tuple(value) if isinstance(value, Iterable) else (None,)
        for name in names:
            _NAME(name)
        return names


class _Name(Check):
    allowed = f"a text of 1 to {_LABEL} characters"

    def __call__(self, value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is no text")
        if not value.strip() or len(value) > _LABEL:
            raise ValueError("it is blank" if not value.strip() else f"it has {len(value):,} characters")
        return value


class _Base(Check):
    allowed = "a subclass of celery.Task"

    def __call__(self, value: Any) -> Any:
        if not isinstance(value, type) or not issubclass(value, Task):
            raise ValueError("it is none")
        return value


_NAME = _Name()
_MAX_RETRIES = Whole(0, 2**31 - 1, none="for ever")
_DELAY = _Number(0, _TEN_YEARS)
_LIMIT = _Number(0.001, _TEN_YEARS)

CHECKS: dict[str, Check] = {
    "max_retries": _MAX_RETRIES,
    "retry_backoff": _Backoff(0, _TEN_YEARS),
    "retry_backoff_max": _DELAY,
    "retry_jitter": _Jitter(),
    "default_retry_delay": _DELAY,
    "autoretry_for": _Kinds(),
    "dont_autoretry_for": _Kinds(),
    "retry_kwargs": _RetryKwargs(),
    "should_retry": RetryHook(),
    "aliases": _Names(),
    "run_lease": Duration(2, 86_400),
    "batch": Whole(2, MOST, "jobs"),
    "name": _NAME,
    "base": _Base(),
    "time_limit": _LIMIT,
    "soft_time_limit": _LIMIT,
}
"""What an option may be; what isn't here is Celery's own business."""

_NOT_GIVEN_IF_NONE = frozenset((
    "retry_backoff", "retry_backoff_max", "default_retry_delay", "autoretry_for", "dont_autoretry_for", "retry_kwargs",
))  # fmt: skip
"""Celery itself trips over a None of these."""

_ROUTE: dict[str, Callable[[Any], Any]] = {
    "queue": checks.check_queue,
    "exchange": checks.check_exchange,
    "routing_key": lambda value: checks.check_name("routing_key", value),
    "priority": checks.check_priority,
    "delivery_mode": checks.check_delivery_mode,
}

_OTHERS = (
    "queue", "exchange", "exchange_type", "routing_key", "delivery_mode", "compression", "bind", "shared", "lazy",
    "app", "pydantic", "pydantic_strict", "pydantic_context", "pydantic_dump_kwargs",
)  # fmt: skip
_KNOWN = frozenset(name for name in dir(Task) if re.match("[a-z]", name)) | set(CHECKS) | set(_OTHERS)

_MISSPELT = 0.8
"""How alike an unknown name must be to a known one. Any other is an attribute that somebody gives to the task."""


def checked(options: Mapping[str, Any], handler: str, app: Any = None) -> dict[str, Any]:
    """The options as they will be used.

    :param handler: what the error calls it.
    :param app: the handler's app, whose own task class may have further attributes.
    :raises HandlerOptionError: one is out of range.
    :raises InvalidRouteError: no job could go to its queue, exchange or routing key.
    :raises UnknownOptionError: one looks like a misspelling. (An option that is unlike all others becomes an attribute
        of the task, as in Celery.)
    """
    taken = {}
    for name, value in options.items():
        if name not in _KNOWN:
            _refuse_misspelt(name, value, options.get("base"), app)
        if value is None and name in _NOT_GIVEN_IF_NONE:
            continue
        if value is not None and name in CHECKS:
            check = CHECKS[name]
            try:
                value = check(value)
            except ValueError as error:
                raise _wrong(handler, name, value, str(error), check.allowed) from None
        elif value is not None and name in _ROUTE:
            _ROUTE[name](value)
        taken[name] = value
    hard, soft = taken.get("time_limit"), taken.get("soft_time_limit")
    if hard and soft and soft > hard:
        raise _wrong(handler, "soft_time_limit", soft, "it is above time_limit", f"up to time_limit, {hard} s")
    _refuse_beside_batch(taken, handler)
    return taken


def _refuse_beside_batch(options: Mapping[str, Any], handler: str) -> None:
    """What Celery keeps for one message at a time can't be kept for each of its jobs."""
    if not options.get("batch"):
        return
    for name in ("time_limit", "soft_time_limit", "rate_limit"):
        if options.get(name):
            reason = "with batch= several jobs share a message, and Celery keeps this for the whole of it"
            raise _wrong(handler, name, options[name], reason, "one of the two, batch= or this")


def _refuse_misspelt(name: str, value: Any, base: Any, app: Any) -> None:
    hint = suggestion(name, _KNOWN, _MISSPELT)
    if hint and not any(hasattr(each, name) for each in (base, app.Task if app is not None else None)):
        raise UnknownOptionError(
            f"durable_job_handler has no option {name!r} (given: {_short(value)}){hint}", argument=name, value=value
        )


def _wrong(handler: str, name: str, value: Any, reason: str, allowed: str) -> HandlerOptionError:
    message = f"{handler}: {name}={_short(value)}: {reason} (allowed: {allowed})"
    return HandlerOptionError(message, option=name, value=value, allowed=allowed)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 100 else text[:97] + "..."
