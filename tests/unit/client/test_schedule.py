"""apply: what is stored, what comes back, who wins."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery, signals
from kombu import serialization

from celery_durable_jobs import (
    DuplicateJobIdError,
    DuplicateKeyError,
    DurableJob,
    JobRequest,
    JobState,
    NoAppError,
    durable_jobs,
    schedule_job,
)
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.steps import Get, Look

SOON = datetime(2030, 1, 1, tzinfo=timezone.utc)


def stored(job: DurableJob) -> JobRecord:
    record = durable_jobs.store.send(Get(job.id))
    assert isinstance(record, JobRecord)
    return record


def arguments(job: DurableJob) -> tuple[Any, Any]:
    content = stored(job).content
    assert content is not None
    args, kwargs, _ = serialization.loads(content.body, content.content_type, content.content_encoding, accept=None)
    return args, kwargs


def test_all_that_is_given_comes_back(handlers: SimpleNamespace, namespace: str) -> None:
    job = schedule_job.apply(
        handlers.send,
        args=(42,),
        kwargs={"text": "hi"},
        eta=SOON,
        name="SendReminder",
        target="user:42",
        metadata={"a": "b"},
        key="reminder",
        expires=SOON + timedelta(hours=1),
        queue="slow",
        priority=4,
        headers={"x-tenant": "t1"},
    )
    assert job == DurableJob(
        id=job.id,
        name="SendReminder",
        target="user:42",
        due_time=SOON,
        shard_id=job.id[1:9],
        metadata={"a": "b"},
        handler="send",
        key="reminder",
        created=True,
        state=JobState.WAITING,
        attempt=0,
        error=None,
        namespace=namespace,
    )
    record = stored(job)
    assert arguments(job) == ([42], {"text": "hi"})
    assert record.route is not None
    assert (record.route.queue, record.route.priority) == ("slow", 4)
    assert record.content is not None
    assert record.content.headers["x-tenant"] == "t1"
    assert durable_jobs.get(job.id) == job


def test_little_is_needed(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send, args=(1,), countdown=0)
    assert (job.name, job.target, job.metadata, job.key) == ("send", None, None, None)


def test_empty_metadata_stays_empty(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send, args=(1,), countdown=9, metadata={})
    assert job.metadata == {}
    assert durable_jobs.get(job.id) == job


@pytest.mark.parametrize("args", [[1], (1,), range(1, 2)])
def test_args_may_be_any_sequence(handlers: SimpleNamespace, args: Any) -> None:
    assert arguments(schedule_job.apply(handlers.send, args=args, countdown=1)) == ([1], {})


def test_arguments_survive_as_they_do_in_celery(handlers: SimpleNamespace) -> None:
    values = [datetime(2026, 1, 1, tzinfo=timezone.utc), uuid.uuid4(), Decimal("1.10"), [], {}, None, "ü\x00🎉"]
    job = schedule_job.apply("other", args=values, countdown=1)
    assert arguments(job)[0] == values


def test_serializer(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send, args=(1,), countdown=1, serializer="pickle")
    content = stored(job).content
    assert content is not None
    assert content.content_type == "application/x-python-serialize"


# -- signatures ---


def test_a_signature_brings_arguments_and_options(handlers: SimpleNamespace) -> None:
    signature = handlers.send.s(7, text="x").set(queue="slow", countdown=60, priority=2, headers={"a": 1})
    job = schedule_job.apply(signature)
    record = stored(job)
    assert arguments(job) == ([7], {"text": "x"})
    assert record.route is not None
    assert (record.route.queue, record.route.priority) == ("slow", 2)
    assert record.content is not None
    assert record.content.headers["a"] == 1
    assert job.due_time > datetime.now(timezone.utc) + timedelta(seconds=50)


def test_what_is_given_wins_over_a_signature(handlers: SimpleNamespace) -> None:
    signature = handlers.send.s(7, text="x").set(queue="slow", countdown=60, headers={"a": 1, "b": 1})
    job = schedule_job.apply(signature, args=(8,), kwargs={}, eta=SOON, queue="fast", headers={"b": 2})
    record = stored(job)
    assert arguments(job) == ([8], {})
    assert record.route is not None
    assert record.route.queue == "fast"
    assert record.content is not None
    assert (record.content.headers["a"], record.content.headers["b"]) == (1, 2)
    assert job.due_time == SOON


def test_a_signature_that_has_been_json(handlers: SimpleNamespace) -> None:
    import json

    signature = json.loads(json.dumps(handlers.send.s(7)))
    assert schedule_job.apply(signature, countdown=1).handler == "send"


def test_signature_of_another_project(app: Any) -> None:
    job = schedule_job.apply(app.signature("elsewhere.task", args=(1,)), countdown=1)
    assert (job.handler, arguments(job)) == ("elsewhere.task", ([1], {}))


def test_a_signatures_expires(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send.s(1).set(expires=SOON + timedelta(days=1)), eta=SOON)
    assert stored(job).expires_us is not None
    assert schedule_job.apply(handlers.send.s(1).set(link=handlers.send.si(2)), eta=SOON)


# -- routes ---


def test_the_handlers_own_queue_and_priority(handlers: SimpleNamespace) -> None:
    route = stored(schedule_job.apply(handlers.mail, args=(1,), countdown=1)).route
    assert route is not None
    assert (route.queue, route.priority) == ("mail", 3)
    route = stored(schedule_job.apply(handlers.mail, args=(1,), countdown=1, queue="other", priority=0)).route
    assert route is not None
    assert (route.queue, route.priority) == ("other", 0)


def test_task_routes_count(make_app: Callable[..., Any]) -> None:
    make_app("routed", task_routes={"far.*": {"queue": "far"}})
    route = stored(schedule_job.apply("far.away", countdown=1)).route
    assert route is not None
    assert route.queue == "far"


# -- signals ---


def test_publish_signals_fire_once_when_scheduling(handlers: SimpleNamespace) -> None:
    seen: list[str] = []

    def before(sender: str, headers: dict[str, Any], **_: Any) -> None:
        seen.append(f"before {sender} {headers['id']}")
        headers["trace"] = "abc"

    def after(sender: str, headers: dict[str, Any], **_: Any) -> None:
        seen.append(f"after {sender} {headers['id']}")

    signals.before_task_publish.connect(before)
    signals.after_task_publish.connect(after)
    try:
        job = schedule_job.apply(handlers.send, args=(1,), countdown=1)
    finally:
        signals.before_task_publish.disconnect(before)
        signals.after_task_publish.disconnect(after)
    assert seen == [f"before send {job.id}", f"after send {job.id}"]
    content = stored(job).content
    assert content is not None
    assert content.headers["trace"] == "abc"


# -- requests ---


def test_a_request_is_the_same_call_again(handlers: SimpleNamespace) -> None:
    request = JobRequest(handlers.send, args=(1,), countdown=60, name="x")
    first, second = schedule_job.apply(request), schedule_job.apply(request)
    assert first == second
    assert (first.created, second.created) == (True, True)
    assert len(list(durable_jobs.find())) == 1


def test_also_when_a_receiver_adds_another_trace_each_time(handlers: SimpleNamespace) -> None:
    def trace(headers: dict[str, Any], **_: Any) -> None:
        headers["trace"] = uuid.uuid4().hex

    request = JobRequest(handlers.send.s(1), countdown=60)
    signals.before_task_publish.connect(trace)
    try:
        assert schedule_job.apply(request) == schedule_job.apply(request)
    finally:
        signals.before_task_publish.disconnect(trace)


def test_two_requests_are_two_jobs(handlers: SimpleNamespace) -> None:
    one, two = (JobRequest(handlers.send, args=(1,), countdown=60) for _ in range(2))
    assert one != two
    assert schedule_job.apply(one).id != schedule_job.apply(two).id


def test_a_request_that_was_changed_is_refused(handlers: SimpleNamespace) -> None:
    from dataclasses import replace

    request = JobRequest(handlers.send, args=(1,), countdown=60)
    schedule_job.apply(request)
    for changed in (replace(request, args=(2,)), replace(request, name="other"), replace(request, expires=90)):
        with pytest.raises(DuplicateJobIdError):
            schedule_job.apply(changed)


def test_a_request_does_not_follow_its_callers_lists(handlers: SimpleNamespace) -> None:
    args, metadata = [1], {"a": "b"}
    request = JobRequest(handlers.send, args=args, metadata=metadata, countdown=60)
    args.append(2)
    metadata["c"] = "d"
    job = schedule_job.apply(request)
    assert (arguments(job)[0], job.metadata) == ([1], {"a": "b"})


def test_ids_rise_in_the_order_of_the_requests(handlers: SimpleNamespace) -> None:
    requests = [JobRequest("any", eta=SOON, target="t") for _ in range(200)]
    jobs = {request.seed: schedule_job.apply(request).id for request in reversed(requests)}
    ids = [jobs[request.seed] for request in requests]
    assert ids == sorted(ids)
    assert [job.id for job in durable_jobs.find(target="t")] == ids


# -- keys ---


def test_a_key_returns_the_job_that_waits(handlers: SimpleNamespace) -> None:
    first = schedule_job.apply(handlers.send, args=(1,), countdown=60, key="k")
    second = schedule_job.apply(handlers.send, args=(2,), countdown=90, key="k")
    assert second == first
    assert (first.created, second.created) == (True, False)


def test_a_key_is_unique_within_its_target(handlers: SimpleNamespace) -> None:
    jobs = {
        schedule_job.apply(handlers.send, args=(1,), countdown=60, key="k", target=target).id
        for target in ("a", "b", None)
    }
    assert len(jobs) == 3


def test_replace(handlers: SimpleNamespace) -> None:
    first = schedule_job.apply(handlers.send, args=(1,), countdown=60, key="k")
    second = schedule_job.apply(handlers.send, args=(2,), eta=SOON, key="k", on_conflict="replace", metadata={"n": "2"})
    assert (second.id, second.created, second.due_time, second.metadata) == (first.id, False, SOON, {"n": "2"})
    assert arguments(second)[0] == [2]


def test_conflicts_are_errors_where_asked(handlers: SimpleNamespace) -> None:
    first = schedule_job.apply(handlers.send, args=(1,), countdown=60, key="k", target="t")
    with pytest.raises(DuplicateKeyError) as caught:
        schedule_job.apply(handlers.send, args=(2,), countdown=60, key="k", target="t", on_conflict="error")
    assert (caught.value.job_id, caught.value.key, caught.value.target) == (first.id, "k", "t")
    with pytest.raises(DuplicateKeyError, match="same handler and route"):
        schedule_job.apply(handlers.mail, args=(2,), countdown=60, key="k", target="t", on_conflict="replace")


# -- no keeper ---


def test_one_warning_where_no_keeper_is_alive(
    handlers: SimpleNamespace, namespace: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "celery_durable_jobs"):
        for _ in range(3):
            schedule_job.apply(handlers.send, args=(1,), countdown=60)
    assert len(caplog.records) == 1
    assert f"celery -A {namespace} durable-shards" in caplog.text


def test_no_warning_where_one_is(handlers: SimpleNamespace, caplog: pytest.LogCaptureFixture) -> None:
    durable_jobs.store.send(Look("keeper@here", {}))
    schedule_job.apply(handlers.send, args=(1,), countdown=60)
    assert not caplog.records


# -- which app ---


def test_the_handlers_app_wins_over_the_current_one(handlers: SimpleNamespace, make_app: Callable[..., Any]) -> None:
    make_app("other")
    job = schedule_job.apply(handlers.send, args=(1,), countdown=60)
    assert job.namespace == handlers.send.app.main
    assert schedule_job.apply(handlers.send.s(1), countdown=60).namespace == handlers.send.app.main
    assert schedule_job.apply("by.name", countdown=60).namespace == "other"
    assert job.cancel(), "a job finds its app by its namespace"


def test_a_schedule_job_of_one_app(handlers: SimpleNamespace, make_app: Callable[..., Any]) -> None:
    from celery_durable_jobs._current import extension_of

    other = make_app("other")
    own = extension_of(handlers.send.app)
    assert own is not None
    assert own.schedule_job.apply("by.name", countdown=60).namespace == handlers.send.app.main
    assert extension_of(other).schedule_job.apply("by.name", countdown=60).namespace == "other"


def test_no_app() -> None:
    from celery import _state

    before, _state.default_app = _state.default_app, None
    try:
        with pytest.raises(NoAppError, match="DurableJobs"):
            schedule_job.apply("by.name", countdown=1)
    finally:
        _state.default_app = before


def test_an_app_without_the_extension(make_app: Callable[..., Any]) -> None:
    plain: Celery = make_app("plain", extension=False)
    plain.set_current()
    with pytest.raises(NoAppError):
        schedule_job.apply("by.name", countdown=1)
