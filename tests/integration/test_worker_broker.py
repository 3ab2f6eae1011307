"""The broker goes away under a worker; and RabbitMQ instead of Redis."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from celery_durable_jobs.jobs import JobState
from celery_durable_jobs.messages.headers import make_header
from celery_durable_jobs.steps import Get
from tests.apps.worker_fixtures import keeper, settings, stage, worker  # noqa: F401
from tests.support.waiting import wait_until


def inode_of(port: int, server: int) -> str:
    """The socket with this local port that is connected to the server's, as the kernel numbers it."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    (inode,) = [line[9] for line in lines if [int(end.rpartition(":")[2], 16) for end in line[1:3]] == [port, server]]
    return inode


def sockets_of(pid: int) -> set[str]:
    """Numbers of the sockets that a process has open."""
    links = [os.readlink(each) for each in Path(f"/proc/{pid}/fd").iterdir() if each.is_symlink()]
    return {link[len("socket:[") : -1] for link in links if link.startswith("socket:[")}


class TestLostConnection:
    @pytest.fixture
    def broker(self, make_server):
        return make_server()

    @pytest.fixture
    def site(self, site, broker):
        return site.replace(broker_url=broker.url(0))

    def prefetched(self, stage, worker, pool):  # noqa: F811
        """A worker with a run and three messages in hand."""
        process = worker(pool, concurrency=1, options=["--prefetch-multiplier=4"])
        gate = stage.file("gate")
        running = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        waiting = [stage.job("note", str(number)) for number in range(3)]
        for job in waiting:
            stage.trace.wait("signal task_received", id=job.id)
        return process, gate, running, waiting

    @pytest.mark.parametrize("pool", ["prefork", "threads"])
    def test_what_was_prefetched_is_given_back_and_what_runs_goes_on(
        self, stage, broker, keeper, worker, pool  # noqa: F811
    ):  # fmt: skip
        process, gate, running, waiting = self.prefetched(stage, worker, pool)
        with broker.client() as client:
            client.client_kill_filter(_type="normal")
            client.client_kill_filter(_type="pubsub")
        process.wait_for_log("Connection to broker lost")
        gate.touch()
        assert running.join(20) is JobState.SUCCEEDED
        # Long before their begin timeout (30 s), which would bring them back as well.
        assert {job.join(15) for job in waiting} == {JobState.SUCCEEDED}
        assert stage.job("note", "3").join(15) is JobState.SUCCEEDED
        assert len(stage.trace.lines("waits")) == 1
        assert sorted(line["tag"] for line in stage.trace.lines("note")) == ["0", "1", "2", "3"]

    @pytest.mark.parametrize("pool", ["prefork", "threads"])
    def test_a_broker_that_forgets_everything(self, stage, broker, keeper, worker, pool):  # noqa: F811
        process, gate, running, waiting = self.prefetched(stage, worker, pool)
        broker.kill()
        process.wait_for_log("Connection to broker lost")
        gate.touch()
        wait_until(lambda: stage.state(running) is JobState.SUCCEEDED, 15)
        broker.start()
        # With messages of ordinary tasks in hand, a worker of Celery 5.7 would end here.
        assert {job.join(25) for job in waiting} == {JobState.SUCCEEDED}
        assert len(stage.trace.lines("waits")) == 1
        assert sorted(line["tag"] for line in stage.trace.lines("note")) == ["0", "1", "2"]
        assert process.running

    def test_a_child_that_is_killed_afterwards_is_missed(self, stage, broker, keeper, worker):  # noqa: F811
        """A pool that loses its broker forgets what its children have, and Celery tells of no death of those."""
        process, gate, running, _ = self.prefetched(stage, worker, "prefork")
        with broker.client() as client:
            client.client_kill_filter(_type="normal")
            client.client_kill_filter(_type="pubsub")
        process.wait_for_log("Connected to ", count=2)
        os.kill(stage.trace.lines("waits")[0]["pid"], signal.SIGKILL)
        again = stage.trace.wait("waits", count=2, timeout=10)[1]  # not after a run lease (30 s): it is seen
        assert (again["attempt"], again["lost_runs"]) == (2, 1)
        gate.touch()
        assert running.join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("waits")) == 2

    def test_a_full_prefetch_and_a_child_that_was_forked_later(self, stage, broker, keeper, worker):  # noqa: F811
        """Kombu 5.7 reconnects without a word then; what the child had inherited would hang the worker's main loop."""
        process = worker(concurrency=1, options=["--prefetch-multiplier=8"])
        assert stage.job("note", "first").join(20) is JobState.SUCCEEDED
        (first,) = stage.trace.lines("note")
        os.kill(first["pid"], signal.SIGKILL)
        gate = stage.file("gate")
        running = stage.job("waits", str(gate))
        (line,) = stage.trace.wait("waits")
        assert line["pid"] != first["pid"]
        jobs = [stage.job("note", str(number)) for number in range(200)]
        stage.trace.wait("signal task_received", count=10)  # the first, the one that runs, and a full prefetch
        with broker.client() as client:
            wait_until(lambda: not [each for each in client.client_list() if "b" in each["flags"]], 5, "no BRPOP waits")
            wait_until(lambda: client.llen(stage.site.queue) > 100, 10, "messages lie ready")
            (consuming,) = [each for each in client.client_list() if each["cmd"] == "brpop"]
            socket = inode_of(int(consuming["addr"].rpartition(":")[2]), broker.port)
            assert socket in sockets_of(process.pid)
            assert socket not in sockets_of(line["pid"])
            client.client_kill_filter(_type="normal")
        gate.touch()
        assert running.join(20) is JobState.SUCCEEDED
        for job in jobs:
            assert job.join(20) is JobState.SUCCEEDED
        assert process.running


