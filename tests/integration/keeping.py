"""Watches a broker's queue in place of a worker: what came when, to the millisecond."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from kombu import Connection, Queue

from tests.support.waiting import wait_until


@dataclass
class Inbox:
    """The messages of one queue: job ids in order of arrival, and the time of each."""

    ids: list[str] = field(default_factory=list)
    times: dict[str, float] = field(default_factory=dict)
    headers: list[dict[str, Any]] = field(default_factory=list)
    bodies: dict[str, str | None] = field(default_factory=dict)
    """The encoding of each message's body."""

    def wait_for(self, *job_ids: str, timeout: float = 10.0) -> None:
        """Wait until all of these have come."""
        wait_until(lambda: not self.missing(job_ids), timeout, lambda: f"{self.missing(job_ids)} came", interval=0.005)

    def missing(self, job_ids: Any) -> list[str]:
        """Which of these have not come."""
        return [job_id for job_id in job_ids if job_id not in self.times]

    def take(self, headers: dict[str, Any], body_encoding: str | None = "base64") -> None:
        """A message came."""
        job_id = headers["id"]
        self.headers.append(headers)
        self.bodies[job_id] = body_encoding
        self.ids.append(job_id)
        self.times.setdefault(job_id, time.time())


@contextmanager
def watch_redis(server: Any, database: int, queue: str = "celery") -> Iterator[Inbox]:
    """Take messages off a Kombu queue in Redis; a server that is away is waited for."""
    import redis

    inbox, stop = Inbox(), threading.Event()

    def listen() -> None:
        while not stop.is_set():
            try:
                with server.client(database) as client:
                    while not stop.is_set():
                        popped = client.brpop([queue], timeout=0.2)
                        if popped:
                            message = json.loads(popped[1])
                            inbox.take(message["headers"], message["properties"]["body_encoding"])
            except (redis.RedisError, OSError):
                stop.wait(0.05)

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield inbox
    finally:
        stop.set()
        thread.join(12)


@contextmanager
def watch_broker(url: str, queue: str) -> Iterator[Inbox]:
    """Consume a queue through Kombu, on any broker."""
    inbox, stop = Inbox(), threading.Event()

    def on_message(message: Any) -> None:
        inbox.take(message.headers)
        message.ack()

    def listen() -> None:
        with Connection(url) as connection, connection.Consumer(Queue(queue, routing_key=queue), on_message=on_message):
            while not stop.is_set():
                try:
                    connection.drain_events(timeout=0.2)
                except TimeoutError:
                    pass

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield inbox
    finally:
        stop.set()
        thread.join(5)
