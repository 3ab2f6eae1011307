"""Messages on real brokers: confirmed, refused, returned, in doubt; and read by an ordinary worker."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from celery import Celery
from kombu import Exchange, Queue

from celery_durable_jobs.messages.capture import capture
from celery_durable_jobs.messages.envelope import Envelope, build_envelope
from celery_durable_jobs.messages.publish import Publisher, PublishResult
from celery_durable_jobs.model.route import Route
from tests.support.servers import Server
from tests.support.waiting import wait_until
from tests.unit.messages.configurations import CASES, Case, options_of, task_of
from tests.unit.messages.wire import JOB_ID, NAMESPACE, comparable, envelope_for, make_app, record_of

ok, nowhere, refused, doubt = (
    PublishResult.CONFIRMED, PublishResult.UNROUTABLE, PublishResult.FAILED, PublishResult.DOUBT,
)  # fmt: skip


AMQP_CASES = [case for case in CASES if not case.queues and case.name != "headers with types"]
"""Those that go to the default queue, and that Celery itself can send there: AMQP knows no UUID."""


@pytest.fixture
def open_publisher() -> Iterator[Callable[[Celery], Publisher]]:
    """Publishers that are closed at the end."""
    with contextlib.ExitStack() as stack:

        def opened(app: Celery) -> Publisher:
            publisher = Publisher(app)
            stack.callback(publisher.close)
            return publisher

        yield opened


def results(outcomes: list[Any]) -> list[PublishResult]:
    return [outcome.result for outcome in outcomes]


def batch_of(app: Celery, count: int, **options: Any) -> list[Envelope]:
    """Messages with ids of their own."""
    made = []
    for number in range(count):
        envelope = envelope_for(app, "handlers.f", (number,), options=options)
        headers = {**envelope.headers, "id": f"{JOB_ID}-{number}"}
        made.append(dataclasses.replace(envelope, job_id=f"{JOB_ID}-{number}", headers=headers))
    return made


def send(app: Celery, task: Any, args: Any, kwargs: Any = None, **options: Any) -> None:
    """Send a task as Celery does, on a connection that is closed at once."""
    with app.connection_for_write() as connection:
        task.apply_async(args, kwargs, task_id=JOB_ID, connection=connection, **options)


class Proxy:
    """A TCP proxy that can stop passing anything on, or cut its connections."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._flows = threading.Event()
        self._flows.set()
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def freeze(self) -> None:
        """Pass nothing on; connections stay open, and new ones are accepted and get no answer."""
        self._flows.clear()

    def thaw(self) -> None:
        """Pass on again."""
        self._flows.set()

    def cut(self) -> None:
        """Close all connections."""
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._sockets.clear()

    def close(self) -> None:
        """End it."""
        self.thaw()
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._target)
                self._sockets += [client, server]
                for source, sink in ((client, server), (server, client)):
                    threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                self._flows.wait()
                sink.sendall(data)
        for each in (source, sink):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def proxy_to() -> Iterator[Callable[[int], Proxy]]:
    """Proxies that are closed at the end."""
    with contextlib.ExitStack() as stack:

        def started(port: int) -> Proxy:
            proxy = Proxy(port)
            stack.callback(proxy.close)
            return proxy

        yield started


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


