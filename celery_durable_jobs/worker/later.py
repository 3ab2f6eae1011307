"""Answers of the store that a pool child reads when it has time.

A finish is sent, and the child's place is free at once, while the server works on it. The answer is read before the
next begin, at the next heartbeat, or before the child ends, whichever is first; until then the run is kept alive.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

_child = False


class Later:
    """What is to be heard in one process. Any thread may hear it; each is heard once."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._unheard: set[Callable[[], None]] = set()

    def add(self, hear: Callable[[], None]) -> None:
        """``hear`` waits for an answer and takes note of it. By the thread that runs handlers."""
        self._unheard.add(hear)
        self._waiting.append(hear)

    def hear(self) -> None:
        """All that is waiting."""
        while self._waiting:
            try:
                hear = self._waiting.popleft()
            except IndexError:
                return
            try:
                hear()
            finally:
                self._unheard.discard(hear)

    def __bool__(self) -> bool:
        """Whether something is waiting, or is just being heard."""
        return bool(self._unheard)


def in_pool_child() -> bool:
    """Whether this process is a child of a prefork pool: it runs one message after the other, and says when it ends."""
    return _child


def pool_child_starts() -> None:
    """A child has started, or the solo pool: that one is the worker itself."""
    global _child
    from billiard.process import current_process

    _child = current_process().name != "MainProcess"
