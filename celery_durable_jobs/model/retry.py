"""Whether and when a run that failed is run again: Celery's retry options as a value, and moments that people give.

Pure: an exception, the failures so far and the options go in, a delay comes out.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Any

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.errors import InvalidTimeError
from celery_durable_jobs.model.when import MAX_US, SECOND, When, to_us

DEFAULT_MAX_RETRIES = 3
DEFAULT_BACKOFF = 2.0
DEFAULT_BACKOFF_MAX = 600.0
SMALL_JITTER = 0.1
"""Where ``retry_jitter`` isn't given: ± 10 %, enough to part jobs that failed together."""


@dataclass(frozen=True)
class RetryOptions:
    """A handler's retry policy in Celery's own options.

    ``max_retries`` None: for ever. ``backoff`` s: factor of Celery's formula ``factor * 2 ** failures``; None: every
    delay is ``delay`` s. ``jitter`` None: ± 10 %; True: Celery's own, anywhere between 0 and the delay; False: none.
    ``retry_for``: these and no others are retried; ``give_up_for`` are not, even so.
    """

    max_retries: int | None = DEFAULT_MAX_RETRIES
    backoff: float | None = DEFAULT_BACKOFF
    backoff_max: float = DEFAULT_BACKOFF_MAX
    jitter: bool | None = None
    delay: float = 180.0
    retry_for: tuple[type[BaseException], ...] = (BaseException,)
    give_up_for: tuple[type[BaseException], ...] = ()

    def next_delay(
        self, failures: int, error: BaseException, *, draw: Callable[[], float] = random.random
    ) -> float | None:
        """Seconds until the next run after ``error``, or None: give up.

        :param failures: runs of this job that failed before.
        :param draw: a number in [0, 1).
        """
        if isinstance(error, self.give_up_for) or not isinstance(error, self.retry_for):
            return None
        if self.max_retries is not None and failures >= self.max_retries:
            return None
        if self.backoff is None:
            return self.delay
        # The exponent is bounded so that a job with thousands of failures doesn't overflow a float.
        delay = min(self.backoff_max, self.backoff * 2.0 ** min(failures, 60))
        if self.jitter is None:
            return delay * (1 - SMALL_JITTER + 2 * SMALL_JITTER * draw())
        return delay * draw() if self.jitter else delay


def to_when(value: object, zone: tzinfo | None, *, argument: str = "") -> When:
    """A moment from a datetime (a naive one is read in ``zone``), a timedelta, or seconds; the past means now.

    :raises InvalidTimeError: it is none of these, not finite, or past the year 2255. A bool is no number here: it is
        what a policy answers that was thought to be asked "yes or no".
    """
    if isinstance(value, datetime):
        if value.tzinfo is None or value.utcoffset() is None:
            if zone is None:
                raise InvalidTimeError(
                    f"{argument or 'a time'} has no timezone: {value!r}", argument=argument, value=value
                )
            value = value.replace(tzinfo=zone)
        us = to_us(value)
        if us > MAX_US:
            raise _impossible(value, argument)
        return When(at_us=max(0, us))
    if isinstance(value, timedelta):
        us = value // timedelta(microseconds=1)
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        us = round(value * SECOND)
    else:
        raise _impossible(value, argument)
    if us > MAX_US:
        raise _impossible(value, argument)
    return When(after_us=max(0, us))


def _impossible(value: Any, argument: str) -> InvalidTimeError:
    return InvalidTimeError(
        f"{argument or 'a time'} must be a datetime, a timedelta or seconds, up to the year 2255: {_short(value)}",
        argument=argument,
        value=value,
    )


def _short(value: Any) -> str:
    try:
        text = repr(value)
    except Exception as error:
        text = f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    return text if len(text) <= 100 else text[:97] + "..."
