"""A signature's ``.set(…)``: Celery's options come along, unknown ones and those of one publish are refused."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Task

from celery_durable_jobs import (
    DurableJob,
    InvalidArgumentsError,
    InvalidRouteError,
    UnknownOptionError,
    durable_jobs,
    schedule_job,
)
from celery_durable_jobs.client.prepare import Prepared, prepare
from celery_durable_jobs.jobs import JobRequest


def refused(signature: Any) -> UnknownOptionError:
    with pytest.raises(UnknownOptionError) as caught:
        schedule_job.apply(signature, countdown=1)
    assert sum(durable_jobs.stats().counts.values()) == 0
    return caught.value


def prepared(signature: Any, **options: Any) -> Prepared:
    return prepare(JobRequest(signature, countdown=1, **options))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("foo", 1, "the signature's option foo=1 doesn't exist"),
        ("prioirty", 3, "did you mean 'priority'?"),
        ("quue", "mail", "did you mean 'queue'?"),
        ("task_id", "mine", "the job's id is the task id"),
        ("retry", False, "is about one publish"),
        ("retry_policy", {"max_retries": 1}, "is about one publish"),
        ("producer", object(), "is about one publish"),
        ("connection", object(), "is about one publish"),
        ("expiration", 5, "expires="),
        ("target", "order:1", "give target= there"),
        ("metadata", {"a": "b"}, "give metadata= there"),
        ("key", "k", "give key= there"),
        ("on_conflict", "replace", "give on_conflict= there"),
    ],
)
def test_refused(handlers: SimpleNamespace, name: str, value: Any, said: str) -> None:
    for signature in (handlers.send.s(1).set(**{name: value}), dict(handlers.send.s(1).set(**{name: value}))):
        error = refused(signature)
        assert said in str(error)
        assert (error.argument, error.value) == (name, value)


def test_a_frozen_signature_has_an_id_of_its_own(handlers: SimpleNamespace) -> None:
    signature = handlers.send.s(1)
    signature.freeze()
    assert refused(signature).argument == "task_id"


def test_a_handler_of_another_project(handlers: SimpleNamespace) -> None:
    assert refused({"task": "elsewhere", "args": (), "kwargs": {}, "options": {"foo": 1}}).argument == "foo"


def test_celerys_options_come_along(handlers: SimpleNamespace) -> None:
    signature = handlers.send.s(1).set(
        queue="mail", priority=7, serializer="json", compression="gzip", shadow="shown", time_limit=9,
        soft_time_limit=5, ignore_result=True, link=handlers.send.s(2), link_error=handlers.send.s(3),
        headers={"tenant": "a"}, add_to_parent=False, task_id=None, producer=None, correlation_id="c",
    )  # fmt: skip
    add = prepared(signature).add
    assert (add.route.queue, add.route.priority) == ("mail", 7)
    headers = add.content.headers
    assert headers["shadow"] == "shown"
    assert headers["timelimit"] == [9, 5]
    assert headers["ignore_result"] is True
    assert headers["compression"] == "application/x-gzip" or headers["compression"] == "gzip"
    assert headers["tenant"] == "a"
    assert add.content.options["properties"] == {"correlation_id": "c"}


def test_stamps_come_along(handlers: SimpleNamespace) -> None:
    signature = handlers.send.s(1)
    signature.stamp(visit="v1")
    assert prepared(signature).add.content.headers["stamped_headers"] == ["visit"]


def test_the_calls_own_options_win(handlers: SimpleNamespace) -> None:
    signature = handlers.mail.s(1).set(
        queue="theirs", priority=1, serializer="pickle", eta="2000-01-01T00:00Z", expires=5,
        headers={"tenant": "theirs", "trace": "t"},
    )  # fmt: skip
    add = prepared(signature, queue="mine", priority=2, serializer="json", expires=500, headers={"tenant": "mine"}).add
    assert (add.route.queue, add.route.priority) == ("mine", 2)
    assert add.content.content_type == "application/json"
    assert {name: add.content.headers[name] for name in ("tenant", "trace")} == {"tenant": "mine", "trace": "t"}
    assert add.due.after_us == 1_000_000
    assert add.expires is not None
    assert add.expires.after_us == 500_000_000


def test_a_queue_of_the_call_means_that_queue(handlers: SimpleNamespace) -> None:
    there = handlers.send.s(1).set(exchange="news", routing_key="sport")
    route = prepared(there).add.route
    assert (route.exchange, route.routing_key) == ("news", "sport")
    assert prepared(there, queue="mine").add.route == prepared(handlers.send.s(1), queue="mine").add.route
    here = prepared(handlers.send.s(1).set(queue="theirs"), exchange="news", routing_key="sport").add.route
    assert here == route


@pytest.mark.parametrize("mode", ["x", 3, True, []])
def test_delivery_modes_that_are_none(handlers: SimpleNamespace, mode: Any) -> None:
    with pytest.raises(InvalidRouteError, match="delivery_mode"):
        schedule_job.apply(handlers.send.s(1).set(delivery_mode=mode), countdown=1)
    assert prepared(handlers.send.s(1).set(delivery_mode="transient")).add.content.options["delivery_mode"] == 1


@pytest.mark.parametrize("name", ["link", "link_error"])
@pytest.mark.parametrize("value", [5, "send", [5], [{}]])
def test_links_that_are_none(handlers: SimpleNamespace, name: str, value: Any) -> None:
    with pytest.raises(InvalidArgumentsError, match=name):
        schedule_job.apply(handlers.send.s(1).set(**{name: value}), countdown=1)
    signature: Any = handlers.send.s(1).set(**{name: [handlers.send.s(2), dict(handlers.send.s(3))]})
    assert schedule_job.apply(signature, countdown=1)


@pytest.mark.parametrize("headers", [5, "text", [("a", 1)], {1: 2}])
def test_headers_that_are_none(handlers: SimpleNamespace, headers: Any) -> None:
    with pytest.raises(InvalidArgumentsError, match="headers"):
        schedule_job.apply(handlers.send.s(1).set(headers=headers), countdown=1)


def test_a_base_with_options_of_its_own(app: Any, make_app: Callable[..., Any]) -> None:
    class Tenanted(Task):
        abstract = True

        def apply_async(self, args: Any = None, kwargs: Any = None, tenant: str = "", **options: Any) -> Any:
            options["headers"] = {**(options.get("headers") or {}), "tenant": tenant}
            return super().apply_async(args, kwargs, **options)

    @app.durable_job_handler(name="tenanted", base=Tenanted, shared=False)
    def tenanted(context: Any) -> None: ...

    signature: Any = tenanted.s()
    assert prepared(signature.set(tenant="acme")).add.content.headers["tenant"] == "acme"
    error = refused(tenanted.s().set(prioirty=3))
    assert "did you mean 'priority'?" in str(error)


def test_the_stored_job_is_still_made(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send.s(1).set(countdown=5, expires=9))
    assert isinstance(job, DurableJob)
