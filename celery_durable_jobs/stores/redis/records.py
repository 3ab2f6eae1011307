"""Jobs as the scripts answer them, taken apart: the other end of ``lua/lib/job.lua`` and ``lua/lib/record.lua``."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from celery_durable_jobs.model.identity import LENGTH
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.stores.codec import decode_content, decode_metadata, to_text

STATES = (
    None,
    JobState.WAITING,
    JobState.CLAIMED,
    JobState.SENT,
    JobState.RUNNING,
    JobState.SUCCEEDED,
    JobState.CANCELLED,
    JobState.EXPIRED,
    JobState.DEAD,
)
"""The scripts' numbers of states."""

_CANCEL, _RUN_ID, _ERROR, _ENDED, _SLIM, _LEFT_OVER = 1, 2, 4, 8, 16, 32
_VIEW = struct.Struct(">BB7s7sIIII7sHI")
_RECORD = struct.Struct(">BB3s3s7s8s")

Names = dict[bytes, bytes]
"""``H<number>`` → handler, ``R<number>`` → route, as the scripts give them with each answer."""


def names_of(pairs: Sequence[bytes]) -> Names:
    """The last part of an answer that has jobs."""
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


def state_of(number: int) -> JobState:
    """The state of a script's number."""
    state = STATES[number]
    assert state is not None
    return state


@lru_cache(maxsize=1_000)
def route_of(text: bytes) -> Route:
    """The route of its text."""
    return Route.loads(text)


def number(data: bytes) -> int:
    """A number of the scripts' fixed-width fields."""
    return int.from_bytes(data, "big")


def job_of(view: bytes, names: Names) -> JobRecord:
    """A job in an answer."""
    head = _VIEW.unpack_from(view)
    state, flags, due, generation, attempt, failures, lost_runs, lost_points, ended, run_length, error_length = head
    at = _VIEW.size + LENGTH
    job_id = view[_VIEW.size : at].decode("ascii")
    run_end = at + run_length
    error_end = run_end + error_length
    changing: dict[str, Any] = {
        "attempt": attempt,
        "failures": failures,
        "lost_runs": lost_runs,
        "lost_points": lost_points,
        "generation": number(generation),
        "run_id": to_text(view[at:run_end]) if flags & _RUN_ID else None,
        "cancel_requested": bool(flags & _CANCEL),
        "error": to_text(view[run_end:error_end]) if flags & _ERROR else None,
        "ended_us": number(ended) if flags & _ENDED else None,
    }
    if flags & _LEFT_OVER:
        handler = to_text(names[b"H%d" % number(view[error_end : error_end + 3])])
        name = to_text(view[error_end + 4 :]) if view[error_end + 3] else None
        return JobRecord(job_id, handler, state_of(state), number(due), name=name, **changing)
    fixed = _fixed(view, error_end, names, slim=bool(flags & _SLIM))
    return JobRecord(job_id, state=state_of(state), due_us=number(due), **fixed, **changing)


def _fixed(view: bytes, at: int, names: Names, *, slim: bool) -> dict[str, Any]:
    """What stands in the record: all but what a run changes."""
    _, flags, handler, route, _, _ = _RECORD.unpack_from(view, at)
    at += _RECORD.size
    expires = None
    if flags & 1:
        expires, at = number(view[at : at + 7]), at + 7
    texts: list[str | None] = []
    for flag in (2, 4, 8):
        text = None
        if flags & flag:
            end = at + 2 + number(view[at : at + 2])
            text, at = to_text(view[at + 2 : end]), end
        texts.append(text)
    metadata = None
    if flags & 32:
        end = at + 3 + number(view[at : at + 3])
        metadata, at = decode_metadata(view[at + 3 : end]), end
    return {
        "handler": to_text(names[b"H%d" % number(handler)]),
        "name": texts[0],
        "target": texts[1],
        "key": texts[2],
        "key_until": "ended" if flags & 16 else "started",
        "expires_us": expires,
        "metadata": metadata,
        "route": None if slim else route_of(names[b"R%d" % number(route)]),
        "content": None if slim else _content(view[at:]),
    }


def _content(stored: bytes) -> Content | None:
    """None where it can't be read: the keeper then buries that job, and the others of its batch go on."""
    try:
        return decode_content(stored)
    except (ValueError, IndexError, RecursionError):
        return None


def jobs_of(views: Sequence[bytes], names: Names) -> tuple[JobRecord, ...]:
    """The jobs of an answer, in order."""
    return tuple(job_of(view, names) for view in views)
