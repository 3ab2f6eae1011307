"""What requests of one handler with the same options have in common: found out with the first one, and kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kombu.utils.json import dumps as kombu_dumps

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.client.handlers import Resolved
from celery_durable_jobs.jobs import JobRequest
from celery_durable_jobs.messages import glance
from celery_durable_jobs.messages.body import JSON
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState

_MOST = 1_000
"""So many outlines are kept for an app; then it begins anew."""

_sorted = json.JSONEncoder(sort_keys=True).encode


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """``told``: the beginning of what a digest is taken of. ``common``: what their ``DurableJob``s share."""

    task: Any
    known: glance.Known
    told: bytes
    common: Mapping[str, Any]


Fresh = set[Outline]
"""Outlines that hold: those that a call has looked at already."""


def find(request: JobRequest, found: Resolved, fresh: Fresh | None) -> Outline | None:
    """The outline of a request, if there is one and it holds at this moment (or is ``fresh``)."""
    if found.options or request.headers:
        return None
    outline: Outline | None = found.extension.outlines.get(_key(request, found))
    if outline is None or outline.task is not found.task or (fresh is not None and outline in fresh):
        return outline
    if not outline.known.holds():
        return None
    if fresh is not None:
        fresh.add(outline)
    return outline


def learn(request: JobRequest, found: Resolved, options: Mapping[str, Any]) -> None:
    """Keep what a request's call became, where it holds for all others like it; ``options`` are those for Celery."""
    key = _key(request, found)
    if found.task is None or found.options or request.headers or not all(_is_plain(part) for part in key):
        return
    known = glance.known(found.extension.app, found.task, options)
    if known is None:
        return
    namespace = found.extension.settings.namespace
    common = {
        "name": found.name, "target": None, "metadata": None, "handler": found.name, "key": None, "created": True,
        "state": JobState.WAITING, "attempt": 0, "error": None, "namespace": namespace,
    }  # fmt: skip
    outlines = found.extension.outlines
    if len(outlines) >= _MOST:
        outlines.clear()
    outlines[key] = Outline(found.task, known, told(found.name, known.route, JSON, "utf-8", options), common)


def told(handler: str, route: Route, content_type: str, content_encoding: str, options: Mapping[str, Any]) -> bytes:
    """What a digest is taken of, of all that requests can have in common."""
    try:
        text: str = kombu_dumps(options, sort_keys=True) if options else "{}"  # type: ignore[no-untyped-call]
    except (TypeError, ValueError):  # a kombu.Queue, say: the route tells it as well
        text = "{}"
    return f"{_sorted([handler, route.dumps(), content_type, content_encoding])}\n{text}\n".encode()


def _key(request: JobRequest, found: Resolved) -> tuple[Any, ...]:
    task, priority = found.task, request.priority
    return (
        found.name, request.queue, request.routing_key, request.exchange, priority, type(priority), request.serializer,
        getattr(task, "durable_queue", None), getattr(task, "durable_priority", None),
    )  # fmt: skip


def _is_plain(part: Any) -> bool:
    return part is None or type(part) in (str, int, type)
