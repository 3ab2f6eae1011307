"""Publishing on a transport without confirms (memory): order, declarations, and each message's own outcome."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from celery import Celery
from kombu import Exchange, Queue

from celery_durable_jobs.messages.envelope import Envelope
from celery_durable_jobs.messages.publish import Publisher, PublishResult
from celery_durable_jobs.model.route import Route
from tests.unit.messages.wire import envelope_for, make_app, publish, take

ok, nowhere, refused = PublishResult.CONFIRMED, PublishResult.UNROUTABLE, PublishResult.FAILED


def envelopes(app: Celery, count: int, **options: Any) -> list[Envelope]:
    return [envelope_for(app, "handlers.f", (number,), options=options) for number in range(count)]


def numbers(app: Celery, *queues: str) -> list[str]:
    return [message["headers"]["argsrepr"] for _, message in take(app, *queues)]


def test_a_batch_keeps_its_order_over_several_queues() -> None:
    app = make_app()
    batch = [
        envelope_for(app, "handlers.f", (number,), options={"queue": f"order-{number % 3}"}) for number in range(30)
    ]
    assert [outcome.result for outcome in publish(app, *batch)] == [ok] * 30
    for queue in range(3):
        assert numbers(app, f"order-{queue}") == [f"({number},)" for number in range(queue, 30, 3)]


def test_an_empty_batch_opens_nothing() -> None:
    publisher = Publisher(make_app("amqp://nobody@127.0.0.1:1//"))
    assert publisher.publish_batch([]) == []
    assert publisher.last_error == ""


def test_an_unroutable_message_in_the_middle_hurts_only_itself() -> None:
    app = make_app(task_queues=(Queue("topic-q2", Exchange("topic-x2", type="topic"), routing_key="order.#"),))
    batch = envelopes(app, 5, queue="topic-q2", routing_key="order.1")
    batch[2] = envelope_for(app, "handlers.f", (2,), options={"exchange": "topic-x2", "routing_key": "invoice"})
    outcomes = publish(app, *batch)
    assert [outcome.result for outcome in outcomes] == [ok, ok, nowhere, ok, ok]
    assert "invoice" in outcomes[2].reason
    assert "topic-x2" in outcomes[2].reason
    assert numbers(app, "topic-q2") == ["(0,)", "(1,)", "(3,)", "(4,)"]


def test_an_error_that_isnt_the_messages_own_makes_no_dead_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()

    class Broken(app.amqp.Producer):  # type: ignore[name-defined,misc]
        def publish(self, *args: Any, **kwargs: Any) -> None:
            raise TypeError("publish() got an unexpected keyword argument")

    monkeypatch.setattr(app.amqp, "Producer", Broken)
    assert [outcome.result for outcome in publish(app, *envelopes(app, 2))] == [refused, refused]


def test_a_queue_that_the_keeper_may_not_create_is_not_declared_but_served() -> None:
    schedules = make_app()
    batch = envelopes(schedules, 1, queue="declared-elsewhere")
    keeps = make_app(task_create_missing_queues=False)
    with keeps.connection_for_write() as connection:
        Queue("declared-elsewhere").bind(connection.default_channel).declare()
    assert publish(keeps, *batch)[0].result is ok
    assert "declared-elsewhere" not in keeps.amqp.queues
    assert numbers(keeps, "declared-elsewhere") == ["(0,)"]


def test_a_queue_deleted_since_it_was_declared_is_declared_again() -> None:
    app = make_app(task_queues=(Queue("gone-q", Exchange("gone-x", type="topic"), routing_key="#"),))
    publisher = Publisher(app)
    batch = envelopes(app, 2, queue="gone-q")
    assert publisher.publish_batch(batch[:1])[0].result is ok
    with app.connection_for_write() as connection:
        connection.default_channel.queue_delete("gone-q")
    assert publisher.publish_batch(batch[1:])[0].result is ok
    publisher.close()
    assert numbers(app, "gone-q") == ["(1,)"]


def test_no_time_means_not_published() -> None:
    app = make_app()
    outcomes = Publisher(app).publish_batch(envelopes(app, 2, queue="late"), timeout=0.0)
    assert {outcome.result for outcome in outcomes} == {refused}
    assert numbers(app, "late") == []


def test_a_broker_that_isnt_there() -> None:
    app = make_app("redis://127.0.0.1:1/0")
    publisher = Publisher(app)
    outcomes = publisher.publish_batch(envelopes(app, 2), timeout=1.0)
    assert {outcome.result for outcome in outcomes} == {refused}
    assert "can't be reached" in outcomes[0].reason
    assert publisher.last_error
    assert publisher.probe(0.5) is False
    publisher.close()


def test_probe_and_use_after_close() -> None:
    app = make_app()
    publisher = Publisher(app)
    assert publisher.probe()
    publisher.close()
    publisher.close()
    assert publisher.publish_batch(envelopes(app, 1, queue="again"))[0].confirmed
    publisher.close()
    assert numbers(app, "again") == ["(0,)"]


def test_the_event_task_sent_is_told_where_the_app_asks_for_it() -> None:
    app = make_app(task_send_sent_event=True, task_default_queue="told")
    received: list[dict[str, Any]] = []
    with app.connection_for_read() as connection:
        receiver = app.events.Receiver(connection, handlers={"task-sent": received.append})
        with receiver.consumer_context() as (consuming, *_):
            outcomes = publish(
                app, *envelopes(app, 2), dataclasses.replace(envelopes(app, 1)[0], route=Route(None, "x"))
            )
            for _ in range(2):
                consuming.drain_events(timeout=5)
    assert [outcome.result for outcome in outcomes] == [ok, ok, nowhere]
    assert [(event["name"], event["args"], event["queue"], event["routing_key"]) for event in received] == [
        ("handlers.f", "(0,)", "told", "told"),
        ("handlers.f", "(1,)", "told", "told"),
    ]
