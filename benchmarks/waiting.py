"""With ten million jobs waiting, beside ten thousand: lag, and the cost of schedule, claim, cancel and get."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from benchmarks.filling import Filler, ahead
from benchmarks.hands import Hands
from benchmarks.lab import Lab, Place
from benchmarks.report import Report, quantile
from benchmarks.series import schedule_durable
from benchmarks.start_lag import lags_of

SMALL = {"count": 400, "few": 100, "calls": 20, "repeats": 1, "lag_rounds": 0}
SPAN = 86_400.0
"""Seconds over which the waiting jobs are spread, from an hour from now on."""

ROWS = {"schedule": "waiting_schedule", "get": "waiting_get", "cancel": "waiting_cancel", "claim": "waiting_claim"}


def run(
    lab: Lab,
    report: Report,
    *,
    count: int = 10_000_000,
    few: int = 10_000,
    calls: int = 500,
    repeats: int = 9,
    lag_rounds: int = 3,
    rate: int = 100,
    seconds: float = 10.0,
    ahead_s: float = 2.0,
) -> None:
    """``count`` jobs wait on one server, ``few`` on another; ``calls`` of each kind a round, on both by turns."""
    with lab.place(shared=False) as small, lab.place(shared=False) as large:
        places = {"few": small, "many": large}
        _fill(report, large, small, count, few, calls)
        _costs(report, places, calls, repeats)
        if count >= 1_000:
            report.add("many: used_memory", "MB", float(_info(large)["used_memory"]))
        if not lag_rounds:
            return
        lags: dict[str, list[list[float]]] = {"few": [], "many": []}
        for place in places.values():
            place.start_worker()
            place.start_keeper()
            lags_of(place, schedule_durable, 40, 20, ahead=ahead_s)
        for number in range(lag_rounds):
            for what, place in list(places.items())[:: -1 if number % 2 else 1]:
                lags[what].append(lags_of(place, schedule_durable, rate, int(rate * seconds), ahead=ahead_s))
        for what, rounds in lags.items():
            report.lag(f"{what} waiting", [lag for each in rounds for lag in each])
            for name, share in (("p50", 0.5), ("p99", 0.99)):
                report.add(f"{what}: start lag at {rate}/s, {name}", "s", [quantile(each, share) for each in rounds])
        medians = {what: [quantile(each, 0.5) for each in rounds] for what, rounds in lags.items()}
        report.ratio("start lag, many against few, p50", medians["many"], medians["few"], "waiting_lag")


def _fill(report: Report, large: Place, small: Place, count: int, few: int, calls: int) -> None:
    """Store all that waits; on the way, what each step's rate is with so many."""
    Filler(small).fill(few, ahead(3_600, SPAN, few))
    filler, due = Filler(large), ahead(3_600, SPAN, count)
    there, begun = 0, time.monotonic()
    for goal in _tenfold(few, count):
        filler.fill(goal - there, due, start=there)
        there = goal
        for what, took in _round(large, calls).items():
            report.curves.setdefault(what, []).append((goal, 1 / took))
    report.add("many: filled, with two processes", "/s", count / (time.monotonic() - begun))


def _tenfold(first: int, last: int) -> list[int]:
    steps = [min(first, last)]
    while steps[-1] < last:
        steps.append(min(last, steps[-1] * 10))
    return steps


def _costs(report: Report, places: dict[str, Place], calls: int, repeats: int) -> None:
    found: dict[str, dict[str, list[float]]] = {what: {} for what in places}
    for number in range(repeats + 1):
        for what, place in list(places.items())[:: -1 if number % 2 else 1]:
            for step, took in _round(place, calls).items():
                if number:
                    found[what].setdefault(step, []).append(took)
    for step, row in ROWS.items():
        for what in places:
            report.add(f"{what}: {step}", "s", found[what][step])
        report.ratio(f"{step}, many against few", found["many"][step], found["few"][step], row)


def _round(place: Place, calls: int) -> dict[str, float]:
    """How long a call of each kind takes; the claim (dispatch in one step) a job."""
    jobs, handler = place.module.jobs, place.module.small
    made: list[str] = []

    def schedule(number: int) -> None:
        # Among those that wait, in windows of all ages.
        made.append(jobs.schedule_job.apply(handler, args=(number,), countdown=3_600 + number * SPAN / calls).id)

    took = {
        "schedule": _timed(schedule, calls),
        "get": _timed(lambda number: jobs.get(made[number]), calls),
        "cancel": _timed(lambda number: jobs.cancel(made[number]), calls),
    }
    hands = Hands(place, f"hands-{secrets.token_hex(4)}", own=False)
    hands.fill(calls)
    [term] = hands.terms()
    limit = max(1, calls // 5)
    request = hands.request(term, limit)
    begun = time.perf_counter()
    sent = sum(len(hands.store.send(request).jobs) for _ in range(-(-calls // limit)))
    took["claim"] = (time.perf_counter() - begun) / calls
    hands.close()
    with place.client() as client:
        client.delete(hands.route.queue)
    if sent != calls:
        raise RuntimeError(f"{sent} of {calls} were dispatched")
    return took


def _timed(call: Callable[[int], object], calls: int) -> float:
    begun = time.perf_counter()
    for number in range(calls):
        call(number)
    return (time.perf_counter() - begun) / calls


def _info(place: Place) -> dict[str, int]:
    with place.client() as client:
        told: dict[str, int] = client.info("memory")
    return told
