"""What Celery itself puts on the wire, and what we do: raw messages from Kombu's memory transport."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Mapping
from typing import Any

from celery import Celery
from kombu.transport import virtual

from celery_durable_jobs.messages.capture import Captured, capture
from celery_durable_jobs.messages.envelope import Envelope, build_envelope
from celery_durable_jobs.messages.publish import Publisher, PublishOutcome, PublishResult
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.states import JobState

JOB_ID = "1--abcdef-0123456789ABCDEFGHIJ"
NAMESPACE = "shop"
_numbers = itertools.count(1)


def make_app(broker: str = "memory://", **conf: Any) -> Celery:
    """An app with a default queue of its own; ``conf`` are Celery settings."""
    app = Celery("wire", broker=broker, set_as_current=False)
    app.conf.update({"task_default_queue": f"wire-{next(_numbers)}", **conf})
    return app


def record_of(captured: Captured, handler: str, **parts: Any) -> JobRecord:
    """The job as a store answers it: content and route have been JSON in between."""
    content = captured.content
    stored = Content(
        content.body,
        content.content_type,
        content.content_encoding,
        json.loads(json.dumps(content.headers)),
        json.loads(json.dumps(content.options)),
    )
    route = type(captured.route).loads(captured.route.dumps())
    given = {"state": JobState.CLAIMED, "due_us": 0, "generation": 7, **parts}
    return JobRecord(JOB_ID, handler, route=route, content=stored, **given)


def envelope_for(
    app: Celery,
    handler: Any,
    args: Any = (),
    kwargs: Any = None,
    options: Mapping[str, Any] | None = None,
    **parts: Any,
) -> Envelope:
    """Schedule, store, and make the message."""
    captured = capture(app, handler, args, kwargs, options, job_id=JOB_ID)
    name = handler if isinstance(handler, str) else handler.name
    return build_envelope(app, record_of(captured, name, **parts), NAMESPACE)


def publish(app: Celery, *envelopes: Envelope) -> list[PublishOutcome]:
    """Publish as a keeper does."""
    publisher = Publisher(app)
    try:
        return publisher.publish_batch(envelopes)
    finally:
        publisher.close()


def take(app: Celery, *queues: str) -> list[tuple[str, dict[str, Any]]]:
    """All messages of these queues, raw and in order, with the queue each was on."""
    found = []
    with app.connection_for_read() as connection:
        channel: Any = connection.default_channel
        assert isinstance(channel, virtual.Channel)
        for queue in queues or (app.conf.task_default_queue,):
            while True:
                try:
                    message = channel._get(queue)
                except Exception:  # the transport's way to say that there is none
                    break
                found.append((queue, message))
    return found


def comparable(message: dict[str, Any]) -> dict[str, Any]:
    """Without what differs from publish to publish, and what Celery lets slip.

    ``argsrepr``, ``kwargsrepr`` and ``origin`` given to ``apply_async`` also become message properties there.
    """
    headers = {key: value for key, value in message["headers"].items() if key != "durable_job"}
    properties = {
        key: value
        for key, value in message["properties"].items()
        if key not in ("delivery_tag", "argsrepr", "kwargsrepr", "origin")
    }
    return {**message, "headers": headers, "properties": properties}


def results(outcomes: list[PublishOutcome]) -> list[PublishResult]:
    """The results of a batch."""
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
