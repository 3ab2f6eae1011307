"""Calls that differ in their arguments only: what Celery makes of one of them goes for all.

The whole way through Celery (``caught.py``) is taken by the first such call. After it, only what can change from call
to call is asked again: the task's options, the router, the queue, the result backend. Whatever may look at a single
message (receivers of the publish signals, wrapped methods, a custom router, headers, links, a job scheduled within
another) leaves the call on the whole way.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any

from celery import Celery
from celery.app.amqp import AMQP
from celery.app.routes import MapRoute, Router
from celery.app.task import Task
from kombu.entity import Exchange, Queue

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.messages.body import JSON, NO_LINKS, Encoded, encode
from celery_durable_jobs.messages.caught import Caught, merged_options, watched
from celery_durable_jobs.messages.difference import SHOWN_BODY
from celery_durable_jobs.messages.overridden import apply_async_is_own, send_task_is_own
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route

KEPT = "_durable_jobs_alike"
"""Where an app's ``AMQP`` keeps what was learnt."""

_MOST = 1_000
"""So many kinds of calls are kept for an app; then it begins anew."""

_OPTIONS = frozenset(("queue", "exchange", "routing_key", "priority", "serializer"))
_HEADERS = frozenset(("ignore_result", "timelimit"))
"""Of what a message's headers may say beside the usual: what follows from the options alone."""

AS_TASK = AMQP.as_task_v2
_SENDERS = AMQP._create_task_sender.__code__.co_consts
_SHADOW_NAME = Task.shadow_name


@dataclass(frozen=True, slots=True)
class Kind:
    """What such calls have in common as they come in; ``queue`` is what the router found."""

    key: tuple[Any, ...]
    kept: dict[tuple[Any, ...], Form]
    queue: Queue


@dataclass(frozen=True, slots=True)
class Form:
    """What such calls have in common as they are stored. The queue and sender are held, so that no other gets their
    place in memory.
    """

    route: Route
    headers: Mapping[str, Any]
    serializer: str | None
    held: tuple[Any, ...]


def kind_of(
    app: Celery, task: Task | None, name: str, args: Any, kwargs: Any, options: Mapping[str, Any]
) -> Kind | None:
    """The kind of a call; None where it has to go the whole way."""
    if task is None or not options.keys() <= _OPTIONS or watched() or app.current_worker_task:
        return None
    if not apply_async_is_own(task) or not send_task_is_own(app) or not _untouched(app, task):
        return None
    amqp: Any = app.amqp
    router = amqp.router
    if any(type(each) is not MapRoute for each in router.routes) or router.queues.aliases:
        return None
    given = merged_options(task, options)
    if not isinstance(given.get("queue") or "", str):
        return None
    routed = router.route(given, name, args, kwargs, task)
    if "queue" not in routed:
        return None
    queue = routed.pop("queue")
    exchange = getattr(queue, "exchange", None)
    if type(queue) is not Queue or type(exchange) is not Exchange or not _is_known(amqp, queue):
        return None
    if str(app.conf.result_backend or "").startswith("rpc"):
        return None
    ignored, sender = task.ignore_result, amqp.send_task_message
    values = tuple(routed.values())
    if type(ignored) is not bool or not all(value is None or type(value) in (str, int) for value in values):
        return None
    key = (
        name, ignored, tuple(routed), values, id(sender), id(queue), queue.name, queue.routing_key,
        id(exchange), exchange.name, exchange.type, exchange.delivery_mode,
    )  # fmt: skip
    return Kind(key, amqp.__dict__.setdefault(KEPT, {}), queue)


def _is_known(amqp: Any, queue: Any) -> bool:
    return dict.get(amqp.queues, queue.name) is queue


def _untouched(app: Celery, task: Task) -> bool:
    """Whether what Celery calls on the way is its own."""
    amqp: Any = app.amqp
    if type(amqp) is not AMQP or type(amqp.router) is not Router or "as_task_v2" in amqp.__dict__:
        return False
    sender, shadow = amqp.send_task_message, getattr(task.shadow_name, "__func__", None)
    return (
        AMQP.as_task_v2 is AS_TASK
        and type(sender) is types.FunctionType
        and sender.__code__ in _SENDERS
        and shadow is _SHADOW_NAME
        and getattr(task, "_dump_pydantic_arguments", None) is None
    )


def content_of(form: Form, args: Any, kwargs: Any) -> Content | None:
    """The content of a call of a known kind; None where its arguments need more than that.

    :raises UnserializableError: they can't be encoded.
    """
    encoded = encode((args, kwargs, NO_LINKS), form.serializer, None)
    return Content(encoded.body, JSON, encoded.content_encoding, dict(form.headers), {}) if _shown(encoded) else None


def learn(kind: Kind, app: Celery, caught: Caught, route: Route, content: Content) -> None:
    """Keep what Celery made of a call, where it holds for all of its kind."""
    plain = not content.options and content.headers.keys() <= _HEADERS and caught.body[2] == NO_LINKS
    if not plain or not _shown(caught.encoded):
        return
    if len(kind.kept) >= _MOST:
        kind.kept.clear()
    amqp: Any = app.amqp
    held = (amqp.send_task_message, caught.declare, *(each.exchange for each in caught.declare or ()))
    kind.kept[kind.key] = Form(route, dict(content.headers), caught.serializer, held)


def _shown(encoded: Encoded) -> bool:
    """Whether a keeper can show the arguments by the body, so that nothing is stored for it."""
    return encoded.content_type == JSON and encoded.compression is None and len(encoded.body) <= SHOWN_BODY
