"""What a handler may return besides a result: be called again at a time, or be polled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from celery_durable_jobs.errors import InvalidTimeError
from celery_durable_jobs.model.retry import to_when


@dataclass(frozen=True)
class RescheduleAt:
    """``return RescheduleAt(when)``: run this job again then, as if it were new.

    Attempt, failures and lost runs start at 0, the retry policy isn't asked. ``when`` is a datetime (a naive one is
    read in the app's timezone), a timedelta, or seconds from now; a past time means now.

    :raises InvalidTimeError: it is none of these.
    """

    when: datetime | timedelta | float

    def __post_init__(self) -> None:
        to_when(self.when, timezone.utc, argument="RescheduleAt")


@dataclass(frozen=True)
class PollAfter:
    """``return PollAfter(delay)``: call the handler again later, as the same run (same run id, same attempt).

    The worker's place is free in between. ``delay`` is a timedelta or seconds, more than 0, or a datetime.

    :raises InvalidTimeError: it is none of these, or not in the future.
    """

    delay: datetime | timedelta | float

    def __post_init__(self) -> None:
        when = to_when(self.delay, timezone.utc, argument="PollAfter")
        if when.after_us == 0:
            raise InvalidTimeError(
                f"PollAfter must be more than 0, not {self.delay!r}: it would be called again at once, for ever",
                argument="PollAfter",
                value=self.delay,
            )
