"""A carrier meets the worker: as ``worker/strategy.py`` for its jobs, all at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from celery.exceptions import InvalidTaskError
from celery.worker.strategy import default

from celery_durable_jobs._current import extension_of
from celery_durable_jobs.messages.headers import read_header
from celery_durable_jobs.model.carrier import KIND_CARRIER, aboard
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Delivery
from celery_durable_jobs.worker import shutdown
from celery_durable_jobs.worker.heartbeat import heart_of
from celery_durable_jobs.worker.ids import new_delivery_id
from celery_durable_jobs.worker.pause import pause_of
from celery_durable_jobs.worker.settling import settle
from celery_durable_jobs.worker.strategy import unreadable
from celery_durable_jobs.worker.task import DurableJobTask
from celery_durable_jobs.worker.together.request import CarrierRequest

logger = get_logger("worker")


def carrying(task: Any, app: Any, consumer: Any) -> Callable[..., Any]:
    """The strategy of the carriers' task."""
    kind = type(task)
    if not (isinstance(task.Request, type) and issubclass(task.Request, CarrierRequest)):
        from celery.worker.request import Request

        kind.Request = type("Request", (CarrierRequest, Request), {})
    inner: Callable[..., Any] = default(task, app, consumer)
    extension = extension_of(app)

    def receive(message: Any, body: Any, ack: Any, reject: Any, callbacks: Any, **options: Any) -> Any:
        problem = unreadable(message)
        if problem is not None:
            raise InvalidTaskError(problem)
        header = read_header(message.headers)
        if (
            extension is None or header is None or not header.valid or header.kind != KIND_CARRIER
            or header.namespace != extension.settings.namespace
        ):  # fmt: skip
            return inner(message, body, ack, reject, callbacks, **options)  # it is refused, aloud, where it would run
        try:
            handler, jobs = aboard(message.payload[0])
        except ValueError as error:
            # Which jobs it is about can't be told: they are sent again, each by itself, when they have not begun.
            raise InvalidTaskError(str(error)) from None
        heart = heart_of(extension)
        if all(heart.held.has(*job) for job in jobs):
            logger.debug("%s: a copy of what is in hand", message.headers.get("id"))
            message.ack_log_error(logger, consumer.connection_errors)
            return None
        deliveries = [Delivery(job_id, generation, new_delivery_id()) for job_id, generation in jobs]
        if shutdown.begun():
            if not heart.away:
                for delivery in deliveries:
                    heart.held.park(delivery)
            return None
        if not isinstance(app.tasks.get(handler), DurableJobTask):
            message.ack_log_error(logger, consumer.connection_errors)
            logger.warning(
                "%d jobs are put back: their handler %r is not known to this worker. Is its module imported? If no "
                "worker knows it, they are dead letters %g s after they were first put back "
                "(durable_jobs_unknown_grace)",
                len(jobs), handler, extension.settings.unknown_grace,
            )  # fmt: skip
            reason = f"no worker knows the handler {handler!r}"
            for delivery in deliveries:
                settle(heart, delivery, reason=reason, unknown_handler=True)
            return None
        pause = pause_of(consumer, heart)
        if pause.on:
            pause.park(message, *deliveries)
            return None
        return inner(message, body, ack, reject, callbacks, **options)

    return receive
