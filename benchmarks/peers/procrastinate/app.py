"""The task, and how it is scheduled."""

from __future__ import annotations

from datetime import datetime, timezone

import record
from procrastinate import App, PsycopgConnector

DATABASE = "benchmark_procrastinate"

app = App(connector=PsycopgConnector(conninfo=f"dbname={DATABASE}", min_size=4, max_size=31))


@app.task
async def handler(number: int) -> None:
    """The task."""
    record.started(number)


async def start() -> None:
    """Connect the client."""
    await app.open_async()


async def schedule(number: int, due: float) -> None:
    """One call."""
    await handler.configure(schedule_at=datetime.fromtimestamp(due, timezone.utc)).defer_async(number=number)


async def bulk(first: int, dues: list[float]) -> None:
    """Many at once, which share a moment: a call for each of a thousand."""
    when = datetime.fromtimestamp(dues[0], timezone.utc)
    for at in range(0, len(dues), 1_000):
        numbers = range(first + at, first + min(at + 1_000, len(dues)))
        await handler.configure(schedule_at=when).batch_defer_async(*({"number": number} for number in numbers))
