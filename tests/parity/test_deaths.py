"""Rows about deaths: whoever dies, what was acknowledged runs."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from celery_durable_jobs import JobState, durable_jobs
from tests.parity.staging import Stage
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from tests.support.servers import Server

pytestmark = pytest.mark.parametrize("kind", ["redis"], indirect=True, scope="session")

SUCCEEDED, DEAD = JobState.SUCCEEDED, JobState.DEAD


def test_p10_jobs_survive_the_death_of_everything(
    make_stage: Callable[..., Stage], make_server: Callable[..., Server]
) -> None:
    """Client, keeper, worker and the server that is both broker and store: all killed, all started again."""
    server = make_server(appendonly=True)
    stage = make_stage(server=server, concurrency=1, run_lease=2, begin_timeout=2)
    gate = stage.gate()
    running = stage.job("holds", str(gate))
    stage.wait("holds")
    on_the_queue = stage.job("note", "on the queue")
    stage.wait_state(on_the_queue, JobState.SENT)
    waiting = stage.job("note", "waiting", countdown=2)
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
    late = waiting.due_time.timestamp() + 0.2
    wait_until(lambda: time.time() > late, 5, "they are due while everything is down")
    server.start()
    stage.keepers[0].start()
    stage.workers[0].start()
    # What waited is not held up; what ran and what was on the queue comes back once there was contact for 20 s.
    assert stage.ended(waiting, orphan) == [SUCCEEDED] * 2
    assert stage.ended(running, on_the_queue, timeout=60) == [SUCCEEDED] * 2
    assert [event["args"] for event in stage.events("note", id=orphan.id)] == [["of a dead client"]]
    assert len(stage.events("holds", id=running.id)) == 2
    assert len(stage.events("note", id=on_the_queue.id)) == 1


def test_p28_a_poison_job_is_dead_lettered_and_its_shard_goes_on(stage: Stage) -> None:
    gate = stage.gate()
    job = stage.job("kills_its_process", str(gate))
    for number in range(1, 4):
        stage.wait("kills", number, id=job.id)
        neighbour = stage.job("note", number)
        assert neighbour.shard_id <= job.shard_id or neighbour.shard_id > job.shard_id
        assert neighbour.join(timeout=20) is SUCCEEDED
        now = stage.wait_job(job, lambda now, n=number: now.state.ended or (now.error is not None and now.attempt == n))
        if not now.state.ended:
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
