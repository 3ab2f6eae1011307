"""Wake-ups by publish and subscribe, on a connection of their own."""

from __future__ import annotations

import threading
import time
from typing import Any

from celery_durable_jobs.stores.contract import Wakeups
from celery_durable_jobs.stores.redis.connection import Connections
from celery_durable_jobs.stores.redis.replies import Trouble
from celery_durable_jobs.stores.redis.wire import command

PING_EVERY, SILENCE = 2.0, 5.0
"""Seconds. A connection that answers no ping within ``SILENCE`` is taken for dead, whatever the socket says."""

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0
PING = command([b"PING"])


class RedisWakeups(Wakeups):
    """A thread listens; ``wait`` waits for it. A lost connection is subscribed again, and counts as a wake-up then: one
    may have been missed.
    """

    def __init__(self, connections: Connections, channel: bytes) -> None:
        self._connections = connections
        self._subscribe = command([b"SUBSCRIBE", channel])
        self._changed = threading.Condition()
        self._rung = self._woken = self._closed = False
        self._subscribed = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="durable-jobs-wakeups", daemon=True)
        self._thread.start()
        self._subscribed.wait(1.0)  # so that what is stored from now on is heard, if the server is there

    def wait(self, timeout: float) -> bool:
        until = time.monotonic() + timeout
        with self._changed:
            while not (self._rung or self._woken or self._closed):
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
            came, self._rung, self._woken = self._rung, False, False
            return came

    def wake(self) -> None:
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join(SILENCE)

    def _ring(self) -> None:
        with self._changed:
            self._rung = True
            self._changed.notify_all()

    def _listen(self) -> None:
        pause, first = FIRST_PAUSE, True
        while not self._closed:
            connection: Any = None
            try:
                connection = self._connections.connect(SILENCE)
                connection.send_packed_command([self._subscribe])
                self._read(connection, SILENCE)
                self._subscribed.set()
                if not first:
                    self._ring()
                pause, first = FIRST_PAUSE, False
                self._hear(connection)
            except Trouble:
                pass
            finally:
                if connection is not None:
                    connection.disconnect()
            with self._changed:
                if not self._closed:
                    self._changed.wait(pause)
            pause, first = min(pause * 2, LONGEST_PAUSE), False

    def _hear(self, connection: Any) -> None:
        """Until the connection is lost (an error of redis-py's) or this is closed."""
        heard = asked = time.monotonic()
        while not self._closed:
            if self._read(connection, 0.25):
                heard = time.monotonic()
            elif time.monotonic() - heard > SILENCE:
                return
            if time.monotonic() - asked >= PING_EVERY:
                asked = time.monotonic()
                connection.send_packed_command([PING])

    def _read(self, connection: Any, timeout: float) -> bool:
        """One message, if one comes in time."""
        if not connection.can_read(timeout=timeout):
            return False
        reply = connection.read_response()
        if isinstance(reply, list) and reply[0] == b"message":
            self._ring()
        return True
