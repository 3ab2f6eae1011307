"""Scheduling in bulk, apply_many in one process; beside Celery's apply_async(countdown=), one by one."""

from __future__ import annotations

import time

from benchmarks.lab import Lab
from benchmarks.report import Report
from benchmarks.rounds import by_turns
from benchmarks.schedule import COUNTDOWN

SMALL = {"count": 100, "repeats": 1}


def run(lab: Lab, report: Report, *, count: int = 20_000, repeats: int = 5) -> None:
    """``count`` jobs a round, and a tenth as many Celery tasks."""
    from celery_durable_jobs import JobRequest, schedule_job

    with lab.place() as place:
        durable, plain = place.module.small, place.module.small_plain
        cpu: list[float] = []

        def bulk() -> float:
            started, used = time.perf_counter(), time.process_time()
            schedule_job.apply_many(JobRequest(durable, args=(number,), countdown=COUNTDOWN) for number in range(count))
            cpu.append((time.process_time() - used) / count)
            return count / (time.perf_counter() - started)

        def one_by_one() -> float:
            few = max(1, count // 10)
            started = time.perf_counter()
            for number in range(few):
                plain.apply_async(args=(number,), countdown=COUNTDOWN)
            return few / (time.perf_counter() - started)

        rates = by_turns({"Celery, one by one": one_by_one, "apply_many": bulk}, repeats)
        for what, samples in rates.items():
            report.add(what, "/s", samples)
        report.ratio(
            "apply_many, against Celery one by one", rates["apply_many"], rates["Celery, one by one"], "schedule_bulk"
        )
        report.add("apply_many: the client's CPU time a job", "s", cpu[1:])
