"""``eta``, ``countdown`` and ``expires``: from what people write to what the store understands."""

from __future__ import annotations

import math
import re
import time
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from celery_durable_jobs.client.once import warn_once
from celery_durable_jobs.errors import InvalidTimeError
from celery_durable_jobs.model.when import MAX_US, SECOND, When, from_us, to_us

_MICROSECOND = timedelta(microseconds=1)
_LATEST = from_us(MAX_US)


def now_us() -> int:
    """This machine's clock, for what needs no more than an estimate."""
    return time.time_ns() // 1_000


def due_when(app: Any, eta: Any, countdown: Any, *, now: int) -> When:
    """The due time of ``eta`` or ``countdown``; a countdown is counted by the store's clock.

    ``now`` (µs) is the estimate by which a countdown beyond the year 2255 is told.
    :raises InvalidTimeError: both, neither, or no usable time.
    """
    if eta is not None and countdown is not None:
        raise InvalidTimeError(
            f"either eta or countdown, not both (eta={_short(eta)}, countdown={_short(countdown)})",
            argument="eta",
            value=eta,
        )
    if eta is not None:
        if isinstance(eta, (int, float, timedelta, Decimal)):
            raise InvalidTimeError(
                f"eta is a moment, not {_short(eta)}: countdown= counts from now", argument="eta", value=eta
            )
        return When(at_us=_at("eta", app, eta))
    if countdown is not None:
        return When(after_us=_after("countdown", countdown, now))
    raise InvalidTimeError("when? Give eta= or countdown= (countdown=0 is now)", argument="countdown")


def due_if_given(app: Any, eta: Any, countdown: Any, *, now: int) -> When | None:
    """As ``due_when``; None where neither was given."""
    if eta is None and countdown is None:
        return None
    return due_when(app, eta, countdown, now=now)


def expires_when(app: Any, expires: Any, *, now: int) -> When | None:
    """The end of a job's life: a moment, or seconds or a timedelta from now, as in Celery."""
    if expires is None:
        return None
    if isinstance(expires, (int, float, timedelta, Decimal)):
        return When(after_us=_after("expires", expires, now))
    return When(at_us=_at("expires", app, expires))


def refuse_expired(due: When, expires: When | None, *, now: int) -> None:
    """Refuse a job that would expire before it is due.

    :raises InvalidTimeError: ``expires`` lies before ``due`` (where only one of them is relative: as of ``now``).
    """
    if expires is None:
        return
    end, start = expires.resolve(now), due.resolve(now)
    if end < start:
        raise InvalidTimeError(
            f"expires ({from_us(end).isoformat()}) lies before the due time ({from_us(start).isoformat()})",
            argument="expires",
            value=from_us(end),
            limit=from_us(start),
        )


def seconds(argument: str, value: Any) -> float | None:
    """A wait's length: None (for ever), seconds or a timedelta.

    :raises InvalidTimeError: it is anything else, NaN, or negative.
    """
    if value is None:
        return None
    if isinstance(value, timedelta):
        return max(0.0, value.total_seconds())
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
        raise InvalidTimeError(
            f"{argument} is seconds or a timedelta, 0 or more, not {_short(value)}", argument=argument, value=value
        )
    return float(value)


def moment_us(argument: str, app: Any, value: Any) -> int:
    """A moment in µs: a datetime or ISO string."""
    return _at(argument, app, value)


def _at(argument: str, app: Any, value: Any) -> int:
    moment = value
    if isinstance(value, str):
        moment = _parse(argument, value)
    elif not isinstance(value, datetime):
        what = f"the date {value}, which has no time of day" if isinstance(value, date) else _short(value)
        raise InvalidTimeError(
            f"{argument} is a datetime or an ISO 8601 string, not {what}", argument=argument, value=value
        )
    if moment.tzinfo is None or moment.utcoffset() is None:
        moment = _aware(argument, app, moment)
    us = to_us(moment)
    if us > MAX_US:
        raise _too_late(argument, value)
    return us


def _parse(argument: str, text: str) -> datetime:
    from dateutil.parser import isoparse  # type: ignore[import-untyped]

    try:
        moment: datetime = isoparse(text.strip())
    except (ValueError, OverflowError):
        raise InvalidTimeError(
            f"{argument} is no ISO 8601 time, as 2030-01-31T09:00:00+01:00 is: {_short(text)}",
            argument=argument,
            value=text,
        ) from None
    if not re.search(r"\d[Tt ]\d", text):
        raise InvalidTimeError(
            f"{argument} is {_short(text)}, a date, which has no time of day", argument=argument, value=text
        )
    return moment


def _aware(argument: str, app: Any, moment: datetime) -> datetime:
    from celery.utils.time import make_aware

    naive = moment.replace(tzinfo=None)
    zone = app.timezone
    try:
        aware: datetime = make_aware(naive, zone)
        offset, local = aware.utcoffset(), naive.astimezone().utcoffset()
    except (OverflowError, ValueError, OSError) as error:
        raise InvalidTimeError(
            f"{argument} can't be read: {moment!r} ({error})", argument=argument, value=moment
        ) from None
    if offset != local:
        warn_once(
            ("naive", app.main),
            f"{argument}={moment.isoformat()} has no timezone and is read in the app's ({zone}), which is not this "
            f"machine's: give aware datetimes, datetime.now(timezone.utc), or set `timezone` on the app",
        )
    return aware


def _after(argument: str, value: Any, now: int) -> int:
    if isinstance(value, timedelta):
        us = value // _MICROSECOND
    elif isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise InvalidTimeError(
            f"{argument} is seconds or a timedelta, not {_short(value)}", argument=argument, value=value
        )
    elif isinstance(value, int):
        us = value * SECOND
    elif not math.isfinite(value):
        raise InvalidTimeError(f"{argument} is {value}, no finite number of seconds", argument=argument, value=value)
    else:
        us = round(value * SECOND)
    if now + us > MAX_US:
        raise _too_late(argument, value)
    return max(us, -MAX_US)


def _too_late(argument: str, value: Any) -> InvalidTimeError:
    return InvalidTimeError(
        f"{argument}={_short(value)} lies past {_LATEST:%Y-%m-%d}, the latest there is",
        argument=argument,
        value=value,
        limit=_LATEST,
    )


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
