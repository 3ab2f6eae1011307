"""The library of server functions goes, by FUNCTION FLUSH; and comes back, from a killed server's append-only file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from celery_durable_jobs import DurableJob, JobRequest, schedule_job
from celery_durable_jobs.jobs import JobState
from celery_durable_jobs.stores.redis.scripts import FUNCTIONS, library
from tests.apps.worker_fixtures import Stage, keeper, settings, stage, worker  # noqa: F401
from tests.support.servers import Server
from tests.support.waiting import wait_until


@pytest.fixture
def store(make_server: Callable[..., Server]) -> Server:
    """A server of the store's own, with an append-only file."""
    return make_server(appendonly=True)


@pytest.fixture
def settings() -> dict[str, Any]:  # noqa: F811
    return {"durable_jobs_lease_ttl": 2}


@pytest.fixture
def site(site, store):
    return site.replace(store_url=store.url(0))


def stream(stage: Stage) -> list[DurableJob]:  # noqa: F811
    """Jobs that fall due within three seconds, some of which travel together."""
    one, several = stage.module.note, stage.module.together
    requests = [JobRequest(one, args=(f"{number}",), countdown=number / 20) for number in range(60)]
    requests += [JobRequest(several, args=(f"{number}",), countdown=number // 5 / 2) for number in range(30)]
    return list(schedule_job.apply_many(requests))


def run_once(stage: Stage, jobs: list[DurableJob]) -> None:  # noqa: F811
    """All of them have."""
    assert {job.join(40) for job in jobs} == {JobState.SUCCEEDED}
    begun = [line["id"] for line in (*stage.trace.lines("note"), *stage.trace.lines("together"))]
    assert sorted(begun) == sorted(job.id for job in jobs)


def loads(server: Server) -> int:
    """How often a library was loaded since the server's start; reading its file doesn't count."""
    with server.client() as client:
        return int(client.info("commandstats").get("cmdstat_function|load", {}).get("calls", 0))


def functions(server: Server) -> int:
    """Those of our library that are there."""
    name, _ = library()
    with server.client() as client:
        return str(client.execute_command("FUNCTION", "LIST", "LIBRARYNAME", name)).count(f"{name}_")


@pytest.mark.usefixtures("keeper")
def test_a_killed_server_brings_it_back(stage, store, worker):  # noqa: F811
    worker(concurrency=2)
    jobs = stream(stage)
    stage.trace.wait("note", count=15)
    assert (functions(store), loads(store)) == (len(FUNCTIONS), 1)
    store.restart()
    run_once(stage, jobs)
    assert (functions(store), loads(store)) == (len(FUNCTIONS), 0)


@pytest.mark.usefixtures("keeper")
def test_one_that_was_rewritten_does_too(stage, store, worker):  # noqa: F811
    """Its file then begins with a snapshot."""
    worker(concurrency=1)
    assert stage.job("note").join(20) is JobState.SUCCEEDED
    with store.client() as client:
        client.bgrewriteaof()
        wait_until(lambda: client.info("persistence")["aof_rewrite_in_progress"] == 0)
    store.restart()
    assert stage.job("note").join(20) is JobState.SUCCEEDED
    assert (functions(store), loads(store)) == (len(FUNCTIONS), 0)


@pytest.mark.usefixtures("keeper")
def test_function_flush_amid_the_work(stage, store, worker):  # noqa: F811
    process = worker(concurrency=2)
    jobs = stream(stage)
    with store.client() as client:
        for number in range(1, 6):
            stage.trace.wait("note", count=10 * number)
            client.execute_command("FUNCTION", "FLUSH")
    run_once(stage, jobs)
    assert functions(store) == len(FUNCTIONS)
    assert loads(store) >= 5
    assert "heartbeat\nTraceback" not in process.log()
