"""The task, and how it is scheduled."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone

import record
from docket import Docket

docket = Docket(name="app", url=os.environ["PEER_URL"], execution_ttl=timedelta(0))


async def handler(number: int) -> None:
    """The task."""
    record.started(number)


async def start() -> None:
    """Connect the client."""
    await docket.__aenter__()


async def schedule(number: int, due: float) -> None:
    """One call."""
    await docket.add(handler, when=datetime.fromtimestamp(due, timezone.utc))(number)


async def bulk(first: int, dues: list[float]) -> None:
    """Many at once."""
    await docket.add_many(
        docket.call(handler, when=datetime.fromtimestamp(due, timezone.utc))(number)
        for number, due in enumerate(dues, first)
    )
