"""A job's message goes to a pool child in one write, where it fits."""

from __future__ import annotations

import os
import struct
from collections import deque
from types import SimpleNamespace
from typing import Any

from celery_durable_jobs.worker.handing import hand_at_once
from celery_durable_jobs.worker.ids import DELIVERY

LIMIT = 4096  # PIPE_BUF of Linux


class Pool:
    """As much of Celery's as is touched."""

    def __init__(self) -> None:
        self._cache: dict[int, Any] = {}
        self.outbound: deque[Any] = deque()

        def put(message: Any) -> None:
            body = message[1][3][3]
            self._cache[message[1][0]]._payload = (
                memoryview(struct.pack(">I", len(body))),
                memoryview(body),
                len(body),
            )

        put.__module__ = "celery.concurrency.asynpool"
        self._quick_put = put

    def written(self, body: bytes, request: dict[str, Any]) -> list[bytes]:
        """What Celery would write of a message, write by write."""
        job = self._cache[1] = SimpleNamespace(_payload=None)
        self._quick_put((2, (1, None, None, ("task", "id", request, body), {})))
        length, rest, size = job._payload
        writes, done = [], 0
        while done < 4:  # as ``AsynPool._write_job`` does
            writes.append(bytes(length[done:]))
            done += len(writes[-1])
        done = 0
        while done < size:
            writes.append(bytes(rest[done:]))
            done += len(writes[-1])
        return writes


def test_a_message_of_a_job_is_one_write_up_to_what_a_pipe_takes_whole() -> None:
    """And the same bytes as ever."""
    pool = Pool()
    hand_at_once(pool)
    for length in (1, LIMIT - 4):
        [write] = pool.written(b"x" * length, {DELIVERY: "d"})
        assert write == struct.pack(">I", length) + b"x" * length
    assert len(pool.written(b"x" * (LIMIT - 3), {DELIVERY: "d"})) == 2
    assert len(pool.written(b"x", {})) == 2  # an ordinary task's
    assert os.pathconf("/", "PC_PIPE_BUF") >= LIMIT


def test_other_pools_are_left_alone() -> None:
    """Whatever they have under these names."""

    def put(_message: Any) -> None: ...

    threads = SimpleNamespace(_quick_put=put, _cache={})
    hand_at_once(threads)
    hand_at_once(None)
    assert threads._quick_put is put
