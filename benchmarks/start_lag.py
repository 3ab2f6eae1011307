"""Start lag: how long after its due time a job starts, at a steady rate; beside Celery's eta."""

from __future__ import annotations

import time
from datetime import datetime, timezone

from benchmarks.report import Report, lags
from benchmarks.surroundings import Surroundings, surroundings

AHEAD = 3.0
"""Seconds from the last schedule to the first due time: nothing is scheduled while we measure."""


def run(rate: int = 100, seconds: float = 20.0) -> Report:
    """``rate`` jobs a second for so many seconds, first as durable jobs, then with ``eta``."""
    count = int(rate * seconds)
    with surroundings() as here:
        title = f"Start lag: {count:,} jobs, {rate} a second"
        report = Report(title, here.server, ("started", "p50", "p99", "max", "min"))
        _durable(here, rate, 1 * count // 20 or 1, "warm-up")
        for what, series, schedule in (("durable jobs", "durable", _durable), ("Celery eta", "eta", _eta)):
            end = schedule(here, rate, count, series)
            starts = here.wait_for(series, count, end - time.time() + 30)
            report.add(what, started=len(starts), jobs=count, **lags(starts))
    return report


def _dues(rate: int, count: int, cost: float) -> list[float]:
    first = time.time() + AHEAD + count * cost
    return [first + number / rate for number in range(count)]


def _durable(here: Surroundings, rate: int, count: int, series: str) -> float:
    from celery_durable_jobs import JobRequest, schedule_job

    dues = _dues(rate, count, 0.001)
    schedule_job.apply_many(
        JobRequest(here.module.durable.s(series, due), eta=datetime.fromtimestamp(due, timezone.utc)) for due in dues
    )
    if series == "warm-up":
        here.wait_for(series, count, 60)
    return dues[-1]


def _eta(here: Surroundings, rate: int, count: int, series: str) -> float:
    dues = _dues(rate, count, 0.003)
    for due in dues:
        here.module.plain.apply_async((series, due), eta=datetime.fromtimestamp(due, timezone.utc))
    return dues[-1]
