"""The client's process: schedules what it is told to, through the module ``app`` of the peer that is measured.

A line on the standard input is an order, a line of JSON on the standard output its answer::

    one  FIRST COUNT DUE SPACING AHEAD     COUNT calls, one after the other
    bulk FIRST COUNT DUE SPACING           the peer's way to schedule many

Jobs are numbered from FIRST; job ``i`` is due at ``DUE + i * SPACING`` (seconds since 1970). With AHEAD above 0 the
call for a job is made so many seconds before it is due, and not sooner. The answer is the seconds that the calls took.

``app`` has ``schedule(number, due)``, and perhaps ``bulk(first, dues)`` and ``start()``; each may be a coroutine.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any


def pace(due: float, ahead: float) -> float:
    """Seconds to wait until the call for a job may be made."""
    return due - ahead - time.time() if ahead > 0 else 0.0


def one(schedule: Callable[[int, float], Any], first: int, dues: list[float], ahead: float) -> None:
    """One call after the other."""
    for number, due in enumerate(dues, first):
        wait = pace(due, ahead)
        if wait > 0:
            time.sleep(wait)
        schedule(number, due)


async def one_async(schedule: Callable[[int, float], Any], first: int, dues: list[float], ahead: float) -> None:
    """One call after the other, each awaited."""
    for number, due in enumerate(dues, first):
        wait = pace(due, ahead)
        if wait > 0:
            await asyncio.sleep(wait)
        await schedule(number, due)


async def perhaps(answer: Any) -> None:
    """Await it where it is a coroutine's."""
    if inspect.isawaitable(answer):
        await answer


async def gathered(schedule: Callable[[int, float], Any], first: int, dues: list[float], width: int = 50) -> None:
    """Many calls under way at once: the way of an asynchronous client that has no call for many jobs."""
    numbers = iter(enumerate(dues, first))

    async def some() -> None:
        for number, due in numbers:
            await schedule(number, due)

    await asyncio.gather(*(some() for _ in range(width)))


async def obey(app: Any, order: list[str]) -> dict[str, Any]:
    """Carry out one order."""
    what, first, count, due, spacing, *rest = order
    dues = [float(due) + index * float(spacing) for index in range(int(count))]
    is_async = inspect.iscoroutinefunction(app.schedule)
    if what == "bulk" and not hasattr(app, "bulk") and not is_async:
        return {"absent": "it has no call for many jobs"}
    start = time.perf_counter()
    if what == "bulk":
        if hasattr(app, "bulk"):
            await perhaps(app.bulk(int(first), dues))
        else:
            await gathered(app.schedule, int(first), dues)
    elif is_async:
        await one_async(app.schedule, int(first), dues, float(rest[0]))
    else:
        one(app.schedule, int(first), dues, float(rest[0]))
    return {"seconds": time.perf_counter() - start, "by": "bulk" if hasattr(app, "bulk") else "gather"}


async def main() -> None:
    """Orders until the standard input ends. What the peer prints goes to the standard error."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    import app

    if hasattr(app, "start"):
        await perhaps(app.start())
    answers.write(json.dumps({"ready": True}) + "\n")
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        answers.write(json.dumps(await obey(app, line.split())) + "\n")
    os._exit(0)  # connection pools and schedulers' threads needn't be closed with care


if __name__ == "__main__":
    try:
        import uvloop
    except ImportError:
        asyncio.run(main())
    else:
        uvloop.run(main())
