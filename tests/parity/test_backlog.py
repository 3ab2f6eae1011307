"""Rows about too much at once: a bounded backlog, and a store that is full."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from celery_durable_jobs import DurableJob, JobState, StoreFullError, durable_jobs
from tests.parity.staging import Stage, redis_only, staged
from tests.parity.test_scheduling import now
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from tests.support.servers import Server

SUCCEEDED, SENT = JobState.SUCCEEDED, JobState.SENT
BOUND = 16


@pytest.fixture(scope="module")
def _narrow_stage(
    kind: str, _server_of_kind: Server | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp(f"narrow-{kind}")
    with staged(kind, folder, _server_of_kind, concurrency=2, max_backlog=BOUND) as stage:
        yield stage


@pytest.fixture
def narrow(_narrow_stage: Stage) -> Iterator[Stage]:
    """Two places, and a backlog of 16 a route."""
    _narrow_stage.begin()
    yield _narrow_stage
    durable_jobs.find().cancel()


def sent(jobs: list[DurableJob]) -> set[str]:
    """Which of these have been handed over and not begun."""
    ids = {job.id for job in jobs}
    return ids & {job.id for job in durable_jobs.find(state=["claimed", "sent"])}


def elsewhere(stage: Stage) -> DurableJob:
    """A job on another queue; once it is sent, a keeper has looked since it was scheduled."""
    job = stage.job("with_options", "elsewhere")
    stage.wait_state(job, SENT)
    return job


def test_p12_the_backlog_of_a_queue_is_bounded(narrow: Stage) -> None:
    with narrow.busy():
        jobs = [narrow.job("note") for _ in range(40)]
        wait_until(lambda: len(sent(jobs)) == BOUND)
        elsewhere(narrow)
        assert len(sent(jobs)) == BOUND
        counts = durable_jobs.stats().counts
        assert (counts["waiting"], counts["claimed"] + counts["sent"]) == (40 - BOUND, BOUND + 1)
    assert set(narrow.ended(*jobs)) == {SUCCEEDED}
    assert len(narrow.events("note")) == 40


def test_p29_a_slow_start_takes_the_oldest(narrow: Stage) -> None:
    start = now()
    with narrow.busy():
        with narrow.paused():
            minutes = list(range(40))
            random.shuffle(minutes)
            jobs = [narrow.job("note", eta=start - timedelta(minutes=number)) for number in minutes]
        wait_until(lambda: len(sent(jobs)) == BOUND)
        elsewhere(narrow)
        oldest = sorted(jobs, key=lambda job: job.due_time)[:BOUND]
        assert sent(jobs) == {job.id for job in oldest}
    assert set(narrow.ended(*jobs)) == {SUCCEEDED}


def test_p30_what_is_not_begun_is_not_added_to_and_other_queues_go_on(narrow: Stage) -> None:
    with narrow.busy():
        jobs = [narrow.job("note") for _ in range(3 * BOUND)]
        wait_until(lambda: len(sent(jobs)) == BOUND)
        first = sent(jobs)
        others = [elsewhere(narrow) for _ in range(3)]
        assert sent(jobs) == first
        (route,) = [each for each in durable_jobs.stats().routes if each.route.queue == narrow.site.queue]
        assert (route.backlog, route.held_up) == (BOUND, ("full",))
    assert set(narrow.ended(*jobs, *others)) == {SUCCEEDED}


@redis_only
def test_p30_a_full_store_slows_down_to_a_trickle_until_it_clears(
    make_stage: Callable[..., Stage], make_server: Callable[..., Server]
) -> None:
    store = make_server(options={"maxmemory-policy": "noeviction"})
    stage = make_stage(store_url=store.url(1), concurrency=2)
    with stage.busy(), store.client(1) as client:
        with stage.paused():
            jobs = [stage.job("note") for _ in range(60)]
            client.config_set("maxmemory", 1)
        with pytest.raises(StoreFullError):
            stage.job("note")
        wait_until(lambda: len(sent(jobs)) >= 5)
        most = max(len(sent(jobs)) for _ in range(100))
        assert most <= 10
        client.config_set("maxmemory", 0)
        wait_until(lambda: len(sent(jobs)) == 60)
        client.config_set("maxmemory", 1)
    # Full again, and what is there drains all the same.
    assert set(stage.ended(*jobs)) == {SUCCEEDED}
    with store.client(1) as client:
        client.config_set("maxmemory", 0)
    assert stage.job("note").join(timeout=20) is SUCCEEDED
    assert len(stage.events("note")) == 61
