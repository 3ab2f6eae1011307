"""What capture refuses, with an error that names the argument."""

from __future__ import annotations

from typing import Any

import pytest
from kombu import Exchange, Queue

from celery_durable_jobs.errors import (
    InvalidArgumentsError,
    InvalidJobError,
    InvalidRouteError,
    UnknownOptionError,
    UnserializableError,
)
from celery_durable_jobs.messages.capture import capture
from tests.unit.messages.wire import JOB_ID, make_app


class Unprintable:
    """Can be neither encoded nor shown."""

    def __repr__(self) -> str:
        raise RuntimeError("no repr")


LOOP: list[Any] = []
LOOP.append(LOOP)


def refused(expected: type[InvalidJobError], argument: str, *args: Any, **options: Any) -> InvalidJobError:
    with pytest.raises(expected) as caught:
        capture(make_app(), "handlers.f", *args, options=options, job_id=JOB_ID)
    assert caught.value.argument == argument
    assert argument.split(".")[0] in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "value", [object(), {1: object()}, Unprintable(), LOOP, {1, 2}, lambda: None], ids=lambda v: ""
)
def test_arguments_that_cant_be_encoded(value: Any) -> None:
    assert len(str(refused(UnserializableError, "args", (value,)))) < 500
    assert len(str(refused(UnserializableError, "kwargs", (), {"a": value}))) < 500


def test_a_long_value_is_cut_in_the_message() -> None:
    error = refused(UnserializableError, "args", ([object(), "x" * 100_000],))
    assert len(str(error)) < 500


def test_unencodable_neighbours() -> None:
    refused(UnserializableError, "link", (1,), link={"task": object()})
    refused(UnserializableError, "headers", (1,), headers={"a": object()})
    refused(UnserializableError, "headers", (1,), headers={3: 4})
    refused(UnserializableError, "serializer", (1,), serializer="nonsense")
    refused(UnserializableError, "compression", (1,), compression="nonsense")
    refused(UnserializableError, "app_id", (1,), app_id=object())


@pytest.mark.parametrize("args", [42, "abc", {"a": 1}, {1}, iter(())])
def test_args_that_are_none(args: Any) -> None:
    refused(InvalidArgumentsError, "args", args)


@pytest.mark.parametrize("kwargs", [42, "abc", [1], {1: 2}])
def test_kwargs_that_are_none(kwargs: Any) -> None:
    refused(InvalidArgumentsError, "kwargs", (), kwargs)


@pytest.mark.parametrize(
    "queue",
    [
        "", 5, True, b"mail", ["mail"], "x" * 256, "ü" * 128, "\ud800",
        "dj:", "dj:anything", "_kombu.binding.celery", "unacked", "unacked_index", "unacked_mutex", "mail\x06\x163",
        Queue("dj:x"), Queue(""),
    ],
)  # fmt: skip
def test_queues(queue: Any) -> None:
    app = make_app()
    with pytest.raises(InvalidRouteError) as caught:
        capture(app, "handlers.f", (1,), options={"queue": queue}, job_id=JOB_ID)
    assert caught.value.argument == "queue"
    assert set(app.amqp.queues) == {app.conf.task_default_queue}, "nothing of it is remembered"


@pytest.mark.parametrize("queue", ["x" * 255, "ü" * 127, "djx", "a:b", "a b", "{x}", "unacked2", "😀"])
def test_queues_that_are_fine(queue: str) -> None:
    assert capture(make_app(), "handlers.f", (1,), options={"queue": queue}, job_id=JOB_ID).route.queue == queue


def test_queues_that_routes_name_are_judged_too() -> None:
    app = make_app(task_routes={"handlers.f": {"queue": "unacked"}})
    with pytest.raises(InvalidRouteError):
        capture(app, "handlers.f", (1,), job_id=JOB_ID)
    app = make_app(task_routes={"handlers.f": {"priority": 300}})
    with pytest.raises(InvalidRouteError):
        capture(app, "handlers.f", (1,), job_id=JOB_ID)


def test_a_queue_that_may_not_be_created() -> None:
    app = make_app(task_create_missing_queues=False)
    with pytest.raises(InvalidRouteError, match="missing from task_queues"):
        capture(app, "handlers.f", (1,), options={"queue": "unknown"}, job_id=JOB_ID)


@pytest.mark.parametrize("priority", [-1, 256, True, False, "3", 2.0, float("nan"), [1]])
def test_priorities(priority: Any) -> None:
    refused(InvalidRouteError, "priority", (1,), priority=priority)


@pytest.mark.parametrize("exchange", [5, "x" * 256, Exchange("y" * 300)])
def test_exchanges(exchange: Any) -> None:
    refused(InvalidRouteError, "exchange", (1,), exchange=exchange)


@pytest.mark.parametrize("routing_key", ["", 5, "x" * 256])
def test_routing_keys(routing_key: Any) -> None:
    refused(InvalidRouteError, "routing_key", (1,), routing_key=routing_key)


@pytest.mark.parametrize("limit", [0, -1, "5", True, float("inf"), float("nan")])
def test_time_limits(limit: Any) -> None:
    refused(InvalidJobError, "time_limit", (1,), time_limit=limit)
    refused(InvalidJobError, "soft_time_limit", (1,), soft_time_limit=limit)


def test_a_soft_limit_above_the_hard_one() -> None:
    refused(InvalidJobError, "soft_time_limit", (1,), soft_time_limit=10, time_limit=5)


def test_what_cant_be_stored() -> None:
    refused(UnknownOptionError, "declare", (1,), declare=[Queue("x")])
    refused(InvalidJobError, "headers", (1,), headers=[("a", 1)])
    refused(InvalidRouteError, "queue", (1,), queue=Queue("several", bindings=["x"]))
