"""The three works, one round of each, on one peer."""

from __future__ import annotations

import contextlib
import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers import figures
from benchmarks.peers.peer import Peer
from benchmarks.peers.site import Site, running
from tests.support.servers import Server

WARM_UP = 200
HOUR = 3_600.0
FIRST = {"burst": 0, "lag": 1_000_000, "warm-up": 2_000_000}
"""Numbers of a work's jobs: a late one of another work is known by its own."""


@dataclass(frozen=True)
class Amounts:
    """How much of each."""

    calls: int = 1_500
    many: int = 5_000
    burst: int = 5_000
    rate: int = 100
    seconds: float = 4.0
    ahead: float = 5.0
    patience: float = 20.0


def schedule(peer: Peer, envs: Path, folder: Path, server: Server, amounts: Amounts) -> dict[str, Any]:
    """Calls per second, one by one and many at once, while no worker runs."""
    with running(peer, envs, folder, server, workers=False) as site:
        due = time.time() + HOUR
        site.client.order("one", 0, 100, due, 0.001, 0)
        site.client.order("bulk", 0, 100, due, 0.001)
        told = site.client.order("one", 0, amounts.calls, due, 0.001, 0)
        found = {"calls_per_s": amounts.calls / told["seconds"]}
        told = site.client.order("bulk", 0, amounts.many, due, 0.001)
        if "seconds" in told:
            found |= {"bulk_per_s": amounts.many / told["seconds"], "bulk_by": told["by"]}
    return found


def run(
    peer: Peer, envs: Path, folder: Path, server: Server, amounts: Amounts, works: tuple[str, ...]
) -> dict[str, Any]:
    """A steady rate, then a burst, on the same workers: what a slow burst leaves behind disturbs nothing."""
    found: dict[str, Any] = {}
    with running(peer, envs, folder, server, workers=True) as site:
        cost = _warm_up(site, amounts.burst)
        if "lag" in works:
            found |= _lag(site, amounts)
        if "burst" in works:
            found |= _burst(site, amounts, cost)
    return found


def _warm_up(site: Site, most: int) -> float:
    """Run some jobs; answer what scheduling one of many costs."""
    first = FIRST["warm-up"]
    site.client.order("one", first, 10, time.time(), 0, 0)
    site.wait_for(10, time.time() + 60)
    count = min(WARM_UP, most)
    told = _schedule_many(site, first + 10, count, time.time() + 1)
    site.wait_for(10 + count, time.time() + 30)
    return float(told["seconds"]) / count


def _schedule_many(site: Site, first: int, count: int, due: float) -> dict[str, Any]:
    """By the call for many, where there is one."""
    told = site.client.order("bulk", first, count, due, 0)
    return site.client.order("one", first, count, due, 0, 0) if "absent" in told else told


def _burst(site: Site, amounts: Amounts, cost: float) -> dict[str, Any]:
    site.forget()
    # The moment is a whole second (some peers know no other), and 3 s after the last call ends.
    due = math.ceil(time.time() + amounts.burst * cost * 1.3 + 3)
    before = site.cpu()
    _schedule_many(site, FIRST["burst"], amounts.burst, due)
    in_time = time.time() < due
    site.wait_for(amounts.burst, due + amounts.patience)
    after = site.cpu()
    time.sleep(0.2)
    found = figures.burst(_of(site, "burst", amounts.burst), amounts.burst, due)
    if before is not None and after is not None and not found["burst_missing"]:
        found["cpu_us"] = (after - before) / amounts.burst * 1e6
    return {**found, "scheduled_in_time": in_time}


def _lag(site: Site, amounts: Amounts) -> dict[str, Any]:
    site.forget()
    count = int(amounts.rate * amounts.seconds)
    first = time.time() + 0.2 + amounts.ahead
    site.client.order("one", FIRST["lag"], count, first, 1 / amounts.rate, amounts.ahead)
    site.wait_for(count, first + amounts.seconds + 20)
    time.sleep(0.2)
    dues = [first + number / amounts.rate for number in range(count)]
    return figures.lag(_of(site, "lag", count), dues)


def _of(site: Site, work: str, count: int) -> list[tuple[int, float]]:
    """The starts of a work's own jobs, numbered from 0."""
    first = FIRST[work]
    return [(number - first, at) for number, at in site.starts() if first <= number < first + count]


def one_round(
    peer: Peer, envs: Path, folder: Path, server: Server, amounts: Amounts, works: tuple[str, ...], empty: Any
) -> dict[str, Any]:
    """All works on one peer, each on an empty store."""
    found: dict[str, Any] = {}
    with contextlib.ExitStack() as stack:
        stack.callback(empty)
        if "schedule" in works:
            empty()
            found |= schedule(peer, envs, folder / "schedule", server, amounts)
        if "burst" in works or "lag" in works:
            empty()
            found |= run(peer, envs, folder / "run", server, amounts, works)
    return found
