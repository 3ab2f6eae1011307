"""One small loop for everything that a keeper does in the background: start, tick, stop."""

from __future__ import annotations

import threading
from collections.abc import Callable

from celery_durable_jobs.keeper.clock import steady
from celery_durable_jobs.observability.logging import get_logger

logger = get_logger("keeper")

_LONGEST_PAUSE = 1.0


class Loop:
    """Calls ``tick`` in a thread of its own, again and again, until it is stopped.

    :param tick: does one round and answers how many seconds to wait before the next.
    :param wait: waits that long, at most; None: until :meth:`wake`. Another one must end early when ``interrupt`` is
        called.
    :param interrupt: makes ``wait`` return, from any thread.
    """

    def __init__(
        self,
        name: str,
        tick: Callable[[], float],
        *,
        wait: Callable[[float], object] | None = None,
        interrupt: Callable[[], object] | None = None,
        clock: Callable[[], float] = steady,
    ) -> None:
        self.name = name
        self._tick = tick
        self._clock = clock
        self._woken = threading.Event()
        self._wait = wait or self._wait_for_wake
        self._interrupt = interrupt or self._woken.set
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.finished = clock()
        """When a tick last finished (or the loop was made), by the clock given."""

    @property
    def alive(self) -> bool:
        """Whether its thread runs."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Start the thread."""
        self.finished = self._clock()
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """End the present wait."""
        self._interrupt()

    def stop(self) -> None:
        """Let it end after the present tick. Doesn't wait."""
        self._stopping.set()
        self.wake()

    def join(self, timeout: float) -> bool:
        """Wait for its end; answers whether it came. True at once for one that was never started."""
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                pause = self._tick()
                failures = 0
            except Exception:
                # A defect in one round must not end dispatch for good: tell it, and go on.
                failures += 1
                pause = min(0.05 * 2**failures, _LONGEST_PAUSE)
                logger.exception("%s: a round failed", self.name)
            self.finished = self._clock()
            if pause > 0 and not self._stopping.is_set():
                self._wait(pause)

    def _wait_for_wake(self, seconds: float) -> None:
        self._woken.wait(seconds)
        self._woken.clear()
