"""A call with a wrong argument is refused in this library's words: the verb, what was given, what was meant."""

from __future__ import annotations

import asyncio
import inspect
from types import SimpleNamespace
from typing import Any

import pytest

from celery_durable_jobs import (
    DurableJobs,
    InvalidArgumentsError,
    InvalidRouteError,
    JobRequest,
    UnknownOptionError,
    durable_jobs,
    schedule_job,
)
from celery_durable_jobs._options import named_calls


@pytest.fixture
def job(handlers: SimpleNamespace) -> Any:
    return schedule_job.apply(handlers.send, args=(1,), countdown=60)


def said(call: Any, *args: Any, **options: Any) -> str:
    with pytest.raises(UnknownOptionError) as caught:
        call(*args, **options)
    assert isinstance(caught.value, TypeError)
    assert caught.value.argument in options
    return str(caught.value)


def test_every_face(job: Any) -> None:
    assert said(durable_jobs.cancel, keey="x") == "cancel has no option 'keey'; did you mean 'key'?"
    assert said(durable_jobs.get, traget="x") == "get has no option 'traget'; did you mean 'target'?"
    assert said(durable_jobs.reschedule, job, cuontdown=1) == (
        "reschedule has no option 'cuontdown'; did you mean 'countdown'?"
    )
    assert "did you mean 'metadata'?" in said(job.update, metadat={})
    assert "did you mean 'timeout'?" in said(job.join, time_out=1)
    assert said(job.cancel, force=True) == "cancel has no option 'force'; it has none"
    assert "did you mean 'expires'?" in said(durable_jobs.find(state="dead").replay, expire=1)
    assert said(durable_jobs.find, sate="dead") == "find has no option 'sate'; did you mean 'state'?"
    assert said(durable_jobs.pause, qeue="x") == "pause has no option 'qeue'; did you mean 'queue'?"
    assert said(JobRequest, "any", taget="x") == "JobRequest has no option 'taget'; did you mean 'target'?"
    assert job.refresh().state == "waiting"


def test_asynchronous_twins() -> None:
    async def wrong() -> None:
        await durable_jobs.acancel(keey="x")  # type: ignore[call-arg]

    with pytest.raises(UnknownOptionError, match="acancel has no option 'keey'; did you mean 'key'"):
        asyncio.run(wrong())
    assert inspect.iscoroutinefunction(DurableJobs.acancel)


def test_too_few_and_too_many(job: Any) -> None:
    with pytest.raises(InvalidArgumentsError, match=r"^join\(\) missing 1 required .*'job'; it takes job, timeout$"):
        durable_jobs.join()  # type: ignore[call-arg]
    with pytest.raises(InvalidArgumentsError, match=r"^cancel\(\) takes .*; it takes job, key, target$"):
        durable_jobs.cancel(job, "key")  # type: ignore[misc]


def test_apply_without_a_handler_or_with_too_much(handlers: SimpleNamespace) -> None:
    with pytest.raises(
        InvalidArgumentsError, match=r"^apply\(\) missing .*'handler'; it takes handler, options by name$"
    ):
        schedule_job.apply(countdown=1)  # type: ignore[call-arg]
    with pytest.raises(InvalidArgumentsError, match=r"^apply\(\) takes .*; it takes handler, options by name$"):
        schedule_job.apply(handlers.send, (1,), countdown=1)  # type: ignore[misc]


def test_queues_that_no_job_can_go_to(app: Any) -> None:
    for queue in (None, "", "  ", "dj:x", "unacked", "x" * 256, 5):
        for verb in (durable_jobs.pause, durable_jobs.resume):
            with pytest.raises(InvalidRouteError) as caught:
                verb(queue)  # type: ignore[arg-type]
            assert caught.value.argument == "queue"


def test_a_type_error_from_within_stays_what_it_is() -> None:
    @named_calls
    class Face:
        def call(self, value: Any) -> Any:
            return value()

    def needs(one: Any) -> None: ...

    with pytest.raises(TypeError) as caught:
        Face().call(needs)
    assert type(caught.value) is TypeError
