"""revoke and terminate of durable jobs; handlers that manage jobs; what a start says; ways to end."""

from __future__ import annotations

import time

import pytest

from celery_durable_jobs.jobs import JobState
from tests.apps.worker_fixtures import APP, keeper, settings, stage, worker  # noqa: F401
from tests.support.waiting import wait_until


@pytest.mark.usefixtures("keeper")
class TestRevoke:
    def test_of_a_waiting_job_is_a_cancel(self, stage, worker):  # noqa: F811
        worker()
        job = stage.job("note", countdown=60)
        ordinary = stage.module.plain.apply_async(("never",), countdown=3)
        stage.app.control.revoke([job.id, ordinary.id], reply=True)
        assert job.join(10) is JobState.CANCELLED
        assert wait_until(lambda: stage.result(job).state == "REVOKED", 5)
        revoked = stage.app.control.inspect().revoked()
        assert list(revoked.values()) == [[ordinary.id]]

    def test_of_one_that_lies_in_a_worker_it_is_not_begun(self, stage, worker):  # noqa: F811
        worker(concurrency=1, options=["--prefetch-multiplier=4"])
        gate = stage.file("gate")
        blocker = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        job = stage.job("note", "never")
        stage.trace.wait("signal task_received", id=job.id)
        stage.app.control.revoke(job.id)
        assert job.join(10) is JobState.CANCELLED
        gate.touch()
        assert blocker.join(20) is JobState.SUCCEEDED
        assert stage.job("note", "after").join(20) is JobState.SUCCEEDED
        assert not stage.trace.lines("note", tag="never")
        assert stage.result(job).state == "REVOKED"

    def test_of_a_running_job_asks_it_to_stop(self, stage, worker):  # noqa: F811
        worker()
        job = stage.job("polite")
        stage.trace.wait("polite")
        stage.app.control.revoke(job.id)
        assert job.join(10) is JobState.CANCELLED

    def test_terminate_kills_it_and_it_ends_cancelled(self, stage, worker):  # noqa: F811
        worker(concurrency=1)
        job = stage.job("stubborn")
        stage.trace.wait("stubborn")
        asked = time.time()
        stage.app.control.revoke(job.id, terminate=True)
        assert job.join(10) is JobState.CANCELLED
        assert time.time() - asked < 5
        assert stage.result(job).state == "REVOKED"
        assert stage.job("note").join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("stubborn")) == 1

    def test_terminate_under_gevent(self, stage, worker):  # noqa: F811
        worker("gevent")
        job = stage.job("polite")
        stage.trace.wait("polite")
        # Celery 5.4's gevent pool can't cut a greenlet: then it is asked to stop.
        stage.app.control.revoke(job.id, terminate=True)
        assert job.join(10) is JobState.CANCELLED
        assert len(stage.trace.lines("polite")) == 1


@pytest.mark.usefixtures("keeper")
class TestHandlers:
    def test_manage_jobs_and_themselves(self, stage, worker):  # noqa: F811
        worker()
        other = stage.job("note", "moved", countdown=60)
        job = stage.job("manages", other.id)
        assert job.join(20) is JobState.SUCCEEDED
        said = stage.trace.lines("manages")[0]["said"]
        assert said == {
            "new": said["new"],
            "cancelled": "cancelled",
            "moved": True,
            "itself moved": False,
            "itself cancelled": "requested",
        }
        stage.trace.wait("note", tag="from inside")
        stage.trace.wait("note", tag="moved")
        assert not stage.trace.lines("note", tag="never")

    @pytest.mark.parametrize(
        ("how", "state", "result"),
        [
            ("return", JobState.SUCCEEDED, "SUCCESS"),
            ("raise", JobState.DEAD, "FAILURE"),
            ("cancelled", JobState.DEAD, "FAILURE"),
            ("ignore", JobState.SUCCEEDED, "PENDING"),
            ("reject", JobState.DEAD, "FAILURE"),
            ("requeue", JobState.DEAD, "FAILURE"),
            ("reschedule", JobState.SUCCEEDED, "SUCCESS"),
            ("poll", JobState.SUCCEEDED, "SUCCESS"),
            ("zero poll", JobState.DEAD, "FAILURE"),
            ("unencodable", JobState.SUCCEEDED, "FAILURE"),
        ],
    )
    def test_end_in_many_ways(self, stage, worker, how, state, result):  # noqa: F811
        process = worker(concurrency=1)
        job = stage.job("ends", how)
        assert job.join(20) is state
        assert wait_until(lambda: stage.result(job).state == result, 5)
        assert process.running
        assert "INTERNAL ERROR" not in process.log()


