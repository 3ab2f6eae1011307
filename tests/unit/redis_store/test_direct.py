"""begin and finish go by hand where nothing is unusual, and by the general way where something is."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from celery_durable_jobs.errors import StoreUnavailableError
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Begin, Begun, Finish, FinishKind, Keepers, Refusal, Refused
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.stores.redis.direct import Unusual, _ask
from celery_durable_jobs.testing import StoreDriver

REPLY = b"*4\r\n$5\r\nbegun\r\n:-7\r\n*2\r\n$0\r\n\r\n$-1\r\n$4\r\n\r\n\r\n\r\n"
MEANT = [b"begun", -7, [b"", None], b"\r\n\r\n"]


def _direct(store: RedisStore, request: Any) -> Any:
    assert store._direct is not None
    return store._direct.send(request, 5.0)


def test_both_ways_answer_alike(store: RedisStore, jobs: StoreDriver) -> None:
    """And the same request again, whichever way it goes."""
    job = jobs.sent()
    begin, finish = Begin(job.id, job.generation, "d1"), Finish(job.id, "d1", FinishKind.SUCCEED)
    [begun] = store.send_many([begin])
    assert isinstance(begun, Begun)
    assert _direct(store, begin) == begun
    refused = _direct(store, Begin(job.id, job.generation, "d2"))
    assert isinstance(refused, Refused)
    assert refused.why is Refusal.BEGUN
    finished = store.send(finish)
    assert not isinstance(finished, Refused)
    assert finished.state is JobState.SUCCEEDED
    assert _direct(store, finish) == finished


def test_a_finish_and_the_next_begin_travel_together(store: RedisStore, jobs: StoreDriver) -> None:
    """Whether by hand or, when a connection had died, by the general way: each has its own answer."""
    first, second = jobs.sent(), jobs.sent()
    store.send(Begin(first.id, first.generation, "d1"))
    both = [Finish(first.id, "d1", FinishKind.SUCCEED), Begin(second.id, second.generation, "d2", content=True)]
    assert store._direct is not None
    finished, begun = store._direct.send_all(both, 5.0)  # type: ignore[arg-type]
    assert finished.state is JobState.SUCCEEDED
    assert (begun.job.id, begun.job.content) == (second.id, second.content)
    assert store.send_many(both) == [finished, begun]
    for connection in store._connections._idle:
        connection._sock.shutdown(socket.SHUT_RDWR)
    assert store.send_many(both) == [finished, begun]
    store.close()
    assert store.send_many(both) == [finished, begun]


def test_what_has_no_connection_goes_the_general_way(store: RedisStore, jobs: StoreDriver) -> None:
    """As does the next call after one whose connection had died."""
    job = jobs.sent()
    begin = Begin(job.id, job.generation, "d1")
    begun = store.send(begin)
    for connection in store._connections._idle:
        connection._sock.shutdown(socket.SHUT_RDWR)
    with pytest.raises(Unusual) as unusual:
        _direct(store, begin)
    assert unusual.value.sent
    for connection in store._connections._idle:
        connection._sock.shutdown(socket.SHUT_RDWR)
    assert store.send(begin) == begun
    store.close()
    with pytest.raises(Unusual) as unusual:
        _direct(store, begin)
    assert not unusual.value.sent
    assert store.send(begin) == begun


@pytest.mark.parametrize("size", [1, 7, len(REPLY)])
def test_a_reply_may_come_in_pieces(size: int) -> None:
    """However it is cut."""
    ours, theirs = socket.socketpair()
    with ours, theirs:

        class Slow:
            """Takes a few bytes at a time."""

            def __getattr__(self, name: str) -> Any:
                return getattr(ours, name)

            def recv(self, _size: int) -> bytes:
                return ours.recv(size)

        theirs.sendall(REPLY)
        assert _ask(Slow(), b"x", 5.0) == MEANT
        theirs.sendall(b"-NOSCRIPT No matching script\r\n")
        assert _ask(Slow(), b"x", 5.0) is None
        theirs.sendall(REPLY[:9])
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(EOFError):
            _ask(Slow(), b"x", 5.0)


def test_what_is_no_reply_or_more_than_one_ends_the_connection() -> None:
    """Nothing that follows could be trusted."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for data in (b"HTTP/1.1 400\r\n", b":1\r\n:2\r\n"):
            theirs.sendall(data)
            with pytest.raises(ValueError, match="reply"):
                _ask(ours, b"x", 5.0)


def test_what_may_have_been_done_is_said_to_be(store: RedisStore, jobs: StoreDriver, server: Any) -> None:
    """The direct call was sent and lost; the general way then finds nobody."""
    job = jobs.sent()
    begin = Begin(job.id, job.generation, "d1")
    store.send(begin)
    for connection in store._connections._idle:
        connection._sock.shutdown(socket.SHUT_RDWR)
    store._connections._address.connection_arguments = lambda timeout: {"host": "127.0.0.1", "port": 1}  # type: ignore[method-assign]
    with pytest.raises(StoreUnavailableError) as error:
        store.send(begin, timeout=0.2)
    assert error.value.maybe_done


def test_a_posted_finish_is_answered_later(store: RedisStore, jobs: StoreDriver) -> None:
    """Other calls go on meanwhile, on other connections."""
    job = jobs.sent()
    store.send(Begin(job.id, job.generation, "d1"))
    finish = Finish(job.id, "d1", FinishKind.SUCCEED)
    answer = store.post(finish)
    assert answer is not None
    assert jobs.get(job.id).state in (JobState.RUNNING, JobState.SUCCEEDED)
    finished = answer()
    assert finished == store.send(finish)
    assert not isinstance(finished, Refused)
    assert finished.state is JobState.SUCCEEDED


def test_a_posted_finish_whose_connection_dies_is_known_to_be_in_doubt(store: RedisStore, jobs: StoreDriver) -> None:
    """And nothing is posted where there is no idle connection."""
    job = jobs.sent()
    store.send(Begin(job.id, job.generation, "d1"))
    finish = Finish(job.id, "d1", FinishKind.SUCCEED)
    for connection in store._connections._idle:
        connection._sock.shutdown(socket.SHUT_RD)
    answer = store.post(finish)
    assert answer is not None
    with pytest.raises(StoreUnavailableError) as error:
        answer()
    assert error.value.maybe_done
    assert store.post(Keepers()) is None
    store.close()
    assert store.post(finish) is None
    finished = store.send(finish)
    assert not isinstance(finished, Refused)
    assert finished.state is JobState.SUCCEEDED
