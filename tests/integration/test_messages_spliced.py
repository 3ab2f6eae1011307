"""Messages of dispatch in one step: field by field those of the way through Kombu's producer."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from celery import Celery
from kombu import entity
from kombu.transport import redis as kombu_redis

from celery_durable_jobs.messages.capture import capture
from celery_durable_jobs.messages.envelope import build_envelope
from celery_durable_jobs.messages.publish import Publisher
from celery_durable_jobs.messages.template import Cut, cut
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.steps import Template
from celery_durable_jobs.stores.codec import form_of
from celery_durable_jobs.stores.splicing import splice, templates_by_kind
from tests.support.servers import Server
from tests.unit.messages.configurations import CASES, Case, options_of, task_of
from tests.unit.messages.fixtures import *  # noqa: F403
from tests.unit.messages.wire import NAMESPACE, comparable, make_app, record_of

Exchange: Any = entity.Exchange
Queue: Any = entity.Queue

OPTIONS = [
    Case("global key prefix", conf={"broker_transport_options": {"global_keyprefix": "app1:"}}),
    Case(
        "priority steps and separator",
        conf={"broker_transport_options": {"priority_steps": [0, 2, 5], "sep": ":"}},
        options={"priority": 4},
    ),
]

BY_KOMBU = {
    "types of kombu",  # what is shown of them
    "gzip",
    "bzip2 by configuration",
    "gzip of the task",
    "pickle",
    "pickle of the task and gzip",
    "yaml",
    "msgpack",
}
"""What no template is made for, or no message is spliced for: these take the producer's way."""


@pytest.fixture
def url(server: Server, database: int) -> str:
    return server.url(database)


@pytest.fixture
def pushed(server: Server, database: int) -> Any:
    """The one message that is on a list, and the list's key."""

    def read() -> tuple[bytes, dict[str, Any]]:
        with server.client(database) as client:
            ((key, raw),) = [
                (key, client.lrange(key, 0, -1)) for key in client.scan_iter() if client.type(key) == b"list"
            ]
            client.delete(key)
            (text,) = raw
            return key, json.loads(text)

    return read


def record_for(app: Celery, case: Case) -> JobRecord:
    task = task_of(app, case)
    captured = capture(app, task, case.args, case.kwargs, options_of(app, task, case), job_id=JOB_ID)
    return record_of(captured, task.name, failures=2)


JOB_ID = "1--abcdef-0123456789ABCDEFGHIJ"


def template_of(record: JobRecord, made: Cut, *, any_headers: bool) -> Template:
    form = form_of(record.content)  # type: ignore[arg-type]
    return Template(record.handler, form.kind, None if any_headers else form.headers, made.texts, made.slots)


def spliced(record: JobRecord, template: Template) -> dict[str, Any] | None:
    assert record.content is not None
    message = splice(
        templates_by_kind([template]), record.handler, record.content, record.id, record.generation, record.failures
    )
    return None if message is None else json.loads(message)


def with_plain_body(message: dict[str, Any]) -> dict[str, Any]:
    """Kombu wraps the body into base64; a script can't."""
    assert message["properties"]["body_encoding"] == "base64"
    body = base64.b64decode(message["body"]).decode()
    return {**message, "body": body, "properties": {**message["properties"], "body_encoding": None}}


@pytest.mark.parametrize("any_headers", [False, True], ids=["these headers", "any headers"])
@pytest.mark.parametrize("case", [*CASES, *OPTIONS], ids=lambda case: case.name)
def test_same_key_and_message_as_through_the_producer(
    case: Case, any_headers: bool, url: str, pushed: Any, open_publisher: Any
) -> None:
    app = make_app(url, **case.conf)
    publisher: Publisher = open_publisher(app)
    with app.connection_for_write() as connection:
        for queue in case.conf.get("task_queues", ()):  # a worker has done so
            queue.bind(connection.default_channel).declare()
    record = record_for(app, case)
    made = cut(app, record, NAMESPACE, publisher.render, any_headers=any_headers)
    ours = None if made is None else spliced(record, template_of(record, made, any_headers=any_headers))
    if case.name in BY_KOMBU or (any_headers and "argsrepr" in (record.content.headers if record.content else {})):
        assert ours is None
        return
    assert made is not None
    assert ours is not None
    (outcome,) = publisher.publish_batch([build_envelope(app, record, NAMESPACE)])
    assert outcome.confirmed
    key, kombus = pushed()
    assert made.key == key
    assert ours["properties"].pop("delivery_tag") == f"{JOB_ID}.7"
    tag = kombus["properties"].pop("delivery_tag")
    assert tag
    assert ours == with_plain_body(kombus)
    assert comparable(ours)["headers"]["id"] == ours["properties"]["correlation_id"] == JOB_ID


