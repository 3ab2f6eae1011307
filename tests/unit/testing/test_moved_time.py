"""``moved_time``: what falls due runs in the test, at its time, and in order."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from celery import Celery, _state, current_app

from celery_durable_jobs import (
    CancelOutcome,
    DurableJobs,
    JobState,
    JobTimeoutError,
    NoAppError,
    PollAfter,
    durable_job_handler,
    durable_jobs,
    schedule_job,
)
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


def test_a_handler_that_nobody_knows_is_a_dead_letter_after_its_grace(
    shop: ModuleType, time: MovedTime, caplog: pytest.LogCaptureFixture
):
    job = schedule_job.apply("elsewhere.work", countdown=1)
    time.move(2)
    assert "aliases=('elsewhere.work',). After 600 s the job is a dead letter" in caplog.text
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


# -- several apps in one process -------------------------------------------------------------------------------------


@pytest.fixture
def two_apps() -> Iterator[tuple[Celery, Celery]]:
    """As two Flask apps of one test run are: one shared handler, and the second one made is current."""
    before, finalizers = (_state._tls.current_app, _state.default_app), set(_state._on_app_finalizers)
    apps = [Celery(name, changes={"durable_jobs_store": "redis://localhost:1/0"}) for name in ("one", "two")]
    for app in apps:
        DurableJobs(app)
        app.set_default()
    yield apps[0], apps[1]
    for app in apps:
        app.close()
    _state._on_app_finalizers.clear()
    _state._on_app_finalizers.update(finalizers)
    _state._tls.current_app, _state.default_app = before


def test_its_app_is_the_current_one(two_apps: tuple[Celery, Celery]):
    one, two = two_apps
    ran: list[int] = []

    @durable_job_handler(name="moved.send")
    def send(context: Any, number: int) -> None:
        ran.append(number)

    with moved_time(one) as time, ThreadPoolExecutor(1) as thread:
        assert schedule_job.apply(send.s(1), countdown=5).namespace == "one"
        assert thread.submit(schedule_job.apply, send.s(2), countdown=6).result().namespace == "one"
        assert schedule_job.apply("moved.send", args=(3,), countdown=7).refresh().state is JobState.WAITING
        time.move(10)
    assert ran == [1, 2, 3]
    assert current_app.main == "two"
    assert _state.default_app is two


def test_a_call_that_falls_to_another_app_is_refused(two_apps: tuple[Celery, Celery]):
    one, two = two_apps

    @durable_job_handler(name="moved.send")
    def send(context: Any) -> None:
        pass

    @two.durable_job_handler(name="moved.theirs", shared=False)
    def theirs(context: Any) -> None:
        pass

    with moved_time(one) as time:
        kept = schedule_job.apply(send.s(), countdown=5)
        for refused in (theirs, theirs.s()):
            with pytest.raises(NoAppError, match=r"moved for the app 'one', and this call would go to .* 'two'"):
                schedule_job.apply(refused, countdown=5)
        two.set_current()
        for refused in (send, send.s(), "moved.send"):
            with pytest.raises(NoAppError, match=r"set_current\(\)"):
                schedule_job.apply(refused, countdown=5)
        with pytest.raises(NoAppError):
            durable_jobs.stats()
        assert kept.refresh().state is JobState.WAITING
        with moved_time(two):
            assert schedule_job.apply(theirs, countdown=5).namespace == "two"
        time.move(10)
        assert kept.refresh().state is JobState.SUCCEEDED
    assert current_app.main == "two"


# -- what doesn't go ---------------------------------------------------------------------------------------------------


def test_join_says_what_to_do_instead_of_waiting(shop: ModuleType, time: MovedTime):
    job = schedule_job.apply(shop.expire.s(), countdown=60)
    for timeout in (None, 30):
        with pytest.raises(JobTimeoutError, match=r"is waiting, and time stands still here: time\.move\(") as caught:
            job.join(timeout)
        assert caught.value.state is JobState.WAITING
    time.move(60)
    assert job.join() is JobState.SUCCEEDED


def test_a_flask_app_is_none_of_celerys():
    flask_app = SimpleNamespace(extensions={})
    with pytest.raises(NoAppError, match=r"for a Celery app, not .*extensions\[\"celery\"\]"), moved_time(flask_app):
        pass
