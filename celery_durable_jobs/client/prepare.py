"""From a request to the store's own: resolve, check everything, encode. Nothing is stored here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.client import outlines, signature_options, times, validate
from celery_durable_jobs.client.handlers import Resolved, resolve
from celery_durable_jobs.client.outlines import Fresh
from celery_durable_jobs.errors import InvalidJobError, InvalidLabelError, PayloadTooLargeError
from celery_durable_jobs.jobs import JobRequest
from celery_durable_jobs.messages.capture import capture
from celery_durable_jobs.model.identity import job_id_of, seed_time_us
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.when import When
from celery_durable_jobs.settings import Settings
from celery_durable_jobs.steps import Add

_MESSAGE = ("queue", "routing_key", "exchange", "priority", "serializer")
"""Options that go through to Celery as they are."""

_TIMES = ("eta", "countdown", "expires")

_sorted = json.JSONEncoder(sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request ready to be sent; ``size`` is about what it weighs in a call, in bytes.

    ``common``: what a ``DurableJob`` made of it has in common with others like it; None where it has much of its own.
    """

    extension: Any
    request: JobRequest
    add: Add
    due_us: int
    size: int
    common: Mapping[str, Any] | None = None


def prepare(request: JobRequest, extension: Any = None, fresh: Fresh | None = None) -> Prepared:
    """Make the ``Add`` of a request: of the same request always the same.

    :param fresh: outlines that need no further look: those that this call has looked at already.
    :raises InvalidJobError: (its subclasses) anything about it is wrong.
    :raises ConfigurationError: no app can be told, or a setting is wrong.
    """
    if not isinstance(request, JobRequest):
        raise InvalidJobError(
            f"a JobRequest is wanted, not {validate.short(request)}", argument="request", value=request
        )
    found = resolve(request.handler, extension)
    settings: Settings = found.extension.settings
    now = seed_time_us(request.seed)
    due, expires = _times(request, found, now)
    args, kwargs = validate.arguments(
        found.args if request.args is None else request.args,
        found.kwargs if request.kwargs is None else request.kwargs,
    )
    if found.task is not None:
        validate.bind(found.task, args, kwargs)
    name, target, key = request.name, request.target, request.key
    if name is not None:
        name = validate.label("name", name)
    if target is not None:
        target = validate.label("target", target)
    if key is not None:
        key = validate.label("key", key)
    metadata = request.metadata
    if metadata is not None:
        metadata = validate.metadata(
            metadata, most_entries=settings.max_metadata_entries, most_bytes=settings.max_metadata_size
        )
    on_conflict, key_until = request.on_conflict, request.key_until
    if on_conflict != "return" or key_until != "started":
        on_conflict = validate.choice("on_conflict", on_conflict, validate.CONFLICTS)
        key_until = validate.choice("key_until", key_until, validate.KEY_UNTIL)
        if key is None and (on_conflict != "return" or key_until != "started"):
            raise InvalidLabelError("on_conflict= and key_until= go with key=", argument="key")
    due_us = due.resolve(now)
    job_id = job_id_of(
        request.seed,
        due_us=due_us,
        shard_duration_us=settings.shard_duration_us,
        stripes=settings.shard_stripes,
        target=target,
        key=key,
    )
    outline = outlines.find(request, found, fresh)
    content = outline.known.content_of(args, kwargs) if outline is not None else None
    if outline is not None and content is not None:
        size = weigh(content, settings.max_payload)
        route, told = outline.known.route, outline.told
    else:
        options = message_options(request, found)
        captured = capture(found.extension.app, found.task or found.name, args, kwargs, options, job_id=job_id)
        route, content = captured.route, captured.content
        size = weigh(content, settings.max_payload)
        told = outlines.told(found.name, route, content.content_type, content.content_encoding, options)
        if outline is None:
            outlines.learn(request, found, options)
    plain = name is None and target is None and key is None and metadata is None
    add = Add(
        job_id, found.name, route, due, content,
        _digest(told, content.body, due, expires, name, target, metadata, key, on_conflict, key_until, plain=plain),
        name, target, metadata, key, on_conflict, key_until, expires,
    )  # fmt: skip
    if plain:
        common = outline.common if outline is not None else None
        return Prepared(found.extension, request, add, due_us, size + 200 + len(found.name), common)
    return Prepared(found.extension, request, add, due_us, size + _labels(add))


