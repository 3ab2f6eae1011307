"""The store goes away under a worker whose broker stays: nothing is lost, nothing runs twice, places stay free."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

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


def sent(stage: Stage, count: int) -> list[Any]:  # noqa: F811
    """Jobs whose messages lie on the queue."""
    jobs = [stage.job("note", str(number)) for number in range(count)]
    for job in jobs:
        stage.wait_state(job, JobState.SENT)
    return jobs


def on_the_queue(stage: Stage) -> int:  # noqa: F811
    """Messages that no worker has taken."""
    with stage.app.connection_for_read() as connection, connection.default_channel.conn_or_acquire() as client:
        return int(client.llen(stage.site.queue))


@pytest.mark.usefixtures("keeper")
class TestPause:
    """A worker doesn't burn through its queue."""

    MANY = 40

    @pytest.fixture
    def settings(self):
        # A run lease longer than the test's patience: what a shutdown waits for.
        return {"durable_jobs_store_timeout": 0.5, "durable_jobs_begin_timeout": 2, "durable_jobs_run_lease": 60}

    @pytest.fixture
    def broker(self, make_server):
        return make_server()

    @pytest.fixture
    def site(self, site, broker):
        return site.replace(broker_url=broker.url(0))

    def paused(self, stage, store, worker, pool):  # noqa: F811
        """A worker that was at work when its store went away, with more messages waiting than it may take."""
        process = worker(pool, concurrency=1, options=["--prefetch-multiplier=4"])
        gate = stage.file("gate")
        first = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        jobs = sent(stage, self.MANY)
        store.freeze()
        gate.touch()
        process.wait_for_log("the store is away: messages of jobs wait", 20)
        return process, first, jobs

    def all_run_once(self, stage, first, jobs):  # noqa: F811
        assert first.join(30) is JobState.SUCCEEDED
        assert {job.join(30) for job in jobs} == {JobState.SUCCEEDED}
        tags = sorted(int(line["tag"]) for line in stage.trace.lines("note") if line["tag"].isdigit())
        assert tags == list(range(self.MANY))
        assert {line["attempt"] for line in stage.trace.lines("note")} == {1}

    def test_the_queue_keeps_its_messages_and_all_of_them_run(self, stage, store, worker, pool):  # noqa: F811
        process, first, jobs = self.paused(stage, store, worker, pool)
        # What the pool had taken by then waits for its begin timeout, and is given back; nothing else is touched.
        process.wait_for_log("is not begun: the store is away", 20)
        time.sleep(5)
        assert process.log().count("is not begun: the store is away") <= 5
        assert on_the_queue(stage) >= self.MANY - 10
        store.thaw()
        process.wait_for_log("the store is back: [0-9]+ messages", 10)
        # No keeper resends anything before it has been in contact for 20 s.
        started = time.time()
        self.all_run_once(stage, first, jobs)
        assert time.time() - started < 15

    def test_from_the_start(self, stage, store, worker, pool):  # noqa: F811
        jobs = sent(stage, self.MANY)
        store.freeze()
        process = worker(pool, concurrency=2)
        process.wait_for_log("the store is away: messages of jobs wait", 20)
        assert on_the_queue(stage) >= self.MANY - 8
        store.thaw()
        assert {job.join(30) for job in jobs} == {JobState.SUCCEEDED}
        assert sorted(int(line["tag"]) for line in stage.trace.lines("note")) == list(range(self.MANY))
        assert "is not begun" not in process.log()
        if pool == "threads":
            return
        # One place would show their order; two may swap neighbours.
        order = [int(line["tag"]) for line in stage.trace.lines("note")]
        assert all(abs(place - tag) < 8 for place, tag in enumerate(order)), order

    def test_ordinary_tasks_go_on_where_there_is_room(self, stage, store, worker):  # noqa: F811
        (job,) = sent(stage, 1)
        store.freeze()
        process = worker(concurrency=1)
        process.wait_for_log("the store is away: messages of jobs wait", 20)
        assert plain(stage, "beside") == "beside"
        store.thaw()
        assert job.join(20) is JobState.SUCCEEDED

    @pytest.mark.parametrize("pool", ["prefork", "threads"])
    def test_a_shutdown_leaves_them_to_the_broker(self, stage, store, worker, pool):  # noqa: F811
        jobs = sent(stage, self.MANY)
        store.freeze()
        process = worker(pool, concurrency=1)
        process.wait_for_log("the store is away: messages of jobs wait", 20)
        asked = time.time()
        process.send_signal(15)
        assert process.wait(30) == 0
        assert time.time() - asked < 15
        assert on_the_queue(stage) == self.MANY
        store.thaw()
        worker("threads", concurrency=1)
        assert {job.join(30) for job in jobs} == {JobState.SUCCEEDED}
        assert sorted(int(line["tag"]) for line in stage.trace.lines("note")) == list(range(self.MANY))

    @pytest.mark.parametrize("pool", ["prefork", "threads", "gevent"])
    def test_a_shutdown_doesnt_wait_for_what_has_not_begun(self, stage, store, worker, pool):  # noqa: F811
        process, first, jobs = self.paused(stage, store, worker, pool)
        # The pool's place is taken by one that wants to begin. The first one's finish is what is waited for.
        process.send_signal(15)
        wait_until(lambda: "Warm shutdown" in process.log(), 10)
        time.sleep(1)
        store.thaw()
        thawed = time.time()
        assert process.wait(30) == 0
        assert time.time() - thawed < 10
        worker("threads", concurrency=1)
        self.all_run_once(stage, first, jobs)

    @pytest.mark.parametrize("pool", ["prefork", "threads"])
    def test_a_lost_connection_hands_over_nothing_twice(self, stage, broker, store, worker, pool):  # noqa: F811
        jobs = sent(stage, self.MANY)
        store.freeze()
        process = worker(pool, concurrency=1)
        process.wait_for_log("the store is away: messages of jobs wait", 20)
        with broker.client() as client:
            client.client_kill_filter(_type="normal")
            client.client_kill_filter(_type="pubsub")
        process.wait_for_log("Connection to broker lost", 10)
        wait_until(lambda: process.log().count("the store is away: messages of jobs wait") > 1, 20)
        store.thaw()
        assert {job.join(30) for job in jobs} == {JobState.SUCCEEDED}
        assert sorted(int(line["tag"]) for line in stage.trace.lines("note")) == list(range(self.MANY))


