"""Very many jobs overdue when a keeper starts: rate, longest queue, the keeper's memory, other clients' calls."""

from __future__ import annotations

import time

import psutil

from benchmarks.filling import Filler, overdue
from benchmarks.lab import Lab, Place
from benchmarks.report import Report, quantile
from tests.support.waiting import wait_until

SMALL = {"count": 200, "few": 50, "seconds": 0.5}
QUEUE = "celery"
SERIES = "numbered"


def run(lab: Lab, report: Report, *, count: int = 1_000_000, few: int = 10_000, seconds: float = 30.0) -> None:
    """First ``few`` are overdue, then ``count``; of those, what happens within so many seconds."""
    with lab.place() as place:
        place.start_worker()
        filler = Filler(place, queue=None, handler=SERIES)
        calm = _calls(place, 200)
        reference = _few(place, filler, few)
        place.stop_keeper()
        filler.fill(count, overdue)
        _many(place, report, count, seconds, reference)
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            report.add(f"a client's call with nothing overdue, {name}", "s", quantile(calm, share))
        report.notes = ["A client's call: schedule, get, cancel in turn, one every 5 ms, on the same two cores."]


def _few(place: Place, filler: Filler, few: int) -> float:
    """The rate at which the worker runs a few overdue jobs."""
    filler.fill(few, overdue)
    before = place.started(SERIES)
    place.start_keeper()
    first, begun = _first(place, before), time.monotonic()
    place.wait_for(SERIES, before + few, 120)
    return (before + few - first) / (time.monotonic() - begun)


def _first(place: Place, before: int) -> int:
    """Wait until some have started beyond so many; answers how many have."""
    wait_until(lambda: place.started(SERIES) > before, 30, "the first has started", interval=0.001)
    return place.started(SERIES)


def _many(place: Place, report: Report, count: int, seconds: float, reference: float) -> None:
    before = place.started(SERIES)
    keeper = psutil.Process(place.start_keeper().pid)
    first, begun = _first(place, before), time.monotonic()
    longest = memory = looks = 0
    calls: list[float] = []
    client_calls = _Calls(place)
    done = first
    with place.client() as client:
        while time.monotonic() < begun + seconds and done < before + count:
            longest = max(longest, client.llen(QUEUE))
            calls.append(client_calls.next())
            looks += 1
            if looks % 50 == 0:
                memory = max(memory, keeper.memory_info().rss)
                done = place.started(SERIES)
            time.sleep(0.005)
    took, done = time.monotonic() - begun, place.started(SERIES)
    memory = max(memory, keeper.memory_info().rss)
    calls.sort()
    bound = place.module.jobs.settings.max_backlog
    rate = (done - first) / took
    report.add("rate with few overdue", "/s", reference)
    report.add("rate with many", "/s", rate)
    report.ratio("many, against few", [rate], [reference], "overdue_rate")
    report.add("longest queue", "messages", longest)
    report.add("longest queue, in backlogs' bounds", "x", longest / bound, "overdue_queue")
    report.add("the keeper's resident memory", "MB", memory, "overdue_memory")
    report.add("a client's call meanwhile, p50", "s", quantile(calls, 0.5))
    report.add("a client's call meanwhile, p99", "s", quantile(calls, 0.99), "overdue_p99")


class _Calls:
    """A client that schedules, gets, cancels, and so on."""

    def __init__(self, place: Place) -> None:
        self._jobs = place.module.jobs
        self._handler = place.module.small
        self._number = 0
        self._job = self._jobs.schedule_job.apply(self._handler, args=(0,), countdown=3_600)

    def next(self) -> float:
        """Make the next call; answers how long it took."""
        self._number += 1
        begun = time.perf_counter()
        if self._number % 3 == 1:
            self._job = self._jobs.schedule_job.apply(self._handler, args=(self._number,), countdown=3_600)
        elif self._number % 3 == 2:
            self._jobs.get(self._job.id)
        else:
            self._jobs.cancel(self._job.id)
        return time.perf_counter() - begun


def _calls(place: Place, count: int) -> list[float]:
    calls = _Calls(place)
    took = []
    for _ in range(count):
        took.append(calls.next())
        time.sleep(0.002)
    return sorted(took)
