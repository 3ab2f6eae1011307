"""Rows about deaths: whoever dies, what was acknowledged runs."""

from __future__ import annotations

import functools
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from celery_durable_jobs import DurableJob, JobState, durable_jobs
from tests.parity.staging import Stage, redis_only, staged
from tests.support.waiting import wait_until

pytestmark = redis_only

SUCCEEDED, DEAD = JobState.SUCCEEDED, JobState.DEAD


@dataclass(frozen=True)
class Survivors:
    """A stage whose every process was killed and started again, and its jobs by where they stood when it was."""

    stage: Stage
    running: DurableJob
    on_the_queue: DurableJob
    waiting: DurableJob
    of_a_dead_client: DurableJob


@pytest.fixture(scope="session")
def survivors(kind: str, tmp_path_factory: pytest.TempPathFactory, no_process_left_behind: None) -> Iterator[Survivors]:
    """Client, keeper, worker and the server that is both broker and store: all killed, all started again."""
    from tests.support.servers import Server, any_kind

    folder = tmp_path_factory.mktemp("deaths")
    with (
        Server(any_kind(), appendonly=True) as server,
        staged(kind, folder, server, concurrency=1, run_lease=2, begin_timeout=2) as stage,
    ):
        gate = stage.gate()
        running = stage.job("holds", str(gate))
        stage.wait("holds")
        on_the_queue = stage.job("note", "on the queue")
        stage.wait_state(on_the_queue, JobState.SENT)
        waiting = stage.job("note", "waiting", countdown=1)
        pid = os.fork()
        if pid == 0:  # a client that dies right after its call has returned
            try:
                stage.job("note", "of a dead client", countdown=1, key="of a dead client")
            finally:
                os.kill(os.getpid(), signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
        orphan = durable_jobs.get(key="of a dead client")
        assert orphan is not None
        for process in (stage.keepers[0], stage.workers[0], server.process):
            process.kill_group()
        gate.touch()
        late = orphan.due_time.timestamp() + 0.2
        wait_until(lambda: time.time() > late, 5, "they are due while everything is down")
        server.start()
        stage.keepers[0].start()
        stage.workers[0].start()
        yield Survivors(stage, running, on_the_queue, waiting, orphan)


def test_p10_what_waited_survives_the_death_of_everything(survivors: Survivors) -> None:
    """It fell due meanwhile, and isn't held up."""
    stage = survivors.stage
    assert stage.ended(survivors.waiting, survivors.of_a_dead_client) == [SUCCEEDED] * 2
    assert [event["args"] for event in stage.events("note", id=survivors.waiting.id)] == [["waiting"]]
    assert [event["args"] for event in stage.events("note", id=survivors.of_a_dead_client.id)] == [["of a dead client"]]


def lost(times: int, job: DurableJob) -> bool:
    return job.state.ended or (job.error is not None and job.attempt == times)


def test_p28_a_poison_job_is_dead_lettered_and_its_shard_goes_on(stage: Stage) -> None:
    gate = stage.gate()
    job = stage.job("kills_its_process", str(gate))
    for number in range(1, 4):
        stage.wait("kills", number, id=job.id)
        neighbour = stage.job("note", number)
        assert neighbour.join(timeout=20) is SUCCEEDED
        if not stage.wait_job(job, functools.partial(lost, number)).state.ended:
            job.reschedule(countdown=0)  # it would pause for up to a minute
    assert job.join(timeout=20) is DEAD
    assert [event["lost_runs"] for event in stage.events("kills")] == [0, 1, 2]
    gate.touch()
    assert job.replay() is not None
    assert job.join(timeout=20) is SUCCEEDED
    assert stage.events("kills")[-1]["lost_runs"] == 0


def test_p04_lost_runs_are_attempts_but_no_failures(stage: Stage) -> None:
    gate = stage.gate()
    job = stage.job("kills_its_process", str(gate))
    stage.wait("kills")
    gate.touch()
    assert job.join(timeout=20) is SUCCEEDED
    events = stage.events("kills")
    assert [(event["attempt"], event["failures"], event["lost_runs"]) for event in events] == [(1, 0, 0), (2, 0, 1)]


def test_p10_so_does_what_ran_and_what_was_on_the_queue(survivors: Survivors) -> None:
    """It comes back once the keepers have been in contact for 20 s: other rows pass the time."""
    stage = survivors.stage
    assert stage.ended(survivors.running, survivors.on_the_queue, timeout=60) == [SUCCEEDED] * 2
    assert [event["lost_runs"] for event in stage.events("holds", id=survivors.running.id)] == [0, 1]
    assert len(stage.events("note", id=survivors.on_the_queue.id)) == 1
