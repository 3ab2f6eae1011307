"""Store trouble, one kind after the other, through a proxy that makes it: each has a decided answer.

The table of ``docs/explanation/store-trouble.md``; what needs no proxy is tested in ``test_unavailable.py``,
``test_full_server.py`` and ``test_store_failover.py``.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from celery_durable_jobs.errors import StoreBrokenError, StoreFullError, StoreUnavailableError
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import CancelOutcome
from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps import AddOutcome, Cancel, Change, ChangeOutcome, Claim, Get, Identify, Term
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.support.proxy import Proxy
from tests.support.waiting import wait_until
from tests.unit.redis_store.conftest import OpenStore

if TYPE_CHECKING:
    from tests.support.servers import Server

MakeServer = Callable[..., "Server"]
CLAIM = Claim(Term("-" * 8, "1.k"), Route())


class Line:
    """A store behind a proxy, called in both ways."""

    def __init__(self, proxy: Proxy, store: RedisStore, awaited: bool) -> None:
        self.proxy = proxy
        self.store = store
        self.jobs = StoreDriver(store, MovedClock())
        self.loop = asyncio.new_event_loop() if awaited else None

    def send(self, request: Any, timeout: float | None = None) -> Any:
        if self.loop is None:
            return self.store.send(request, timeout=timeout)
        return self.loop.run_until_complete(self.store.asend(request, timeout=timeout))

    def close(self) -> None:
        if self.loop is not None:
            self.store.close()
            self.loop.run_until_complete(asyncio.sleep(0))
            self.loop.close()


@pytest.fixture(params=["blocking", "awaited"])
def line(request: pytest.FixtureRequest, server: Server, database: int, open_store: OpenStore) -> Iterator[Line]:
    """A connection stands, and the scripts are loaded."""
    with Proxy("127.0.0.1", server.port) as proxy:
        store = open_store(f"redis://127.0.0.1:{proxy.port}/{database}", timeout=3)
        made = Line(proxy, store, request.param == "awaited")
        job = made.jobs.request()
        for each in (Identify("shop", 1), job, Get(job.job_id), Cancel(job.job_id, b"0" * 16)):
            made.send(each)
        made.send(Change(job.job_id, b"1" * 16, due=When(after_us=1)))
        made.send(CLAIM)
        yield made
        made.close()


def waiting(line: Line) -> int:
    line.proxy.accept()
    return int(line.jobs.stats().counts["waiting"])


class TestDroppedConnections:
    """In the middle of a request, or of its answer."""

    def test_cut_within_a_request(self, line: Line) -> None:
        """Half of it arrived, so nothing was done; it is sent again."""
        line.proxy.cut_within_request(60)
        assert line.send(line.jobs.request()).outcome is AddOutcome.STORED
        assert waiting(line) == 1

    def test_a_lost_reply(self, line: Line) -> None:
        """It was done. Sent again, it gets the first answer."""
        line.proxy.lose_replies(1)
        request = line.jobs.request()
        assert line.send(request).outcome is AddOutcome.STORED
        line.proxy.lose_replies(1)
        change = Change(request.job_id, b"c" * 16, due=When(after_us=10_000_000))
        assert line.send(change).outcome is ChangeOutcome.CHANGED
        line.proxy.lose_replies(1)
        assert line.send(Cancel(request.job_id, b"d" * 16)).outcome is CancelOutcome.CANCELLED
        assert waiting(line) == 0

    def test_a_claim_is_not_sent_again(self, line: Line) -> None:
        for number in range(2):
            assert line.send(CLAIM).refused
            if number:
                line.proxy.cut_within_request(60)
            else:
                line.proxy.lose_replies(1)
            before = line.proxy.pieces
            with pytest.raises(StoreUnavailableError) as raised:
                line.send(CLAIM)
            assert raised.value.maybe_done is True
            assert line.proxy.pieces == before + 1

    def test_all_replies_are_lost(self, line: Line) -> None:
        """Until the time is over; then the error says that it may be done. Repeated later: the first answer."""
        line.proxy.lose_replies(1_000)
        request = line.jobs.request()
        with pytest.raises(StoreUnavailableError, match="may have taken effect; repeating it is safe") as raised:
            line.send(request, timeout=0.5)
        assert raised.value.maybe_done is True
        line.proxy.accept()
        assert line.send(request).outcome is AddOutcome.STORED
        assert waiting(line) == 1

    def test_cut_while_idle(self, line: Line) -> None:
        """Seen before anything is sent. (By asyncio only once its loop has run: a claim of a keeper doesn't await.)"""
        line.proxy.cut()
        if line.loop is None:
            assert line.send(CLAIM).refused
        line.proxy.cut()
        assert line.send(line.jobs.request()).outcome is AddOutcome.STORED

    def test_refused_for_a_while(self, line: Line) -> None:
        line.proxy.refuse()
        line.proxy.cut()
        timer = threading.Timer(0.4, line.proxy.accept)
        timer.start()
        assert line.send(line.jobs.request()).outcome is AddOutcome.STORED
        timer.join()


class TestHalfOpen:
    """The socket looks well and nobody is there."""

    def test_half_closed_by_the_server(self, line: Line) -> None:
        line.proxy.half_close("client")
        assert line.send(line.jobs.request()).outcome is AddOutcome.STORED

    def test_half_closed_towards_the_server(self, line: Line) -> None:
        line.proxy.half_close("target")
        assert line.send(line.jobs.request()).outcome is AddOutcome.STORED

    def test_dead_without_a_sign(self, line: Line) -> None:
        """The first part of the time is lost to it, and all other idle connections go with it."""
        line.proxy.black_hole()
        line.proxy._swallow = False  # new connections are well
        started = time.monotonic()
        assert line.send(line.jobs.request()).outcome is AddOutcome.STORED
        assert 0.4 * 3 - 0.1 < time.monotonic() - started < 3
        started = time.monotonic()
        assert line.send(line.jobs.request()).outcome is AddOutcome.STORED
        assert time.monotonic() - started < 1

    def test_nobody_answers_at_all(self, line: Line) -> None:
        line.proxy.black_hole()
        started = time.monotonic()
        with pytest.raises(StoreUnavailableError):
            line.send(line.jobs.request(), timeout=0.6)
        assert time.monotonic() - started < 2
        line.proxy.accept()
        assert line.send(line.jobs.request()).outcome is AddOutcome.STORED

    def test_delivered_late(self, line: Line) -> None:
        """What a call sent arrives after it has given up, and after its repetition: it changes nothing any more."""
        request = line.jobs.request()
        line.proxy.hold()
        with pytest.raises(StoreUnavailableError) as raised:
            line.send(request, timeout=0.5)
        assert raised.value.maybe_done is True
        line.proxy.accept()
        assert line.send(request).outcome is AddOutcome.STORED
        assert line.send(Cancel(request.job_id, b"e" * 16)).outcome is CancelOutcome.CANCELLED
        assert waiting(line) == 0


class TestSlowAnswers:
    """A server, or a way to it, that takes its time."""

    def test_within_the_first_part_of_the_time(self, line: Line) -> None:
        line.proxy.delay(0.3)
        started = time.monotonic()
        assert line.send(line.jobs.request()).outcome is AddOutcome.STORED
        assert 0.3 <= time.monotonic() - started < 2.5

    def test_slower_than_that(self, line: Line) -> None:
        """Asked again, then given up within the time; what was done is done once."""
        line.proxy.delay(5)
        request = line.jobs.request()
        started = time.monotonic()
        with pytest.raises(StoreUnavailableError) as raised:
            line.send(request, timeout=0.6)
        assert time.monotonic() - started < 2
        assert raised.value.maybe_done is True
        line.proxy.accept()
        assert line.send(request).outcome is AddOutcome.STORED
        assert waiting(line) == 1


NOT_NOW = [
    b"-LOADING Redis is loading the dataset in memory\r\n",
    b"-BUSY Redis is busy running a script.\r\n",
    b"-READONLY You can't write against a read only replica.\r\n",
    b"-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.\r\n",
    b"-NOREPLICAS Not enough good replicas to write.\r\n",
    b"-MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist to disk.\r\n",
    b"-CLUSTERDOWN The cluster is down\r\n",
    b"-TRYAGAIN Multiple keys request during rehashing of slot\r\n",
]


@pytest.mark.parametrize("reply", NOT_NOW, ids=lambda reply: reply[1:].split()[0].decode())
class TestNotNow:
    """The server did nothing, and says so: asked again on another connection, a claim too."""

    def test_ridden_out(self, line: Line, reply: bytes) -> None:
        accepted = line.proxy.accepted
        line.proxy.answer_instead(reply, 2)
        assert line.send(line.jobs.request()).outcome is AddOutcome.STORED
        assert line.proxy.accepted > accepted
        line.proxy.answer_instead(reply, 1)
        assert line.send(CLAIM).refused

    def test_for_too_long(self, line: Line, reply: bytes) -> None:
        line.proxy.answer_instead(reply, 1_000)
        with pytest.raises(StoreUnavailableError, match=reply[1:].split()[0].decode()) as raised:
            line.send(line.jobs.request(), timeout=0.3)
        assert raised.value.maybe_done is False
        assert waiting(line) == 0


class TestForGood:
    """What trying again wouldn't mend is said at once."""

    @pytest.mark.parametrize(
        ("reply", "error", "said"),
        [
            (b"-OOM command not allowed when used memory > 'maxmemory'.\r\n", StoreFullError, "memory limit"),
            (b"-NOPERM this user has no permissions to run the 'evalsha' command\r\n", StoreUnavailableError, "NOPERM"),
            (b"-WRONGTYPE Operation against a key\r\n", StoreBrokenError, "WRONGTYPE"),
            (b"-ERR something new\r\n", StoreBrokenError, "something new"),
        ],
    )
    def test_at_once(self, line: Line, reply: bytes, error: type[Exception], said: str) -> None:
        line.proxy.answer_instead(reply, 1)
        started = time.monotonic()
        with pytest.raises(error, match=said):
            line.send(line.jobs.request())
        assert time.monotonic() - started < 1
        assert waiting(line) == 0


class TestRealServers:
    """The same from servers that mean it."""

    def test_loading(self, make_server: MakeServer, open_store: OpenStore) -> None:
        server = make_server(appendonly=True, options={"key-load-delay": 300})
        store = open_store(server.url(), timeout=20)
        jobs = StoreDriver(store, MovedClock())
        ids = [jobs.add() for _ in range(600)]
        server.kill()
        server.process.start()
        wait_until(lambda: loads(server), 20, "it loads")
        assert jobs.get(ids[-1]).id == ids[-1]
        assert jobs.stats().counts["waiting"] == len(ids)

    def test_a_replica_without_its_primary(self, make_server: MakeServer, open_store: OpenStore) -> None:
        server = make_server(options={"replica-serve-stale-data": "no"})
        store = open_store(server.url(), timeout=0.4)
        jobs = StoreDriver(store, MovedClock())
        job_id = jobs.add()
        with server.client() as client:
            client.execute_command("REPLICAOF", "127.0.0.1", 1)
            requests: list[Any] = [Get(job_id), jobs.request()]
            for request in requests:
                with pytest.raises(StoreUnavailableError, match=r"MASTERDOWN|READONLY") as raised:
                    store.send(request)
                assert raised.value.maybe_done is False
            client.execute_command("REPLICAOF", "NO", "ONE")
        assert jobs.get(job_id).id == job_id


def loads(server: Server) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 5) as plain:
        plain.settimeout(5)
        plain.sendall(b"PING\r\n")
        return plain.recv(100).startswith(b"-LOADING")
    return False
