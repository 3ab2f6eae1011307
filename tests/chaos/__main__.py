"""The command: ``python -m tests.chaos --minutes 30 --seed 1``."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from tests.chaos.checker import Limits, judge, load
from tests.chaos.draw import Mix
from tests.chaos.faults import STORE_CLOCK, WEIGHTS, Pace
from tests.chaos.run import Orders, run
from tests.chaos.table import table
from tests.chaos.world import BROKERS, STORES


def main(arguments: list[str] | None = None) -> int:
    """Answers 0 when every promise was kept, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="how long there is chaos (5)")
    parser.add_argument("--seed", type=int, default=1, help="what is drawn (1)")
    parser.add_argument("--broker", choices=BROKERS, default="redis")
    parser.add_argument("--store", choices=STORES, default="redis")
    parser.add_argument("--no-kills", action="store_true", help="nothing is struck")
    parser.add_argument("--jobs", type=int, help="without kills: so many plain jobs, however long it takes")
    parser.add_argument("--rate", type=float, default=60.0, help="jobs a second (60)")
    parser.add_argument("--every", type=float, help="the mean pause between two strikes in seconds (5)")
    parser.add_argument("--only", action="append", default=[], metavar="KIND", help="strike nothing but this kind")
    parser.add_argument(
        "--times", type=int, default=0, help="strike so often, each far enough from the next to measure"
    )
    parser.add_argument("--restart-keepers", type=float, default=0.0, metavar="S", help="one of them each S seconds")
    parser.add_argument(
        "--max-backlog",
        type=int,
        default=10_000,
        help="with less than 5,000, bounds of recovery are not judged (10,000)",
    )
    parser.add_argument(
        "--slots", type=int, default=4, help="runs at a time in each of the three workers (4); more for higher rates"
    )
    parser.add_argument("--slack", type=float, default=0.0, help="seconds that a busy machine may take (0)")
    parser.add_argument("--quick", action="store_true", help="short leases, so that long freezes come often")
    parser.add_argument("--folder", type=Path, help="keep the history here; else it is kept where a promise was broken")
    parser.add_argument("--judge", type=Path, metavar="FOLDER", help="only judge a history that was kept")
    options = parser.parse_args(arguments)
    limits = QUICK if options.quick else Limits()
    limits = Limits(limits.lease_ttl, limits.run_lease, limits.begin_timeout, slack=options.slack)
    if options.judge:
        told = json.loads((options.judge / "orders.json").read_text())
        report = judge(load(options.judge), Limits(**told["limits"]))
        _say(table(report, Counter(), str(options.judge)))
        return 0 if report.ok else 1
    unknown = set(options.only) - set(WEIGHTS)
    if unknown:
        parser.error(f"no such kind: {', '.join(sorted(unknown))}; there are: {', '.join(WEIGHTS)}")
    if options.folder and any(options.folder.glob("*.jsonl")):
        parser.error(f"there is a history in {options.folder} already")
    orders = orders_of(options, limits)
    began = time.monotonic()
    outcome = run(orders, options.folder, lambda text: _say(f"{time.monotonic() - began:7.1f} s  {text}", sys.stderr))
    title = (
        f"chaos: seed {orders.seed}, {outcome.seconds / 60:.1f} minutes, broker {orders.broker}, store {orders.store}"
    )
    _say(table(outcome.report, outcome.struck, title))
    if outcome.report.ok:
        return 0
    _say(f"the history is kept in {outcome.folder}", sys.stderr)
    return 1


def _say(text: str, stream: TextIO = sys.stdout) -> None:
    stream.write(text + "\n")
    stream.flush()


QUICK = Limits(lease_ttl=2.0, run_lease=6.0, begin_timeout=5.0)


def orders_of(options: argparse.Namespace, limits: Limits) -> Orders:
    """What the command line asks for."""
    pace = Pace(
        every=options.every or 5.0,
        beyond_keeper=limits.lease_ttl + 3,
        beyond_worker=limits.run_lease + 4,
        restarts=options.restart_keepers,
    )
    often = {} if options.store == "redis" else {"store killed": 12, "store frozen": 6}
    known = {**WEIGHTS, **often}
    if options.store != "redis":  # the checker follows the clock of one server
        del known[STORE_CLOCK]
    weights = {kind: weight for kind, weight in known.items() if not options.only or kind in options.only}
    orders = Orders(
        seed=options.seed,
        seconds=options.minutes * 60,
        broker=options.broker,
        store=options.store,
        kills=not options.no_kills,
        rate=options.rate,
        limits=limits,
        pace=pace,
        weights=weights,
        max_backlog=options.max_backlog,
        concurrency=options.slots,
        patience=max(150.0, options.minutes * 12),
    )
    if options.times:
        return _measuring(orders, options)
    if options.jobs is None:
        return orders
    return replace(
        orders,
        kills=False,
        jobs=options.jobs,
        rate=max(options.rate, 2_000.0),
        seconds=86_400.0,
        pools=("prefork",),
        keepers=2,
        clients=1,
        concurrency=2,
        max_backlog=1_000,
        patience=7_200.0,
        tap=False,  # what is doubled is told by the handlers: the broker need not tell of each command
    )


def _measuring(orders: Orders, options: argparse.Namespace) -> Orders:
    """Few kinds of fault, each strike on its own: for the figures of recovery.

    Shards are small and many, so that each keeper has some at work; handlers are longer, so that each worker has.
    """
    lease = orders.limits.lease_ttl + 4
    pauses = {"child killed": 2.0, "keeper stopped": 4.0, "worker killed": 6.0, "worker's parent killed": 6.0}
    every = options.every or max(pauses.get(kind, lease) for kind in orders.weights)
    return replace(
        orders,
        seconds=orders.limits.run_lease + 3 * every * options.times,
        times=options.times,
        pace=replace(orders.pace, every=every, steady=True),
        mix=Mix(poison=False, sleepy=6.0),
        settings={"durable_jobs_shard_duration": 2, "durable_jobs_shard_stripes": 3},
        shift=0.0,
    )


if __name__ == "__main__":
    sys.exit(main())
