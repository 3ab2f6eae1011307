"""A message meets the worker: copies are dropped, what can't be read is buried, and the worker goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from celery.exceptions import InvalidTaskError
from celery.utils.imports import symbol_by_name

from celery_durable_jobs._current import extension_of
from celery_durable_jobs.messages.headers import DurableHeader, read_header
from celery_durable_jobs.messages.results import store_ended
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Bury, Delivery
from celery_durable_jobs.worker import shutdown
from celery_durable_jobs.worker.errands import Errand
from celery_durable_jobs.worker.heartbeat import heart_of
from celery_durable_jobs.worker.ids import new_delivery_id
from celery_durable_jobs.worker.parent import DurableRequest
from celery_durable_jobs.worker.pause import pause_of
from celery_durable_jobs.worker.settling import settle
from celery_durable_jobs.worker.task import DurableJobTask

logger = get_logger("worker")

Strategy = Callable[..., Any]


def durable(task: Any, app: Any, consumer: Any) -> Strategy:
    """The strategy of a handler: its base's own, with what is above around it."""
    kind = type(task)
    request = symbol_by_name(task.Request)
    if not issubclass(request, DurableRequest):
        kind.Request = type("Request", (DurableRequest, request), {})
    inner: Strategy = symbol_by_name(_base_strategy(kind))(task, app, consumer)

    extension = extension_of(app)
    heart: Any = None if extension is None else heart_of(extension)
    namespace = None if extension is None else extension.settings.namespace

    def receive(message: Any, body: Any, ack: Any, reject: Any, callbacks: Any, **options: Any) -> Any:
        header = read_header(message.headers)
        if header is None or not header.valid or header.namespace != namespace or not (job_id := _job_id(message)):
            return inner_if_readable(message, body, ack, reject, callbacks, **options)
        if heart.held.has(job_id, header.generation):
            logger.debug("job %s: a copy of what is in hand", job_id)
            message.ack_log_error(logger, consumer.connection_errors)
            return None
        if shutdown.begun():
            # Run here it would be told to stop at once, and come straight back. It stays unacknowledged, and is settled
            # when the connection closes; where the store is away, the broker alone gives it back.
            if not heart.away:
                heart.held.park(_delivery(job_id, header))
            return None
        problem = unreadable(message)
        if problem is not None:
            bury(extension, header, job_id, f"the message can't be read: {problem}")
            raise InvalidTaskError(problem)
        pause = pause_of(consumer, heart)
        if pause.on:
            pause.park(message, _delivery(job_id, header))
            return None
        return inner(message, body, ack, reject, callbacks, **options)

    def inner_if_readable(message: Any, *arguments: Any, **options: Any) -> Any:
        problem = unreadable(message)
        if problem is not None:
            # Celery logs it, rejects the message and sends ``task_rejected``. Other errors would end the worker.
            raise InvalidTaskError(problem)
        return inner(message, *arguments, **options)

    return receive


def unreadable(message: Any) -> str | None:
    """What is wrong with a message's body, or None."""
    try:
        payload = message.payload
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if isinstance(payload, Mapping):
        return None  # protocol 1: Celery converts it
    try:
        args, kwargs, embed = payload
    except (TypeError, ValueError):
        return "its body is no triple of args, kwargs and options"
    if not isinstance(args, (list, tuple)) or not isinstance(kwargs, Mapping):
        return "its args are no list, or its kwargs no mapping"
    if embed is not None and not isinstance(embed, Mapping):
        return "its options are no mapping"
    return None


def bury(extension: Any, header: DurableHeader, job_id: str, reason: str) -> None:
    """Make the job of a message that can never be run a dead letter."""
    if not header.valid or header.namespace != extension.settings.namespace:
        return

    def buried(answer: Any) -> None:
        if isinstance(answer, JobRecord):
            logger.error("job %s is dead: %s", job_id, reason)
            store_ended(extension.app, job_id, answer.handler, answer.state, reason)

    heart_of(extension).run(Errand(Bury(job_id, header.generation, reason), buried))


class Strategies(dict[str, Strategy]):
    """A consumer's strategies by task name. A job's message for a handler that isn't known here is put back.

    Celery would drop the message and store a failure; but during a rolling deploy another worker knows the handler.
    """

    def __init__(self, consumer: Any, known: Mapping[str, Strategy]) -> None:
        super().__init__(known)
        self._consumer = consumer

    def __missing__(self, name: str) -> Strategy:
        consumer = self._consumer

        def receive(message: Any, body: Any, *_: Any, **__: Any) -> Any:
            header, extension, job_id = read_header(message.headers), extension_of(consumer.app), _job_id(message)
            if header is None or extension is None or not job_id:
                return consumer.on_unknown_task(body, message, KeyError(name))
            message.ack_log_error(logger, consumer.connection_errors)
            if not header.valid or header.namespace != extension.settings.namespace:
                logger.error(
                    "job %s of the namespace %r is not known here: %s", job_id, header.namespace, header.problem
                )
                return None
            logger.warning(
                "job %s is put back: its handler %r is not known to this worker. Is its module imported? A handler "
                "that was renamed takes its old name as aliases=(%r,). If no worker knows it, the job is a dead letter "
                "%g s after it was first put back (durable_jobs_unknown_grace)",
                job_id, name, name, extension.settings.unknown_grace,
            )  # fmt: skip
            return settle(
                heart_of(extension),
                _delivery(job_id, header),
                reason=f"no worker knows the handler {name!r}",
                unknown_handler=True,
            )

        return receive


def rejected(sender: Any = None, message: Any = None, **_: Any) -> None:
    """``task_rejected``, and what can't even be decoded: a job's message that no strategy saw is buried."""
    header = read_header(getattr(message, "headers", None))
    extension = extension_of(sender.app) if header is not None else None
    if header is not None and extension is not None and message.headers.get("task") not in sender.strategies:
        bury(extension, header, _job_id(message), "the message can't be read: it names no task")


def _delivery(job_id: str, header: DurableHeader) -> Delivery:
    return Delivery(job_id, header.generation, new_delivery_id())


def _job_id(message: Any) -> str:
    try:
        found = message.headers.get("id") or message.properties.get("correlation_id")
    except AttributeError:
        return ""
    return found if isinstance(found, str) else ""


def _base_strategy(kind: type) -> Any:
    """What the handler's base class would use."""
    passed = False
    for each in kind.__mro__:
        if passed and "Strategy" in each.__dict__:
            return each.__dict__["Strategy"]
        passed = passed or each is DurableJobTask
    return "celery.worker.strategy:default"
