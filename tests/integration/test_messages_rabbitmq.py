"""Messages on RabbitMQ: confirmed, refused, returned, in doubt; and read by an ordinary worker."""

from __future__ import annotations

import dataclasses
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from celery import Celery
from kombu import Exchange, Queue

from celery_durable_jobs.messages.capture import capture
from celery_durable_jobs.messages.envelope import build_envelope
from celery_durable_jobs.messages.publish import Publisher, PublishResult
from celery_durable_jobs.model.route import Route
from tests.support.waiting import wait_until
from tests.unit.messages.configurations import CASES, Case, options_of, task_of
from tests.unit.messages.fixtures import *  # noqa: F403
from tests.unit.messages.proxy import Proxy
from tests.unit.messages.wire import (
    JOB_ID,
    NAMESPACE,
    batch_of,
    envelope_for,
    make_app,
    record_of,
    results,
    send,
)  # fmt: skip

ok, nowhere, refused, doubt = (
    PublishResult.CONFIRMED, PublishResult.UNROUTABLE, PublishResult.FAILED, PublishResult.DOUBT,
)  # fmt: skip

AMQP_CASES = [case for case in CASES if not case.queues and case.name != "headers with types"]
"""Those that go to the default queue, and that Celery itself can send there: AMQP knows no UUID."""


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

    def test_a_message_that_rabbitmq_refuses_for_itself(
        self, app: Celery, open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        batch = batch_of(app, 5)
        batch[1] = dataclasses.replace(batch[1], properties={**batch[1].properties, "user_id": "somebody"})
        outcomes = open_publisher(app).publish_batch(batch)
        assert results(outcomes) == [ok, nowhere, ok, ok, ok]
        assert "406" in outcomes[1].reason

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

    def test_what_is_confirmed_is_there_however_often_the_connection_is_cut(
        self, app: Celery, channel: Any, proxy_to: Callable[[int], Proxy], open_publisher: Callable[[Celery], Publisher]
    ) -> None:
        proxy, behind = self._behind(app, proxy_to)
        publisher = open_publisher(behind)
        dice = random.Random(5)
        confirmed, answered = set(), []
        batch = batch_of(app, 60)
        for turn in range(40):
            named = [
                dataclasses.replace(
                    job, job_id=f"{turn}-{job.job_id}", headers={**job.headers, "id": f"{turn}-{job.job_id}"}
                )
                for job in batch
            ]
            knife = threading.Timer(dice.uniform(0, 0.02), proxy.cut)
            knife.start()
            outcomes = publisher.publish_batch(named, timeout=5)
            knife.join()
            answered += results(outcomes)
            confirmed |= {job.job_id for job, outcome in zip(named, outcomes, strict=True) if outcome.confirmed}
        assert doubt in answered, "no cut ever hit a batch"
        arrived = set()
        while message := channel.basic_get(app.conf.task_default_queue, no_ack=True):
            arrived.add(message.properties["application_headers"]["id"])
        assert confirmed <= arrived
        assert len(confirmed) > 500

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
