"""The task, and how it is scheduled."""

from __future__ import annotations

import os
from datetime import datetime, timezone

import record
from taskiq import TaskiqScheduler
from taskiq_redis import ListRedisScheduleSource, RedisStreamBroker

broker = RedisStreamBroker(os.environ["PEER_URL"])
source = ListRedisScheduleSource(os.environ["PEER_URL"])
scheduler = TaskiqScheduler(broker, sources=[source])


@broker.task
async def handler(number: int) -> None:
    """The task."""
    record.started(number)


async def start() -> None:
    """Connect the client."""
    await broker.startup()
    await source.startup()


async def schedule(number: int, due: float) -> None:
    """One call."""
    await handler.schedule_by_time(source, datetime.fromtimestamp(due, timezone.utc), number)
