"""Moments: absolute, or counted from the store's now."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celery_durable_jobs.model.when import MAX_US, NOW, SECOND, When, from_us, to_us


def test_exactly_one_of_the_two() -> None:
    for arguments in ({}, {"at_us": 1, "after_us": 1}):
        with pytest.raises(ValueError):
            When(**arguments)


@given(st.integers(-(10**20), 10**20), st.integers(0, MAX_US))
def test_resolved_it_lies_within_what_a_double_holds(us: int, now_us: int) -> None:
    for when in (When(at_us=us), When(after_us=us)):
        assert 0 <= when.resolve(now_us) <= MAX_US
        assert float(when.resolve(now_us)) == when.resolve(now_us)


def test_counted_from_now_or_absolute() -> None:
    assert When(after_us=5).resolve(100) == 105
    assert When(after_us=-5).resolve(100) == 95
    assert When(at_us=5).resolve(100) == 5
    assert NOW.resolve(100) == 100


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2255, 1, 1)))
def test_datetimes_survive_to_the_microsecond(naive: datetime) -> None:
    moment = naive.replace(tzinfo=timezone.utc)
    assert from_us(to_us(moment)) == moment


def test_the_same_instant_whatever_its_offset() -> None:
    """P50"""
    moment = datetime(2027, 1, 15, 8, tzinfo=timezone.utc)
    elsewhere = moment.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert to_us(moment) == to_us(elsewhere) == 1_800_000_000 * SECOND


def test_the_last_moment_is_in_the_year_2255() -> None:
    assert from_us(MAX_US).year == 2255