@pytest.mark.service("rabbitmq")
class TestRabbitMQ:
    @pytest.fixture
    def site(self, site, rabbitmq_url, namespace):
        return site.replace(broker_url=rabbitmq_url, queue=f"{namespace}.jobs")

    @pytest.mark.parametrize("pool", ["prefork", "gevent"])
    def test_runs_and_retries(self, stage, keeper, worker, pool):  # noqa: F811
        worker(pool)
        jobs = [stage.job("note", str(number)) for number in range(20)]
        bad, dead = stage.job("fails", 2), stage.job("ends", "raise")
        assert {job.join(20) for job in jobs} == {JobState.SUCCEEDED}
        assert bad.join(20) is JobState.SUCCEEDED
        assert dead.join(20) is JobState.DEAD
        assert len(stage.trace.lines("note")) == 20
        job = stage.job("polite")
        stage.trace.wait("polite")
        job.cancel()
        assert job.join(20) is JobState.CANCELLED

    def test_a_warm_shutdown_gives_back_what_was_prefetched(self, stage, keeper, worker):  # noqa: F811
        first = worker(concurrency=1, options=["--prefetch-multiplier=4"])
        gate = stage.file("gate")
        running = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        waiting = [stage.job("note", str(number)) for number in range(6)]
        for job in waiting:
            stage.wait_state(job, JobState.SENT)
        first.send_signal(15)
        first.wait_for_log("Warm shutdown")
        gate.touch()
        assert first.wait(20) == 0
        assert stage.state(running) is JobState.SUCCEEDED
        worker(concurrency=1)
        assert {job.join(20) for job in waiting} == {JobState.SUCCEEDED}
        assert len(stage.trace.lines("note")) == 6

    def test_a_late_acknowledged_run_that_kills_its_child(self, stage, keeper, worker):  # noqa: F811
        import os
        import signal

        worker(concurrency=1)
        gate = stage.file("gate")
        job = stage.job("late", str(gate))
        (line,) = stage.trace.wait("waits")
        os.kill(line["pid"], signal.SIGKILL)
        stage.trace.wait("waits", count=2)
        gate.touch()
        assert job.join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("waits")) == 2

    def test_unreadable(self, stage, keeper, worker):  # noqa: F811
        process = worker(concurrency=1)
        gate = stage.file("gate")
        blocker = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        job = stage.job("note", countdown=60)
        waiting = stage.extension.store.send(Get(job.id))
        with stage.app.connection_for_write() as connection:
            stage.app.amqp.Producer(connection).publish(
                b"[1]", exchange="", routing_key=stage.site.queue, content_type="application/json",
                content_encoding="utf-8", correlation_id=job.id,
                headers={"task": stage.module.note.name, "id": job.id, "lang": "py", "retries": 0,
                         "durable_job": make_header(stage.site.namespace, waiting.generation)},
            )  # fmt: skip
        process.wait_for_log("invalid task message")
        # Nobody had sent this message: the job itself isn't touched.
        assert stage.state(job) is JobState.WAITING
        gate.touch()
        assert blocker.join(20) is JobState.SUCCEEDED
        assert wait_until(lambda: process.running)
