"""begin and finish, packed and read by hand: the two calls that each run of a job pays for.

A call goes straight to the socket of an idle connection, and its reply is read from there, without the general way's
plans, rounds and batches. That one has loaded the script, knows the server, bounds and repeats. So whatever is unusual
here (no idle connection, an error in place of a reply, trouble, silence) comes to nothing, and the general way asks
again: of these two, the same request gets the same answer however often it arrives.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.steps import Begin, Finish
from celery_durable_jobs.stores.redis.connection import Connections
from celery_durable_jobs.stores.redis.effort import SHARE
from celery_durable_jobs.stores.redis.plans import workers
from celery_durable_jobs.stores.redis.plans.context import Context
from celery_durable_jobs.stores.redis.scripts import Form, script
from celery_durable_jobs.stores.redis.wire import Wire, call

SIP = 4096
"""Bytes that one look at the socket takes; usual replies are far below."""

_NOTHING = b"$0\r\n\r\n"


class Unusual(Exception):
    """It came to nothing. ``sent``: it may have taken effect all the same."""

    def __init__(self, *, sent: bool) -> None:
        super().__init__(sent)
        self.sent = sent


class _Call(NamedTuple):
    script: str
    args: Callable[[Any], tuple[bytes, ...]]
    answer: Callable[[Any], Any]


CALLS = {
    Begin: _Call("begin", workers.begin_args, workers.begun),
    Finish: _Call("finish", workers.finish_args, workers.finished),
}
"""What is called so."""


class _InStep:
    """A connection on which something fails is closed: what would come next on it belongs to nobody."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, traceback: Any) -> None:
        if error is None:
            return
        self._connection.disconnect()
        if isinstance(error, (OSError, EOFError, ValueError, AttributeError)):
            raise Unusual(sent=True) from error


class Direct:
    """The direct way to one server. Safe in threads (one connection, one call), and after a fork."""

    def __init__(self, context: Context, connections: Connections) -> None:
        self._context = context
        self._connections = connections
        self._heads: dict[tuple[str, int, Form], bytes] = {}

    def send(self, request: Begin | Finish, timeout: float) -> Any:
        """The answer of a request.

        :raises Unusual: there is none; nothing is known of it, and the general way is to ask again.
        """
        [answer] = self.send_all((request,), timeout)
        return answer

    def post(self, request: Begin | Finish, timeout: float) -> Callable[[], Any]:
        """Send a request; what is answered reads the answer, and is to be called once. Others may send meanwhile.

        :raises Unusual: it isn't sent, or nothing is known of it; the answer's reader raises it too.
        """
        way = CALLS[type(request)]
        args = way.args(request)
        connection, form = self._idle()
        packed = self._packed(way.script, parse_job_id(request.job_id).stripe, args, form)
        limit = timeout * SHARE
        with _InStep(connection):
            _put(connection._sock, packed, limit)

        def answer() -> Any:
            with _InStep(connection):
                [reply] = _replies(connection._sock, limit, 1)
            self._connections.give_back(connection)
            if reply is None:
                raise Unusual(sent=True)
            return way.answer(reply)

        return answer

    def send_all(self, requests: Sequence[Begin | Finish], timeout: float) -> list[Any]:
        """The answers of a few requests, in one round trip.

        :raises Unusual: there are none; nothing is known of any, and the general way is to ask again.
        """
        ways = [CALLS[type(request)] for request in requests]
        args = [way.args(request) for way, request in zip(ways, requests, strict=True)]
        connection, form = self._idle()
        packed = b"".join(
            [
                self._packed(way.script, parse_job_id(request.job_id).stripe, each, form)
                for way, request, each in zip(ways, requests, args, strict=True)
            ]
        )
        with _InStep(connection):
            replies = _ask_all(connection._sock, packed, timeout * SHARE, len(requests))
        self._connections.give_back(connection)
        if None in replies:
            raise Unusual(sent=len(requests) > 1)
        return [way.answer(reply) for way, reply in zip(ways, replies, strict=True)]

    def _idle(self) -> tuple[Any, Form]:
        idle = self._connections.idle_one()
        if idle is None:
            raise Unusual(sent=False)
        return idle

    def _packed(self, name: str, stripe: int, args: tuple[bytes, ...], form: Form) -> bytes:
        now = self._context.now()
        place = name, stripe, form
        head = self._heads.get(place)
        if head is None or now:
            wire = self._context.wire(name, stripe, (b"",) * len(args))
            step = script(name, form)
            packed = call(step.verb, step.name, Wire(name, wire.keys, wire.args))
            head = packed[: len(packed) - len(args) * len(_NOTHING)]
            if not now:
                self._heads[place] = head
        return head + b"".join([b"$%d\r\n%b\r\n" % (len(each), each) for each in args])


def _ask(sock: Any, packed: bytes, limit: float) -> Any:
    """As ``_ask_all``, of one command."""
    [reply] = _ask_all(sock, packed, limit, 1)
    return reply


def _ask_all(sock: Any, packed: bytes, limit: float, count: int) -> list[Any]:
    """Send so many commands and read their replies: None for an error.

    :raises OSError: the connection is lost, or so many seconds are over. :raises EOFError: it was closed.
    :raises ValueError: what came is no reply.
    """
    _put(sock, packed, limit)
    return _replies(sock, limit, count)


def _put(sock: Any, packed: bytes, limit: float) -> None:
    if sock.gettimeout() != limit:
        sock.settimeout(limit)
    sock.sendall(packed)


def _replies(sock: Any, limit: float, count: int) -> list[Any]:
    end = time.monotonic() + 2 * limit
    data: bytes = sock.recv(SIP)
    while True:
        if not data:
            raise EOFError("the server closed the connection")
        try:
            replies, at = [], 0
            for _ in range(count):
                reply, at = _read(data, at)
                replies.append(reply)
        except _Incomplete:
            if time.monotonic() > end:
                raise TimeoutError("no answer in time") from None
            more = sock.recv(16 * SIP)
            if not more:
                raise EOFError("the server closed the connection") from None
            data += more
            continue
        if at != len(data):
            raise ValueError("more than one reply to a command")
        return replies


class _Incomplete(Exception):
    """The rest of a reply is on its way."""


def _read(data: bytes, at: int) -> tuple[Any, int]:
    """A value of Redis's protocol and where it ends; None for an error and for nothing."""
    end = data.find(b"\r\n", at)
    if end < 0:
        raise _Incomplete
    kind, start = data[at], end + 2
    if kind in b"-_":
        return None, start
    if kind not in b"$:*":
        raise ValueError(f"no reply: {data[at:end]!r}")
    number = int(data[at + 1 : end])
    if kind == 58:  # a number
        return number, start
    if number < 0:
        return None, start
    if kind == 36:  # a text
        stop = start + number
        if len(data) < stop + 2:
            raise _Incomplete
        return data[start:stop], stop + 2
    items = []
    for _ in range(number):
        item, start = _read(data, start)
        items.append(item)
    return items, start
