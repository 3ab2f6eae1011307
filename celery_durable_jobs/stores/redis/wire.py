"""One script call as a value, and its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from celery_durable_jobs._dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wire:
    """``resendable``: whether it may be sent again when its reply was lost. ``may_fail``: the plan takes its error for
    an answer, and on a cluster it isn't tried again: the other nodes' answers are worth more when they come soon.
    """

    script: str
    keys: Sequence[bytes]
    args: Sequence[bytes]
    resendable: bool = True
    may_fail: bool = False


_LENGTHS = [b"$%d" % length for length in range(256)]


def command(parts: Sequence[bytes]) -> bytes:
    """A command in Redis's protocol."""
    pieces = [b"*%d" % len(parts)]
    for part in parts:
        length = len(part)
        pieces.append(_LENGTHS[length] if length < 256 else b"$%d" % length)
        pieces.append(part)
    pieces.append(b"")
    return b"\r\n".join(pieces)


def call(verb: bytes, name: bytes, wire: Wire) -> bytes:
    """The call of a script or function that the server has."""
    return command([verb, name, b"%d" % len(wire.keys), *wire.keys, *wire.args])


def flat(items: Iterable[Iterable[Any]]) -> list[bytes]:
    """Texts, bytes and numbers of all items, one after the other, as bytes."""
    return [raw(part) for item in items for part in item]


def raw(part: Any) -> bytes:
    """An argument: bytes as they are, numbers and texts written out, None as nothing."""
    if isinstance(part, bytes):
        return part
    if part is None:
        return b""
    if isinstance(part, str):
        return part.encode("utf-8", "surrogatepass")
    return b"%d" % part
