"""Waiting for something to become true, with a limit, instead of sleeping and hoping."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = float(os.environ.get("DURABLE_JOBS_TEST_PATIENCE", "1"))
"""Every limit is multiplied by this; raise it on a machine that is slow or busy."""


class WaitTimeoutError(AssertionError):
    """A condition did not come true within its limit."""


def wait_until(
    predicate: Callable[[], T],
    timeout: float = 20.0,
    message: str | Callable[[], str] = "",
    *,
    interval: float = 0.01,
) -> T:
    """Call ``predicate`` until it answers something true, and return that answer.

    :param timeout: seconds, multiplied by :data:`PATIENCE`; the predicate is asked once more when they are over.
    :param message: what was waited for, or a function that tells it (called only on failure).
    :param interval: seconds between the first two looks; it grows to ten times as much.
    :raises WaitTimeoutError: the limit passed; names the last answer.
    """
    limit = timeout * PATIENCE
    started = time.monotonic()
    pause = interval
    while True:
        over = time.monotonic() - started >= limit
        answer = predicate()
        if answer:
            return answer
        if over:
            said = message() if callable(message) else message
            what = said or getattr(predicate, "__name__", "condition")
            raise WaitTimeoutError(f"not within {limit:g} s: {what} (last answer: {answer!r})")
        time.sleep(pause)
        pause = min(pause * 1.3, interval * 10)
