"""At dispatch, in a keeper: a stored job becomes the ordinary Celery message that ``apply_async`` would have sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from celery import Celery
from kombu.entity import Queue

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.errors import DurableJobsError
from celery_durable_jobs.messages.body import decode_arguments
from celery_durable_jobs.messages.celerys import task_message
from celery_durable_jobs.messages.difference import DELIVERY_MODE, PERSISTENT, PROPERTIES, QUEUE, WITHOUT
from celery_durable_jobs.messages.entities import load_queue
from celery_durable_jobs.messages.headers import HEADER, KIND_HANDLER, make_header
from celery_durable_jobs.messages.values import TYPED, unpack
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route


class UnreadableContentError(DurableJobsError):
    """A stored job can't be made into a message, now or later: a dead letter. The text says why."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message ready to be published, with nothing left to decide.

    ``queue`` is the declaration that came with the job, or None where the app's own of that name is meant.
    ``properties`` has all message properties but priority (the route's) and content type and encoding.
    """

    job_id: str
    generation: int
    route: Route
    body: bytes
    content_type: str
    content_encoding: str
    headers: dict[str, Any]
    properties: dict[str, Any]
    queue: Queue | None = None

    @property
    def exchange(self) -> str:
        """The exchange's name; empty is the default exchange, which delivers to the queue that the key names."""
        return self.route.exchange or ""

    @property
    def routing_key(self) -> str:
        """The routing key: the queue's name where the route has none."""
        return self.route.routing_key if self.route.routing_key is not None else self.route.queue or ""


def build_envelope(app: Celery, record: JobRecord, namespace: str, kind: str = KIND_HANDLER) -> Envelope:
    """The message of this job at its present generation, made by Celery's own ``as_task_v2``.

    :raises UnreadableContentError: the record has no content or route, or its stored headers can't be read here.
    """
    content, route = record.content, record.route
    if content is None or route is None:
        raise UnreadableContentError(f"job {record.id} has no content or no route")
    options = content.options
    args_text, kwargs_text, args, kwargs = _shown(content)
    headers, properties = task_message(app, record, args, kwargs, args_text, kwargs_text)
    try:
        headers.update(content.headers)
        if TYPED in options:
            headers.update(unpack(options[TYPED]))
        for name in options.get(WITHOUT, ()):
            headers.pop(name, None)
        properties.update(options.get(PROPERTIES, {}))
        properties["delivery_mode"] = options.get(DELIVERY_MODE, PERSISTENT)
        queue = load_queue(options[QUEUE]) if QUEUE in options else None
    except Exception as error:
        raise UnreadableContentError(f"job {record.id}: what was stored with it can't be read: {error}") from error
    headers[HEADER] = make_header(namespace, record.generation, kind)
    return Envelope(
        record.id, record.generation, route, content.body, content.content_type, content.content_encoding,
        headers, properties, queue,
    )  # fmt: skip


def _shown(content: Content) -> tuple[str | None, str | None, Any, Any]:
    """Stored reprs, or the arguments to make them of."""
    stored: Mapping[str, Any] = content.headers
    args_text, kwargs_text = stored.get("argsrepr"), stored.get("kwargsrepr")
    if args_text is not None and kwargs_text is not None:
        return args_text, kwargs_text, (), {}
    arguments = decode_arguments(content.body)
    if arguments is None:
        return args_text or "<unreadable>", kwargs_text or "<unreadable>", (), {}
    return args_text, kwargs_text, *arguments
