"""The store goes away under a worker whose broker stays: nothing is lost, nothing runs twice, places stay free."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from celery_durable_jobs.jobs import JobState
from tests.apps.worker_fixtures import Stage, keeper, settings, stage, worker  # noqa: F401
from tests.support.servers import Server
from tests.support.waiting import wait_until


@pytest.fixture
def store(make_server: Callable[..., Server]) -> Server:
    """A server of the store's own: its data survives a kill."""
    return make_server(appendonly=True)


@pytest.fixture
def settings() -> dict[str, object]:  # noqa: F811
    return {"durable_jobs_store_timeout": 1, "durable_jobs_run_lease": 10}


@pytest.fixture
def site(site, store):
    return site.replace(store_url=store.url(0))


@pytest.fixture(params=["prefork", "threads", "gevent"])
def pool(request):
    return request.param


def plain(stage: Stage, tag: str) -> str:  # noqa: F811
    """An ordinary task by the same worker."""
    return stage.module.plain.delay(tag).get(timeout=15)


@pytest.mark.usefixtures("keeper")
class TestFinish:
    def test_is_repeated_and_the_place_is_free_meanwhile(self, stage, store, worker, pool):  # noqa: F811
        worker(pool, concurrency=1)
        gate = stage.file("gate")
        job = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        store.freeze()
        gate.touch()
        stage.trace.wait("waited")
        assert plain(stage, "beside") == "beside"
        store.thaw()
        assert job.join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("waits")) == 1

    def test_survives_a_killed_store(self, stage, store, worker):  # noqa: F811
        worker(concurrency=1)
        gate = stage.file("gate")
        job = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        store.kill()
        gate.touch()
        stage.trace.wait("waited")
        assert plain(stage, "beside") == "beside"
        store.start()
        assert job.join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("waits")) == 1

    def test_a_warm_shutdown_waits_for_it(self, stage, store, worker, pool):  # noqa: F811
        process = worker(pool, concurrency=1)
        gate = stage.file("gate")
        job = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        store.freeze()
        process.send_signal(15)
        gate.touch()
        stage.trace.wait("waited")
        process.wait_for_log("can't be stored yet", 10)
        assert process.running
        store.thaw()
        assert process.wait(20) == 0
        assert stage.wait_state(job, JobState.SUCCEEDED)
        assert len(stage.trace.lines("waits")) == 1

    def test_a_child_is_not_recycled_before_it(self, stage, store, worker):  # noqa: F811
        process = worker(concurrency=1, options=["--max-tasks-per-child=1"])
        gate = stage.file("gate")
        job = stage.job("waits", str(gate))
        (line,) = stage.trace.wait("waits")
        store.freeze()
        gate.touch()
        process.wait_for_log("can't be stored yet", 10)
        store.thaw()
        assert job.join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("waits")) == 1
        assert stage.job("note").join(20) is JobState.SUCCEEDED
        assert stage.trace.lines("note")[0]["pid"] != line["pid"]


@pytest.mark.usefixtures("keeper")
class TestBegin:
    def test_is_repeated_until_the_store_is_back(self, stage, store, worker, pool):  # noqa: F811
        jobs = [stage.job("note", str(number)) for number in range(3)]
        for job in jobs:
            stage.wait_state(job, JobState.SENT)
        store.kill()
        process = worker(pool, concurrency=1)
        process.wait_for_log("store unreachable")
        assert not stage.trace.lines("note")
        store.start()
        assert {job.join(20) for job in jobs} == {JobState.SUCCEEDED}
        assert len(stage.trace.lines("note")) == 3
        process.wait_for_log("store is back")
        assert process.stop() == 0


class TestGivingUp:
    @pytest.fixture
    def settings(self):
        return {"durable_jobs_store_timeout": 0.5, "durable_jobs_begin_timeout": 2}

    def test_begin_ends_after_its_timeout_and_the_job_comes_back(self, stage, store, keeper, worker):  # noqa: F811
        job = stage.job("note")
        stage.wait_state(job, JobState.SENT)
        store.kill()
        process = worker(concurrency=1)
        started = time.time()
        process.wait_for_log("is not begun: the store is away")
        assert 1 < time.time() - started < 8
        assert plain(stage, "beside") == "beside"
        store.start()
        # Its keeper resends what was not begun once it has been in contact for 20 s.
        assert job.join(40) is JobState.SUCCEEDED
        assert wait_until(lambda: len(stage.trace.lines("note")) == 1)
