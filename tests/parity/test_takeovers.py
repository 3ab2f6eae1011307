"""Rows about what is true whoever owns a shard or a run: keepers are killed, and a worker is frozen and comes back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from celery_durable_jobs import CancelOutcome, DurableJob, JobState
from celery_durable_jobs.steps import Shards
from tests.parity.staging import Event, Stage, redis_only, staged
from tests.support.processes import ChildProcess
from tests.support.waiting import PATIENCE, wait_until

if TYPE_CHECKING:
    from tests.support.servers import Server

pytestmark = redis_only

SUCCEEDED, CANCELLED, WAITING = JobState.SUCCEEDED, JobState.CANCELLED, JobState.WAITING
LEASE_TTL = 1.0


@pytest.fixture(scope="module")
def _two_keepers(
    kind: str, _server_of_kind: Server | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("takeovers")
    settings: dict[str, Any] = {"lease_ttl": LEASE_TTL, "poll_interval": 0.5, "shard_duration": 600}
    with staged(kind, folder, _server_of_kind, concurrency=4, keepers=2, **settings) as stage:
        yield stage


@pytest.fixture
def stage(_two_keepers: Stage) -> Stage:
    """Two live keepers, with leases of a second and windows of ten minutes: nearly all jobs share a shard."""
    _two_keepers.begin()
    for keeper in _two_keepers.keepers:
        if not keeper.running:
            keeper.start()
    _two_keepers.ready()
    return _two_keepers


def owner(stage: Stage) -> ChildProcess:
    """The keeper that owns the shard of the present window, seen while it dispatches a job of it."""

    def holder() -> str | None:
        job = stage.job("note", "whose?")
        entries = stage.extension.store.send(Shards(0))
        return next((entry.keeper for entry in entries if entry.keeper and entry.shard_id == job.shard_id), None)

    name = wait_until(holder, 20, "somebody owns the shard")
    assert name is not None
    number = int(name.partition("@")[0].removeprefix("k"))
    return stage.keepers[number - 1]


def take_over(stage: Stage) -> DurableJob:
    """Kill the owner; a job that is due after that has been run by the other one."""
    owner(stage).kill()
    job = stage.job("note", "after the takeover")
    assert job.join(timeout=20) is SUCCEEDED
    return job


def test_p11_a_dead_owners_shards_are_reassigned_in_due_order(stage: Stage) -> None:
    with stage.busy(leave=1):
        killed = owner(stage)
        jobs = [stage.job("note", countdown=0.5 - number / 100) for number in range(30)]
        killed.kill()
        start = time.time()
        assert set(stage.ended(*jobs)) == {SUCCEEDED}
    ids = {job.id for job in jobs}
    runs = [event for event in stage.events("note") if event["id"] in ids]
    assert [event["id"] for event in runs] == [job.id for job in sorted(jobs, key=lambda job: job.due_time)]
    assert runs[0]["at"] - start < (LEASE_TTL + 1) * PATIENCE + 0.5
    assert len({job.shard_id for job in jobs}) <= 2, "of one window, unless the next one begins just now"


def test_p24_count_metadata_and_shard_survive_reassignment(stage: Stage) -> None:
    job = stage.job("asks_its_policy", ["busy"], metadata={"tenant": "acme"}, target="t", headers={"x-trace": "1"})
    stage.wait_job(job, lambda now: now.state is WAITING and now.error is not None)
    take_over(stage)
    assert job.reschedule(countdown=0) is not None
    assert job.join(timeout=20) is SUCCEEDED
    first, second = stage.events("asks")
    assert (second["attempt"], second["failures"], second["metadata"]) == (2, 1, {"tenant": "acme"})
    assert first["shard"] == second["shard"] == job.shard_id
    assert first["headers"]["x-trace"] == second["headers"]["x-trace"] == "1"


def test_p38_a_cancel_holds_when_the_owner_changes_before_the_run_ends(stage: Stage) -> None:
    gate = stage.gate()
    jobs = [stage.job("ends", [outcome], str(gate)) for outcome in ("raise", "poll", "reschedule")]
    stage.wait("call", 3)
    assert {job.cancel() for job in jobs} == {CancelOutcome.REQUESTED}
    take_over(stage)
    gate.touch()
    assert stage.ended(*jobs) == [CANCELLED] * 3
    assert [stage.look(job).attempt for job in jobs] == [1] * 3
    assert stage.job("note", countdown=0.4).join(timeout=20) is SUCCEEDED
    assert len(stage.events("call")) == 3


def test_p39_a_cancel_after_a_takeover_reaches_the_run_and_the_store(stage: Stage) -> None:
    running = stage.job("listens", str(stage.gate()), True)
    waiting = stage.job("note", countdown=100)
    stage.wait("listens")
    take_over(stage)
    assert running.cancel() is CancelOutcome.REQUESTED
    assert waiting.cancel() is CancelOutcome.CANCELLED
    stage.wait("heard", timeout=5)
    assert running.join(timeout=20) is CANCELLED
    assert stage.state(waiting) is CANCELLED


@dataclass(frozen=True)
class Ousted:
    """What became of a run whose worker was frozen until the job was run elsewhere."""

    job: DurableJob
    first: Event
    second: Event
    heard: Event
    after_the_late_end: DurableJob
    at_the_end: DurableJob
    result: Any


@pytest.fixture(scope="module")
def ousted(shared_stage: Stage) -> Ousted:
    """A worker freezes with a run; its lease runs out; another runs the job; the first one thaws, and its run ends.

    On the stage that all share: its keeper has long been in contact, as it must have been for 20 s.
    """
    stage = shared_stage
    stage.begin()
    queue = f"{stage.site.queue}-cold"
    first_worker = stage.start_worker(1, queues=[queue])
    stage.ready()
    gate = stage.gate()
    job = stage.job("holds_on_a_short_lease", str(gate), queue=queue)
    stage.wait("holds", id=job.id)
    first_worker.freeze()
    stage.start_worker(1, queues=[queue])
    stage.wait("holds", 2, 60, id=job.id)
    first_worker.thaw()
    (heard,) = stage.wait("held", id=job.id)
    # The second one is busy: what is run of these is run by the first, once it has told how its run came out.
    for _ in range(12):
        stage.job("note", "to the first", queue=queue)
    stage.wait("note", pid=heard["pid"])
    late = stage.look(job)
    gate.touch()
    job.join(timeout=20)
    stage.wait("held", 2, id=job.id)
    first, second = stage.events("holds", id=job.id)
    wait_until(lambda: stage.app.AsyncResult(job.id).ready(), 5)
    for worker in stage.workers[1:]:
        worker.close()
    del stage.workers[1:]
    return Ousted(job, first, second, heard, late, stage.look(job), stage.app.AsyncResult(job.id).get(timeout=5))


def test_p05_a_run_that_was_taken_over_is_told(ousted: Ousted) -> None:
    assert ousted.first["pid"] != ousted.second["pid"]
    assert ousted.heard["pid"] == ousted.first["pid"]
    assert ousted.heard["stop"] is True


def test_p25_late_results_of_the_old_run_dont_count(ousted: Ousted) -> None:
    assert ousted.after_the_late_end.state is JobState.RUNNING
    assert ousted.at_the_end.state is SUCCEEDED
    assert ousted.result == "held by attempt 2"


def test_p42_nothing_of_a_lost_ownership_is_recorded_or_counted(ousted: Ousted) -> None:
    second = ousted.second
    assert (second["attempt"], second["failures"], second["lost_runs"]) == (2, 0, 1)
    assert (ousted.after_the_late_end.attempt, ousted.at_the_end.attempt) == (2, 2)
    assert ousted.first["run_id"] != second["run_id"]
