"""Rows about leaving in good order: workers and keepers that are stopped politely, runs that are cut by it."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from celery_durable_jobs import DurableJob, JobState
from tests.parity.staging import Event, Stage, redis_only, staged
from tests.support.waiting import PATIENCE, wait_until

if TYPE_CHECKING:
    from tests.support.servers import Server

pytestmark = redis_only

SUCCEEDED = JobState.SUCCEEDED
UNBEGUN = (JobState.WAITING, JobState.CLAIMED, JobState.SENT)


@pytest.fixture(scope="module")
def _stops(kind: str, _server_of_kind: Server | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("stops")
    with staged(kind, folder, _server_of_kind, concurrency=3, keepers=2, max_lost_runs=1) as stage:
        yield stage


@pytest.fixture
def stage(_stops: Stage) -> Stage:
    """Two live keepers and a worker with three places, which the row may stop. One lost run would be one too many."""
    _stops.begin()
    for process in (*_stops.keepers, *_stops.workers):
        if not process.running:
            process.start()
    _stops.ready()
    return _stops


@dataclass(frozen=True)
class WarmStop:
    """What became of what a worker held when it was stopped; each has ended since.

    ``polite`` left by ``raise_if_stopping()``, ``deaf`` returned when it was told, ``slow`` ran on; ``waiting`` had not
    begun. ``cut``: ``polite`` as it was between the two workers. ``early``: what began between signal and exit.
    """

    exit_code: int
    polite: DurableJob
    deaf: DurableJob
    slow: DurableJob
    waiting: list[DurableJob]
    cut: DurableJob
    early: list[Event]
    events: list[Event]

    def of(self, job: DurableJob, what: str) -> list[Event]:
        """A job's events."""
        return [event for event in self.events if event["id"] == job.id and event["what"] == what]


@pytest.fixture(scope="module")
def warm_stop(_stops: Stage) -> WarmStop:
    """A worker with three runs and ten more jobs in its hand or on its queue is told to stop, and starts again."""
    stage = _stops
    stage.begin()
    gates = [stage.gate() for _ in range(3)]
    polite = stage.job("listens", str(gates[0]), True)
    deaf = stage.job("listens", str(gates[1]), False)
    slow = stage.job("holds", str(gates[2]))
    stage.wait("listens", 2)
    stage.wait("holds")
    waiting = [stage.job("note") for _ in range(20)]
    for job in waiting:
        stage.wait_state(job, JobState.SENT)
    (worker,) = stage.workers
    worker.send_signal(signal.SIGTERM)
    stage.wait("heard", 2)
    cut = stage.wait_state(polite, *UNBEGUN, timeout=3)
    early = stage.events("note")
    gates[2].touch()
    exit_code = worker.wait(20)
    gates[0].touch()
    worker.start()
    stage.ended(polite, deaf, slow, *waiting)
    return WarmStop(exit_code, polite, deaf, slow, waiting, cut, early, stage.events())


def test_p05_a_run_whose_worker_stops_is_told(warm_stop: WarmStop) -> None:
    assert warm_stop.of(warm_stop.polite, "heard")[0]["stop"] is True
    (heard,) = warm_stop.of(warm_stop.deaf, "heard")
    assert heard["stop"] is True
    assert warm_stop.deaf.refresh().state is SUCCEEDED  # type: ignore[union-attr]


def test_p28_a_polite_stop_never_counts(warm_stop: WarmStop) -> None:
    """Here one lost run would make a dead letter."""
    assert warm_stop.polite.refresh().state is SUCCEEDED  # type: ignore[union-attr]
    first, second = warm_stop.of(warm_stop.polite, "listens")
    assert first["pid"] != second["pid"]
    assert (second["failures"], second["lost_runs"]) == (0, 0)


def test_p31_a_worker_waits_for_what_runs_and_gives_back_the_rest(warm_stop: WarmStop) -> None:
    assert warm_stop.exit_code == 0
    assert warm_stop.slow.refresh().state is SUCCEEDED  # type: ignore[union-attr]
    assert len(warm_stop.of(warm_stop.slow, "holds")) == 1
    assert warm_stop.early == []
    for job in warm_stop.waiting:
        (event,) = warm_stop.of(job, "note")
        assert (event["attempt"], event["lost_runs"]) == (1, 0)


def test_p40_a_run_that_a_warm_shutdown_cuts_is_neither_retried_nor_removed(warm_stop: WarmStop) -> None:
    assert warm_stop.cut.state in UNBEGUN
    assert warm_stop.cut.error is None
    assert warm_stop.cut.due_time == warm_stop.polite.due_time or warm_stop.cut.due_time.timestamp() < time.time()
    _, second = warm_stop.of(warm_stop.polite, "listens")
    assert (second["failures"], second["previous_error"]) == (0, None)


def test_p40_nor_is_one_that_a_cold_shutdown_cuts(stage: Stage) -> None:
    gate = stage.gate()
    job = stage.job("holds", str(gate))
    stage.wait("holds")
    (worker,) = stage.workers
    worker.send_signal(signal.SIGQUIT)
    worker.wait(20)
    now = stage.wait_state(job, *UNBEGUN, timeout=3)
    assert now.error is None
    gate.touch()
    worker.start()
    assert job.join(timeout=40) is SUCCEEDED
    _, second = stage.events("holds")
    assert (second["failures"], second["lost_runs"], second["previous_error"]) == (0, 0, None)


def test_p31_a_keeper_releases_its_shards(stage: Stage) -> None:
    """One after the other is stopped while jobs fall due: none is late by a lease."""
    jobs = [stage.job("note", countdown=number / 15) for number in range(40)]
    took = []
    for keeper, dispatched in zip(stage.keepers, (8, 25), strict=True):
        stage.wait("note", dispatched)
        start = time.monotonic()
        assert keeper.stop(10) == 0
        took.append(time.monotonic() - start)
        keeper.start()
        keeper.wait_for_log("ready", 20)
    assert max(took) < 2 * PATIENCE
    assert set(stage.ended(*jobs)) == {SUCCEEDED}
    runs = stage.events("note")
    assert len(runs) == 40
    assert max(event["at"] - event["due"] for event in runs) < 1.2 * PATIENCE


def test_p43_shutdowns_amid_a_stream_of_jobs(stage: Stage) -> None:
    """Keepers and the worker stop while jobs fall due: what has begun is answered, the rest waits, none runs twice."""
    count = 150
    jobs = [stage.job("naps", 0.01, countdown=number / 100) for number in range(count)]
    stage.wait("begins", 30)
    processes = [stage.keepers[0], stage.workers[0], stage.keepers[1]]
    for process in processes:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(20) for process in processes] == [0, 0, 0]
    done = {event["id"] for event in stage.events("ends")}
    assert {event["id"] for event in stage.events("begins")} == done
    assert {stage.state(job) for job in jobs if job.id in done} == {SUCCEEDED}
    assert {stage.state(job) for job in jobs if job.id not in done} <= set(UNBEGUN)
    assert len(done) < count
    for process in processes:
        process.start()
    assert set(stage.ended(*jobs, timeout=40)) == {SUCCEEDED}
    wait_until(lambda: len(stage.events("ends")) == count, 5)
    runs = stage.events("begins")
    assert len(runs) == count
    assert {(event["attempt"], event["lost_runs"]) for event in runs} == {(1, 0)}
