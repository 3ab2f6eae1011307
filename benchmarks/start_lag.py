"""Start lag: how long after its due time a job starts, at a steady rate; beside Celery's eta."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.lab import Lab, Place
from benchmarks.report import Report, quantile
from benchmarks.series import new_series, schedule_durable, schedule_eta

SIDES = (("durable jobs", schedule_durable), ("Celery eta", schedule_eta))
SMALL = {"rates": "40", "seconds": 0.5, "repeats": 1, "ahead": 0.5}


def run(
    lab: Lab,
    report: Report,
    *,
    rates: str = "100,500",
    seconds: float = 15.0,
    repeats: int = 2,
    ahead: float = 2.0,
) -> None:
    """``rates``: so many jobs a second; at each, rounds of so many seconds."""
    with lab.place() as place:
        place.start_worker()
        place.start_keeper()
        lags_of(place, schedule_durable, 50, 20, ahead=ahead)
        for rate in map(int, rates.split(",")):
            found: dict[str, list[list[float]]] = {}
            for number in range(repeats):
                for what, schedule in SIDES[:: -1 if number % 2 else 1]:
                    lags = lags_of(place, schedule, rate, int(rate * seconds), ahead=ahead)
                    found.setdefault(what, []).append(lags)
            for what, rounds in found.items():
                report.lag(f"{what}, {rate}/s", [lag for each in rounds for lag in each])
                for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0)):
                    row = f"lag_{rate}_{name}" if what == "durable jobs" and name != "max" else ""
                    report.add(f"{what}, {rate}/s: {name}", "s", [quantile(each, share) for each in rounds], row)


def lags_of(place: Place, schedule: Callable[..., None], rate: int, count: int, *, ahead: float) -> list[float]:
    """Have so many fall due at a steady rate; answers their lags, sorted.

    They are scheduled before the first is due: nothing else goes on meanwhile.

    :raises RuntimeError: one started before its time.
    """
    cost = 0.001
    while True:
        series, first = new_series("lag"), time.time() + ahead + count * cost
        dues = [first + number / rate for number in range(count)]
        schedule(place, series, dues)
        if time.time() < first:
            break
        cost *= 2  # the machine is slow: those run, and others are scheduled
        place.wait_for(series, count, dues[-1] - time.time() + 60)
    starts = place.wait_for(series, count, dues[-1] - time.time() + 60)
    lags = sorted(start - due for due, start in starts)
    if lags[0] < 0:
        raise RuntimeError("one started before its time")
    return lags