@pytest.mark.skipif(not hasattr(kombu_redis.Channel, "_get_queue_expire"), reason="this Kombu lets no queue expire")
def test_a_queue_that_expires_takes_the_producer_s_way(url: str, open_publisher: Any) -> None:
    app = make_app(url, task_queues=(Queue("brief", queue_arguments={"x-expires": 60_000}),))
    case = Case("brief", options={"queue": "brief"})
    record = record_for(app, case)
    assert cut(app, record, NAMESPACE, open_publisher(app).render, any_headers=False) is None


def test_a_fanout_exchange_takes_the_producer_s_way(url: str, open_publisher: Any) -> None:
    app = make_app(url, task_queues=(Queue("all", Exchange("all-x", type="fanout"), routing_key="k"),))
    record = record_for(app, Case("fanout", options={"queue": "all", "routing_key": "k"}))
    assert cut(app, record, NAMESPACE, open_publisher(app).render, any_headers=False) is None


def test_several_queues_at_one_key_take_the_producer_s_way(url: str, open_publisher: Any) -> None:
    exchange = Exchange("t-x", type="topic")
    queues = (Queue("one", exchange, routing_key="a.#"), Queue("two", exchange, routing_key="a.b"))
    app = make_app(url, task_queues=queues)
    with app.connection_for_write() as connection:
        for queue in queues:
            queue.bind(connection.default_channel).declare()
    record = record_for(app, Case("two", options={"queue": "one", "routing_key": "a.b"}))
    assert cut(app, record, NAMESPACE, open_publisher(app).render, any_headers=False) is None


def test_events_of_sent_tasks_take_the_producer_s_way(url: str, open_publisher: Any) -> None:
    app = make_app(url, task_send_sent_event=True)
    record = record_for(app, Case("plain"))
    assert cut(app, record, NAMESPACE, open_publisher(app).render, any_headers=False) is None


def test_another_transport_has_no_template_and_no_mark(open_publisher: Any) -> None:
    app = make_app("memory://")
    publisher: Publisher = open_publisher(app)
    assert cut(app, record_for(app, Case("plain")), NAMESPACE, publisher.render, any_headers=False) is None
    assert publisher.mark("dj-mark", 5) is None


def test_a_transport_that_keeps_messages_elsewhere_takes_its_own_way(
    url: str, open_publisher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """celery-redis-plus, for instance, has queues of another shape."""

    class Elsewhere(kombu_redis.Channel):
        def _put(self, queue: str, message: Any, **kwargs: Any) -> None:
            """Not a list."""

    monkeypatch.setattr(kombu_redis.Transport, "Channel", Elsewhere)
    app = make_app(url)
    assert cut(app, record_for(app, Case("plain")), NAMESPACE, open_publisher(app).render, any_headers=False) is None


def test_a_mark_is_in_the_broker_s_database_under_its_whole_key(
    url: str, server: Server, database: int, open_publisher: Any
) -> None:
    app = make_app(url, broker_transport_options={"global_keyprefix": "app1:"})
    assert open_publisher(app).mark("dj-mark", 50) == b"app1:dj-mark"
    with server.client(database) as client:
        assert 0 < client.ttl("app1:dj-mark") <= 50


def test_making_a_template_publishes_nothing(url: str, server: Server, database: int, open_publisher: Any) -> None:
    app = make_app(url)
    assert cut(app, record_for(app, Case("plain")), NAMESPACE, open_publisher(app).render, any_headers=False)
    with server.client(database) as client:
        assert [key for key in client.scan_iter() if client.type(key) == b"list"] == []


def test_a_broker_that_allows_no_mark_keeps_its_connection(
    url: str, server: Server, database: int, open_publisher: Any
) -> None:
    with server.client(database) as client:
        client.execute_command("ACL", "SETUSER", "narrow", "on", ">secret", "~celery*", "~wire*", "~_kombu*", "+@all")
    publisher: Publisher = open_publisher(make_app(url.replace("redis://", "redis://narrow:secret@")))
    assert publisher.mark("dj-mark", 50) is None
    assert "NOPERM" in publisher.last_error or "permission" in publisher.last_error
    channel = publisher._channel
    assert channel is not None
    assert publisher.mark("dj-mark", 50) is None
    assert publisher._channel is channel
    assert publisher.probe()
    with server.client(database) as client:
        client.execute_command("ACL", "DELUSER", "narrow")
