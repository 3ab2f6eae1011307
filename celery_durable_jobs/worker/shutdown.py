"""Why a run should stop, and how pool children learn that their worker stops.

A prefork child isn't told of a warm shutdown. So the parent makes one byte of shared memory before it forks, and sets
it when the shutdown is asked for; children, threads and greenlets look at it. (A child that was spawned rather than
forked has no such byte: its runs finish, as Celery's tasks do.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import mmap


class StopReason(str, Enum):
    """Why ``context.should_stop()`` is true."""

    CANCEL = "its cancel was requested"
    TAKEN_OVER = "another worker has the job"
    SHUTDOWN = "the worker stops"

    def __str__(self) -> str:
        return self.value


_flag: mmap.mmap | None = None


def prepare() -> None:
    """Make the byte, or clear it: this process starts a worker and has not forked yet."""
    global _flag
    import mmap  # only workers need it

    if _flag is None:
        _flag = mmap.mmap(-1, 1)
    _flag[0] = 0


def begin() -> None:
    """The worker stops: tell all of its runs. Safe in a signal handler."""
    if _flag is not None:
        _flag[0] = 1


def begun() -> bool:
    """Whether the worker that this process belongs to stops."""
    return _flag is not None and _flag[0] == 1
