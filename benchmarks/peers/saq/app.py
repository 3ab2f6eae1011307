"""The function, and how it is scheduled."""

from __future__ import annotations

import os
from typing import Any

import record
from saq import Queue

queue = Queue.from_url(os.environ["PEER_URL"])


async def handler(context: Any, *, number: int) -> None:
    """The function."""
    record.started(number)


settings = {"queue": queue, "functions": [handler], "concurrency": 100}


async def start() -> None:
    """Connect the client."""
    await queue.connect()


async def schedule(number: int, due: float) -> None:
    """One call."""
    await queue.enqueue("handler", number=number, scheduled=due, ttl=-1)
