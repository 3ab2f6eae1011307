"""Keeps forks and the heart's work for others apart.

A fork copies every lock as it is, and one that another thread holds at that moment is never released in the child. The
heart's thread stores results through Celery's backend, and Kombu's cached properties take a lock of their class at each
access: a pool child that was forked just then would stop for ever at its own first result, with its run kept alive.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 1.0
"""Seconds that a fork waits at most: a result backend that hangs must not stop the worker's loop."""

_lock = threading.RLock()
_waited = threading.local()


@contextmanager
def held_off() -> Iterator[None]:
    """No other thread forks this process meanwhile, for :data:`PATIENCE` s at least."""
    with _lock:
        yield


def _before() -> None:
    _waited.got = _lock.acquire(timeout=PATIENCE)


def _after_in_parent() -> None:
    if getattr(_waited, "got", False):
        _waited.got = False
        _lock.release()


def _after_in_child() -> None:
    global _lock
    _lock = threading.RLock()
    _waited.got = False


os.register_at_fork(before=_before, after_in_parent=_after_in_parent, after_in_child=_after_in_child)
