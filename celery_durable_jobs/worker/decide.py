"""What becomes of a run: the one place where a return value or an exception turns into a finish.

Pure: no store, no broker. docs/reference/outcomes.md is this file in words.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from celery.exceptions import Ignore, Reject, Retry

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.errors import InvalidTimeError, RunStopped
from celery_durable_jobs.model.record import ERROR_LENGTH
from celery_durable_jobs.model.retry import to_when
from celery_durable_jobs.model.when import SECOND, When, from_us
from celery_durable_jobs.steps import FinishKind
from celery_durable_jobs.worker.outcomes import PollAfter, RescheduleAt
from celery_durable_jobs.worker.shutdown import StopReason

Policy = Callable[[BaseException], "When | None"]
"""When to run again after this exception, or None: give up. May raise: then the job is a dead letter."""


class RunDropped(Ignore):
    """What Celery is told of a delivery that comes to nothing: it stores no result of it and sends no signal."""


class ImpossibleResultError(TypeError):
    """A handler returned something that can be no outcome; the retry policy is asked, as for any exception."""


class HandlerExitError(Exception):
    """A handler ended by an exception that would have ended its process (``sys.exit``, KeyboardInterrupt)."""


@dataclass(frozen=True)
class Decision:
    """``kind`` None: the store is told nothing. ``raising``: what Celery is to see instead of the return value.

    ``rejected``: the handler rejected its message; Celery 5.4 then stores no result.
    """

    kind: FinishKind | None
    when: When | None = None
    error: str | None = None
    raising: BaseException | None = None
    rejected: bool = False


SUCCEEDED = Decision(FinishKind.SUCCEED)

PLAIN = frozenset({type(None), bool, int, float, str, bytes, list, tuple, dict})
"""What a handler usually returns. It is a success, where nothing else was asked."""


@dataclass(frozen=True)
class Circumstances:
    """What else is known when a handler ends.

    ``stopping``: why it should stop, if so. ``asked``: what ``self.retry(throw=False)`` gave it. ``given_up``: what
    ``self.retry`` raised because there are no retries left. ``unbindable``: the arguments don't fit the handler any
    more. ``zone`` reads naive datetimes. ``retry_delay`` s: of a ``Retry`` that names no time.
    """

    policy: Policy
    zone: tzinfo | None
    stopping: StopReason | None = None
    asked: Retry | None = None
    given_up: BaseException | None = None
    unbindable: bool = False
    retry_delay: float = 180.0


def on_return(value: Any, there: Circumstances) -> Decision:
    """The handler returned.

    :raises ImpossibleResultError: or InvalidTimeError: not a possible outcome; hand that to ``on_error``.
    """
    if there.stopping is StopReason.TAKEN_OVER:
        return _stop(there.stopping)  # its finish would be refused, and no result of it may stand beside the real one
    if there.asked is not None:
        return _retry(there.asked, there)
    if isinstance(value, RescheduleAt):
        when = to_when(value.when, there.zone, argument="RescheduleAt")
        return Decision(FinishKind.RESCHEDULE, when, raising=_shown("rescheduled", when))
    if isinstance(value, PollAfter):
        when = to_when(value.delay, there.zone, argument="PollAfter")
        return Decision(FinishKind.POLL, when, raising=_shown("polled again", when))
    if value is RescheduleAt or value is PollAfter:
        raise ImpossibleResultError(f"the handler returned the class {value.__name__}, without a time")
    if inspect.isgenerator(value) or inspect.isasyncgen(value) or inspect.isawaitable(value):
        kind = type(value).__name__
        raise ImpossibleResultError(f"the handler returned a {kind}, of which no line has run: {value!r}")
    return SUCCEEDED


def on_error(error: BaseException, there: Circumstances) -> Decision:
    """The handler raised, or something took its place."""
    if there.stopping is StopReason.TAKEN_OVER or (there.stopping is not None and _is_stop(error)):
        return _stop(there.stopping)
    if there.asked is not None:
        return _retry(there.asked, there)
    if isinstance(error, Retry):
        return _retry(error, there)
    if isinstance(error, Ignore):
        return Decision(FinishKind.SUCCEED, raising=error)
    if isinstance(error, Reject) and not error.requeue:
        return Decision(FinishKind.DIE, error=_dead(error, describe(error)), raising=error, rejected=True)
    if there.unbindable or error is there.given_up:
        return _die(error)
    try:
        when = there.policy(error)
    except Exception as trouble:
        text = f"{describe(error)}\nIts retry policy failed too: {describe(trouble)}"
        return Decision(FinishKind.DIE, error=_dead(error, text, trouble), raising=_for_celery(error))
    if when is None:
        return _die(error)
    return Decision(FinishKind.RETRY, when, describe(error), raising=_shown(None, when, error))


def describe(error: BaseException) -> str:
    """An exception in a line or a few: ``ValueError: text``."""
    return _clean("".join(traceback.format_exception_only(type(error), error)).strip())[:ERROR_LENGTH]


def _stop(reason: StopReason) -> Decision:
    """Taken over: nothing is written. Otherwise the store knows whether a cancel was requested, and ends it then."""
    if reason is StopReason.TAKEN_OVER:
        return Decision(None, raising=RunDropped(str(reason)))
    if reason is StopReason.CANCEL:
        return Decision(FinishKind.STOP, raising=RunDropped(str(reason)))
    return Decision(FinishKind.STOP, raising=Retry(f"stopped: {reason}", when=0))


def _retry(asked: Retry, there: Circumstances) -> Decision:
    cause = asked.exc if asked.exc is not None else asked.__cause__
    text = describe(cause) if cause is not None else _clean(str(asked))[:ERROR_LENGTH]
    try:
        when = to_when(there.retry_delay if asked.when is None else asked.when, there.zone, argument="retry")
    except InvalidTimeError as error:
        return Decision(FinishKind.DIE, error=_dead(error, f"{text}\n{describe(error)}"), raising=error)
    return Decision(FinishKind.RETRY, when, text, raising=asked)


def _die(error: BaseException) -> Decision:
    return Decision(FinishKind.DIE, error=_dead(error, describe(error)), raising=_for_celery(error))


def _for_celery(error: BaseException) -> BaseException:
    """Celery's tracer stores an Exception as FAILURE; of anything else it lets the process die."""
    if isinstance(error, Reject):
        return HandlerExitError(f"rejected: {error.reason!r}")
    if isinstance(error, Exception):
        return error
    replaced = HandlerExitError(describe(error))
    replaced.__cause__ = error
    return replaced


