"""Each pool runs handlers from begin to finish: real worker, real keeper."""

from __future__ import annotations

import time
from datetime import datetime, timezone

import pytest

from celery_durable_jobs.jobs import JobState
from tests.apps.worker_fixtures import POOLS, keeper, settings, stage, worker  # noqa: F401

pytestmark = pytest.mark.usefixtures("keeper")


@pytest.fixture(params=POOLS)
def pool(request):
    return request.param


class TestOnePool:
    def test_runs_retries_and_results(self, stage, worker, pool):  # noqa: F811
        worker(pool)
        good = stage.job("note", "hello", target="user:1", metadata={"a": "b"})
        bad = stage.job("fails", 2)
        dead = stage.job("ends", "raise")
        asleep = [stage.job("sleeps", 0.1) for _ in range(3)]
        plain = stage.module.note.delay("plain")

        assert good.join(20) is JobState.SUCCEEDED
        (line,) = stage.trace.lines("note", tag="hello")
        assert (line["id"], line["attempt"], line["target"], line["durable"]) == (good.id, 1, "user:1", True)
        assert stage.result(good).get(timeout=10) == "hello"
        for signal in ("task_prerun", "task_success", "task_postrun"):
            assert [each["run_id"] for each in stage.trace.wait(f"signal {signal}", id=good.id)] == [line["run_id"]]
        assert stage.trace.lines("signal task_received", id=good.id)[0]["run_id"] is None

        assert bad.join(20) is JobState.SUCCEEDED
        lines = stage.trace.lines("fails")
        assert [(each["attempt"], each["failures"], each["retries"]) for each in lines] == [
            (1, 0, 0), (2, 1, 1), (3, 2, 2),
        ]  # fmt: skip
        assert lines[2]["previous_error"] == "ValueError: failure 2"
        assert len({each["run_id"] for each in lines}) == 3
        assert stage.result(bad).get(timeout=10) == 3

        assert dead.join(20) is JobState.DEAD
        assert dead.refresh().error.startswith("ValueError: boom")
        with pytest.raises(ValueError, match="boom"):
            stage.result(dead).get(timeout=10)

        assert {job.join(20) for job in asleep} == {JobState.SUCCEEDED}
        assert plain.get(timeout=10) == "plain"
        assert stage.trace.lines("note", tag="plain")[0]["durable"] is False

    def test_cancel_of_a_running_job(self, stage, worker, pool):  # noqa: F811
        worker(pool)
        job = stage.job("polite")
        stage.trace.wait("polite")
        assert str(job.cancel()) == "requested"
        asked = time.time()
        assert job.join(20) is JobState.CANCELLED
        (left,) = stage.trace.lines("leaves")
        assert left["at"] - asked < 2
        assert stage.result(job).state == "REVOKED"
        # The worker's place is free again.
        assert stage.job("note", "next").join(20) is JobState.SUCCEEDED

    def test_a_warm_shutdown_finishes_what_runs_and_gives_back_the_rest(self, stage, worker, pool):  # noqa: F811
        first = worker(pool, concurrency=1, options=["--prefetch-multiplier=4"])
        gate = stage.file("gate")
        running = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        waiting = [stage.job("note", f"{number}") for number in range(6)]
        for job in waiting:
            stage.wait_state(job, JobState.SENT)
        first.send_signal(15)
        first.wait_for_log("Warm shutdown")
        stage.trace.path.with_suffix(".asked").touch()
        if pool in ("prefork", "gevent", "threads"):
            # A polite handler would know by now; this one finishes.
            assert stage.state(running) is JobState.RUNNING
        gate.touch()
        assert first.wait(20) == 0
        assert stage.state(running) is JobState.SUCCEEDED

        second = worker(pool)
        started = time.time()
        assert {job.join(20) for job in waiting} == {JobState.SUCCEEDED}
        assert time.time() - started < 10
        assert sorted(line["tag"] for line in stage.trace.lines("note")) == [f"{number}" for number in range(6)]
        assert {line["attempt"] for line in stage.trace.lines("note")} == {1}
        assert second.stop() == 0

    def test_a_polite_handler_leaves_at_a_warm_shutdown(self, stage, worker, pool):  # noqa: F811
        first = worker(pool)
        job = stage.job("polite")
        stage.trace.wait("polite")
        asked = time.time()
        first.stop()
        assert time.time() - asked < 10
        (left,) = stage.trace.lines("leaves")
        assert "worker stops" in left["why"]
        now = stage.wait_state(job, JobState.WAITING, JobState.CLAIMED, JobState.SENT)
        assert now.error is None
        worker(pool)
        again = stage.trace.wait("polite", count=2)[1]
        assert (again["failures"], again["lost_runs"]) == (0, 0)
        job.cancel()
        assert job.join(20) is JobState.CANCELLED

    def test_many_at_once(self, stage, worker, pool):  # noqa: F811
        worker(pool, concurrency=4)
        jobs = [stage.job("note", str(number), countdown=1) for number in range(100)]
        assert {job.join(30) for job in jobs} == {JobState.SUCCEEDED}
        lines = stage.trace.lines("note")
        assert len(lines) == 100
        assert {line["id"] for line in lines} == {job.id for job in jobs}
        for job, line in zip(jobs, sorted(lines, key=lambda line: int(line["tag"])), strict=True):
            assert datetime.fromtimestamp(line["at"], timezone.utc) >= job.due_time


class TestThreadsOfAProcess:
    def test_async_handlers_keep_a_loop_a_thread(self, stage, worker):  # noqa: F811
        worker("threads", concurrency=3)
        started = time.time()
        jobs = [stage.job("sleeps", 1) for _ in range(6)]
        assert {job.join(20) for job in jobs} == {JobState.SUCCEEDED}
        lines = stage.trace.lines("slept")
        assert len({(line["thread"], line["loop"]) for line in lines}) == len({line["thread"] for line in lines}) <= 3
        assert max(line["at"] for line in lines) - started < 6

    def test_greenlets_run_async_handlers_beside_each_other(self, stage, worker):  # noqa: F811
        worker("gevent", concurrency=10)
        stage.job("note").join(20)
        started = time.time()
        jobs = [stage.job("sleeps", 1) for _ in range(5)]
        assert {job.join(20) for job in jobs} == {JobState.SUCCEEDED}
        assert max(line["at"] for line in stage.trace.lines("slept")) - started < 3
