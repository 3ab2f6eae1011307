"""The client's part of a stored job as bytes: metadata, and the content of the message.

Stores keep both as they are. Lengths stand in front, so any character may be in them; what is usual takes one byte.

- metadata: None is ``b""``; else the number of pairs (2 bytes), then of each pair the lengths of key (2) and value (3)
  and both texts. An empty mapping is two zero bytes.
- content: a byte of flags (1 other content type or encoding, 2 body without its usual tail, 4 headers, 8 options), then
  in this order what is flagged: content type and encoding (1 byte of length each), headers and options as JSON (4 bytes
  of length each); then the body.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from celery_durable_jobs.model.record import Content

TAIL = b', {"callbacks": null, "errbacks": null, "chain": null, "chord": null}]'
"""How Celery's JSON bodies end where a task has no links: stored once, here."""

_OTHER_TYPE, _NO_TAIL, _HEADERS, _OPTIONS = 1, 2, 4, 8
_DEFAULT = ("application/json", "utf-8")


def encode_metadata(metadata: Mapping[str, str] | None) -> bytes:
    """The stored form; ``b""`` for None."""
    if metadata is None:
        return b""
    parts = [len(metadata).to_bytes(2, "big")]
    for key, value in metadata.items():
        key_bytes, value_bytes = to_bytes(key), to_bytes(value)
        parts += [len(key_bytes).to_bytes(2, "big"), len(value_bytes).to_bytes(3, "big"), key_bytes, value_bytes]
    return b"".join(parts)


def decode_metadata(stored: bytes) -> dict[str, str] | None:
    """The inverse of ``encode_metadata``."""
    if not stored:
        return None
    metadata: dict[str, str] = {}
    at = 2
    for _ in range(int.from_bytes(stored[:2], "big")):
        key_at = at + 5
        value_at = key_at + int.from_bytes(stored[at : at + 2], "big")
        end = value_at + int.from_bytes(stored[at + 2 : key_at], "big")
        metadata[to_text(stored[key_at:value_at])] = to_text(stored[value_at:end])
        at = end
    return metadata


def encode_content(content: Content) -> bytes:
    """The stored form. Headers and options must be JSON values (the client has seen to it)."""
    flags, parts = 0, [b""]
    kind = (content.content_type, content.content_encoding)
    if kind != _DEFAULT:
        flags |= _OTHER_TYPE
        parts += [_short(text) for text in kind]
    if content.headers:
        flags |= _HEADERS
        parts.append(_json(content.headers))
    if content.options:
        flags |= _OPTIONS
        parts.append(_json(content.options))
    body = content.body
    if body.endswith(TAIL):
        flags |= _NO_TAIL
        body = body[: -len(TAIL)]
    parts[0] = bytes((flags,))
    parts.append(body)
    return b"".join(parts)


def decode_content(stored: bytes) -> Content:
    """The inverse of ``encode_content``."""
    flags, at = stored[0], 1
    kind: tuple[str, str] = _DEFAULT
    if flags & _OTHER_TYPE:
        first_end = at + 1 + stored[at]
        second_end = first_end + 1 + stored[first_end]
        kind = (to_text(stored[at + 1 : first_end]), to_text(stored[first_end + 1 : second_end]))
        at = second_end
    loaded: dict[int, dict[str, Any]] = {}
    for flag in (_HEADERS, _OPTIONS):
        if flags & flag:
            end = at + 4 + int.from_bytes(stored[at : at + 4], "big")
            loaded[flag] = json.loads(stored[at + 4 : end])
            at = end
    body = stored[at:] + TAIL if flags & _NO_TAIL else stored[at:]
    return Content(body, *kind, headers=loaded.get(_HEADERS, {}), options=loaded.get(_OPTIONS, {}))


class Form(NamedTuple):
    """``kind``: what the content is beside headers and body, as bytes; ``headers``: their JSON, ``{}`` for none."""

    kind: bytes
    headers: bytes


def form_of(content: Content) -> Form:
    """What many jobs' contents have in common, as the scripts find it in the stored form."""
    stored = encode_content(content)
    flags, at, kinds = stored[0], 1, [bytes((stored[0] & (_OTHER_TYPE | _OPTIONS),))]
    if flags & _OTHER_TYPE:
        first_end = at + 1 + stored[at]
        end = first_end + 1 + stored[first_end]
        kinds.append(stored[at:end])
        at = end
    headers = b"{}"
    if flags & _HEADERS:
        end = at + 4 + int.from_bytes(stored[at : at + 4], "big")
        headers, at = stored[at + 4 : end], end
    if flags & _OPTIONS:
        end = at + 4 + int.from_bytes(stored[at : at + 4], "big")
        kinds.append(stored[at:end])
    return Form(b"".join(kinds), headers)


def to_bytes(text: str) -> bytes:
    """UTF-8, of any Python string."""
    return text.encode("utf-8", "surrogatepass")


def to_text(data: bytes) -> str:
    """The inverse of ``to_bytes``."""
    return data.decode("utf-8", "surrogatepass")


def _short(text: str) -> bytes:
    data = to_bytes(text)
    return bytes((len(data),)) + data


def _json(value: Mapping[str, Any]) -> bytes:
    data = json.dumps(dict(value), separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return len(data).to_bytes(4, "big") + data
