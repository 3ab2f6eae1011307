"""A TCP proxy that misbehaves as networks do: it cuts, refuses, delays, holds back, loses replies, swallows.

    with Proxy("127.0.0.1", server.port) as proxy:
        store = RedisStore(f"redis://127.0.0.1:{proxy.port}/0", options)
        proxy.lose_replies(1)

What is asked holds until ``accept()`` takes it back, unless its method says otherwise. All methods may be called from
any thread, at any time.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from typing import Literal

from tests.support.servers import free_port
from tests.support.waiting import wait_until

_CHUNK = 65_536
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST, not FIN


class Proxy:
    """Listens on ``127.0.0.1:port`` from the start; each connection leads to the target of the moment it was made.

    :param host: where connections lead.
    :param port: likewise.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._changed = threading.Condition()
        self._links: set[_Link] = set()
        self._delay = 0.0
        self._lose = 0
        self._cut_after: int | None = None
        self._instead: tuple[bytes, int] = (b"", 0)
        self._swallow = self._hold = self._closed = False
        self.accepted = 0
        """So many connections were taken in so far."""
        self.pieces = 0
        """So many pieces came from clients so far; each call of a client that waits for its answers is one."""
        self._listener: socket.socket | None = _listen(free_port())
        self.port = int(self._listener.getsockname()[1])
        """Where to connect to, also after ``refuse()`` and ``accept()``."""
        self._serve(self._listener)

    @property
    def open(self) -> int:
        """So many connections stand at this moment."""
        with self._changed:
            return len(self._links)

    def lead_to(self, host: str, port: int) -> None:
        """New connections lead there (as after a change of a name's address); those that stand stay where they are."""
        with self._changed:
            self._target = (host, port)

    def cut(self) -> None:
        """Reset all connections that stand, towards both ends, once. New ones are taken in."""
        for link in self._standing():
            link.cut()

    def refuse(self) -> None:
        """Take in no new connection (the port refuses); those that stand go on. With ``cut()``: a host that is down."""
        with self._changed:
            listener, self._listener = self._listener, None
        if listener is not None:
            _close(listener)

    def accept(self) -> None:
        """Be well again: take connections in, delay and hold nothing, lose nothing.

        Connections that a black hole has swallowed stay dead; what was held back is delivered now.
        """
        with self._changed:
            self._delay, self._lose, self._cut_after, self._swallow, self._hold = 0.0, 0, None, False, False
            self._instead = (b"", 0)
            self._changed.notify_all()
            if self._listener is None and not self._closed:
                self._listener = _listen(self.port)
                self._serve(self._listener)

    def delay(self, seconds: float) -> None:
        """Hand on each piece that the target answers only after so many seconds."""
        with self._changed:
            self._delay = seconds
            self._changed.notify_all()

    def hold(self) -> None:
        """Keep back what either end sends, on all connections; ``accept()`` delivers it, late."""
        with self._changed:
            self._hold = True

    def lose_replies(self, n: int = 1) -> None:
        """The next ``n`` answers, of whatever connection, are lost: the request arrives, then the connection is cut."""
        with self._changed:
            self._lose = n

    def cut_within_request(self, after: int = 0) -> None:
        """Once: of the next piece that a client sends ``after`` bytes arrive, then its connection is cut."""
        with self._changed:
            self._cut_after = after

    def answer_instead(self, reply: bytes, n: int = 1) -> None:
        """Answer the next ``n`` pieces that clients send with this, in the target's place, which never sees them."""
        with self._changed:
            self._instead = (reply, n)

    def half_close(self, towards: Literal["client", "target"] = "client") -> None:
        """End one direction of all connections that stand (FIN); the other goes on."""
        for link in self._standing():
            link.half_close(towards)

    def black_hole(self) -> None:
        """Swallow what either end sends without a word; new connections are taken in, and nobody answers."""
        with self._changed:
            self._swallow = True
            for link in self._links:
                link.swallowed = True

    def close(self) -> None:
        """Cut everything and stop listening."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self.refuse()
        self.cut()

    def __enter__(self) -> Proxy:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _standing(self) -> list[_Link]:
        with self._changed:
            return list(self._links)

    def _serve(self, listener: socket.socket) -> None:
        threading.Thread(target=self._accept_from, args=(listener,), daemon=True, name="proxy").start()

    def _accept_from(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            with self._changed:
                target, swallow = self._target, self._swallow
                self.accepted += 1
            try:
                far = socket.create_connection(target, 5)
            except OSError:
                _reset(near)
                continue
            far.settimeout(None)
            for each in (near, far):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            link = _Link(self, near, far, swallow)
            with self._changed:
                closed = self._closed
                if not closed:
                    self._links.add(link)
            if closed:
                link.cut()
            else:
                link.start()

    # What follows is asked by the links.

    def ended(self, link: _Link) -> None:
        """The link has no direction left."""
        with self._changed:
            self._links.discard(link)

    def part_of_request(self) -> int | None:
        """How much of a client's piece may pass before the cut; None when all may. Counts the piece."""
        with self._changed:
            self.pieces += 1
            part, self._cut_after = self._cut_after, None
            return part

    def own_answer(self) -> bytes | None:
        """What to answer to a client's piece in the target's place; counts it."""
        with self._changed:
            reply, n = self._instead
            if n <= 0:
                return None
            self._instead = (reply, n - 1)
            return reply

    def loses_reply(self) -> bool:
        """Whether an answer is to be lost; counts it."""
        with self._changed:
            if self._lose <= 0:
                return False
            self._lose -= 1
            return True

    def wait(self, link: _Link, answer: bool) -> None:
        """Block for as long as a piece is to be kept back."""
        came = time.monotonic()
        with self._changed:
            while not (self._closed or link.dead):
                left = came + self._delay - time.monotonic() if answer and self._delay else 0.0
                if self._hold:
                    self._changed.wait(0.1)
                elif left > 0:
                    self._changed.wait(left)
                else:
                    return


