"""Rows about leaving in good order: workers and keepers that are stopped politely, runs that are cut by it."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from celery_durable_jobs import JobState
from tests.parity.staging import Stage, staged
from tests.support.waiting import PATIENCE, wait_until

if TYPE_CHECKING:
    from tests.support.servers import Server

pytestmark = pytest.mark.parametrize("kind", ["redis"], indirect=True, scope="session")

SUCCEEDED = JobState.SUCCEEDED


@pytest.fixture(scope="module")
def _stops(kind: str, _server_of_kind: Server | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(kind, tmp_path_factory.mktemp("stops"), _server_of_kind, concurrency=2, keepers=2) as stage:
        yield stage


@pytest.fixture
def stage(_stops: Stage) -> Iterator[Stage]:
    """Two live keepers and a worker with two places, which the row may stop."""
    _stops.trace.begin()
    processes = [*_stops.keepers, *_stops.workers]
    for process in processes:
        if not process.running:
            process.start()
    _stops.ready()
    yield _stops


def test_p31_a_keeper_releases_its_shards(stage: Stage) -> None:
    jobs = [stage.job("note", countdown=number / 20) for number in range(40)]
    stage.wait("note", 10)
    starts = []
    for keeper in stage.keepers:
        start = time.monotonic()
        assert keeper.stop(10) == 0
        starts.append(time.monotonic() - start)
        if keeper is stage.keepers[0]:
            stage.wait("note", 30)
            keeper.start()
            stage.ready()
    assert max(starts) < 2 * PATIENCE
    assert set(stage.ended(*jobs)) == {SUCCEEDED}
    runs = stage.events("note")
    assert len(runs) == 40
    assert max(event["at"] - event["due"] for event in runs) < 1.2 * PATIENCE


def test_p31_a_worker_waits_for_what_runs_and_gives_back_the_rest(stage: Stage) -> None:
    gate = stage.gate()
    running = [stage.job("holds", str(gate)) for _ in range(2)]
    stage.wait("holds", 2)
    waiting = [stage.job("note") for _ in range(10)]  # some in the worker's hand, some on the queue
    for job in waiting:
        stage.wait_state(job, JobState.SENT)
    (worker,) = stage.workers
    worker.send_signal(signal.SIGTERM)
    worker.wait_for_log("Warm shutdown", 10)
    assert stage.events("note") == []
    gate.touch()
    assert worker.wait(20) == 0
    assert stage.ended(*running) == [SUCCEEDED] * 2
    worker.start()
    assert set(stage.ended(*waiting, timeout=40)) == {SUCCEEDED}
    assert len(stage.events("note")) == 10
    assert [(event["attempt"], event["lost_runs"]) for event in stage.events("note")] == [(1, 0)] * 10


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGQUIT], ids=["warm", "cold"])
def test_p40_a_run_that_a_shutdown_cuts_is_neither_retried_nor_removed(stage: Stage, how: signal.Signals) -> None:
    """It is told (P5), waits again at once, and nothing is counted (P28)."""
    gate = stage.gate()
    job = stage.job("listens", str(gate), True) if how is signal.SIGTERM else stage.job("holds", str(gate))
    what = "listens" if how is signal.SIGTERM else "holds"
    stage.wait(what)
    (worker,) = stage.workers
    worker.send_signal(how)
    worker.wait(20)
    now = stage.wait_state(job, JobState.WAITING, JobState.CLAIMED, JobState.SENT, timeout=3)
    assert now.error is None
    gate.touch()
    worker.start()
    assert job.join(timeout=40) is SUCCEEDED
    _, second = stage.events(what)
    assert (second["failures"], second["lost_runs"], second["previous_error"]) == (0, 0, None)


def test_p05_a_run_whose_worker_stops_is_told(stage: Stage) -> None:
    job = stage.job("listens", str(stage.gate()), False)
    stage.wait("listens")
    assert stage.workers[0].stop() == 0
    (heard,) = stage.events("heard")
    assert heard["stop"] is True
    assert job.join(timeout=20) is SUCCEEDED, "who returns has succeeded all the same"


def test_p28_a_polite_stop_never_counts(stage: Stage) -> None:
    """More of them than ``max_lost_runs``."""
    gate = stage.gate()
    job = stage.job("listens", str(gate), True)
    (worker,) = stage.workers
    for number in range(1, 5):
        stage.wait("listens", number, 40)
        assert worker.stop() == 0
        worker.start()
    gate.touch()
    assert job.join(timeout=40) is SUCCEEDED
    assert {(event["failures"], event["lost_runs"]) for event in stage.events("listens")} == {(0, 0)}


def test_p43_shutdowns_amid_a_stream_of_jobs(stage: Stage) -> None:
    """Keepers and the worker stop and start again while jobs fall due: each runs once."""
    jobs = [stage.job("naps", 0.01, countdown=number / 100) for number in range(300)]
    stage.wait("begins", 40)
    for process in (stage.keepers[0], stage.workers[0], stage.keepers[1]):
        process.send_signal(signal.SIGTERM)
    for process in (stage.keepers[0], stage.workers[0], stage.keepers[1]):
        assert process.wait(20) == 0
    assert {event["id"] for event in stage.events("begins")} == {event["id"] for event in stage.events("ends")}
    done = {event["id"] for event in stage.events("ends")}
    assert {stage.state(job) for job in jobs if job.id in done} == {SUCCEEDED}, "what had begun has its answer"
    assert len(done) < 300
    for process in (stage.keepers[0], stage.workers[0], stage.keepers[1]):
        process.start()
    assert set(stage.ended(*jobs, timeout=40)) == {SUCCEEDED}
    runs = stage.events("begins")
    assert len(runs) == 300
    assert {(event["attempt"], event["lost_runs"]) for event in runs} == {(1, 0)}
    wait_until(lambda: len(stage.events("ends")) == 300, 5)
