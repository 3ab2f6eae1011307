"""A burst: many jobs due at one moment, until the last has run; beside a plain queue and Celery's eta.

The plain messages lie on a queue that the worker then begins to consume; jobs and ``eta`` tasks were scheduled before.
"""

from __future__ import annotations

import time

from benchmarks.lab import Lab, Place
from benchmarks.report import Report, quantile
from benchmarks.rounds import by_turns
from benchmarks.series import (
    consume_plain,
    leave_plain,
    new_series,
    schedule_durable,
    schedule_eta,
    send_plain,
)

SMALL = {"count": 40, "repeats": 1, "eta": 0, "ahead": 0.5}
PATIENCE = 120.0


def run(lab: Lab, report: Report, *, count: int = 10_000, repeats: int = 3, eta: int = 1, ahead: float = 2.0) -> None:
    """``eta`` 0: without Celery's eta. ``ahead``: seconds between the end of scheduling and the due time."""
    with lab.place() as place:
        place.start_worker()
        place.start_keeper()
        _durable(place, min(count, 200), ahead)
        drain_plain(place, min(count, 200))
        lags: list[float] = []
        sides = {
            "plain messages": lambda: count / drain_plain(place, count),
            "durable jobs": lambda: count / _durable(place, count, ahead, lags),
            **({"Celery eta": lambda: count / _eta(place, count, ahead)} if eta else {}),
        }
        rates = by_turns(sides, repeats, warm_up=False)
        for what, samples in rates.items():
            report.add(what, "/s", samples)
        report.ratio("durable jobs, against plain messages", rates["durable jobs"], rates["plain messages"], "burst")
        if eta:
            report.ratio("durable jobs, against Celery eta", rates["durable jobs"], rates["Celery eta"], "burst_eta")
        report.add("durable jobs: from due to start, p50", "s", quantile(sorted(lags), 0.5))


def _durable(place: Place, count: int, ahead: float, lags: list[float] | None = None) -> float:
    """How long it took from the due time until the last has run."""
    return drain(place, count, ahead, "durable", lags)


def drain(place: Place, count: int, ahead: float, handler: str, lags: list[float] | None = None) -> float:
    """As ``_durable``, with another handler of the app."""
    series = new_series(handler)
    cost = 0.0004
    while True:
        due = time.time() + ahead + count * cost
        schedule_durable(place, series, [due] * count, handler)
        if time.time() < due:
            break
        # The machine is slow: some were due before all were there. They run, and another series is begun.
        place.wait_for(series, count, PATIENCE)
        series, cost = new_series(handler), cost * 2
    starts = place.wait_for(series, count, due - time.time() + PATIENCE)
    if min(start for _, start in starts) < due:
        raise RuntimeError("a job ran before its time")
    if lags is not None:
        lags += [start - due for _, start in starts]
    return max(start for _, start in starts) - due


def drain_plain(place: Place, count: int) -> float:
    """How long it took from when the worker was told to consume until the last has run."""
    series = new_series("plain")
    send_plain(place, series, count)
    moment = consume_plain(place)
    starts = place.wait_for(series, count, PATIENCE)
    leave_plain(place)
    return max(start for _, start in starts) - moment


def _eta(place: Place, count: int, ahead: float) -> float:
    series = new_series("eta")
    due = time.time() + ahead + count * 0.0015
    schedule_eta(place, series, [due] * count)
    late = time.time() - due
    starts = place.wait_for(series, count, max(0.0, -late) + PATIENCE)
    return max(start for _, start in starts) - due
