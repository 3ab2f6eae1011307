"""Moments and durations, as people type and read them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from celery_durable_jobs.cli.moments import parse_duration, parse_moment, say_distance, say_duration

UTC = timezone.utc
NOW = datetime(2030, 1, 31, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("90", 90), ("1.5", 1.5), ("500ms", 0.5), ("45s", 45), ("10m", 600), ("2H", 7200), ("1d12h", 129_600)],
)
def test_durations(text: str, seconds: float):
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "-5", "soon", "5y", "1h later", "nan", "inf", "9" * 400, "1h-1m"])
def test_no_durations(text: str):
    with pytest.raises(ValueError):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", NOW),
        ("+2h", NOW + timedelta(hours=2)),
        ("-30m", NOW - timedelta(minutes=30)),
        ("2030-01-31T10:00", datetime(2030, 1, 31, 10, 0, tzinfo=timezone(timedelta(hours=1)))),
        ("2030-01-31 10:00:00Z", datetime(2030, 1, 31, 10, 0, tzinfo=UTC)),
        ("2030-01-31T10:00:00.25+05:30", datetime(2030, 1, 31, 4, 30, 0, 250_000, tzinfo=UTC)),
    ],
)
def test_moments(text: str, moment: datetime):
    assert parse_moment(text, timezone(timedelta(hours=1)), NOW) == moment


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "+", "-soon", "2030-13-01T00:00", "+9999999d", "10:00", "1200", "2030", "2030-01-31"]
)
def test_no_moments(text: str):
    with pytest.raises(ValueError):
        parse_moment(text, UTC, NOW)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.04, "0.0 s"),
        (9.94, "9.9 s"),
        (59.6, "60 s"),
        (119.4, "119 s"),
        (180, "3 min"),
        (7_500, "2 h 05 min"),
        (86_400 * 3 + 4 * 3_600, "3 d 4 h"),
        (86_400 * 400, "400 d"),
        (-61, "-61 s"),
    ],
)
def test_durations_are_said_by_their_size(seconds: float, said: str):
    assert say_duration(seconds) == said


def test_distances():
    assert say_distance(NOW + timedelta(seconds=12), NOW) == "in 12 s"
    assert say_distance(NOW - timedelta(hours=3), NOW) == "3 h 00 min ago"
