"""Scheduling one by one, in one thread; beside Celery's apply_async(countdown=)."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.lab import Lab
from benchmarks.report import Report
from benchmarks.rounds import by_turns

SMALL = {"count": 20, "repeats": 1}
COUNTDOWN = 3_600


def run(lab: Lab, report: Report, *, count: int = 2_000, repeats: int = 7) -> None:
    """``count`` calls a round and side."""
    from celery_durable_jobs import schedule_job

    with lab.place() as place:
        durable, plain = place.module.small, place.module.small_plain
        cpu: dict[str, list[float]] = {"durable jobs": [], "Celery": []}

        def side(what: str, call: Callable[[int], object]) -> float:
            started, used = time.perf_counter(), time.process_time()
            for number in range(count):
                call(number)
            cpu[what].append((time.process_time() - used) / count)
            return count / (time.perf_counter() - started)

        rates = by_turns(
            {
                "Celery": lambda: side("Celery", lambda number: plain.apply_async(args=(number,), countdown=COUNTDOWN)),
                "durable jobs": lambda: side(
                    "durable jobs", lambda number: schedule_job.apply(durable, args=(number,), countdown=COUNTDOWN)
                ),
            },
            repeats,
        )
        for what, samples in rates.items():
            report.add(what, "/s", samples)
        report.ratio("durable jobs, against Celery", rates["durable jobs"], rates["Celery"], "schedule")
        for what, seconds in cpu.items():
            report.add(f"{what}: the client's CPU time a call", "s", seconds[1:])
