"""Other arguments for a job that is stored: all else of its message stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kombu import compression, serialization

from celery_durable_jobs.client import validate
from celery_durable_jobs.client.prepare import weigh
from celery_durable_jobs.errors import UnserializableError
from celery_durable_jobs.messages.body import JSON, encode, reprs
from celery_durable_jobs.messages.capture import SHOWN_BODY
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.steps import UNSET

REPRS = ("argsrepr", "kwargsrepr")

# Kombu has no types.
_decompress: Any = compression.decompress
_loads: Any = serialization.loads
_accepted: Any = serialization.prepare_accept_content


def with_arguments(app: Any, handler: str, content: Content, args: Any, kwargs: Any, *, limit: int) -> Content:
    """``content`` with other ``args`` or ``kwargs``; UNSET keeps those that it has.

    :raises InvalidArgumentsError: they are no arguments, or don't bind to the handler's signature.
    :raises UnserializableError: they can't be encoded, or the stored ones not be read.
    :raises PayloadTooLargeError: they are too large.
    """
    headers = dict(content.headers)
    packed = headers.get("compression")
    old_args, old_kwargs, embed = _decode(app, content, packed)
    new_args, new_kwargs = validate.arguments(
        old_args if args is UNSET else args, old_kwargs if kwargs is UNSET else kwargs
    )
    task = app.tasks.get(handler)
    serializer = _serializer_of(content)
    if task is not None:
        validate.bind(task, new_args, new_kwargs)
        dump = getattr(task, "_dump_pydantic_arguments", None)  # since Celery 5.7
        if dump is not None and serializer != "pickle":
            new_args, new_kwargs = dump(new_args, new_kwargs)
    encoded = encode((new_args, new_kwargs, embed), serializer, packed)
    # Of a body that a keeper would show by itself, stored ones are the user's own: what they hide stays hidden.
    own = _shown(content.content_type, packed, content.body)
    if not own:
        for name in REPRS:
            headers.pop(name, None)
    if not _shown(encoded.content_type, encoded.compression, encoded.body):
        shown = dict(zip(REPRS, reprs(app, new_args, new_kwargs), strict=True))
        headers = {**shown, **headers}
    changed = replace(
        content,
        body=encoded.body,
        content_type=encoded.content_type,
        content_encoding=encoded.content_encoding,
        headers=headers,
    )
    weigh(changed, limit)
    return changed


def _shown(content_type: str, packed: str | None, body: bytes) -> bool:
    """Whether a keeper decodes such a body to show its arguments."""
    return content_type == JSON and not packed and len(body) <= SHOWN_BODY


def _decode(app: Any, content: Content, packed: str | None) -> tuple[list[Any], Mapping[str, Any], Mapping[str, Any]]:
    try:
        body = _decompress(content.body, packed) if packed else content.body
        accept = _accepted(app.conf.accept_content)
        args, kwargs, embed = _loads(body, content.content_type, content.content_encoding, accept)
    except Exception as error:
        raise UnserializableError(
            f"the job's present arguments can't be read here: {error}", argument="args", value=content.content_type
        ) from error
    return args, kwargs, embed


def _serializer_of(content: Content) -> str:
    name = serialization.registry.type_to_name.get(content.content_type)
    if name is None:
        raise UnserializableError(
            f"no serializer for {content.content_type!r} is registered with Kombu here",
            argument="args",
            value=content.content_type,
        )
    return str(name)
