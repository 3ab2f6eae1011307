"""The proxy that misbehaves (``tests/support/proxy.py``) does what it says."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.support.proxy import Proxy
from tests.support.waiting import wait_until


class Echo:
    """Answers ``<name>:<what it got>``, and remembers it."""

    def __init__(self, name: str) -> None:
        self.name = name.encode()
        self.got: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._answer, args=(self._listener.accept()[0],), daemon=True).start()

    def _answer(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), sock:
            while data := sock.recv(1000):
                self.got.append(data)
                sock.sendall(self.name + b":" + data)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def echo() -> Iterator[Echo]:
    made = Echo("a")
    yield made
    made.close()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[Proxy]:
    with Proxy("127.0.0.1", echo.port) as made:
        yield made


@pytest.fixture
def connect(proxy: Proxy) -> Iterator[Callable[[], socket.socket]]:
    made: list[socket.socket] = []

    def new() -> socket.socket:
        made.append(socket.create_connection(("127.0.0.1", proxy.port), 5))
        return made[-1]

    yield new
    for each in made:
        each.close()


def ask(sock: socket.socket, data: bytes) -> bytes:
    sock.sendall(data)
    return sock.recv(1000)


def test_hands_on_both_ways(proxy: Proxy, connect: Callable[[], socket.socket]) -> None:
    one, two = connect(), connect()
    assert [ask(one, b"1"), ask(two, b"2"), ask(one, b"3")] == [b"a:1", b"a:2", b"a:3"]
    assert (proxy.open, proxy.accepted) == (2, 2)
    one.close()
    wait_until(lambda: proxy.open == 1, 5)


def test_cut(proxy: Proxy, connect: Callable[[], socket.socket]) -> None:
    one = connect()
    assert ask(one, b"1") == b"a:1"
    proxy.cut()
    with pytest.raises(ConnectionError):
        ask(one, b"2")
    assert ask(connect(), b"3") == b"a:3"


def test_refuse_and_accept(proxy: Proxy, connect: Callable[[], socket.socket]) -> None:
    one = connect()
    assert ask(one, b"1") == b"a:1"
    proxy.refuse()
    with pytest.raises(ConnectionRefusedError):
        connect()
    assert ask(one, b"2") == b"a:2"
    proxy.accept()
    assert ask(connect(), b"3") == b"a:3"


def test_delay(proxy: Proxy, connect: Callable[[], socket.socket]) -> None:
    one = connect()
    assert ask(one, b"1") == b"a:1"
    proxy.delay(0.2)
    started = time.monotonic()
    assert ask(one, b"2") == b"a:2"
    assert time.monotonic() - started >= 0.2


def test_lost_replies(proxy: Proxy, echo: Echo, connect: Callable[[], socket.socket]) -> None:
    proxy.lose_replies(2)
    for data in (b"1", b"2"):
        with contextlib.suppress(ConnectionError):
            assert ask(connect(), data) == b""
    assert ask(connect(), b"3") == b"a:3"
    assert echo.got == [b"1", b"2", b"3"]


def test_cut_within_a_request(proxy: Proxy, echo: Echo, connect: Callable[[], socket.socket]) -> None:
    proxy.cut_within_request(2)
    with contextlib.suppress(ConnectionError):
        assert ask(connect(), b"1234") == b""
    assert ask(connect(), b"5") == b"a:5"
    wait_until(lambda: len(echo.got) == 2, 5)
    assert sorted(echo.got) == [b"12", b"5"]


def test_its_own_answer(proxy: Proxy, echo: Echo, connect: Callable[[], socket.socket]) -> None:
    one = connect()
    proxy.answer_instead(b"no", 2)
    assert [ask(one, b"1"), ask(one, b"2"), ask(one, b"3")] == [b"no", b"no", b"a:3"]
    assert echo.got == [b"3"]


def test_half_close(proxy: Proxy, echo: Echo, connect: Callable[[], socket.socket]) -> None:
    one = connect()
    assert ask(one, b"1") == b"a:1"
    proxy.half_close()
    assert one.recv(10) == b""
    one.sendall(b"2")
    wait_until(lambda: echo.got == [b"1", b"2"], 5)


def test_black_hole(proxy: Proxy, echo: Echo, connect: Callable[[], socket.socket]) -> None:
    one = connect()
    assert ask(one, b"1") == b"a:1"
    proxy.black_hole()
    two = connect()
    for sock in (one, two):
        sock.settimeout(0.1)
        with pytest.raises(TimeoutError):
            ask(sock, b"2")
    proxy.accept()
    assert ask(connect(), b"3") == b"a:3"
    with pytest.raises(TimeoutError):  # half-open for ever
        ask(one, b"4")
    assert echo.got == [b"1", b"3"]


def test_held_back_and_delivered_late(proxy: Proxy, echo: Echo, connect: Callable[[], socket.socket]) -> None:
    one = connect()
    assert ask(one, b"1") == b"a:1"
    proxy.hold()
    one.sendall(b"2")
    one.settimeout(0.1)
    with pytest.raises(TimeoutError):
        one.recv(10)
    assert echo.got == [b"1"]
    proxy.accept()
    one.settimeout(5)
    assert one.recv(10) == b"a:2"


def test_another_target(proxy: Proxy, connect: Callable[[], socket.socket]) -> None:
    one = connect()
    assert ask(one, b"1") == b"a:1"
    other = Echo("b")
    proxy.lead_to("127.0.0.1", other.port)
    assert ask(connect(), b"2") == b"b:2"
    assert ask(one, b"3") == b"a:3"
    other.close()


def test_closing_ends_all(echo: Echo) -> None:
    with Proxy("127.0.0.1", echo.port) as proxy:
        sock = socket.create_connection(("127.0.0.1", proxy.port), 5)
        assert ask(sock, b"1") == b"a:1"
    with pytest.raises(ConnectionError):
        ask(sock, b"2")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", proxy.port), 5)
    sock.close()


def test_a_reset_by_the_target_reaches_the_client():
    """A killed server resets the connections of those who had written to it."""
    with socket.create_server(("127.0.0.1", 0)) as listener, Proxy("127.0.0.1", listener.getsockname()[1]) as proxy:
        with socket.create_connection(("127.0.0.1", proxy.port), 5) as client:
            far, _ = listener.accept()
            far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            far.close()
            client.settimeout(5)
            with contextlib.suppress(ConnectionResetError):
                assert client.recv(10) == b""
        wait_until(lambda: proxy.open == 0, 5)
