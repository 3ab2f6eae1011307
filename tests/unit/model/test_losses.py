"""What lost runs come to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from celery_durable_jobs.model.losses import (
    MAX_PAUSE_US,
    POINTS_DEATH,
    POINTS_LEASE,
    lost_run_pause_us,
    lost_too_often,
    unknown_handler_pause_us,
)
from celery_durable_jobs.model.when import SECOND


def test_three_deaths_or_nine_run_leases_are_too_many() -> None:
    assert not lost_too_often(2 * POINTS_DEATH + 2 * POINTS_LEASE, 3)
    assert lost_too_often(3 * POINTS_DEATH, 3)
    assert lost_too_often(9 * POINTS_LEASE, 3)
    assert lost_too_often(1, 0)


@given(st.text(), st.integers(1, 10_000))
def test_pauses_grow_up_to_a_minute_and_are_the_same_everywhere(job_id: str, lost_runs: int) -> None:
    pause = lost_run_pause_us(job_id, lost_runs)
    full = 0 if lost_runs == 1 else min(SECOND * 2 ** (lost_runs - 1), MAX_PAUSE_US)
    assert full // 2 <= pause <= full
    assert pause == lost_run_pause_us(job_id, lost_runs)


def test_jobs_that_died_together_part() -> None:
    pauses = {lost_run_pause_us(f"job-{number}", 5) for number in range(100)}
    assert len(pauses) > 95


def test_an_unknown_handler_waits_as_long_as_it_already_has() -> None:
    waits = [unknown_handler_pause_us(0, now_us) for now_us in (0, SECOND // 2, 7 * SECOND, 60 * SECOND, 500 * SECOND)]
    assert waits == [SECOND, SECOND, 7 * SECOND, 60 * SECOND, 60 * SECOND]
