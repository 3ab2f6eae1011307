"""The quick way to one reply, and which adds share a call."""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps import Add, Get
from celery_durable_jobs.stores.redis.quick import Unreadable, exchange
from celery_durable_jobs.stores.redis.replies import Reply
from celery_durable_jobs.stores.redis.together import Pace, together
from celery_durable_jobs.stores.redis.wire import command

REPLIES: Any = st.recursive(
    st.none() | st.integers(-(2**63), 2**63 - 1) | st.binary(max_size=200),
    lambda inner: st.lists(inner, max_size=5),
    max_leaves=10,
)


def written(value: Any) -> bytes:
    """A reply in Redis's protocol."""
    if value is None:
        return b"$-1\r\n"
    if isinstance(value, bytes):
        return b"$%d\r\n%b\r\n" % (len(value), value)
    if isinstance(value, list):
        return b"*%d\r\n" % len(value) + b"".join(map(written, value))
    return b":%d\r\n" % value


def asked(pieces: Sequence[bytes]) -> Any:
    """What ``exchange`` makes of a server that answers in these pieces."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(10)
        for piece in pieces:
            theirs.sendall(piece)
        theirs.shutdown(socket.SHUT_WR)
        return exchange(ours, command([b"PING"]))


@given(REPLIES)
def test_what_the_server_says(value: Any) -> None:
    assert asked([written(value)]) == value


def test_a_reply_in_pieces() -> None:
    whole = written([1, b"a\r\nb", None, [b"", -5]])
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(10)

        def answer() -> None:
            for at in range(len(whole)):
                theirs.sendall(whole[at : at + 1])

        server = threading.Thread(target=answer)
        server.start()
        assert exchange(ours, b"x") == [1, b"a\r\nb", None, [b"", -5]]
        server.join()


def test_an_error_is_a_reply() -> None:
    told = asked([b"-NOSCRIPT No matching script\r\n"])
    assert isinstance(told, Reply)
    assert str(told) == "NOSCRIPT No matching script"


@pytest.mark.parametrize(
    ("pieces", "error"),
    [
        ([b""], ConnectionResetError),
        ([b"$5\r\nab"], ConnectionResetError),
        ([b":1\r\n:2\r\n"], Unreadable),
        ([b">2\r\n$1\r\na\r\n:1\r\n"], Unreadable),
        ([b"\x16\x03\x01\r\n"], Unreadable),
    ],
)
def test_what_makes_no_sense(pieces: list[bytes], error: type[Exception]) -> None:
    with pytest.raises(error):
        asked(pieces)


ADD = Add("1--" + "a" * 27, "h", Route(), When(after_us=1), Content(b"x" * 100), b"digest00")


def test_adds_of_one_stripe_handler_and_route_share_a_call() -> None:
    other, elsewhere = replace(ADD, handler="other"), replace(ADD, job_id="1-0" + "a" * 27)
    groups, left = together([ADD, other, ADD, elsewhere, ADD, replace(ADD, route=Route("mail"))], 2)
    assert (groups, left) == ([[0, 2], [1], [3], [4], [5]], [])


def test_large_ones_share_less() -> None:
    large = replace(ADD, content=Content(b"x" * 200_000))
    assert together([large] * 5, 100)[0] == [[0, 1], [2, 3], [4]]


def test_what_is_large_beside_the_arguments_counts_too() -> None:
    described = replace(ADD, metadata={"a": "ü" * 100_000})
    headed = replace(ADD, content=replace(ADD.content, headers={"a": "x" * 200_000}))
    for large in (described, headed):
        assert together([large] * 5, 100)[0] == [[0, 1], [2, 3], [4]]


def test_the_second_of_a_key_comes_after_all() -> None:
    keyed = replace(ADD, key="k")
    groups, left = together([keyed, ADD, replace(keyed, handler="other"), keyed, replace(keyed, target="t")], 100)
    assert (groups, left) == ([[0, 1, 4]], [2, 3])


def test_among_other_requests_each_goes_by_itself() -> None:
    assert together([ADD, Get(ADD.job_id), ADD], 100) == ([[0], [1], [2]], [])


def test_the_pace() -> None:
    pace = Pace()
    for _ in range(20):
        pace.took(pace.jobs, 10 * pace.jobs)
    assert pace.jobs == 300, "3 ms at 10 µs each"
    pace.took(300, 60_000)
    assert pace.jobs == 15, "slow at once"
    pace.took(15, 0)
    assert pace.jobs == 15, "nobody knows"
