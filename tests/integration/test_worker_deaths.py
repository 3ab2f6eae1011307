"""Children and workers that die: who notices, how soon, what is run again, what is counted."""

from __future__ import annotations

import os
import signal
import time

import pytest

from celery_durable_jobs.jobs import JobState
from tests.apps.worker_fixtures import POOLS, keeper, settings, stage, worker  # noqa: F401
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("keeper")


class TestChild:
    def test_killed_by_the_kernel_it_is_run_again_within_a_second(self, stage, worker):  # noqa: F811
        worker(concurrency=2)
        gate = stage.file("gate")
        neighbour = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        job = stage.job("kills_itself", 1)
        assert job.join(20) is JobState.SUCCEEDED
        first, second = stage.trace.lines("kills")
        assert second["at"] - first["at"] < 1.0
        assert (second["attempt"], second["lost_runs"], second["failures"]) == (2, 1, 0)
        assert "SIGKILL" in second["previous_error"]
        assert stage.result(job).get(timeout=10) == "alive"
        assert stage.state(neighbour) is JobState.RUNNING
        gate.touch()
        assert neighbour.join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("waits")) == 1

    @pytest.mark.parametrize(("how", "told"), [("SIGKILL", "SIGKILL"), ("SIGSEGV", "SIGSEGV"), ("exit", "exitcode 3")])
    def test_a_job_that_always_kills_it_is_dead_after_three(self, stage, worker, how, told):  # noqa: F811
        worker(concurrency=2)
        job = stage.job("kills_itself", 99, how)
        others = [stage.job("note", str(number)) for number in range(5)]
        assert job.join(30) is JobState.DEAD
        assert [line["lost_runs"] for line in stage.trace.lines("kills")] == [0, 1, 2]
        assert told in job.refresh().error
        with pytest.raises(Exception, match=told):
            stage.result(job).get(timeout=10)
        assert {other.join(10) for other in others} == {JobState.SUCCEEDED}

    def test_late_acknowledgement_makes_no_second_run(self, stage, worker):  # noqa: F811
        first = worker(concurrency=1)
        gate = stage.file("gate")
        job = stage.job("late", str(gate))
        (line,) = stage.trace.wait("waits")
        os.kill(line["pid"], signal.SIGKILL)
        stage.trace.wait("waits", count=2)
        gate.touch()
        assert job.join(20) is JobState.SUCCEEDED
        first.stop()
        worker(concurrency=1)
        assert stage.job("note").join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("waits")) == 2

    def test_sys_exit_costs_no_child(self, stage, worker):  # noqa: F811
        worker(concurrency=1)
        job = stage.job("ends", "sys.exit")
        assert job.join(20) is JobState.DEAD
        assert job.refresh().error.startswith("SystemExit: 3")
        assert stage.job("note").join(20) is JobState.SUCCEEDED
        assert stage.trace.lines("note")[0]["pid"] == stage.trace.lines("ends")[0]["pid"]


class TestTimeLimits:
    def test_hard(self, stage, worker):  # noqa: F811
        worker(concurrency=1)
        job = stage.job("overruns")
        assert job.join(30) is JobState.DEAD
        lines = stage.trace.lines("overruns")
        assert [line["lost_runs"] for line in lines] == [0, 1, 2]
        assert lines[1]["previous_error"] == "Hard time limit (1s) exceeded"
        assert len({line["pid"] for line in lines}) == 3
        assert 0.5 < lines[1]["at"] - lines[0]["at"] < 4
        assert lines[0]["deadline"] is not None
        assert job.refresh().error == "Hard time limit (1s) exceeded"
        with pytest.raises(Exception, match="Hard time limit"):
            stage.result(job).get(timeout=10)

    def test_hard_under_gevent(self, stage, worker):  # noqa: F811
        worker("gevent")
        job = stage.job("overruns")
        assert job.join(30) is JobState.DEAD
        assert job.refresh().error == "Hard time limit (1s) exceeded"
        assert len(stage.trace.lines("overruns")) == 3

    @pytest.mark.parametrize("handler", ["overruns_softly", "overruns_asleep"])
    def test_soft(self, stage, worker, handler):  # noqa: F811
        worker(concurrency=1)
        job = stage.job(handler)
        assert job.join(20) is JobState.DEAD
        assert "SoftTimeLimitExceeded" in job.refresh().error
        assert stage.job("note").join(20) is JobState.SUCCEEDED
        assert stage.trace.lines("note")[0]["pid"] == stage.trace.lines(handler.replace("_", " "))[0]["pid"]
        if handler == "overruns_asleep":
            assert stage.trace.lines("cleaned up")

    @pytest.mark.parametrize("pool", ["threads", "solo", "gevent"])
    def test_pools_without_limits_say_so(self, worker, pool):  # noqa: F811
        process = worker(pool)
        process.wait_for_log("They may keep context.deadline")