def message_options(request: JobRequest, found: Resolved) -> dict[str, Any]:
    """The options for Celery: the handler's own, then the signature's, then the request's.

    :raises UnknownOptionError: a signature's option doesn't exist, or means nothing to a job.
    """
    known = signature_options.check(found.extension.app, found.task, found.options)
    options = {name: value for name, value in known.items() if name not in _TIMES}
    if request.queue is not None:
        _drop(options, "exchange", "routing_key")  # of another queue
    if request.exchange is not None:
        _drop(options, "queue")
    headers = {**(validate.headers(options.pop("headers", None)) or {}), **(validate.headers(request.headers) or {})}
    for name in _MESSAGE:
        value = getattr(request, name)
        if value is not None:
            options[name] = value
    if found.task is not None:
        if not any(options.get(name) is not None for name in ("queue", "exchange", "routing_key")):
            queue = getattr(found.task, "durable_queue", None)
            if queue is not None:
                options["queue"] = queue
        priority = getattr(found.task, "durable_priority", None)
        if options.get("priority") is None and priority is not None:
            options["priority"] = priority
    if headers:
        options["headers"] = headers
    return options


def _drop(options: dict[str, Any], *names: str) -> None:
    for name in names:
        options.pop(name, None)


def weigh(content: Content, limit: int) -> int:
    """The bytes of body, headers and options.

    :raises PayloadTooLargeError: body, or headers and options, exceed ``durable_jobs_max_payload``.
    """
    body = len(content.body)
    rest = len(json.dumps([content.headers, content.options])) if content.headers or content.options else 0
    for argument, what, size in (("args", "encoded arguments", body), ("headers", "headers and options", rest)):
        if size > limit:
            raise PayloadTooLargeError(
                f"the {what} have {size:,} bytes, and {limit:,} is the limit (durable_jobs_max_payload): "
                "store them elsewhere, and schedule a reference",
                argument=argument,
                value=size,
                limit=limit,
            )
    return body + rest


def _times(request: JobRequest, found: Resolved, now: int) -> tuple[When, When | None]:
    eta, countdown = request.eta, request.countdown
    if eta is None and countdown is None:  # a keyword wins over the signature's eta or countdown, whichever it has
        eta, countdown = found.options.get("eta"), found.options.get("countdown")
    due = times.due_when(found.extension.app, eta, countdown, now=now)
    expires = request.expires
    if expires is None:
        expires = found.options.get("expires")
    if expires is None and found.task is not None:
        expires = getattr(found.task, "expires", None)
    until = times.expires_when(found.extension.app, expires, now=now)
    times.refuse_expired(due, until, now=now)
    return due, until


def _digest(
    told: bytes, body: bytes, due: When, expires: When | None, name: str | None, target: str | None,
    metadata: Mapping[str, str] | None, key: str | None, on_conflict: str, key_until: str, *, plain: bool,
) -> bytes:  # fmt: skip
    """8 bytes over what the caller asked for.

    The headers that receivers of ``before_task_publish`` add (a trace id, say) are left out: they differ each time
    that one request is sent.
    """
    if plain and expires is None:  # the usual, without JSON's way to say it
        said = f"{due.at_us},{due.after_us}"
    else:
        until = expires and [expires.at_us, expires.after_us]
        said = _sorted([due.at_us, due.after_us, until, name, target, metadata, key, on_conflict, key_until])
    return blake2b(b"%b%b\n%b" % (told, said.encode(), body), digest_size=8).digest()


def _labels(add: Add) -> int:
    texts = (add.handler, add.name, add.target, add.key, *(add.metadata or {}), *(add.metadata or {}).values())
    return 200 + sum(len(text.encode()) for text in texts if text)
