"""At scheduling, in the client: a call of a handler becomes a route and a content that a store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from celery import Celery
from celery.app.task import Task
from kombu.entity import Exchange, Queue, maybe_delivery_mode

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.errors import (
    InvalidArgumentsError,
    InvalidJobError,
    InvalidRouteError,
    UnknownOptionError,
)
from celery_durable_jobs.messages import alike, checks, entities
from celery_durable_jobs.messages.body import short_repr
from celery_durable_jobs.messages.caught import Caught, catch
from celery_durable_jobs.messages.difference import (
    DELIVERY_MODE,
    PERSISTENT,
    PROPERTIES,
    QUEUE,
    SHOWN_BODY,
    extra_properties,
    header_difference,
)
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route

__all__ = ["SHOWN_BODY", "Captured", "capture"]

_delivery_mode: Any = maybe_delivery_mode


@dataclass(frozen=True, slots=True)
class Captured:
    """Where the job's message will go, and what it will carry."""

    route: Route
    content: Content


def capture(
    app: Celery,
    handler: Task | str,
    args: Any = None,
    kwargs: Any = None,
    options: Mapping[str, Any] | None = None,
    *,
    job_id: str,
) -> Captured:
    """Route and encode a call by Celery's own code, as if it were published now; nothing is.

    Both publish signals fire, here and not again. What their receivers and the user add to the headers, or change in
    them, is kept. The arguments are taken as they are: binding them to the handler's signature is the caller's part.

    :param handler: a Celery task, or a task's name (looked up among the app's tasks; it need not be there).
    :param args: a list or tuple; None means none.
    :param kwargs: a mapping with string keys; None means none.
    :param options: as ``Task.apply_async`` takes them. What belongs to one publish (``task_id``, ``retry``,
        ``producer`` …) and to the job's time (``eta``, ``countdown``, ``expires``) is passed over.
    :param job_id: becomes the Celery task id.
    :raises InvalidArgumentsError: ``args`` or ``kwargs`` aren't what they should be.
    :raises UnserializableError: args, kwargs, link or headers can't be encoded.
    :raises InvalidRouteError: queue, exchange, routing key or priority can't be used.
    :raises UnknownOptionError: an option that can't be stored (``declare``).
    """
    args, kwargs, options = _checked(args, kwargs, options)
    task, name = _resolve(app, handler)
    kind = alike.kind_of(app, task, name, args, kwargs, options)
    form = kind.kept.get(kind.key) if kind is not None else None
    known = alike.content_of(form, args, kwargs) if form is not None else None
    if form is not None and known is not None:
        return Captured(form.route, known)
    caught = catch(app, task, name, args, kwargs, options, job_id)
    _check_limits(caught.headers.get("timelimit"))
    route, declared = _route_of(caught)
    headers, details = header_difference(app, caught, job_id)
    if declared is not None and not entities.known(app, declared):
        details[QUEUE] = entities.dump_queue(declared)
    mode = _delivery_mode(caught.delivery_mode)
    if mode != PERSISTENT:
        details[DELIVERY_MODE] = mode
    properties = extra_properties(app, caught, job_id)
    if properties:
        details[PROPERTIES] = properties
    encoded = caught.encoded
    content = Content(encoded.body, encoded.content_type, encoded.content_encoding, headers, details)
    if kind is not None:
        alike.learn(kind, app, caught, route, content)
    return Captured(route, content)


def _resolve(app: Celery, handler: Task | str) -> tuple[Task | None, str]:
    if not isinstance(handler, str):
        return handler, handler.name
    registry = app._tasks  # ``app.tasks`` would finalize the app
    task = dict.get(registry, handler) if isinstance(registry, dict) else None
    return task, handler


def _checked(args: Any, kwargs: Any, options: Mapping[str, Any] | None) -> tuple[Any, Any, dict[str, Any]]:
    args = () if args is None else args
    kwargs = {} if kwargs is None else kwargs
    if not isinstance(args, (list, tuple)):
        raise InvalidArgumentsError(
            f"args is a list or tuple, not {type(args).__name__}: {short_repr(args)}", argument="args", value=args
        )
    if not isinstance(kwargs, Mapping) or not all(isinstance(key, str) for key in kwargs):
        raise InvalidArgumentsError(
            f"kwargs is a mapping with string keys, not {short_repr(kwargs)}", argument="kwargs", value=kwargs
        )
    options = dict(options or {})
    if options.get("headers") is not None and not isinstance(options["headers"], Mapping):
        raise InvalidJobError(
            f"headers is a mapping, not {short_repr(options['headers'])}", argument="headers", value=options["headers"]
        )
    if options.pop("declare", None):
        raise UnknownOptionError(
            "declare can't be stored with a job; give a kombu Queue as queue=, or name it in task_queues",
            argument="declare",
        )
    if options.get("queue") is not None:
        checks.check_queue(options["queue"])
    if options.get("exchange") is not None:
        checks.check_exchange(options["exchange"])
    if options.get("routing_key") is not None:
        checks.check_name("routing_key", options["routing_key"])
    checks.check_priority(options.get("priority"))
    return args if isinstance(args, tuple) else list(args), dict(kwargs), options  # receivers may write into them


def _check_limits(limits: Any) -> None:
    """The worker's parent works with these numbers: a bad one would hurt more than its own job."""
    hard, soft = limits if isinstance(limits, (list, tuple)) and len(limits) == 2 else (None, None)
    for argument, limit in (("time_limit", hard), ("soft_time_limit", soft)):
        if limit is None:
            continue
        if isinstance(limit, bool) or not isinstance(limit, (int, float)) or not 0 < limit < float("inf"):
            raise InvalidJobError(
                f"{argument} is a positive number of seconds, not {short_repr(limit)}", argument=argument, value=limit
            )
    if hard and soft and soft > hard:
        raise InvalidJobError(
            f"soft_time_limit ({soft}) is above time_limit ({hard})",
            argument="soft_time_limit",
            value=soft,
            limit=hard,
        )


def _route_of(caught: Caught) -> tuple[Route, Queue | None]:
    """The route, and the queue that Celery would declare before the publish."""
    declared = next((each for each in caught.declare or () if isinstance(each, Queue)), None)
    exchange = caught.exchange.name if isinstance(caught.exchange, Exchange) else caught.exchange
    exchange, routing_key = exchange or "", caught.routing_key or ""
    queue: str | None = routing_key if exchange == "" else None
    if declared is not None:
        queue = declared.name
    if queue is not None:
        checks.check_queue(queue)
    checks.check_exchange(exchange)
    if routing_key:
        checks.check_name("routing_key", routing_key)
    elif exchange == "":
        raise InvalidRouteError("neither a queue nor a routing key is given", argument="routing_key")
    priority = checks.check_priority(caught.properties.get("priority"))
    if exchange == "" and routing_key == queue:
        return Route(queue, None, None, priority), declared
    return Route(queue, exchange, routing_key, priority), declared
