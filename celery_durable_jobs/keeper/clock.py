"""The clock that a keeper measures its leases with."""

from __future__ import annotations

import time


def steady() -> float:
    """Seconds of a clock that never goes back and, where the system has one, runs on while the machine sleeps.

    A machine that was suspended has lost its leases; CLOCK_MONOTONIC would not know.
    """
    return time.clock_gettime(_CLOCK)


_CLOCK: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