@pytest.mark.service("rabbitmq")
class TestRabbitMQ:
    @pytest.fixture
    def app(self, rabbitmq_url: str, namespace: str) -> Celery:
        return make_app(rabbitmq_url, task_default_queue=namespace)

    @pytest.fixture
    def channel(self, app: Celery) -> Iterator[Any]:
        with app.connection_for_read() as connection:
            yield connection.default_channel

    def test_confirmed_and_declared(
        self, app: Celery, channel: Any, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        batch = batch_of(app, 300)
        assert results(open_publisher(app).publish_batch(batch)) == [ok] * 300
        assert channel.queue_declare(app.conf.task_default_queue, passive=True).message_count == 300
        seen = [channel.basic_get(app.conf.task_default_queue, no_ack=True) for _ in range(300)]
        assert [message.properties["application_headers"]["id"] for message in seen] == [job.job_id for job in batch]

    @pytest.mark.parametrize("case", AMQP_CASES, ids=lambda case: case.name)
    def test_same_message_as_apply_async(
        self, case: Case, rabbitmq_url: str, namespace: str, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        app = make_app(rabbitmq_url, **{"task_default_queue": namespace, **case.conf})
        task = task_of(app, case)

        def only() -> tuple[Any, ...]:
            message = channel.basic_get(namespace, no_ack=True)
            assert channel.basic_get(namespace) is None
            properties = dict(message.properties)
            headers = properties.pop("application_headers")
            headers.pop("durable_job", None)
            return message.body, headers, properties, message.delivery_info["routing_key"]

        with app.connection_for_read() as connection:
            channel = connection.default_channel
            send(app, task, case.args, case.kwargs, **options_of(app, task, case))
            celerys = only()
            captured = capture(app, task, case.args, case.kwargs, options_of(app, task, case), job_id=JOB_ID)
            envelope = build_envelope(app, record_of(captured, task.name), NAMESPACE)
            assert results(open_publisher(app).publish_batch([envelope])) == [ok]
            assert only() == celerys

    def test_unroutable_in_the_middle(
        self, app: Celery, channel: Any, namespace: str, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        Exchange(f"{namespace}-x", type="topic", durable=False, auto_delete=True).bind(channel).declare()
        batch = batch_of(app, 50)
        batch[20] = dataclasses.replace(batch[20], route=Route(None, f"{namespace}-x", "nobody"))
        batch[30] = dataclasses.replace(batch[30], route=Route(None, "", f"{namespace}-no-such-queue"))
        outcomes = open_publisher(app).publish_batch(batch)
        assert [number for number, result in enumerate(results(outcomes)) if result is not ok] == [20, 30], outcomes[0]
        assert results(outcomes)[20] is results(outcomes)[30] is nowhere
        assert "nobody" in outcomes[20].reason
        assert channel.queue_declare(app.conf.task_default_queue, passive=True).message_count == 48

    def test_a_missing_exchange_takes_the_channel_down_and_no_neighbour(
        self, app: Celery, channel: Any, namespace: str, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        batch = batch_of(app, 60)
        for number in (10, 11, 40):
            batch[number] = dataclasses.replace(batch[number], route=Route(None, f"{namespace}-none", "x"))
        publisher = open_publisher(app)
        outcomes = publisher.publish_batch(batch)
        assert [number for number, result in enumerate(results(outcomes)) if result is not ok] == [10, 11, 40]
        assert {results(outcomes)[number] for number in (10, 11, 40)} == {refused}
        assert "404" in outcomes[10].reason
        arrived = set()
        while message := channel.basic_get(app.conf.task_default_queue, no_ack=True):
            arrived.add(message.properties["application_headers"]["id"])
        assert arrived == {job.job_id for number, job in enumerate(batch) if number not in (10, 11, 40)}
        assert results(publisher.publish_batch(batch_of(app, 3))) == [ok] * 3

    def test_a_queue_that_is_declared_otherwise_hurts_only_its_own(
        self, rabbitmq_url: str, namespace: str, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        other = make_app(rabbitmq_url, task_queues=(Queue(f"{namespace}-other", max_length=5),))
        with other.connection_for_write() as connection:
            other.amqp.queues[f"{namespace}-other"].bind(connection.default_channel).declare()
        app = make_app(rabbitmq_url, task_default_queue=namespace)
        batch = batch_of(app, 6)
        batch[2] = envelope_for(app, "handlers.f", (2,), options={"queue": f"{namespace}-other"})
        batch[4] = batch[2]
        publisher = open_publisher(app)
        outcomes = publisher.publish_batch(batch)
        assert results(outcomes) == [ok, ok, refused, ok, refused, ok]
        assert "406" in outcomes[2].reason
        assert results(publisher.publish_batch(batch)) == [ok, ok, refused, ok, refused, ok]

    def test_a_queue_that_refuses_more(
        self, rabbitmq_url: str, namespace: str, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        full = Queue(namespace, max_length=2, queue_arguments={"x-overflow": "reject-publish"})
        app = make_app(rabbitmq_url, task_default_queue=namespace, task_queues=(full,))
        outcomes = open_publisher(app).publish_batch(batch_of(app, 5))
        assert results(outcomes) == [ok, ok, refused, refused, refused]
        assert "nack" in outcomes[2].reason

    def test_a_value_that_amqp_cant_carry(self, app: Celery, open_publisher: Callable[[Celery], Publisher]) -> None:
        batch = batch_of(app, 3)
        batch[1] = dataclasses.replace(batch[1], headers={**batch[1].headers, "bad": object()})
        publisher = open_publisher(app)
        assert results(publisher.publish_batch(batch)) == [ok, nowhere, ok]
        assert publisher.last_error == ""

    def test_a_deleted_queue_is_declared_again(
        self, app: Celery, channel: Any, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        publisher = open_publisher(app)
        assert results(publisher.publish_batch(batch_of(app, 1))) == [ok]
        channel.queue_delete(app.conf.task_default_queue)
        assert results(publisher.publish_batch(batch_of(app, 4))) == [ok] * 4
        assert channel.queue_declare(app.conf.task_default_queue, passive=True).message_count == 4

    def test_the_apps_own_confirms_change_nothing(
        self, rabbitmq_url: str, namespace: str, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        app = make_app(rabbitmq_url, task_default_queue=namespace, broker_transport_options={"confirm_publish": True})
        assert results(open_publisher(app).publish_batch(batch_of(app, 50))) == [ok] * 50

    def test_the_event_task_sent(
        self, rabbitmq_url: str, namespace: str, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        app = make_app(rabbitmq_url, task_default_queue=namespace, task_send_sent_event=True)
        received: list[Any] = []
        with app.connection_for_read() as connection:
            receiver = app.events.Receiver(connection, handlers={"task-sent": received.append})
            with receiver.consumer_context() as (consuming, *_):
                publisher = open_publisher(app)
                assert results(publisher.publish_batch(batch_of(app, 2))) == [ok] * 2
                assert results(publisher.publish_batch(batch_of(app, 2))) == [ok] * 2
                while len(received) < 4:
                    consuming.drain_events(timeout=10)
        assert {event["uuid"] for event in received} == {f"{JOB_ID}-0", f"{JOB_ID}-1"}

    def test_a_broker_that_doesnt_answer(
        self, app: Celery, proxy_to: Callable[[int], Proxy], open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        proxy, app = self._behind(app, proxy_to)
        publisher = open_publisher(app)
        assert results(publisher.publish_batch(batch_of(app, 2), timeout=1)) == [ok] * 2
        proxy.freeze()
        started = time.monotonic()
        outcomes = publisher.publish_batch(batch_of(app, 5), timeout=1)
        assert results(outcomes) == [doubt] * 5
        assert "in time" in outcomes[0].reason
        assert results(publisher.publish_batch(batch_of(app, 5), timeout=1)) == [refused] * 5  # nothing was sent
        assert not publisher.probe(1)
        assert time.monotonic() - started < 8
        proxy.thaw()
        assert publisher.probe()
        assert results(publisher.publish_batch(batch_of(app, 5))) == [ok] * 5

    def test_a_probe_notices_a_broker_that_has_stopped_reading(
        self, app: Celery, proxy_to: Callable[[int], Proxy], open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        proxy, app = self._behind(app, proxy_to)
        publisher = open_publisher(app)
        assert publisher.probe(1)
        proxy.freeze()
        assert not publisher.probe(1)
        assert publisher.last_error

    def test_a_connection_lost_while_idle_is_not_noticed(
        self, app: Celery, proxy_to: Callable[[int], Proxy], open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        proxy, app = self._behind(app, proxy_to)
        publisher = open_publisher(app)
        assert results(publisher.publish_batch(batch_of(app, 2))) == [ok] * 2
        proxy.cut()
        assert results(publisher.publish_batch(batch_of(app, 2))) == [ok] * 2

    def test_a_connection_lost_under_way(
        self, app: Celery, proxy_to: Callable[[int], Proxy], open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        proxy, app = self._behind(app, proxy_to)
        publisher = open_publisher(app)
        assert results(publisher.publish_batch(batch_of(app, 2))) == [ok] * 2
        proxy.freeze()
        threading.Timer(0.3, proxy.cut).start()
        assert results(publisher.publish_batch(batch_of(app, 3))) == [doubt] * 3
        proxy.thaw()
        assert results(publisher.publish_batch(batch_of(app, 3))) == [ok] * 3

    def test_an_ordinary_worker_runs_it(
        self, rabbitmq_url: str, site: Any, start_worker: Any, load_app: Any, open_publisher: Any
    ) -> None:
        site = site.replace(broker_url=rabbitmq_url, queue=site.namespace)
        start_worker("tests.apps.plain", site=site)
        module = load_app("tests.apps.plain", site)
        envelope = envelope_for(module.app, module.add, (2, 3), options={"priority": 3})
        assert open_publisher(module.app).publish_batch([envelope])[0].confirmed
        result = module.app.AsyncResult(JOB_ID)
        wait_until(lambda: result.state == "SUCCESS", message="the task has run")
        assert result.result == 5

    def _behind(self, app: Celery, proxy_to: Callable[[int], Proxy]) -> tuple[Proxy, Celery]:
        """The same app, its broker reached through a proxy."""
        parts = urlsplit(app.conf.broker_url)
        proxy = proxy_to(parts.port or 5672)
        url = app.conf.broker_url.replace(f":{parts.port}", f":{proxy.port}")
        return proxy, make_app(url, task_default_queue=app.conf.task_default_queue)
