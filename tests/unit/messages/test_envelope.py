"""From a record to a message: also from records that are damaged, old or hostile."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from kombu.utils.json import register_type

from celery_durable_jobs.messages.capture import capture
from celery_durable_jobs.messages.envelope import UnreadableContentError, build_envelope
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from tests.unit.messages.wire import JOB_ID, NAMESPACE, make_app, record_of


def record(body: bytes = b"[[1], {}, {}]", route: Route | None = None, **content: Any) -> JobRecord:
    return JobRecord(
        JOB_ID, "handlers.f", JobState.CLAIMED, 0, route=route or Route("mail"), content=Content(body, **content)
    )


@pytest.mark.parametrize(
    ("route", "exchange", "routing_key"),
    [
        (Route("mail"), "", "mail"),
        (Route("mail", None, None, 5), "", "mail"),
        (Route("mail", "topic-x", "a.b"), "topic-x", "a.b"),
        (Route(None, "topic-x", "a.b"), "topic-x", "a.b"),
        (Route("mail", "topic-x", ""), "topic-x", ""),
        (Route("mail", "fanout-x"), "fanout-x", "mail"),
    ],
)
def test_where_it_goes(route: Route, exchange: str, routing_key: str) -> None:
    envelope = build_envelope(make_app(), record(route=route), NAMESPACE)
    assert (envelope.exchange, envelope.routing_key) == (exchange, routing_key)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[]", b"[1, 2, 3]", b"[[1], [2], {}]", b'{"a": 1}', b"\xff\xfe", b"[" * 100_000,
     b'[[{"__type__": "datetime", "__value__": "nonsense"}], {}, {}]'],
)  # fmt: skip
def test_a_body_that_cant_be_read_is_the_workers_to_judge(body: bytes) -> None:
    envelope = build_envelope(make_app(), record(body), NAMESPACE)
    assert envelope.body == body
    assert isinstance(envelope.headers["argsrepr"], str)


def test_an_apps_own_types_are_not_decoded_by_a_keeper() -> None:
    """Decoding one may query a database."""
    app = make_app()

    class Model:
        pass

    def decode(value: Any) -> Any:
        raise AssertionError("decoded in the keeper")

    register_type(Model, "tests.model", lambda model: 5, decode)
    captured = capture(app, "handlers.f", (Model(),), job_id=JOB_ID)
    envelope = build_envelope(app, record_of(captured, "handlers.f"), NAMESPACE)
    assert envelope.headers["argsrepr"] == "({'__type__': 'tests.model', '__value__': 5},)"


def test_a_foreign_serializer_is_not_decoded_by_a_keeper() -> None:
    envelope = build_envelope(
        make_app(),
        record(
            b"cos\nsystem\n(S'exit 1'\ntR.", content_type="application/x-python-serialize", content_encoding="binary"
        ),
        NAMESPACE,
    )
    assert envelope.headers["argsrepr"] == "<unreadable>"


@pytest.mark.parametrize(
    "broken",
    [
        {"content": None},
        {"route": None},
        {"content": Content(b"[]", options={"typed": {"a": "{"}})},
        {"content": Content(b"[]", options={"typed": {"a": '{"__type__": "unknown", "__value__": 1}'}})},
        {"content": Content(b"[]", options={"queue": {"nonsense": {}}})},
        {"content": Content(b"[]", options={"queue": {"name": "x", "exchange": {"type": 5, "nonsense": 1}}})},
    ],
    ids=str,
)
def test_what_makes_no_message_is_said(broken: dict[str, Any]) -> None:
    with pytest.raises(UnreadableContentError, match=JOB_ID):
        build_envelope(make_app(), dataclasses.replace(record(), **broken), NAMESPACE)


def test_stored_headers_cant_take_over_the_job() -> None:
    content = Content(b"[[1], {}, {}]", headers={"durable_job": "1:999:handler:other"})
    envelope = build_envelope(make_app(), dataclasses.replace(record(), content=content, generation=3), NAMESPACE)
    assert envelope.headers["durable_job"] == f"1:3:handler:{NAMESPACE}"
