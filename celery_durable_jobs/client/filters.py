"""The filters of a selection, checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs._options import refuse_unknown
from celery_durable_jobs.client import times, validate
from celery_durable_jobs.client.handlers import handler_name
from celery_durable_jobs.errors import UnknownOptionError
from celery_durable_jobs.jobs import JobState
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import ENDED

FILTERS = ("target", "name", "handler", "state", "due_before", "ended_after")


@dataclass(frozen=True)
class Filters:
    """Checked filters; a state of None is: all that has not ended."""

    target: str | None = None
    name: str | None = None
    handler: str | None = None
    states: frozenset[JobState] = frozenset()
    due_before_us: int | None = None
    ended_after_us: int | None = None

    def match(self, job: JobRecord) -> bool:
        """Whether a job is chosen."""
        return (
            job.state in self.states
            and (self.target is None or job.target == self.target)
            and (self.name is None or (job.name or job.handler) == self.name)
            and (self.handler is None or job.handler == self.handler)
            and (self.due_before_us is None or job.due_us < self.due_before_us)
            and (self.ended_after_us is None or (job.ended_us is not None and job.ended_us > self.ended_after_us))
        )


def filters_of(app: Any, given: Mapping[str, Any]) -> Filters:
    """Check filters.

    :raises UnknownOptionError: a filter or state that doesn't exist, or a target among jobs that have ended.
    :raises InvalidJobError: (other subclasses) a value that can't be.
    """
    refuse_unknown(given, FILTERS, "find")
    known = {name: value for name, value in given.items() if value is not None}
    ended_after = known.get("ended_after")
    states = _states(known.get("state"), ended=ended_after is not None)
    target = validate.label("target", known.get("target"))
    if target is not None and states and states <= ENDED - {JobState.DEAD}:
        raise UnknownOptionError(
            "the target of a job that has ended is not kept: find it by name or handler",
            argument="target",
            value=target,
        )
    handler = known.get("handler")
    return Filters(
        target=target,
        name=validate.label("name", known.get("name")),
        handler=None if handler is None else handler_name(handler),
        states=states,
        due_before_us=_moment("due_before", app, known.get("due_before")),
        ended_after_us=_moment("ended_after", app, ended_after),
    )


def _states(given: Any, *, ended: bool) -> frozenset[JobState]:
    if given is None:
        return ENDED if ended else frozenset(JobState) - ENDED
    several = [given] if isinstance(given, str) else given
    if not isinstance(several, Iterable):
        several = [given]
    names = [state.value for state in JobState]
    return frozenset(JobState(_state(state, names)) for state in several)


_MEANT = {"failed": "dead", "failure": "dead", "error": "dead", "pending": "waiting", "scheduled": "waiting",
          "queued": "sent", "started": "running", "active": "running", "success": "succeeded", "done": "succeeded",
          "completed": "succeeded", "revoked": "cancelled", "canceled": "cancelled"}  # fmt: skip
"""What other systems, Celery among them, call the states."""


def _state(given: Any, names: list[str]) -> str:
    meant = _MEANT.get(given.lower()) if isinstance(given, str) else None
    if meant is not None:
        raise UnknownOptionError(
            f"there is no state {given!r}: {meant!r} is what it is called here", argument="state", value=given,
            limit=tuple(names),
        )  # fmt: skip
    return validate.choice("state", given, names)


def _moment(argument: str, app: Any, value: Any) -> int | None:
    return None if value is None else times.moment_us(argument, app, value)