@pytest.mark.service("rabbitmq")
@pytest.mark.usefixtures("keeper")
class TestPauseOnRabbitMQ:
    @pytest.fixture
    def settings(self):
        return {"durable_jobs_store_timeout": 0.5, "durable_jobs_begin_timeout": 2, "durable_jobs_run_lease": 60}

    @pytest.fixture
    def site(self, site, rabbitmq_url, namespace):
        return site.replace(broker_url=rabbitmq_url, queue=f"{namespace}.jobs")

    def test_all_run_once_also_by_another_worker(self, stage, store, worker):  # noqa: F811
        jobs = sent(stage, 20)
        store.freeze()
        first = worker(concurrency=1)
        first.wait_for_log("the store is away: messages of jobs wait", 20)
        assert first.stop() == 0
        second = worker(concurrency=1)
        second.wait_for_log("the store is away: messages of jobs wait", 20)
        store.thaw()
        assert {job.join(30) for job in jobs} == {JobState.SUCCEEDED}
        assert sorted(int(line["tag"]) for line in stage.trace.lines("note")) == list(range(20))
        assert "is not begun" not in first.log() + second.log()


class TestGivingUp:
    @pytest.fixture
    def settings(self):
        return {"durable_jobs_store_timeout": 0.5, "durable_jobs_begin_timeout": 2}

    def test_begin_ends_after_its_timeout_and_the_job_comes_back(self, stage, store, keeper, worker):  # noqa: F811
        process = worker(concurrency=1)
        gate = stage.file("gate")
        first = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        job = stage.job("note")
        stage.trace.wait("signal task_received", id=job.id)  # in the pool's hands
        store.kill()
        gate.touch()
        started = time.time()
        process.wait_for_log("is not begun: the store is away")
        assert 1 < time.time() - started < 12
        assert plain(stage, "beside") == "beside"
        store.start()
        # The worker gives it back; a keeper would send it again once it has been in contact for 20 s.
        assert job.join(15) is JobState.SUCCEEDED
        assert first.join(15) is JobState.SUCCEEDED
        assert wait_until(lambda: len(stage.trace.lines("note")) == 1)
