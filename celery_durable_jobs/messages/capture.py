"""At scheduling, in the client: a call of a handler becomes a route and a content that a store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from celery import Celery
from celery.app.task import Task
from celery.utils.nodenames import anon_nodename
from kombu.entity import Exchange, Queue, maybe_delivery_mode

from celery_durable_jobs.errors import (
    InvalidArgumentsError,
    InvalidJobError,
    InvalidRouteError,
    UnknownOptionError,
    UnserializableError,
)
from celery_durable_jobs.messages import checks, entities
from celery_durable_jobs.messages.body import JSON, reprs, short_repr
from celery_durable_jobs.messages.caught import Caught, catch
from celery_durable_jobs.messages.headers import HEADER
from celery_durable_jobs.messages.values import TYPED, NotPlainError, pack, plain
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route

PERSISTENT = 2
"""AMQP's delivery mode of a message that outlives its broker: Celery's default, and not stored."""

SHOWN_BODY = 16_384
"""Bytes. Of a larger body a keeper doesn't decode the arguments to show them: their reprs are stored."""

OWNED = frozenset(("id", "task", "retries", "eta", "expires", HEADER))
"""Headers that a run sets anew: what a receiver does to these is not kept."""

_delivery_mode: Any = maybe_delivery_mode

DELIVERY_MODE, PROPERTIES, WITHOUT, QUEUE = "delivery_mode", "properties", "without", "queue"
"""Keys of ``Content.options``, beside ``TYPED``; each is left out where there is nothing to say."""


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
    caught = catch(app, task, name, args, kwargs, options, job_id)
    route, declared = _route_of(caught)
    headers, details = _difference(app, caught, name, job_id)
    if declared is not None and not entities.known(app, declared):
        details[QUEUE] = entities.dump_queue(declared)
    mode = _delivery_mode(caught.delivery_mode)
    if mode != PERSISTENT:
        details[DELIVERY_MODE] = mode
    properties = _properties(app, caught, job_id)
    if properties:
        details[PROPERTIES] = properties
    encoded = caught.encoded
    content = Content(encoded.body, encoded.content_type, encoded.content_encoding, headers, details)
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
    return args, kwargs, options


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


def _difference(app: Celery, caught: Caught, name: str, job_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The headers that ``as_task_v2`` wouldn't derive from job and arguments alone, and what is to be said of them."""
    final, encoded = caught.headers, caught.encoded
    shown = encoded.content_type == JSON and encoded.compression is None and len(encoded.body) <= SHOWN_BODY
    derived = {
        "lang": "py",
        "shadow": None,
        "group": None,
        "group_index": None,
        "timelimit": [None, None],
        "root_id": job_id,
        "parent_id": None,
        "origin": anon_nodename(),
        "ignore_result": False,
        "replaced_task_nesting": 0,
        "stamped_headers": None,
        "stamps": {},
    }
    if caught.derived_reprs is not None:
        if shown:
            derived["argsrepr"], derived["kwargsrepr"] = caught.derived_reprs
    elif shown:
        derived["argsrepr"], derived["kwargsrepr"] = final["argsrepr"], final["kwargsrepr"]
    else:
        final["argsrepr"], final["kwargsrepr"] = reprs(app, caught.args, caught.kwargs)
    missing = object()
    changed = {key: value for key, value in final.items() if key not in OWNED and value != derived.get(key, missing)}
    if encoded.compression:
        changed["compression"] = encoded.compression
    details: dict[str, Any] = {}
    without = [key for key in derived if key not in final]
    if without:
        details[WITHOUT] = without
    try:
        headers, typed = pack(changed)
    except TypeError as error:
        raise UnserializableError(f"headers can't be stored: {error}", argument="headers", value=changed) from error
    if typed:
        details[TYPED] = typed
    return headers, details


def _properties(app: Celery, caught: Caught, job_id: str) -> dict[str, Any]:
    """Message properties that a keeper couldn't derive."""
    kept = {}
    for key, value in caught.properties.items():
        if key in ("priority", "expiration") or value is None:
            continue
        if key == "correlation_id" and value == job_id:
            continue
        # Only rpc:// reads it; there it names the queue of the very process that asks for results.
        if key == "reply_to" and value == app.thread_oid and not str(app.conf.result_backend or "").startswith("rpc"):
            continue
        try:
            kept[key] = plain(value)
        except NotPlainError:
            raise UnserializableError(
                f"the message property {key} can't be stored: {short_repr(value)}", argument=key, value=value
            ) from None
    return kept
