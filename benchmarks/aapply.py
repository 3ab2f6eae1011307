"""Scheduling with asyncio: many callers that await aapply at once; beside one caller, and apply one by one."""

from __future__ import annotations

import asyncio
import time

from benchmarks.lab import Lab
from benchmarks.report import Report, quantile
from benchmarks.rounds import by_turns
from benchmarks.schedule import COUNTDOWN

SMALL = {"count": 40, "callers": 10, "repeats": 1}


def run(lab: Lab, report: Report, *, count: int = 3_000, callers: int = 100, repeats: int = 5) -> None:
    """``count`` jobs a round and side."""
    from celery_durable_jobs import schedule_job

    with lab.place() as place:
        handler = place.module.small
        waits: dict[int, list[list[float]]] = {1: [], callers: []}

        async def awaited(at_once: int) -> float:
            took: list[float] = []

            async def caller(numbers: range) -> None:
                for number in numbers:
                    begun = time.perf_counter()
                    await schedule_job.aapply(handler, args=(number,), countdown=COUNTDOWN)
                    took.append(time.perf_counter() - begun)

            await caller(range(1))  # the loop's connection
            took.clear()
            started = time.perf_counter()
            await asyncio.gather(*(caller(range(at, count, at_once)) for at in range(at_once)))
            rate = count / (time.perf_counter() - started)
            waits[at_once].append(sorted(took))
            return rate

        def blocking() -> float:
            started = time.perf_counter()
            for number in range(count):
                schedule_job.apply(handler, args=(number,), countdown=COUNTDOWN)
            return count / (time.perf_counter() - started)

        many = f"aapply, {callers} callers"
        sides = {
            "apply": blocking,
            "aapply, 1 caller": lambda: asyncio.run(awaited(1)),
            many: lambda: asyncio.run(awaited(callers)),
        }
        rates = by_turns(sides, repeats)
        for what, samples in rates.items():
            report.add(what, "/s", samples)
        report.ratio(f"{many}, against apply", rates[many], rates["apply"])
        report.ratio(f"{many}, against 1 caller", rates[many], rates["aapply, 1 caller"])
        for what, at_once in (("1 caller", 1), (f"{callers} callers", callers)):
            for name, share in (("p50", 0.5), ("p99", 0.99)):
                samples = [quantile(each, share) for each in waits[at_once][1:]]
                report.add(f"{what}: a call waits, {name}", "s", samples)
