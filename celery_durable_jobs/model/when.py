"""A moment as the store understands it: absolute, or counted from the store's own now. All times are µs."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from celery_durable_jobs._dataclasses import dataclass

SECOND = 1_000_000
"""One second in µs."""

MAX_US = 9_007_199_254_740_992
"""2**53: beyond it a double, and so a sorted set's score, no longer holds every µs (the year 2255)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class When:
    """Exactly one of ``at_us`` (µs since 1970, UTC) and ``after_us`` (µs from the store's now, judged there)."""

    at_us: int | None = None
    after_us: int | None = None

    def __post_init__(self) -> None:
        if (self.at_us is None) == (self.after_us is None):
            raise ValueError("a When is either at_us or after_us")

    def resolve(self, now_us: int) -> int:
        """The absolute time in µs, never below 0 or beyond ``MAX_US``."""
        at = self.at_us if self.at_us is not None else now_us + (self.after_us or 0)
        return max(0, min(at, MAX_US))


NOW = When(after_us=0)


def to_us(moment: datetime) -> int:
    """µs since 1970 of an aware datetime, exactly (no float in between)."""
    return (moment - _EPOCH) // _MICROSECOND


def from_us(us: int) -> datetime:
    """The aware UTC datetime of ``us`` µs since 1970."""
    return _EPOCH + timedelta(microseconds=us)
