"""A message's body: Celery's triple ``(args, kwargs, embed)``, encoded by Kombu."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from kombu import compression as kombu_compression
from kombu import serialization
from kombu.exceptions import SerializerNotInstalled
from kombu.utils import json as kombu_json

from celery_durable_jobs.errors import InvalidJobError, UnserializableError

REPR_LIMIT = 200
JSON = "application/json"

_serialize: Any = serialization.dumps
_compress: Any = kombu_compression.compress

_MARKERS = {"datetime", "date", "time", "decimal", "uuid", "bytes", "base64"}
"""Kombu's own JSON types. Types that an app registers are left alone: decoding one may run the app's code."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """``compression`` is the name for the header ``compression``, or None."""

    body: bytes
    content_type: str
    content_encoding: str
    compression: str | None = None


def encode(body: Any, serializer: str | None, compression: str | None) -> Encoded:
    """Serialize and compress a protocol-2 body as ``kombu.Producer.publish`` does.

    :raises UnserializableError: naming the argument (``args``, ``kwargs``, ``link``, ``serializer``, ``compression``).
    """
    try:
        content_type, content_encoding, data = _serialize(body, serializer=serializer)
    except SerializerNotInstalled:
        raise UnserializableError(
            f"no serializer {serializer!r} is registered with Kombu", argument="serializer", value=serializer
        ) from None
    except Exception as error:
        raise _culprit(body, serializer, error) from error
    raw: bytes = data.encode() if isinstance(data, str) else bytes(data)
    if not compression:
        return Encoded(raw, content_type, content_encoding)
    try:
        raw, name = _compress(raw, compression)
    except KeyError:
        raise UnserializableError(
            f"no compression {compression!r} is registered with Kombu", argument="compression", value=compression
        ) from None
    return Encoded(raw, content_type, content_encoding, name)


def _culprit(body: Any, serializer: str | None, error: Exception) -> InvalidJobError:
    args, kwargs, embed = body
    for argument, value in (("args", args), ("kwargs", kwargs), ("link", embed)):
        try:
            _serialize(value, serializer=serializer)
        except Exception as reason:
            return UnserializableError(
                f"{argument} can't be encoded by {serializer or 'json'}: {reason}: {short_repr(value)}",
                argument=argument,
                value=value,
            )
    return UnserializableError(f"the arguments can't be encoded by {serializer or 'json'}: {error}", argument="args")


def short_repr(value: object, limit: int = REPR_LIMIT) -> str:
    """A repr that never raises, cut to ``limit`` characters."""
    try:
        text = repr(value)
    except Exception:
        text = f"<{type(value).__name__} without a repr>"
    return text if len(text) <= limit else f"{text[: limit - 3]}..."


def decode_arguments(body: bytes) -> tuple[tuple[Any, ...], dict[str, Any]] | None:
    """``args, kwargs`` of a JSON body, for showing only: None where it is no body of ours.

    Whether a worker can decode it is the worker's to find out.
    """
    try:
        args, kwargs, _ = json.loads(body, object_hook=_known_types)
    except (ValueError, TypeError, RecursionError):
        return None
    if not isinstance(args, list) or not isinstance(kwargs, dict):
        return None
    return tuple(args), kwargs


def _known_types(value: dict[str, Any]) -> Any:
    if value.keys() == {"__type__", "__value__"} and value["__type__"] in _MARKERS:
        try:
            return kombu_json.object_hook(value)
        except Exception:
            return value
    return value


def reprs(app: Any, args: Any, kwargs: Any) -> tuple[str, str]:
    """``argsrepr`` and ``kwargsrepr`` as Celery's ``as_task_v2`` makes them."""
    message = app.amqp.as_task_v2("", "", args, kwargs)
    return message.headers["argsrepr"], message.headers["kwargsrepr"]
