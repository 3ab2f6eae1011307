"""The function, and how it is scheduled."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from typing import Any

import record
from arq import create_pool
from arq.connections import ArqRedis, RedisSettings

settings = RedisSettings.from_dsn(os.environ["PEER_URL"])
pool: ArqRedis


async def handler(context: Any, number: int) -> None:
    """The function."""
    record.started(number)


async def start() -> None:
    """Connect the client."""
    global pool
    pool = await create_pool(settings)


async def schedule(number: int, due: float) -> None:
    """One call."""
    await pool.enqueue_job("handler", number, _defer_until=datetime.fromtimestamp(due, timezone.utc))
