"""A message's body: Celery's triple ``(args, kwargs, embed)``, encoded by Kombu."""

from __future__ import annotations

import json
from typing import Any

from kombu import compression as kombu_compression
from kombu import serialization
from kombu.exceptions import SerializerNotInstalled
from kombu.utils import json as kombu_json

from celery_durable_jobs._dataclasses import dataclass
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


NO_LINKS = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}
"""The third of Celery's triple, where a task has no links."""

_TAIL = f", {json.dumps(NO_LINKS)}]".encode()


def encode_quickly(args: Any, kwargs: Any, serializer: str | None) -> bytes | None:
    """The body of ``(args, kwargs, NO_LINKS)`` as ``encode`` would make it; None where that has to be asked.

    It is the encoder that Kombu's ``dumps`` makes anew for each call, kept: no text differs.
    """
    if _encoder is None or serializer != "json" or _registry._encoders.get("json") != _KOMBUS:
        return None
    try:
        return "".join(_encoder((args, kwargs), 0))[:-1].encode() + _TAIL
    except Exception:  # ``encode`` says what is wrong
        return None


def _default(value: Any) -> Any:
    return _kombus_encoder.default(value)


def _made_once() -> Any:
    """The C encoder as ``json.dumps`` makes it for ``kombu.utils.json.dumps``, but for the mark of each container: what
    contains itself recurses here until it is refused.
    """
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    text: Any = getattr(json.encoder, "c_encode_basestring_ascii", None)
    if make is None or text is None or _KOMBUS is None or _KOMBUS[2] is not kombu_json.dumps:
        return None
    return make(None, _default, text, None, ": ", ", ", False, False, True)


_registry: Any = serialization.registry
_kombus_encoder: Any = kombu_json.JSONEncoder()
_KOMBUS: Any = _registry._encoders.get("json")
_encoder = _made_once()


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
