"""Listens to the broker: each message of a job as the broker takes it. That is what dispatch looks like from outside.

Of Redis by MONITOR, so that messages are seen in the order in which the server took them, whoever pushed them, scripts
too, with the server's own time. Of RabbitMQ by a queue of our own, bound beside the workers'.
"""

from __future__ import annotations

import base64
import contextlib
import importlib
import re
import socket
import threading
import time
from collections.abc import Sequence
from typing import Any, Protocol

from tests.chaos.history import History

_ID = re.compile(rb'(?<!\\)\\"id\\":\s*\\"(1[-\w]{29})\\"')
_GENERATION = re.compile(rb'(?<!\\)\\"durable_job\\":\s*\\"1:(\d+):handler:')
_CARRIED = re.compile(rb'\[\\*"(1[-\w]{29})\\*", (\d+)\]')
"""A job in the body of a carrier."""
_PACKED = re.compile(rb'(?<!\\)\\"body\\":\s*\\"([A-Za-z0-9+/=]{60,})\\"')
_PUSH = re.compile(rb'^\+?(\d+\.\d+) \[\d+ [^\]]*\] "(?i:lpush)" "([^"\\]*)')


class Tap(Protocol):
    """Something that listens until it is closed."""

    def start(self) -> None:
        """Begin; answers when it hears."""

    def close(self) -> None:
        """Stop listening."""


def pushes(line: bytes) -> list[tuple[float, str, str, int]]:
    """The messages of jobs that a line of MONITOR tells of: server's time, queue, job id, generation."""
    head = _PUSH.match(line)
    if head is None:
        return []
    at, queue = float(head[1]), head[2].decode()
    alone = zip(_ID.finditer(line), _GENERATION.finditer(line), strict=False)
    found = [(job_id.start(), job_id[1], generation[1]) for job_id, generation in alone]
    if b":carrier:" in line:
        found += [(each.start(), each[1], each[2]) for each in _CARRIED.finditer(line)]
        for body in _PACKED.finditer(line):
            found += [(body.start(), *each) for each in carried(base64.b64decode(body[1]))]
    return [(at, queue, job_id.decode(), int(generation)) for _, job_id, generation in sorted(found, key=_place)]


def carried(body: bytes) -> list[tuple[bytes, bytes]]:
    """Ids and generations in the body of a carrier; none in that of a job alone."""
    return [(each[1], each[2]) for each in _CARRIED.finditer(body)]


def _place(found: tuple[int, bytes, bytes]) -> int:
    return found[0]


class RedisTap:
    """MONITOR on a Redis server; connects again when the server was away, and says so.

    :param shared: whether that server is the store too.
    """

    def __init__(self, port: int, queues: Sequence[str], history: History, *, shared: bool = True) -> None:
        self._shared = shared
        self._port = port
        self._queues = set(queues)
        self._history = history
        self._closed = threading.Event()
        self._hears = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tap", daemon=True)

    def start(self) -> None:
        self._thread.start()
        if not self._hears.wait(10):
            raise RuntimeError("MONITOR does not answer")
        self._history.write("tap", of="redis", shared=self._shared)

    def close(self) -> None:
        self._closed.set()
        self._thread.join(5)

    def _run(self) -> None:
        deaf = time.monotonic()
        while not self._closed.is_set():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 1) as link:
                link.settimeout(0.5)
                link.sendall(b"MONITOR\r\n")
                self._listen(link, deaf)
            if self._hears.is_set():
                deaf = time.monotonic()
                self._hears.clear()
            time.sleep(0.02)

    def _listen(self, link: socket.socket, deaf: float) -> None:
        rest = b""
        while not self._closed.is_set():
            try:
                data = link.recv(1 << 18)
            except TimeoutError:
                continue
            if not data:
                return
            *lines, rest = (rest + data).split(b"\r\n")
            for line in lines:
                if not self._hears.is_set():
                    if line != b"+OK":  # still loading
                        return
                    self._hears.set()
                    self._history.write("gap", t=deaf, until=time.monotonic())
                elif b"LPUSH" in line[:160].upper():
                    self._take(line)

    def _take(self, line: bytes) -> None:
        for at, queue, job_id, generation in pushes(line):
            name = queue.split("\x06")[0]
            if name in self._queues:
                self._history.write("sent", wall=at, id=job_id, gen=generation, queue=name)


class RabbitTap:
    """A queue of our own beside each of the workers', with the same binding."""

    def __init__(self, url: str, queues: Sequence[str], history: History) -> None:
        self._url = url
        self._queues = queues
        self._history = history
        self._closed = threading.Event()
        self._hears = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tap", daemon=True)

    def start(self) -> None:
        self._thread.start()
        if not self._hears.wait(10):
            raise RuntimeError("RabbitMQ does not answer")
        self._history.write("tap", of="rabbitmq")

    def close(self) -> None:
        self._closed.set()
        self._thread.join(5)

    def _run(self) -> None:
        kombu: Any = importlib.import_module("kombu")
        queues = [
            kombu.Queue(f"tap-{name}", kombu.Exchange(name, type="topic", durable=True), routing_key=name, durable=True)
            for name in self._queues
        ]
        deaf = time.monotonic()
        while not self._closed.is_set():
            with contextlib.suppress(Exception), kombu.Connection(self._url, connect_timeout=2) as connection:
                with kombu.Consumer(connection, queues, callbacks=[self._take], no_ack=True, accept=None):
                    self._history.write("gap", t=deaf, until=time.monotonic())
                    self._hears.set()
                    while not self._closed.is_set():
                        with contextlib.suppress(TimeoutError):
                            connection.drain_events(timeout=0.5)
            deaf = time.monotonic()
            time.sleep(0.05)

    def _take(self, body: Any, message: Any) -> None:
        header = message.headers.get("durable_job")
        if header is not None:
            queue = message.delivery_info["routing_key"]
            if ":carrier:" in header:
                body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
                for job_id, generation in carried(body):
                    self._history.write("sent", id=job_id.decode(), gen=int(generation), queue=queue)
                return
            self._history.write("sent", id=message.headers["id"], gen=int(header.split(":")[1]), queue=queue)