class _Link:
    """One connection: two sockets, and a thread for each direction."""

    def __init__(self, proxy: Proxy, near: socket.socket, far: socket.socket, swallowed: bool) -> None:
        self._proxy = proxy
        self._near, self._far = near, far
        self.swallowed = swallowed
        self.dead = False
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._directions = 2

    def start(self) -> None:
        for answers in (False, True):
            self._threads.append(threading.Thread(target=self._run, args=(answers,), daemon=True, name="proxy"))
        for thread in self._threads:
            thread.start()

    def cut(self) -> None:
        """Reset both ends. They are told by the time that this returns: the kernel waits for whoever reads."""
        with self._lock:
            self.dead = True
            for each in (self._near, self._far):
                _reset(each)
        for thread in self._threads:
            if thread.ident is not None and thread is not threading.current_thread():
                thread.join(1)
        self._proxy.ended(self)

    def half_close(self, towards: Literal["client", "target"]) -> None:
        with contextlib.suppress(OSError):
            (self._near if towards == "client" else self._far).shutdown(socket.SHUT_WR)

    def _run(self, answers: bool) -> None:
        source, sink = (self._far, self._near) if answers else (self._near, self._far)
        try:
            for data in _pieces(source):
                if self.swallowed:
                    continue
                part = None if answers else self._proxy.part_of_request()
                if part is not None:
                    self.swallowed = True  # no answer to the part comes through
                    sink.sendall(data[:part])
                    self.cut()
                elif answers and self._proxy.loses_reply():
                    self.cut()
                elif not answers and (own := self._proxy.own_answer()) is not None:
                    source.sendall(own)
                else:
                    self._proxy.wait(self, answers)
                    if not self.swallowed:
                        with contextlib.suppress(BrokenPipeError):  # this direction was ended; the other goes on
                            sink.sendall(data)
            if not self.swallowed:
                sink.shutdown(socket.SHUT_WR)
        except OSError:
            # One end was reset, as a killed server does to whoever had written to it: so is the other.
            if not self.swallowed:
                self.cut()
        with self._lock:
            self._directions -= 1
            over = self._directions == 0
            if over and not self.dead:
                self.dead = True
                self._near.close()
                self._far.close()
        if over:
            self._proxy.ended(self)


def _pieces(source: socket.socket) -> Iterator[bytes]:
    while data := source.recv(_CHUNK):
        yield data


def _listen(port: int) -> socket.socket:
    def tried() -> socket.socket | None:
        with contextlib.suppress(OSError):
            return socket.create_server(("127.0.0.1", port), backlog=256)
        return None

    found = wait_until(tried, 10, f"port {port} is free")
    assert found is not None
    return found


def _close(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)  # wakes a thread that is in accept or recv
    with contextlib.suppress(OSError):
        sock.close()


def _reset(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    # Closing under a thread that reads would not wake it, and the descriptor might be another's by then.
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RD)
    with contextlib.suppress(OSError):
        sock.close()
