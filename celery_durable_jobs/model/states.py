"""The states of a job, and which steps may lead from one to another (DESIGN section 5, as data)."""

from __future__ import annotations

from enum import Enum


class JobState(str, Enum):
    """Where a job stands. ``ended`` is true for the last four."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DEAD = "dead"

    def __str__(self) -> str:
        return self.value

    @property
    def ended(self) -> bool:
        """Whether no run will begin any more (short of a replay of a dead job)."""
        return self in ENDED

    @property
    def in_flight(self) -> bool:
        """Claimed, sent or running."""
        return self in IN_FLIGHT


ENDED = frozenset({JobState.SUCCEEDED, JobState.CANCELLED, JobState.EXPIRED, JobState.DEAD})
IN_FLIGHT = frozenset({JobState.CLAIMED, JobState.SENT, JobState.RUNNING})
NOT_BEGUN = frozenset({JobState.WAITING, JobState.CLAIMED, JobState.SENT})

_W, _C, _S, _R = JobState.WAITING, JobState.CLAIMED, JobState.SENT, JobState.RUNNING
_OK, _X, _E, _D = JobState.SUCCEEDED, JobState.CANCELLED, JobState.EXPIRED, JobState.DEAD

TRANSITIONS: dict[JobState, frozenset[JobState]] = {
    _W: frozenset({_C, _S, _X, _E}),
    _C: frozenset({_S, _R, _W, _X, _E, _D}),
    _S: frozenset({_R, _W, _X, _E, _D}),
    _R: frozenset({_W, _OK, _X, _E, _D}),
    _D: frozenset({_W}),
    _OK: frozenset(),
    _X: frozenset(),
    _E: frozenset(),
}


class CancelOutcome(str, Enum):
    """What a cancel came to. Only ``CANCELLED`` is true: no run begins after it."""

    CANCELLED = "cancelled"
    REQUESTED = "requested"
    ENDED = "ended"
    NOT_FOUND = "not_found"

    def __bool__(self) -> bool:
        return self is CancelOutcome.CANCELLED

    def __str__(self) -> str:
        return self.value
