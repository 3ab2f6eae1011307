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

WARM_UP = 200
HOUR = 3_600.0


@dataclass(frozen=True)
class Amounts:
    """How much of each."""

    calls: int = 1_500
    many: int = 5_000
    burst: int = 5_000
    rate: int = 100
    seconds: float = 6.0
    ahead: float = 5.0
    patience: float = 40.0


def schedule(peer: Peer, envs: Path, folder: Path, url: str, amounts: Amounts) -> dict[str, Any]:
    """Calls per second, one by one and many at once, while no worker runs."""
    with running(peer, envs, folder, url, workers=False) as site:
        due = time.time() + HOUR
        site.client.order("one", 0, 100, due, 0.001, 0)
        site.client.order("bulk", 0, 100, due, 0.001)
        told = site.client.order("one", 0, amounts.calls, due, 0.001, 0)
        found = {"calls_per_s": amounts.calls / told["seconds"]}
        told = site.client.order("bulk", 0, amounts.many, due, 0.001)
        if "seconds" in told:
            found |= {"bulk_per_s": amounts.many / told["seconds"], "bulk_by": told["by"]}
    return found


def run(peer: Peer, envs: Path, folder: Path, url: str, amounts: Amounts, works: tuple[str, ...]) -> dict[str, Any]:
    """A burst, then a steady rate, on the same workers."""
    found: dict[str, Any] = {}
    with running(peer, envs, folder, url, workers=True) as site:
        cost = _warm_up(site, amounts.burst)
        if "burst" in works:
            found |= _burst(site, amounts, cost)
        if "lag" in works:
            found |= _lag(site, amounts)
    return found


def _warm_up(site: Site, most: int) -> float:
    """Run some jobs; answer what scheduling one costs at most."""
    site.client.order("one", 0, 10, time.time(), 0, 0)
    site.wait_for(10, time.time() + 60)
    count = min(WARM_UP, most)
    told = site.client.order("one", 10, count, time.time() + 1, 0.001, 0)
    site.wait_for(10 + count, time.time() + 30)
    return float(told["seconds"]) / count


def _burst(site: Site, amounts: Amounts, cost: float) -> dict[str, Any]:
    site.forget()
    # The moment is a whole second (some peers know no other), and 3 s after the last call ends.
    due = math.ceil(time.time() + amounts.burst * cost * 1.3 + 3)
    told = site.client.order("bulk", 0, amounts.burst, due, 0)
    if "absent" in told:
        site.client.order("one", 0, amounts.burst, due, 0, 0)
    in_time = time.time() < due
    site.wait_for(amounts.burst, due + amounts.patience)
    time.sleep(0.2)
    found = figures.burst(site.starts(), amounts.burst, due)
    return {**found, "scheduled_in_time": in_time}


def _lag(site: Site, amounts: Amounts) -> dict[str, Any]:
    site.forget()
    count = int(amounts.rate * amounts.seconds)
    first = time.time() + 0.2 + amounts.ahead
    site.client.order("one", 0, count, first, 1 / amounts.rate, amounts.ahead)
    site.wait_for(count, first + amounts.seconds + 20)
    time.sleep(0.2)
    dues = [first + number / amounts.rate for number in range(count)]
    return figures.lag(site.starts(), dues)


def one_round(
    peer: Peer, envs: Path, folder: Path, url: str, amounts: Amounts, works: tuple[str, ...], empty: Any
) -> dict[str, Any]:
    """All works on one peer, each on an empty store."""
    found: dict[str, Any] = {}
    with contextlib.ExitStack() as stack:
        stack.callback(empty)
        if "schedule" in works:
            empty()
            found |= schedule(peer, envs, folder / "schedule", url, amounts)
        if "burst" in works or "lag" in works:
            empty()
            found |= run(peer, envs, folder / "run", url, amounts, works)
    return found