def _shown(what: str | None, when: When, error: BaseException | None = None) -> Retry:
    """What Celery makes a RETRY of, with its signal, event and log line."""
    at: Any = when.after_us / SECOND if when.after_us is not None else from_us(when.at_us or 0)
    shown = Retry(exc=_for_celery(error) if error is not None else None, when=at)
    if what is not None:
        shown.message = f"{what} {shown.humanize()}"
    shown.__cause__ = error
    return shown


def _is_stop(error: BaseException) -> bool:
    """RunStopped, alone or as all that a task group brings."""
    if isinstance(error, RunStopped):
        return True
    parts = getattr(error, "exceptions", None)  # an ExceptionGroup, from Python 3.11 on
    return isinstance(parts, tuple) and bool(parts) and all(_is_stop(part) for part in parts)


def _dead(error: BaseException, text: str, trouble: BaseException | None = None) -> str:
    """A dead letter's error: what was raised, then as much of where as there is room for."""
    traces = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    if trouble is not None:
        traces += "\n" + "".join(traceback.format_exception(type(trouble), trouble, trouble.__traceback__))
    room = ERROR_LENGTH - len(text) - 2
    traces = _clean(traces.strip())
    if room < 100 or "\n" not in traces:
        return text
    return f"{text}\n\n{traces[-room:]}"


def _clean(text: str) -> str:
    """Without half characters, which can't be encoded."""
    return text.encode("utf-8", "replace").decode("utf-8")
