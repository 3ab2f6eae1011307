"""eta, countdown and expires: what is taken, what is refused, what is warned of."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from celery_durable_jobs import InvalidTimeError, schedule_job
from celery_durable_jobs.client import once, times
from celery_durable_jobs.model.when import MAX_US, When, to_us
from tests.support.labels import label

NOON = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
NOON_US = to_us(NOON)


def due(app: Any = None, **given: Any) -> When:
    return times.due_when(app, given.get("eta"), given.get("countdown"), now=NOON_US)


@pytest.mark.parametrize(
    "eta",
    [
        NOON,
        datetime(2026, 11, 24, 13, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 11, 24, 21, tzinfo=ZoneInfo("Asia/Tokyo")),
        "2026-11-24T12:00:00Z",
        "2026-11-24T12:00:00+00:00",
        "2026-11-24 13:00+01:00",
        "20261124T120000Z",
        " 2026-11-24T07:00:00.000-05:00 ",
    ],
)
def test_the_same_moment_in_many_ways(eta: Any) -> None:
    assert due(eta=eta) == When(at_us=NOON_US)


def test_microseconds_are_exact() -> None:
    moment = datetime(2254, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone.utc)
    assert due(eta=moment) == When(at_us=to_us(moment))


@pytest.mark.parametrize(
    ("countdown", "us"),
    [
        (0, 0),
        (1, 1_000_000),
        (0.05, 50_000),
        (-5, -5_000_000),
        (timedelta(milliseconds=1.5), 1_500),
        (timedelta(days=1), 86_400_000_000),
        (Decimal("0.1"), 100_000),
    ],
)
def test_countdown_is_counted_from_the_stores_now(countdown: Any, us: int) -> None:
    assert due(countdown=countdown) == When(after_us=us)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"eta": NOON, "countdown": 1},
        {"countdown": float("nan")},
        {"countdown": float("inf")},
        {"countdown": float("-inf")},
        {"countdown": Decimal("NaN")},
        {"countdown": True},
        {"countdown": "10"},
        {"countdown": NOON},
        {"countdown": 10**400},
        {"countdown": 1e300},
        {"countdown": timedelta.max},
        {"eta": date(2026, 11, 24)},
        {"eta": "2026-11-24"},
        {"eta": "tomorrow"},
        {"eta": ""},
        {"eta": 1_795_512_000},
        {"eta": 1.5},
        {"eta": True},
        {"eta": timedelta(hours=1)},
        {"eta": datetime(2256, 1, 1, tzinfo=timezone.utc)},
        {"eta": datetime.max.replace(tzinfo=timezone.utc)},
        {"eta": object()},
    ],
    ids=label,
)
def test_what_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidTimeError) as caught:
        due(**given)
    assert caught.value.argument in ("eta", "countdown")
    assert caught.value.argument in str(caught.value)


def test_the_latest_moment() -> None:
    assert due(countdown=timedelta(microseconds=MAX_US - NOON_US)) == When(after_us=MAX_US - NOON_US)
    with pytest.raises(InvalidTimeError) as caught:
        due(countdown=timedelta(microseconds=MAX_US - NOON_US + 1))
    assert caught.value.limit == datetime(2255, 6, 5, 23, 47, 34, 740_992, tzinfo=timezone.utc)


def test_a_past_time_is_taken_as_given() -> None:
    assert due(eta=datetime(1990, 1, 1, tzinfo=timezone.utc)) == When(at_us=631_152_000_000_000)
    assert due(eta=datetime.min.replace(tzinfo=timezone.utc)).resolve(0) == 0


# -- naive ---


@pytest.fixture
def machine_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Set the machine's timezone for this process."""
    before = os.environ.get("TZ")

    def move(zone: str) -> None:
        os.environ["TZ"] = zone
        time.tzset()

    yield move
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_naive_is_read_in_the_apps_timezone(
    make_app: Callable[..., Any], machine_in: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    machine_in("UTC")
    app = make_app("shop", timezone="Europe/Berlin")
    with caplog.at_level(logging.WARNING, "celery_durable_jobs"):
        assert due(app, eta=datetime(2026, 11, 24, 13)) == When(at_us=NOON_US)
        assert due(app, eta="2026-11-24T13:00") == When(at_us=NOON_US)
    assert len(caplog.records) == 1, "one warning"
    assert "Europe/Berlin" in caplog.text


def test_no_warning_where_the_machine_agrees(
    make_app: Callable[..., Any], machine_in: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    machine_in("Europe/Berlin")
    app = make_app("shop", timezone="Europe/Berlin")
    assert due(app, eta=datetime(2026, 11, 24, 13)) == When(at_us=NOON_US)
    assert not caplog.records


@pytest.mark.parametrize(
    ("naive", "utc"),
    [
        (datetime(2026, 7, 1, 12), datetime(2026, 7, 1, 10)),
        (datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30)),  # there twice: the first
        (datetime(2026, 3, 29, 2, 30), datetime(2026, 3, 29, 1, 30)),  # not there
    ],
)
def test_naive_around_summer_time(make_app: Callable[..., Any], naive: datetime, utc: datetime) -> None:
    app = make_app("shop", timezone="Europe/Berlin")
    assert due(app, eta=naive) == When(at_us=to_us(utc.replace(tzinfo=timezone.utc)))


def test_a_warning_is_given_once_a_process() -> None:
    assert once.warn_once("this test", "said")
    assert not once.warn_once("this test", "said")
    once._given.discard((os.getpid(), "this test"))


# -- expires ---


@pytest.mark.parametrize(
    ("expires", "when"),
    [
        (None, None),
        (60, When(after_us=60_000_000)),
        (timedelta(minutes=1), When(after_us=60_000_000)),
        (NOON, When(at_us=NOON_US)),
        ("2026-11-24T12:00:00Z", When(at_us=NOON_US)),
    ],
)
def test_expires(expires: Any, when: When | None) -> None:
    assert times.expires_when(None, expires, now=NOON_US) == when


@pytest.mark.parametrize(
    ("due", "expires"),
    [
        (When(after_us=10), When(after_us=9)),
        (When(at_us=10), When(at_us=9)),
        (When(at_us=NOON_US + 10), When(after_us=9)),
        (When(after_us=10), When(at_us=NOON_US + 9)),
    ],
)
def test_expires_before_due_is_refused(due: When, expires: When) -> None:
    with pytest.raises(InvalidTimeError) as caught:
        times.refuse_expired(due, expires, now=NOON_US)
    assert caught.value.argument == "expires"


def test_expires_at_due_is_taken() -> None:
    times.refuse_expired(When(after_us=10), When(after_us=10), now=NOON_US)
    times.refuse_expired(When(after_us=10), None, now=NOON_US)


@pytest.mark.parametrize("timeout", [-1, True, "5", float("nan")])
def test_timeouts_that_are_none(timeout: Any) -> None:
    with pytest.raises(InvalidTimeError):
        times.seconds("timeout", timeout)


def test_timeouts() -> None:
    assert times.seconds("timeout", None) is None
    assert times.seconds("timeout", timedelta(seconds=2)) == 2
    assert times.seconds("timeout", 0) == 0


def test_what_is_said_of_odd_moments(handlers: SimpleNamespace) -> None:
    def said(**options: Any) -> str:
        with pytest.raises(InvalidTimeError) as caught:
            schedule_job.apply(handlers.send, args=(1,), **options)
        return str(caught.value)

    assert said(eta="tomorrow") == "eta is no ISO 8601 time, as 2030-01-31T09:00:00+01:00 is: 'tomorrow'"
    assert said(eta=date(2030, 1, 31)) == (
        "eta is a datetime or an ISO 8601 string, not the date 2030-01-31, which has no time of day"
    )
    assert said(eta="2030-01-31") == "eta is '2030-01-31', a date, which has no time of day"
    assert "countdown= counts from now" in said(eta=5)
    assert said(eta=object).startswith("eta is a datetime or an ISO 8601 string, not ")