class TestColdShutdown:
    @pytest.mark.parametrize("pool", POOLS)
    def test_what_it_cuts_is_run_again_and_nothing_is_counted(self, stage, worker, pool):  # noqa: F811
        first = worker(pool)
        # Threads and the one of a solo pool can't be cut: Celery waits for them.
        job = stage.job("stubborn", 30.0 if pool in ("prefork", "gevent") else 2.0)
        (line,) = stage.trace.wait("stubborn")
        first.send_signal(signal.SIGQUIT)
        first.wait(20)
        if pool in ("threads", "solo"):
            assert stage.wait_state(job, JobState.SUCCEEDED)
            return
        now = stage.wait_state(job, JobState.WAITING, JobState.CLAIMED, JobState.SENT, timeout=3)
        assert now.error is None
        worker("threads")
        again = stage.trace.wait("stubborn", count=2)[1]
        assert (again["lost_runs"], again["failures"]) == (0, 0)
        assert again["pid"] != line["pid"]


@pytest.mark.slow
class TestWorker:
    @pytest.fixture
    def settings(self):
        return {"durable_jobs_run_lease": 3, "durable_jobs_begin_timeout": 3, "durable_jobs_lease_ttl": 2}

    @pytest.mark.parametrize("pool", ["prefork", "threads"])
    def test_killed_and_a_handler_that_holds_the_gil(self, stage, worker, pool):  # noqa: F811
        """Rescues begin when a keeper has been in contact for 20 s; so all that needs them is in one test."""
        first = worker(pool, concurrency=2, options=["--prefetch-multiplier=2"])
        started = time.time()
        if pool == "prefork":
            greedy = stage.job("holds_the_gil", 27)
            stage.trace.wait("holds the GIL")
        running = stage.job("waits", str(stage.file("never")))
        stage.trace.wait("waits")
        wait_until(lambda: time.time() > started + 21, 30, "the contact rule")
        if pool == "prefork":
            assert greedy.join(20) is JobState.SUCCEEDED
            assert len(stage.trace.lines("holds the GIL")) == 1
        blocker = stage.job("stubborn")
        stage.trace.wait("stubborn")
        prefetched = [stage.job("note", str(number)) for number in range(2)]
        for job in prefetched:
            stage.wait_state(job, JobState.SENT)
        first.kill_group()
        killed = time.time()
        worker("threads", concurrency=6)
        again = stage.trace.wait("waits", count=2)[1]
        assert again["at"] - killed < 4.5
        assert (again["lost_runs"], again["attempt"]) == (1, 2)
        assert {job.join(20) for job in prefetched} == {JobState.SUCCEEDED}
        assert max(line["at"] for line in stage.trace.lines("note")) - killed < 4.5
        assert len(stage.trace.lines("note")) == 2
        stage.file("never").touch()
        assert running.join(20) is JobState.SUCCEEDED
        assert stage.state(blocker) is JobState.RUNNING


class TestMainLoop:
    @pytest.fixture
    def settings(self):
        return {"durable_jobs_run_lease": 2}

    @pytest.mark.parametrize("pool", ["prefork", "threads"])
    def test_what_one_that_hangs_has_prefetched_is_run_elsewhere(self, stage, worker, pool):  # noqa: F811
        first = worker(pool, concurrency=1, options=["--prefetch-multiplier=8"])
        gate, loop = stage.file("gate"), stage.file("loop")
        running = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        waiting = [stage.job("note", str(number)) for number in range(3)]
        stage.trace.wait("signal task_received", count=4)
        hanging = stage.job("hangs_the_loop", str(loop))
        wait_until(lambda: loop.with_suffix(".taken").exists())
        worker(concurrency=1)
        # Nothing is sent again before the keeper has been in contact for 20 s.
        assert {job.join(50) for job in waiting} == {JobState.SUCCEEDED}
        assert hanging.join(20) is JobState.SUCCEEDED
        assert "main loop hangs" in first.log()
        assert stage.state(running) is JobState.RUNNING  # runs are followed as ever
        loop.touch()
        gate.touch()
        assert running.join(20) is JobState.SUCCEEDED
        assert stage.job("note", "3").join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("waits")) == 1
        assert sorted(line["tag"] for line in stage.trace.lines("note")) == ["0", "1", "2", "3"]
