"""The actor, and how it is scheduled."""

from __future__ import annotations

import os
import time

import dramatiq
import record
from dramatiq.brokers.redis import RedisBroker

dramatiq.set_broker(RedisBroker(url=os.environ["PEER_URL"]))


@dramatiq.actor
def handler(number: int) -> None:
    """The actor."""
    record.started(number)


def schedule(number: int, due: float) -> None:
    """One call. A delay is whole milliseconds from now, and 0 is no delay."""
    delay = max(0, -int(-(due - time.time()) * 1_000 // 1))
    handler.send_with_options(args=(number,), delay=delay or None)
