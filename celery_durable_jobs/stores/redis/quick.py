"""One script call over a connection that is well, with as little between them as can be.

This is the usual case of a client's or worker's call. ``connection.py`` has the ordinary way, which knows all that can
go wrong; whatever is not as usual here goes that way.
"""

from __future__ import annotations

import socket
from typing import Any

from celery_durable_jobs.stores.redis.replies import Reply

_MOST = 65_536


class Unreadable(Exception):
    """The server says what none of our scripts answers: the stream makes no sense any more."""


def can_be_quick(connection: Any) -> bool:
    """Whether its socket is a plain one, and nothing that was read waits in redis-py."""
    return type(connection._sock) is _SOCKET and getattr(connection._parser, "_buffer", None) is not None


def exchange(sock: socket.socket, packed: bytes) -> Any:
    """Send a call and read its reply: a value, or a ``Reply`` as an error.

    :raises OSError: the connection broke, or the socket's timeout was over.
    :raises Unreadable: so it is.
    """
    sock.sendall(packed)
    data = sock.recv(_MOST)
    if not data:
        raise ConnectionResetError("the server closed the connection")
    while True:
        try:
            value, at = _value(data, 0)
        except _Unfinished:
            more = sock.recv(_MOST)
            if not more:
                raise ConnectionResetError("the server closed the connection") from None
            data += more
        else:
            break
    if at != len(data):
        raise Unreadable("more than a reply")
    return value


class _Unfinished(Exception):
    """The rest of a reply has not come yet."""


def _value(data: bytes, at: int) -> tuple[Any, int]:
    """The value that begins at ``at``, and where it ends."""
    end = data.find(b"\r\n", at)
    if end < 0:
        raise _Unfinished
    kind = data[at]
    if kind == 36:  # $
        length = int(data[at + 1 : end])
        if length < 0:
            return None, end + 2
        start = end + 2
        end = start + length
        if len(data) < end + 2:
            raise _Unfinished
        return data[start:end], end + 2
    if kind == 58:  # :
        return int(data[at + 1 : end]), end + 2
    if kind == 42:  # *
        count, at = int(data[at + 1 : end]), end + 2
        if count < 0:
            return None, at
        values = []
        for _ in range(count):
            value, at = _value(data, at)
            values.append(value)
        return values, at
    if kind == 45:  # -
        return Reply(data[at + 1 : end].decode("utf-8", "replace")), end + 2
    if kind == 43:  # +
        return data[at + 1 : end], end + 2
    raise Unreadable(repr(data[at : at + 20]))


_SOCKET = socket.socket
