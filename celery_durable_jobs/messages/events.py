"""Celery's event ``task-sent`` (setting ``task_send_sent_event``), for Flower and its like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from celery import Celery

from celery_durable_jobs.messages.envelope import Envelope


def wanted(app: Celery) -> bool:
    """Whether the app asks for the event."""
    return bool(app.conf.task_send_sent_event)


def tell_sent(app: Celery, producer: Any, envelopes: Iterable[Envelope]) -> None:
    """Publish the event for messages that are on their queues, as Celery does after a publish.

    :raises ConnectionError: one could not be sent; later ones are not tried.
    """
    dispatcher = app.amqp._event_dispatcher
    for envelope in envelopes:
        headers = envelope.headers
        fields = {
            "uuid": envelope.job_id,
            "root_id": headers.get("root_id"),
            "parent_id": headers.get("parent_id"),
            "name": headers.get("task"),
            "args": headers.get("argsrepr"),
            "kwargs": headers.get("kwargsrepr"),
            "retries": headers.get("retries"),
            "eta": None,
            "expires": None,
            "queue": envelope.route.queue,
            "exchange": envelope.exchange,
            "routing_key": envelope.routing_key,
        }
        dispatcher.publish("task-sent", fields, producer, retry=False)
        if dispatcher._outbound_buffer:  # it keeps what failed, and nobody would ever send that
            dispatcher._outbound_buffer.clear()
            raise ConnectionError("the event task-sent could not be published")
