"""Messages on Redis and Valkey: pushed in one pipeline, each with an answer of its own; read by an ordinary worker."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from celery import Celery
from kombu import Exchange, Queue

from celery_durable_jobs.messages.capture import capture
from celery_durable_jobs.messages.envelope import build_envelope
from celery_durable_jobs.messages.publish import Publisher, PublishResult
from celery_durable_jobs.model.route import Route
from tests.support.servers import Server
from tests.unit.messages.configurations import CASES, Case, options_of, task_of
from tests.unit.messages.fixtures import *  # noqa: F403
from tests.unit.messages.wire import (
    JOB_ID,
    NAMESPACE,
    batch_of,
    comparable,
    envelope_for,
    make_app,
    record_of,
    results,
    send,
)  # fmt: skip

ok, nowhere, refused, doubt = (
    PublishResult.CONFIRMED, PublishResult.UNROUTABLE, PublishResult.FAILED, PublishResult.DOUBT,
)  # fmt: skip


class TestRedis:
    @pytest.fixture
    def url(self, server: Server, database: int) -> str:
        return server.url(database)

    @pytest.fixture
    def lists(self, server: Server, database: int) -> Callable[[], dict[str, list[Any]]]:
        """All lists of the database, decoded, oldest message first; each is read once."""

        def read() -> dict[str, list[Any]]:
            found = {}
            with server.client(database, decode_responses=True) as client:
                for key in client.scan_iter():
                    if client.type(key) == "list":
                        found[key] = [comparable(json.loads(text)) for text in reversed(client.lrange(key, 0, -1))]
                        client.delete(key)
            return found

        return read

    @pytest.mark.parametrize(
        "case",
        [case for case in CASES if case.name not in ("exchange and key alone", "exchange object")],
        ids=lambda case: case.name,
    )
    def test_same_keys_and_messages_as_apply_async(
        self, case: Case, url: str, lists: Any, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        app = make_app(url, **case.conf)
        task = task_of(app, case)
        with app.connection_for_write() as connection:
            for queue in case.conf.get("task_queues", ()):  # a worker has done so
                queue.bind(connection.default_channel).declare()
        send(app, task, case.args, case.kwargs, **options_of(app, task, case))
        celerys = lists()
        captured = capture(app, task, case.args, case.kwargs, options_of(app, task, case), job_id=JOB_ID)
        envelope = build_envelope(app, record_of(captured, task.name), NAMESPACE)
        assert results(open_publisher(app).publish_batch([envelope])) == [ok]
        assert lists() == celerys
        assert len(celerys) == 1

    @pytest.mark.parametrize(
        "options",
        [
            {"priority_steps": [0, 1, 2, 3, 4, 5], "sep": ":"},
            {"global_keyprefix": "prefix:"},
            {"queue_order_strategy": "sorted", "visibility_timeout": 30},
        ],
        ids=str,
    )
    def test_same_keys_whatever_the_transport_options(
        self, options: dict[str, Any], url: str, lists: Any, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        queues = (
            Queue("short", Exchange("short"), "short", expires=500),
            Queue("topic", Exchange("topic-x", type="topic"), "a.#"),
        )
        app = make_app(url, broker_transport_options=options, task_queues=queues)
        task = task_of(app, Case("any"))
        publisher = open_publisher(app)
        for more in ({"queue": "short", "priority": 4}, {"queue": "topic", "routing_key": "a.b"}):
            send(app, task, (1,), **more)
            celerys = lists()
            assert results(publisher.publish_batch([envelope_for(app, task, (1,), options=more)])) == [ok]
            assert lists() == celerys
            publisher.close()

    def test_an_exchange_that_the_app_knows_by_another_queue(
        self, url: str, lists: Any, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        """Celery's own message is dropped: a new connection takes the topic exchange for a direct one."""
        app = make_app(url, task_queues=(Queue("topic", Exchange("topic-x", type="topic"), "a.#"),))
        with app.connection_for_write() as connection:
            app.amqp.queues["topic"].bind(connection.default_channel).declare()  # as a worker has done
        options = {"exchange": "topic-x", "routing_key": "a.b"}
        send(app, task_of(app, Case("any")), (1,), **options)
        assert lists() == {}
        assert results(open_publisher(app).publish_batch(batch_of(app, 1, **options))) == [ok]
        assert list(lists()) == ["topic"]

    def test_queues_that_expire_still_do(
        self, url: str, server: Server, database: int, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        app = make_app(url, task_queues=(Queue("short", Exchange("short"), "short", expires=500),))
        send(app, task_of(app, Case("any")), (1,), queue="short")
        with server.client(database) as client:
            celerys = client.ttl("short")
            client.flushdb()
            assert results(open_publisher(app).publish_batch(batch_of(app, 2, queue="short"))) == [ok] * 2
            assert abs(client.ttl("short") - celerys) <= 1
            assert client.llen("short") == 2

    def test_a_batch_keeps_its_order(self, url: str, lists: Any, open_publisher: Callable[[Celery], Publisher]) -> None:
        app = make_app(url)
        batch = batch_of(app, 200, queue="a") + batch_of(app, 200, queue="b", priority=6)
        assert results(open_publisher(app).publish_batch(batch)) == [ok] * 400
        found = lists()
        assert [message["headers"]["argsrepr"] for message in found["a"]] == [f"({n},)" for n in range(200)]
        assert [message["headers"]["argsrepr"] for message in found["b\x06\x166"]] == [f"({n},)" for n in range(200)]

    def test_each_message_has_an_answer_of_its_own(
        self, url: str, server: Server, database: int, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        """A key of another type, a key that no queue is bound for, a value that is no JSON: neighbours go on."""
        app = make_app(url, task_queues=(Queue("topic", Exchange("topic-x", type="topic"), "a.#"),))
        batch = batch_of(app, 7, queue="good")
        batch[1] = dataclasses.replace(batch[1], route=Route("wrong"))
        batch[3] = dataclasses.replace(batch[3], route=Route("topic", "topic-x", "b"))
        batch[5] = dataclasses.replace(batch[5], headers={**batch[5].headers, "bad": object()})
        with server.client(database) as client:
            client.set("wrong", "a string")
            outcomes = open_publisher(app).publish_batch(batch)
            assert results(outcomes) == [ok, refused, ok, nowhere, ok, nowhere, ok]
            assert "WRONGTYPE" in outcomes[1].reason
            assert "topic-x" in outcomes[3].reason
            assert "carry" in outcomes[5].reason
            assert client.llen("good") == 4

    def test_a_full_server_refuses_and_the_probe_knows(
        self, make_server: Callable[..., Server], open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        server = make_server(options={"maxmemory-policy": "noeviction"})
        app = make_app(server.url())
        publisher = open_publisher(app)
        assert publisher.publish_batch(batch_of(app, 1))[0].confirmed
        with server.client() as client:
            client.config_set("maxmemory", 1)
            outcomes = publisher.publish_batch(batch_of(app, 3))
            assert results(outcomes) == [refused] * 3
            assert "memory" in outcomes[0].reason
            assert not publisher.probe()
            assert "memory" in publisher.last_error
            client.config_set("maxmemory", 0)
            assert publisher.probe()
            assert results(publisher.publish_batch(batch_of(app, 3))) == [ok] * 3

    def test_a_server_that_doesnt_answer_leaves_it_in_doubt(
        self, make_server: Callable[..., Server], open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        server = make_server()
        app = make_app(server.url())
        publisher = open_publisher(app)
        assert publisher.publish_batch(batch_of(app, 1), timeout=0.5)[0].confirmed
        server.freeze()
        started = time.monotonic()
        assert results(publisher.publish_batch(batch_of(app, 3), timeout=0.5)) == [doubt] * 3
        assert results(publisher.publish_batch(batch_of(app, 3), timeout=0.5)) == [refused] * 3  # nothing was sent
        assert not publisher.probe(0.5)
        assert time.monotonic() - started < 4
        server.thaw()
        assert publisher.probe()
        assert results(publisher.publish_batch(batch_of(app, 3), timeout=5)) == [ok] * 3

    def test_a_server_that_is_restarted(
        self, make_server: Callable[..., Server], open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        server = make_server()
        app = make_app(server.url(), task_queues=(Queue("topic", Exchange("topic-x", type="topic"), "a.#"),))
        publisher = open_publisher(app)
        assert results(publisher.publish_batch(batch_of(app, 2, queue="topic", routing_key="a.b"))) == [ok] * 2
        server.kill()
        assert not {ok, nowhere} & set(results(publisher.publish_batch(batch_of(app, 2, queue="topic"), timeout=1)))
        assert not publisher.probe(1)
        server.restart()
        # The new server is empty: exchange and queue are declared again.
        assert results(publisher.publish_batch(batch_of(app, 2, queue="topic", routing_key="a.b"))) == [ok] * 2

    def test_an_ordinary_worker_runs_it(
        self, start_worker: Any, load_app: Any, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        start_worker("tests.apps.plain")
        module = load_app("tests.apps.plain")
        envelope = envelope_for(module.app, module.add, (2, 3), options={"compression": "gzip", "headers": {"a": 1}})
        assert open_publisher(module.app).publish_batch([envelope])[0].confirmed
        assert module.app.AsyncResult(JOB_ID).get(timeout=20) == 5
