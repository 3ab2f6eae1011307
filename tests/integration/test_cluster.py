"""Jobs on a cluster from end to end: processes of their own, the broker elsewhere."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from celery_durable_jobs import CancelOutcome, JobRequest, durable_jobs, schedule_job
from celery_durable_jobs.jobs import JobState
from celery_durable_jobs.model.identity import parse_job_id
from tests.apps.worker_fixtures import keeper, settings, stage, worker  # noqa: F401
from tests.support.cluster_servers import ClusterServers, move_slot, slot_of
from tests.support.site import Site
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.service("valkey"), pytest.mark.xdist_group("cluster")]

STRIPES = 16


@pytest.fixture
def settings() -> dict[str, Any]:  # noqa: F811
    return {"durable_jobs_shard_stripes": STRIPES}


@pytest.fixture
def site(site: Site, cluster: ClusterServers) -> Site:
    """Broker and results in the session's server, the store on a cluster."""
    return site.replace(store_url=cluster.url())


def test_jobs_run_once_each_also_those_whose_slot_moves_meanwhile(
    stage,  # noqa: F811
    keeper,  # noqa: F811
    worker,  # noqa: F811
    cluster,
    namespace,
):
    worker("threads", concurrency=8)
    note = stage.module.note
    jobs = schedule_job.apply_many(
        [JobRequest(note, args=(str(number),), countdown=1 + number / 100) for number in range(200)]
    )
    doomed = [schedule_job.apply(note, args=("doomed",), countdown=4, target=f"t{number}") for number in range(20)]
    assert len({parse_job_id(job.id).stripe for job in jobs}) == STRIPES
    for stripe in range(0, STRIPES, 4):
        move_slot(cluster, slot_of(namespace, stripe))
    assert {job.cancel() for job in doomed} == {CancelOutcome.CANCELLED}
    for job in jobs:
        assert job.join(30) is JobState.SUCCEEDED
    lines = stage.trace.lines("note")
    assert Counter(line["tag"] for line in lines) == Counter(str(number) for number in range(200))
    assert {stage.state(job) for job in doomed} == {JobState.CANCELLED}


def test_what_a_job_can_do_it_can_do_here(stage, keeper, worker):  # noqa: F811
    worker("prefork", concurrency=2)
    gate = stage.file("gate")
    running = stage.job("waits", str(gate), target="order:1")
    retried = stage.job("fails", 2)
    later = stage.job("note", "later", countdown=3600, key="k", target="order:1")
    assert stage.job("note", "again", countdown=60, key="k", target="order:1", on_conflict="return").id == later.id
    stage.trace.wait("waits")
    assert {job.id for job in durable_jobs.find(target="order:1")} == {running.id, later.id}
    assert later.reschedule(countdown=0) is not None
    assert later.join(20) is JobState.SUCCEEDED
    assert running.cancel() is CancelOutcome.REQUESTED
    gate.touch()
    assert retried.join(20) is JobState.SUCCEEDED
    assert len(stage.trace.lines("fails")) == 3
    killed = stage.job("kills_itself", 1)
    assert killed.join(20) is JobState.SUCCEEDED
    dead = stage.job("ends", "raise")
    assert dead.join(20) is JobState.DEAD
    wait_until(lambda: [job.id for job in durable_jobs.find(state="dead")] == [dead.id], 5, "it is found")
    stats = durable_jobs.stats()
    assert stats is not None
