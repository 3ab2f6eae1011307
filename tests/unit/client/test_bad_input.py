"""Each kind of bad input has its own exception, names the argument, and stores nothing."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from celery import chain, chord, group

from celery_durable_jobs import (
    InvalidArgumentsError,
    InvalidJobError,
    InvalidJobIdError,
    InvalidLabelError,
    InvalidMetadataError,
    InvalidRouteError,
    InvalidTimeError,
    JobRequest,
    NotAHandlerError,
    PayloadTooLargeError,
    UnknownOptionError,
    UnserializableError,
    durable_jobs,
    schedule_job,
)
from tests.support.labels import label


def nothing_stored() -> bool:
    return sum(durable_jobs.stats().counts.values()) == 0


def refused(error: type[InvalidJobError], handler: Any, **options: Any) -> InvalidJobError:
    """Refused by all ways to schedule alike, and nothing is stored."""
    with pytest.raises(error) as caught:
        schedule_job.apply(handler, **options)
    assert type(caught.value) is error
    assert nothing_stored()
    assert isinstance(pickle.loads(pickle.dumps(caught.value)), error)
    return caught.value


# -- the handler ---


def test_not_a_handler(handlers: SimpleNamespace) -> None:
    def function() -> None: ...

    for value in (
        function,
        handlers.plain,
        handlers.plain.s(1),
        "plain",
        print,
        42,
        None,
        object(),
        type(handlers.send),
        "",
        "  ",
        "x" * 256,
        "half \ud800",
        {"task": 5},
    ):
        error = refused(NotAHandlerError, value, countdown=1)
        assert error.argument == "handler"
        assert isinstance(error, TypeError)


def test_a_canvas_is_no_handler(handlers: SimpleNamespace) -> None:
    send = handlers.send
    for canvas in (chain(send.s(1), send.s(2)), group(send.s(1)), chord([send.s(1)], send.s(2))):
        refused(NotAHandlerError, canvas, countdown=1)


# -- options ---


def test_unknown_option(handlers: SimpleNamespace) -> None:
    error = refused(UnknownOptionError, handlers.send, args=(1,), coutndown=1)
    assert "did you mean 'countdown'" in str(error)
    assert error.argument == "coutndown"
    assert "metadata" in str(refused(UnknownOptionError, handlers.send, args=(1,), countdown=1, qqq=1))
    with pytest.raises(TypeError):
        JobRequest(handlers.send, coutndown=1)  # type: ignore[call-arg]


def test_choices(handlers: SimpleNamespace) -> None:
    error = refused(UnknownOptionError, handlers.send, args=(1,), countdown=1, key="k", on_conflict="repalce")
    assert "did you mean 'replace'" in str(error)
    refused(UnknownOptionError, handlers.send, args=(1,), countdown=1, key="k", key_until="end")


def test_a_request_takes_no_further_options(handlers: SimpleNamespace) -> None:
    refused(UnknownOptionError, JobRequest(handlers.send, args=(1,), countdown=1), name="other")


# -- arguments ---


@pytest.mark.parametrize("args", [42, "text", b"bytes", {1, 2}, {"a": 1}, iter([1])], ids=label)
def test_args_that_are_none(handlers: SimpleNamespace, args: Any) -> None:
    error = refused(InvalidArgumentsError, handlers.send, args=args, countdown=1)
    assert error.argument == "args"
    assert isinstance(error, TypeError)


@pytest.mark.parametrize("kwargs", [42, "text", [("a", 1)], {1: 2}], ids=label)
def test_kwargs_that_are_none(handlers: SimpleNamespace, kwargs: Any) -> None:
    assert refused(InvalidArgumentsError, handlers.send, args=(1,), kwargs=kwargs, countdown=1).argument == "kwargs"


def test_arguments_that_do_not_bind(handlers: SimpleNamespace) -> None:
    for args, kwargs in (((), {}), ((1, 2), {}), ((1,), {"txet": "x"}), ((1,), {"user": 2}), ((1,), {"context": 2})):
        refused(InvalidArgumentsError, handlers.send, args=args, kwargs=kwargs, countdown=1)
        refused(InvalidArgumentsError, handlers.send.s(*args, **kwargs), countdown=1)
    refused(InvalidArgumentsError, handlers.bound, args=(), countdown=1)


def test_an_unknown_name_is_not_bound(handlers: SimpleNamespace) -> None:
    assert (
        schedule_job.apply("elsewhere.task", args=(1, 2, 3), kwargs={"any": 1}, countdown=1).handler == "elsewhere.task"
    )


def test_unserializable(handlers: SimpleNamespace) -> None:
    assert refused(UnserializableError, handlers.send, args=(object(),), countdown=1).argument == "args"
    assert refused(UnserializableError, handlers.send, args=(1,), kwargs={"text": {1, 2}.__iter__()}, countdown=1)
    assert refused(UnserializableError, handlers.send, args=(1,), countdown=1, serializer="yamll")
    assert refused(UnserializableError, handlers.send, args=(1,), countdown=1, headers={"x": object()})


def test_payload_limit(make_app: Callable[..., Any]) -> None:
    app = make_app("small", durable_jobs_max_payload=1_000)
    app.set_current()
    error = refused(PayloadTooLargeError, "any", args=("x" * 1_000,), countdown=1)
    assert error.limit == 1_000
    assert "1,000" in str(error)
    assert refused(PayloadTooLargeError, "any", countdown=1, headers={"x": "y" * 1_000}).argument == "headers"
    schedule_job.apply("any", args=("x" * 800,), countdown=1)


# -- metadata ---


@pytest.mark.parametrize(
    "metadata",
    [
        42,
        "text",
        ["a"],
        {"a": 1},
        {"a": None},
        {1: "a"},
        {"a": b"x"},
        {"half": "\ud800"},
        {f"k{number}": "" for number in range(65)},
        {"big": "x" * 8_000},
        {"wide": "ü" * 4_000},
    ],
    ids=lambda value: label(value)[:20],
)
def test_metadata(handlers: SimpleNamespace, metadata: Any) -> None:
    error = refused(InvalidMetadataError, handlers.send, args=(1,), countdown=1, metadata=metadata)
    assert error.argument == "metadata"


def test_metadata_limits_are_settings(make_app: Callable[..., Any]) -> None:
    make_app("small", durable_jobs_max_metadata_entries=1, durable_jobs_max_metadata_size=5).set_current()
    assert refused(InvalidMetadataError, "any", countdown=1, metadata={"a": "", "b": ""}).limit == 1
    assert refused(InvalidMetadataError, "any", countdown=1, metadata={"a": "bcdef"}).limit == 5
    schedule_job.apply("any", countdown=1, metadata={"a": "bcde"})


# -- times ---


def test_times(handlers: SimpleNamespace) -> None:
    refused(InvalidTimeError, handlers.send, args=(1,))
    refused(InvalidTimeError, handlers.send, args=(1,), countdown=1, eta="2030-01-01T00:00Z")
    refused(InvalidTimeError, handlers.send, args=(1,), countdown=float("nan"))
    refused(InvalidTimeError, handlers.send, args=(1,), countdown=60, expires=59)
    refused(InvalidTimeError, handlers.send, args=(1,), countdown=60, expires=True)


def test_a_handlers_own_expires(app: Any) -> None:
    """Counted from now, as in Celery."""

    @app.durable_job_handler(expires=60, shared=False)
    def brief(context: Any) -> None: ...

    refused(InvalidTimeError, brief, countdown=90)
    schedule_job.apply(brief, countdown=90, expires=120)
    schedule_job.apply(brief, countdown=30)


# -- labels ---


@pytest.mark.parametrize("argument", ["name", "target", "key"])
@pytest.mark.parametrize("value", ["", " ", "\t\n", "x" * 256, 42, b"bytes", ["x"], "half \udfff"], ids=label)
def test_labels(handlers: SimpleNamespace, argument: str, value: Any) -> None:
    error = refused(InvalidLabelError, handlers.send, args=(1,), countdown=1, **{argument: value})
    assert error.argument == argument
    assert argument in str(error)


def test_what_goes_with_a_key(handlers: SimpleNamespace) -> None:
    refused(InvalidLabelError, handlers.send, args=(1,), countdown=1, on_conflict="error")
    refused(InvalidLabelError, handlers.send, args=(1,), countdown=1, key_until="ended")


# -- routes ---


@pytest.mark.parametrize(
    "options",
    [
        {"queue": "unacked"},
        {"queue": "unacked_index"},
        {"queue": "_kombu.binding.x"},
        {"queue": "dj:shop"},
        {"queue": "a\x06\x163"},
        {"queue": ""},
        {"queue": 5},
        {"queue": "x" * 256},
        {"priority": 256},
        {"priority": -1},
        {"priority": True},
        {"priority": "high"},
        {"exchange": 5},
        {"routing_key": 5},
    ],
    ids=label,
)
def test_routes(handlers: SimpleNamespace, options: dict[str, Any]) -> None:
    refused(InvalidRouteError, handlers.send, args=(1,), countdown=1, **options)


# -- ids ---


@pytest.mark.parametrize(
    "job", [None, 42, "", "x", "0" * 30, "1" + "0" * 28, "1" + "0" * 28 + "é", b"1" * 30, object()]
)
def test_ids(app: Any, job: Any) -> None:
    for verb in (durable_jobs.get, durable_jobs.cancel, durable_jobs.forget, durable_jobs.join, durable_jobs.replay):
        with pytest.raises(InvalidJobIdError):
            verb(job)


def test_an_id_of_another_number_of_stripes(handlers: SimpleNamespace, make_app: Callable[..., Any]) -> None:
    other = make_app("striped", durable_jobs_shard_stripes=64)
    jobs = [schedule_job.apply("any", countdown=1) for _ in range(8)]
    assert {job.namespace for job in jobs} == {"striped"}
    handlers.send.app.set_current()
    foreign = next(job for job in jobs if job.shard_id[:2] != "--")
    with pytest.raises(InvalidJobIdError, match="stripe"):
        durable_jobs.cancel(foreign.id)
    with pytest.raises(InvalidJobIdError, match="namespace 'striped'"):
        durable_jobs.cancel(foreign)
    other.set_current()
    assert durable_jobs.cancel(foreign.id)


def test_by_key(app: Any) -> None:
    with pytest.raises(InvalidJobIdError):
        durable_jobs.get("1" * 30, key="k")
    with pytest.raises(InvalidLabelError):
        durable_jobs.get(target="only")
    with pytest.raises(InvalidLabelError):
        durable_jobs.cancel(key="")


# -- data is data ---

STRANGE = [
    "a:b",
    "{tag}",
    "line\nbreak",
    "\x00",
    "𝔘𝔫𝔦 🎉",
    "redis.call('FLUSHALL')",
    "%s %d {0}",
    "'; DROP TABLE",
    "a" * 255,
]


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_strange_texts_are_data(handlers: SimpleNamespace, text: str) -> None:
    job = schedule_job.apply(
        handlers.send, args=(1,), countdown=60, name=text, target=text, key=text, metadata={text: text, "": ""}
    )
    again = durable_jobs.get(key=text, target=text)
    assert again == job
    assert (job.name, job.target, job.key, job.metadata) == (text, text, text, {text: text, "": ""})
    assert [found.id for found in durable_jobs.find(target=text, name=text)] == [job.id]
    assert durable_jobs.cancel(key=text, target=text)


# -- Celery's own names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["apply_async", "delay", "nonsense"])
def test_a_name_of_celerys_says_which_it_is_here(name: str) -> None:
    with pytest.raises(AttributeError, match=rf"no '{name}': schedule_job\.apply\(handler, "):
        getattr(schedule_job, name)
    assert not hasattr(schedule_job, "__wrapped__")


def test_schedule_job_is_not_called(handlers: SimpleNamespace) -> None:
    with pytest.raises(TypeError, match=r"is not called: schedule_job\.apply\(handler, "):
        schedule_job(handlers.send, countdown=1)  # type: ignore[operator]


@pytest.mark.parametrize("make", [chain, group])
def test_a_canvas_is_told_one_thing(handlers: SimpleNamespace, make: Any) -> None:
    with pytest.raises(NotAHandlerError, match=r"starts the canvas when it runs$"):
        schedule_job.apply(make(handlers.send.si(1), handlers.send.si(2)), countdown=1)


@pytest.mark.parametrize(
    ("state", "meant"), [("failed", "dead"), ("FAILURE", "dead"), ("pending", "waiting"), ("revoked", "cancelled")]
)
def test_a_state_by_another_systems_name(app: Any, state: str, meant: str) -> None:
    for given in (state, ["waiting", state]):
        with pytest.raises(UnknownOptionError, match=f"no state '{state}': '{meant}' is what it is called here"):
            durable_jobs.find(state=given)
