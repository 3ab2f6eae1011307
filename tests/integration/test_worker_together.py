"""Jobs that travel together (``batch=``): one message, and yet each is its own."""

from __future__ import annotations

import contextlib
import threading
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from celery_durable_jobs import DurableJob, JobRequest, schedule_job
from celery_durable_jobs.jobs import JobState
from tests.apps.worker_fixtures import POOLS, keeper, settings, stage, worker  # noqa: F401
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("keeper")


def together(stage: Any, *calls: tuple[Any, ...]) -> list[DurableJob]:  # noqa: F811
    """Schedule such jobs, due at one moment."""
    due = datetime.now(timezone.utc) + timedelta(seconds=0.7)
    handler = stage.module.together
    return list(schedule_job.apply_many(JobRequest(handler, args=call, eta=due) for call in calls))


def carriers(stage: Any) -> list[dict[str, Any]]:  # noqa: F811
    return [line for line in stage.trace.lines("signal task_received") if line["id"].startswith("carrier-")]


@pytest.mark.parametrize("pool", POOLS)
def test_each_is_its_own(stage, worker, pool):  # noqa: F811
    worker(pool, concurrency=1)
    gate = stage.file("gate")
    calls = [("1",), ("2", "fails"), ("3", "waits", str(gate)), ("4",), ("5",), ("6",)]
    jobs = together(stage, *calls)
    stage.trace.wait("waits")
    assert len(carriers(stage)) == 1
    assert not jobs[2].cancel()  # it runs
    assert jobs[4].cancel()
    assert stage.state(jobs[3]) is JobState.SENT
    gate.touch()
    expected = [JobState.SUCCEEDED] * 4 + [JobState.CANCELLED, JobState.SUCCEEDED]
    assert [job.join(20) for job in jobs] == expected
    lines = stage.trace.lines("together")
    assert [line["tag"] for line in lines] == ["1", "2", "3", "4", "6", "2"]
    assert [(line["attempt"], line["failures"], line["retries"]) for line in lines] == [(1, 0, 0)] * 5 + [(2, 1, 1)]
    assert [line["task_id"] for line in lines[:4]] == [line["id"] for line in lines[:4]] == [job.id for job in jobs[:4]]
    assert len({line["run_id"] for line in lines}) == 6
    assert len({(line["pid"], line["thread"]) for line in lines[:5]}) == 1
    results = [stage.result(job) for job in jobs]
    assert [results[place].get(timeout=10) for place in (0, 1, 3, 5)] == ["1", "2", "4", "6"]
    assert results[4].state == "REVOKED"
    assert [line["id"] for line in stage.trace.lines("signal task_success")].count(jobs[0].id) == 1
    assert not [line for line in stage.trace.lines("signal task_prerun") if line["id"].startswith("carrier-")]


def test_one_that_kills_its_child_costs_the_others_nothing(stage, worker):  # noqa: F811
    worker(concurrency=1)
    jobs = together(stage, ("1",), ("2", "kills"), ("3",), ("4",))
    assert [job.join(20) for job in jobs] == [JobState.SUCCEEDED] * 4
    lines = stage.trace.lines("together")
    assert sorted(line["tag"] for line in lines) == ["1", "2", "2", "3", "4"]
    lost = [(line["tag"], line["lost_runs"], line["previous_error"] is not None) for line in lines]
    assert [each for each in lost if each[1]] == [("2", 1, True)]


def test_events_are_sent_of_each_while_the_worker_sends_tasks_events(stage, worker):  # noqa: F811
    seen: list[dict[str, Any]] = []
    listening, enough = threading.Event(), threading.Event()

    def listen() -> None:
        with stage.app.connection() as connection:
            receiver = stage.app.events.Receiver(connection, handlers={"*": seen.append})
            listening.set()
            while not enough.is_set():
                with contextlib.suppress(TimeoutError, OSError):
                    receiver.capture(limit=None, timeout=0.5)

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        listening.wait(5)
        process = worker(concurrency=1, quiet=False)  # its own events are on: its dispatcher is enabled
        before = together(stage, ("1",), ("2",))
        assert [job.join(20) for job in before] == [JobState.SUCCEEDED] * 2
        stage.app.control.enable_events(reply=True)
        after = together(stage, ("3",), ("4",))
        of_each = {"task-received", "task-started", "task-succeeded"}
        expected = {(job.id, kind) for job in after for kind in of_each}

        def told() -> set[tuple[str, str]]:
            return {(event["uuid"], event["type"]) for event in seen if event["type"].startswith("task-")}

        wait_until(lambda: expected <= told(), 20, lambda: f"{seen}\n{process.log()}")
        assert not {uuid for uuid, _ in told()} & {job.id for job in before}
        assert "no more events" not in process.log(whole=True)
    finally:
        enough.set()
        listener.join(10)


class TestLostForGood:
    @pytest.fixture
    def settings(self):
        return {"durable_jobs_max_lost_runs": 1}

    def test_link_error_fires_as_for_a_job_that_came_alone(self, stage, worker):  # noqa: F811
        worker(concurrency=1)
        handler, failed = stage.module.together, stage.module.plain.si("failed")
        due = datetime.now(timezone.utc) + timedelta(seconds=0.7)
        signatures = [handler.s("1"), handler.s("2", "kills").set(link_error=failed), handler.s("3")]
        jobs = list(schedule_job.apply_many(JobRequest(signature, eta=due) for signature in signatures))
        assert [job.join(20) for job in jobs] == [JobState.SUCCEEDED, JobState.DEAD, JobState.SUCCEEDED]
        stage.trace.wait("plain", tag="failed")
        with pytest.raises(Exception, match="SIGKILL"):
            stage.result(jobs[1]).get(timeout=10)
        assert carriers(stage)
        assert len(stage.trace.lines("together")) == 3
