"""A burst: many jobs due at one moment; beside Celery's eta, and a plain queue of as many messages."""

from __future__ import annotations

import time
from datetime import datetime, timezone

from benchmarks.report import Report, lags
from benchmarks.surroundings import Surroundings, surroundings

AHEAD = 3.0
PATIENCE = 120.0


def run(count: int = 5_000) -> Report:
    """``count`` jobs due at one moment: how long until the last has started."""
    with surroundings() as here:
        title = f"Burst: {count:,} jobs due at one moment"
        report = Report(title, here.server, ("started", "drained", "jobs/s", "p50", "p99"))
        _warm_up(here)
        plain = 0.0
        for what, series, start in (
            ("plain Celery queue", "plain", _plain),
            ("durable jobs", "durable", _durable),
            ("Celery eta", "eta", _eta),
        ):
            moment = start(here, count, series)
            starts = here.wait_for(series, count, moment - time.time() + PATIENCE)
            drained = max((at for _, at in starts), default=moment) - moment
            plain = plain or drained
            rate = round(len(starts) / drained) if drained > 0 else 0
            figures = {"drained": drained, "jobs/s": rate, "times_plain": round(drained / plain, 2) if plain else None}
            report.add(what, started=len(starts), jobs=count, **figures, **lags([(moment, at) for _, at in starts]))
        report.notes = [
            "drained: from the moment at which all were due (plain queue: the worker began to consume) until the last "
            "one started.",
            *(f"{row['what']}: {row['times_plain']} times the plain queue." for row in report.rows[1:]),
        ]
    return report


def _warm_up(here: Surroundings) -> None:
    _durable(here, 200, "warm-up")
    here.wait_for("warm-up", 200, PATIENCE)


def _plain(here: Surroundings, count: int, series: str) -> float:
    """Messages that wait on a queue which the worker then begins to consume."""
    for _ in range(count):
        here.module.plain.apply_async((series, 0.0), queue="plain")
    moment = time.time()
    here.module.app.control.add_consumer("plain", reply=True, timeout=5)
    return moment


def _durable(here: Surroundings, count: int, series: str) -> float:
    from celery_durable_jobs import JobRequest, schedule_job

    due = time.time() + AHEAD + count * 0.001
    eta = datetime.fromtimestamp(due, timezone.utc)
    schedule_job.apply_many(JobRequest(here.module.durable.s(series, due), eta=eta) for _ in range(count))
    if time.time() > due:
        raise RuntimeError("scheduling took longer than was thought: the jobs were due before it had ended")
    return due


def _eta(here: Surroundings, count: int, series: str) -> float:
    due = time.time() + AHEAD + count * 0.004
    eta = datetime.fromtimestamp(due, timezone.utc)
    for _ in range(count):
        here.module.plain.apply_async((series, due), eta=eta)
    return due
