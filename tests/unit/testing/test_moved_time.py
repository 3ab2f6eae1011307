"""``moved_time``: what falls due runs in the test, at its time, and in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from celery_durable_jobs import CancelOutcome, JobState, NoAppError, PollAfter, durable_jobs, schedule_job
from celery_durable_jobs.testing import MovedTime, moved_time
from tests.support.site import Site, app_module

SITE = Site(broker_url="", store_url="", namespace="moved")


@pytest.fixture
def shop() -> Iterator[ModuleType]:
    with app_module("tests.apps.cli", SITE) as module:
        module.app.set_current()
        yield module


@pytest.fixture
def time(shop: ModuleType) -> Iterator[MovedTime]:
    with moved_time(shop.app) as moved:
        yield moved


def handler(shop: ModuleType, function: Any, **options: Any) -> Any:
    return shop.app.durable_job_handler(name=f"moved.{function.__name__}", **options)(function)


def test_at_the_due_time_and_in_order(shop: ModuleType, time: MovedTime):
    seen: list[tuple[str, timedelta]] = []
    begin = time.now

    def note(context: Any, name: str) -> None:
        seen.append((name, time.now - begin))
        if name == "first":
            schedule_job.apply(task.s("from first"), countdown=5)

    task = handler(shop, note)
    late = schedule_job.apply(task.s("late"), countdown=timedelta(days=1))
    schedule_job.apply(task.s("second"), countdown=10)
    schedule_job.apply(task.s("first"), countdown=3)
    assert time.move(2) == 0
    assert time.move(timedelta(seconds=20)) == 3
    assert seen == [(name, timedelta(seconds=at)) for name, at in (("first", 3), ("from first", 8), ("second", 10))]
    assert time.now - begin == timedelta(seconds=22)
    time.move_to(late.due_time)
    assert seen[-1] == ("late", timedelta(days=1))


def test_retries_polls_and_dead_letters(shop: ModuleType, time: MovedTime):
    def fail(context: Any) -> None:
        raise ValueError(f"attempt {context.attempt}")

    def poll(context: Any) -> PollAfter | None:
        looks.append(context.run_id)
        return PollAfter(60) if len(looks) < 3 else None

    looks: list[str] = []
    failing = schedule_job.apply(handler(shop, fail, max_retries=2).s(), countdown=0)
    polling = schedule_job.apply(handler(shop, poll).s(), countdown=0)
    time.move(180)
    assert polling.refresh().state is JobState.SUCCEEDED
    assert len(looks) == 3
    assert len(set(looks)) == 1
    dead = failing.refresh()
    assert (dead.state, dead.attempt) == (JobState.DEAD, 3)
    assert "attempt 3" in dead.error


def test_cancelled_and_paused_jobs_dont_run(shop: ModuleType, time: MovedTime):
    cancelled = schedule_job.apply(shop.expire.s(), countdown=5)
    assert cancelled.cancel() is CancelOutcome.CANCELLED
    paused = schedule_job.apply(shop.expire.s(), countdown=5, queue="mail")
    later = schedule_job.apply(shop.expire.s(), countdown=6)
    durable_jobs.pause(queue="mail")
    time.move(60)
    assert later.refresh().state is JobState.SUCCEEDED
    assert paused.refresh().state is JobState.WAITING
    durable_jobs.resume(queue="mail")
    time.move(0)
    assert paused.refresh().state is JobState.SUCCEEDED


def test_a_handler_that_nobody_knows_is_a_dead_letter_after_its_grace(shop: ModuleType, time: MovedTime):
    job = schedule_job.apply("elsewhere.work", countdown=1)
    time.move(2)
    assert job.refresh().state is JobState.WAITING
    time.move(timedelta(minutes=15))
    assert job.refresh().state is JobState.DEAD
    assert "elsewhere.work" in job.refresh().error


def test_nothing_is_left(shop: ModuleType):
    with moved_time(shop.app) as time:
        job = schedule_job.apply(shop.expire.s(), countdown=60)
        with pytest.raises(ValueError, match="doesn't go back"):
            time.move(-1)
    assert durable_jobs.get(job.id) is None


def test_an_app_without_durable_jobs():
    with app_module("tests.apps.plain", SITE) as module, pytest.raises(NoAppError), moved_time(module.app):
        pass
