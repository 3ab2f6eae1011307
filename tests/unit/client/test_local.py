"""``memory://`` by itself: the first apply starts a keeper and eager runs in this process."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from celery.result import AsyncResult

from celery_durable_jobs import JobState, PollAfter, durable_jobs, schedule_job
from celery_durable_jobs._current import extension_of
from tests.support.waiting import wait_until


@pytest.fixture(autouse=True)
def by_hand() -> None:
    """Here the keeper does start."""


@pytest.fixture
def app(make_app: Callable[..., Any], namespace: str) -> Iterator[Any]:
    made = make_app(namespace, result_backend="cache+memory://")
    yield made
    extension_of(made).close()  # type: ignore[union-attr]


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate() if thread.name.startswith("durable-jobs-")}


def test_jobs_run_when_they_are_due(handlers: SimpleNamespace, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        job = schedule_job.apply(handlers.send, args=(5,), kwargs={"text": "x"}, countdown=0.2)
        assert job.state is JobState.WAITING
        assert job.join(timeout=20) is JobState.SUCCEEDED
    assert AsyncResult(job.id).get(timeout=5) == "5 x"
    assert "durable-shards" not in caplog.text, "there is a keeper: nothing to warn of"


def test_a_handler_that_schedules_and_one_that_polls(app: Any) -> None:
    calls: list[str] = []

    @app.durable_job_handler(name="child", shared=False)
    def child(context: Any) -> None:
        calls.append(f"child {context.job.target}")

    @app.durable_job_handler(name="parent", shared=False)
    def parent(context: Any) -> Any:
        calls.append(f"parent {context.attempt}")
        if len(calls) == 1:
            return PollAfter(0.05)
        return schedule_job.apply("child", countdown=0, target="t").id

    assert schedule_job.apply(parent, countdown=0).join(timeout=20) is JobState.SUCCEEDED
    wait_until(lambda: "child t" in calls)
    assert calls == ["parent 1", "parent 1", "child t"]


def test_arguments_that_cannot_be_read_are_a_dead_letter(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send, args=(1,), countdown=0, serializer="pickle")
    assert job.join(timeout=20) is JobState.DEAD
    now = job.refresh()
    assert now is not None
    assert "ContentDisallowed" in (now.error or "")


def test_an_unknown_handler_waits(app: Any) -> None:
    job = schedule_job.apply("nobody.knows", countdown=0)
    wait_until(lambda: (job.refresh() or job).due_time > job.due_time)
    assert job.cancel()


def test_compressed_arguments(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send.s(5).set(compression="gzip"), countdown=0)
    assert job.join(timeout=20) is JobState.SUCCEEDED


def test_close_ends_its_threads(handlers: SimpleNamespace) -> None:
    before = threads()
    schedule_job.apply(handlers.send, args=(5,), countdown=0).join(timeout=20)
    assert threads() - before
    durable_jobs.close()
    wait_until(lambda: threads() <= before)
    assert schedule_job.apply(handlers.send, args=(5,), countdown=0).join(timeout=20) is JobState.SUCCEEDED


def test_a_forked_child_has_a_memory_of_its_own(handlers: SimpleNamespace) -> None:
    waiting = schedule_job.apply(handlers.send, args=(5,), countdown=600)
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            lone = list(durable_jobs.find()) == []
            done = schedule_job.apply(handlers.send, args=(6,), countdown=0).join(timeout=20)
            status = 0 if lone and done is JobState.SUCCEEDED else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert list(durable_jobs.find()) == [waiting]
