"""The task, and how it is scheduled."""

from __future__ import annotations

import os
from datetime import datetime, timezone

import record
from huey import RedisHuey

huey = RedisHuey("app", url=os.environ["PEER_URL"], results=False, utc=True)


@huey.task()
def handler(number: int) -> None:
    """The task."""
    record.started(number)


def schedule(number: int, due: float) -> None:
    """One call."""
    handler.schedule((number,), eta=datetime.fromtimestamp(due, timezone.utc))
