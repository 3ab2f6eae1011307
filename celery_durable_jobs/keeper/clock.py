"""The clock that a keeper measures its leases with, and how it compares with a store's."""

from __future__ import annotations

import math
import time


def steady() -> float:
    """Seconds of a clock that never goes back and, where the system has one, runs on while the machine sleeps.

    A machine that was suspended has lost its leases; CLOCK_MONOTONIC would not know.
    """
    return time.clock_gettime(_CLOCK)


_CLOCK: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class StoreClock:
    """Says when to begin with a request that the store is to meet at a certain time of its own.

    Each answer tells the store's time. Between the moment at which the keeper began with the request and that time lies
    its own work and the way there; the quickest of the last while is what is planned with. So a request comes hardly
    ever too early (it is made again then), and too late by no more than it was slower than that one.
    """

    def __init__(self) -> None:
        self._ahead = self._before = -math.inf
        self._since = 0.0

    def told(self, began: float, answered: float, store_us: int) -> None:
        """A request that was begun and answered then, by the keeper's clock, met the store at that time of its own."""
        ahead = began - store_us / 1e6
        if answered - store_us / 1e6 < max(self._ahead, self._before):  # the store's clock was put forward
            self._ahead = self._before = ahead
        if answered - self._since > KEPT_S:
            self._before, self._ahead, self._since = self._ahead, ahead, answered
        self._ahead = max(self._ahead, ahead)

    def begin_at(self, store_us: int) -> float:
        """When to begin, by the keeper's clock. Something was told before."""
        return store_us / 1e6 + max(self._ahead, self._before)


KEPT_S = 10.0