@pytest.mark.usefixtures("keeper")
class TestRetries:
    """Celery's own ways to ask for one, in a real worker: no further message, the same job."""

    def test_self_retry(self, stage, worker):  # noqa: F811
        worker()
        job, given_up = stage.job("asks_again", 2), stage.job("asks_again", 9)
        assert job.join(20) is JobState.SUCCEEDED
        lines = stage.trace.lines("asks again", id=job.id)
        assert [(line["retries"], line["failures"], line["attempt"]) for line in lines] == [
            (0, 0, 1),
            (1, 1, 2),
            (2, 2, 3),
        ]
        assert [line["previous_error"] for line in lines] == [
            None, "ConnectionError: no answer 1", "ConnectionError: no answer 2",
        ]  # fmt: skip
        assert stage.result(job).get(timeout=10) == 3
        assert given_up.join(20) is JobState.DEAD
        assert given_up.refresh().error.startswith("ConnectionError: no answer 3")
        assert len(stage.trace.lines("asks again", id=given_up.id)) == 3
        assert stage.result(given_up).state == "FAILURE"

    def test_autoretry_for(self, stage, worker):  # noqa: F811
        worker()
        job = stage.job("retried_by_celerys_options", "connection", 2)
        other = stage.job("retried_by_celerys_options", "value", 1)
        assert job.join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("retried", id=job.id)) == 3
        assert other.join(20) is JobState.DEAD
        assert len(stage.trace.lines("retried", id=other.id)) == 1


class TestCanvas:
    """In a chain, a group and a chord a handler is Celery's ordinary task. No keeper is needed."""

    @pytest.mark.parametrize("pool", ["prefork", "threads"])
    def test_a_handler_is_an_ordinary_task(self, stage, worker, pool):  # noqa: F811
        from celery import chain, chord, group

        worker(pool)
        double, total = stage.module.double, stage.module.total
        assert chain(double.s(1), double.s(), double.s()).apply_async().get(timeout=20) == 8
        assert group(double.s(number) for number in range(4)).apply_async().get(timeout=20) == [0, 2, 4, 6]
        assert chord([double.s(number) for number in range(4)])(total.s()).get(timeout=20) == 12
        assert double.apply_async((5,), link=stage.module.plain.si("linked")).get(timeout=20) == 10
        stage.trace.wait("plain", tag="linked")
        lines = stage.trace.lines("double")
        assert len(lines) == 12
        assert {line["durable"] for line in lines} == {False}
        assert {line["attempt"] for line in lines} == {1}
        assert all(line["run_id"] == line["id"] for line in lines)


@pytest.mark.usefixtures("keeper")
class TestCallbacks:
    def test_link_and_link_error_fire_at_the_end(self, stage, worker):  # noqa: F811
        from celery_durable_jobs import schedule_job

        worker()
        module = stage.module
        callbacks = {"link": module.plain.si("linked"), "link_error": module.plain.si("failed")}
        good = schedule_job.apply(module.fails.s(1).set(**callbacks), countdown=0)
        assert good.join(20) is JobState.SUCCEEDED
        stage.trace.wait("plain", tag="linked")
        assert not stage.trace.lines("plain", tag="failed")
        bad = schedule_job.apply(module.ends.s("raise").set(**callbacks), countdown=0)
        assert bad.join(20) is JobState.DEAD
        stage.trace.wait("plain", tag="failed")
        deadly = schedule_job.apply(module.kills_itself.s(99).set(**callbacks), countdown=0)
        assert deadly.join(20) is JobState.DEAD
        stage.trace.wait("plain", tag="failed", count=2)
        assert len(stage.trace.lines("plain", tag="linked")) == 1


class TestStart:
    def test_without_a_keeper_it_says_so(self, worker):  # noqa: F811
        process = worker()
        process.wait_for_log(r"no keeper is alive: .* celery -A \S+ durable-shards")

    def test_with_one_it_doesnt(self, keeper, worker):  # noqa: F811
        process = worker()
        assert "no keeper" not in process.log()

    def test_a_wrong_setting_ends_it(self, stage, processes):  # noqa: F811
        env = {**stage.site.variables(), "TEST_SETTINGS": '{"durable_jobs_run_leese": 3}'}
        process = processes.celery(APP, "worker", "-P", "solo", env=env)
        assert process.wait(20) != 0
        assert "durable_jobs_run_leese" in process.log()
        assert "did you mean durable_jobs_run_lease" in process.log()

    def test_another_apps_store_ends_it(self, stage, processes):  # noqa: F811
        assert stage.extension.store
        env = {**stage.site.variables(), "TEST_SETTINGS": '{"durable_jobs_shard_stripes": 7}'}
        process = processes.celery(APP, "worker", "-P", "solo", env=env)
        assert process.wait(20) != 0
        assert "shard_stripes" in process.log()
