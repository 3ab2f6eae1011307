"""A handler's retry policy: its own options, its own hook, or the app's hook."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from celery.app.task import Task
from celery.utils.imports import symbol_by_name

from celery_durable_jobs.errors import ConfigurationError
from celery_durable_jobs.model.retry import DEFAULT_BACKOFF, DEFAULT_BACKOFF_MAX, RetryOptions, to_when
from celery_durable_jobs.model.when import When

OPTIONS = (
    "max_retries",
    "retry_backoff",
    "retry_backoff_max",
    "retry_jitter",
    "autoretry_for",
    "dont_autoretry_for",
    "default_retry_delay",
    "retry_kwargs",
)
"""Celery's options that make a policy."""


def refuse_both(options: Mapping[str, Any], should_retry: Any) -> None:
    """A handler has either Celery's options or a hook.

    :raises ConfigurationError: both were given.
    """
    both = [name for name in OPTIONS if name in options]
    if should_retry is not None and both:
        raise ConfigurationError(f"should_retry decides alone: give it or {', '.join(both)}, not both")


def when_to_retry(task: Any, settings: Any, context: Any, error: BaseException, zone: Any) -> When | None:
    """When to run the job of ``context`` again after ``error``; None: not again.

    :raises Exception: the hook's own, or InvalidTimeError for an answer that is no time: the job is then a dead letter.
    """
    hook = task.durable_should_retry
    given = _given(type(task))
    if hook is None and not given:
        hook = settings.should_retry
    if hook is None:
        delay = retry_options(given, task).next_delay(context.failures, error)
        return None if delay is None else to_when(delay, zone)
    if isinstance(hook, str):
        hook = symbol_by_name(hook)
    answer = hook(context, error)
    if inspect.iscoroutine(answer):
        from celery_durable_jobs.worker import aio  # asyncio with it, which few need

        answer = aio.run_to_end(answer)
    return None if answer is None else to_when(answer, zone, argument="the retry policy's answer")


def retry_options(given: Mapping[str, Any], task: Any) -> RetryOptions:
    """Celery's options as a value. A fixed ``default_retry_delay`` is meant where it is given without a backoff."""
    forced = dict(given.get("retry_kwargs") or {})
    max_retries = forced.get("max_retries", task.max_retries)
    fixed = forced.get("countdown", given.get("default_retry_delay"))
    backoff = given.get("retry_backoff", DEFAULT_BACKOFF if fixed is None else None)
    return RetryOptions(
        max_retries=max_retries,
        # As in Celery True is a factor of 1, and False or 0 none: then every delay is the same.
        backoff=float(backoff) or None if backoff is not None else None,
        backoff_max=float(given.get("retry_backoff_max", DEFAULT_BACKOFF_MAX)),
        jitter=given.get("retry_jitter"),
        delay=float(task.default_retry_delay if fixed is None else fixed),
        retry_for=_kinds(given.get("autoretry_for"), (BaseException,)),
        give_up_for=_kinds(given.get("dont_autoretry_for"), ()),
    )


def _kinds(value: Any, default: tuple[type[BaseException], ...]) -> tuple[type[BaseException], ...]:
    if value is None:
        return default
    return (value,) if isinstance(value, type) else tuple(value)


def _given(task_class: type) -> dict[str, Any]:
    """Those that the handler, its base or an annotation set: what Celery's own Task has says nothing."""
    found: dict[str, Any] = {}
    for each in task_class.__mro__:
        if each is Task:
            break
        for name in OPTIONS:
            if name in each.__dict__:
                found.setdefault(name, each.__dict__[name])
    return found
