"""Wake-ups within the process."""

from __future__ import annotations

import threading
import time
import weakref

from celery_durable_jobs.stores.contract import Wakeups


class Bell:
    """Rings all wake-ups of one store."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: weakref.WeakSet[MemoryWakeups] = weakref.WeakSet()

    def subscribe(self) -> MemoryWakeups:
        """A listener that hears every ring from now on."""
        listener = MemoryWakeups()
        with self._lock:
            self._listeners.add(listener)
        return listener

    def ring(self) -> None:
        """A keeper is needed sooner than it knew."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener.ring()


class MemoryWakeups(Wakeups):
    """Wake-ups for one keeper."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rung = self._woken = self._closed = False

    def ring(self) -> None:
        """A wake-up came."""
        with self._changed:
            self._rung = True
            self._changed.notify_all()

    def wait(self, timeout: float) -> bool:
        until = time.monotonic() + timeout
        with self._changed:
            while not (self._rung or self._woken or self._closed):
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
            came, self._rung, self._woken = self._rung, False, False
            return came

    def wake(self) -> None:
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
