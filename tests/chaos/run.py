"""One run: surroundings, processes, faults, rest, export, verdict."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.chaos import members
from tests.chaos.checker import Limits, Report, judge, load
from tests.chaos.draw import Mix
from tests.chaos.faults import STORE_CLOCK, WEIGHTS, Faults, Pace
from tests.chaos.history import History
from tests.chaos.members import Member
from tests.chaos.shifts import SHIFTS, Shifts, StoreClock
from tests.chaos.world import World, open_world
from tests.support.processes import ChildProcess
from tests.support.waiting import PATIENCE, wait_until

ROOM = 5_000
"""A backlog of so many is never full here."""

LATE = 0.5
"""The harness itself was late by so much: the machine was too busy for exact bounds."""


@dataclass(frozen=True)
class Orders:
    """What a run is.

    :param seconds: how long there is chaos; with ``jobs``: the longest.
    :param rate: jobs a second, of all clients together.
    :param jobs: stop when so many were scheduled, in bulk and as plain as can be; None: all kinds, until time is over.
    :param kills: False: nothing is struck.
    :param times: so often something is struck, and no more; 0: until time is over.
    :param settings: ``durable_jobs_*`` and other settings of the app.
    :param limits: what the settings promise.
    :param patience: how long the store may take to come to rest.
    :param pools: of the workers, in turn.
    """

    seed: int
    seconds: float
    broker: str = "redis"
    store: str = "redis"
    kills: bool = True
    times: int = 0
    jobs: int | None = None
    rate: float = 60.0
    keepers: int = 3
    clients: int = 3
    pools: tuple[str, ...] = ("prefork", "prefork", "threads")
    concurrency: int = 4
    tap: bool = True
    max_backlog: int = 10_000
    """So many that dispatch is never held up by it. With fewer, bounds of recovery don't hold and aren't judged."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    mix: Mix = field(default_factory=Mix)
    pace: Pace = field(default_factory=Pace)
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    patience: float = 150.0
    shift: float = 0.25
    """How many of the processes have a wrong clock, where there is a C compiler to make one."""


@dataclass
class Outcome:
    """What came of it."""

    report: Report
    struck: Counter[str]
    folder: Path
    seconds: float


def settings_of(orders: Orders) -> dict[str, Any]:
    """The app's settings; how finely jobs are sharded is drawn."""
    rng = random.Random(f"{orders.seed} settings")
    return {
        "durable_jobs_shard_duration": rng.choice([2, 10, 60]),
        "durable_jobs_shard_stripes": rng.choice([1, 1, 3]),
        "durable_jobs_lease_ttl": orders.limits.lease_ttl,
        "durable_jobs_run_lease": orders.limits.run_lease,
        "durable_jobs_begin_timeout": orders.limits.begin_timeout,
        "durable_jobs_poll_interval": orders.limits.poll_interval,
        # What has ended is looked at when all is over, by a clock that may have been set forward by two hours.
        "durable_jobs_keep_ended": max(300, orders.seconds * 3 + 600) + 7_200 if orders.jobs is None else 300,
        "durable_jobs_unknown_grace": 3,
        "durable_jobs_max_backlog": orders.max_backlog,
        "worker_prefetch_multiplier": 4,
        **orders.settings,
    }


def run(orders: Orders, folder: Path | None = None, say: Callable[[str], None] = lambda text: None) -> Outcome:
    """Run it and judge it. The folder is removed when all promises were kept and it wasn't given.

    :param say: told how it goes, for a person who waits.
    """
    here = folder or Path(tempfile.mkdtemp(prefix="chaos-"))
    (here / "logs").mkdir(parents=True, exist_ok=True)
    (here / "marks").mkdir(exist_ok=True)
    limits = orders.limits if orders.max_backlog >= ROOM else replace(orders.limits, slack=86_400.0)
    (here / "orders.json").write_text(json.dumps({"limits": asdict(limits), "settings": settings_of(orders)}))
    started = time.monotonic()
    with contextlib.ExitStack() as stack:
        clocks = here / "clocks"
        clocks.mkdir(exist_ok=True)
        shifts = Shifts(clocks)
        clock = shifts.variables(StoreClock.NAME) if STORE_CLOCK in orders.weights and orders.kills else {}
        world = open_world(orders.store, orders.broker, settings_of(orders), chaos=orders.kills, clock=clock)
        stack.callback(world.close)
        struck = _Stage(orders, world, here, shifts, stack, say).play()
    say("judging")
    report = judge(load(here), limits)
    outcome = Outcome(report, struck, here, time.monotonic() - started)
    if report.ok and folder is None:
        shutil.rmtree(here, ignore_errors=True)
    return outcome


class _Stage:
    def __init__(
        self,
        orders: Orders,
        world: World,
        folder: Path,
        shifts: Shifts,
        stack: contextlib.ExitStack,
        say: Callable[[str], None],
    ) -> None:
        self._orders = orders
        self._world = world
        self._folder = folder
        self._stack = stack
        self._say = say
        self._rng = random.Random(orders.seed)
        self._history = History(folder, "harness")
        self._shifts = shifts
        self._clock = StoreClock(shifts, self._history)
        self._draws = random.Random(f"{orders.seed} clocks")
        self._members = self._make_members()
        for member in self._members:
            stack.callback(member.close)
        self._over = threading.Event()

    def play(self) -> Counter[str]:
        """All of it; answers what was struck."""
        orders = self._orders
        clock = threading.Thread(target=self._keep_time, daemon=True, name="clock")
        clock.start()
        self._stack.callback(self._over.set)
        if orders.tap:
            tap = self._world.tap(self._history)
            tap.start()
            self._stack.callback(tap.close)
        working = [member for member in self._members if member.role != "client"]
        for member in working:
            member.start()
        for member in working:
            wait_until(lambda member=member: member.ready, 60, lambda member=member: f"{member.name} is ready")  # type: ignore[misc]
        clients = [member for member in self._members if member.role == "client"]
        for member in clients:
            member.start()
        self._say(f"{len(working)} processes and {len(clients)} clients are up")
        faults = Faults(
            self._world,
            self._members,
            self._history,
            self._shifts,
            self._clock,
            self._rng,
            orders.pace,
            dict(orders.weights) if orders.kills else {},
            orders.times,
        )
        with contextlib.suppress(_ClientsDoneError):
            limits = orders.limits
            rest = max(limits.lease_ttl, limits.run_lease, limits.begin_timeout) + 3
            faults.run(orders.seconds, self._watch, rest)
        self._say("healing")
        faults.heal()
        self._history.write("well")
        for member in clients:
            member.terminate()
        for member in clients:
            assert member.process is not None
            member.process.wait(60)
        self._export()
        self._leave(working)
        return faults.struck

    def _make_members(self) -> list[Member]:
        orders, world, folder = self._orders, self._world, self._folder
        share = {"seed": orders.seed, "rate": orders.rate / orders.clients, "mix": asdict(orders.mix)}
        if orders.jobs is not None:
            share |= {"jobs": -(-orders.jobs // orders.clients), "plain": True}
        made = [members.keeper(world, folder, number + 1, self._shift) for number in range(orders.keepers)]
        loglevel = "INFO" if orders.jobs is None else "WARNING"
        for number, pool in enumerate(orders.pools):
            made.append(
                members.worker(world, folder, number + 1, self._shift, pool, orders.concurrency, loglevel=loglevel)
            )
        made += [members.client(world, folder, number + 1, self._shift, share) for number in range(orders.clients)]
        return made

    def _shift(self, name: str) -> Mapping[str, str]:
        """Some incarnations believe that it is another time, and may change their mind."""
        if not self._orders.kills or self._draws.random() >= self._orders.shift:
            return {}
        return self._shifts.variables(name, self._draws.choice(SHIFTS))

    def _keep_time(self) -> None:
        """Each half second what the wall clock shows; and when the harness itself was late."""
        last = time.monotonic()
        self._clock.tell()
        ticks = 0
        while not self._over.wait(0.1):
            now = time.monotonic()
            if now - last > LATE:
                self._history.write("fault", t=last, until=now, kind="stall", role="machine")
            last = now
            ticks += 1
            if ticks % 5 == 0:
                self._clock.tell()

    def _watch(self) -> None:
        """A process that ended by itself is told of, and started again."""
        for member in self._members:
            if member.process is None or member.running or member.leaving:
                continue
            if member.role == "client" and member.process.returncode == 0:
                member.leaving = True
                continue
            member.leaving = True
            code = member.process.returncode
            self._history.write("trouble", text=f"{member.name} ended with {code}: {member.last_words(15)}")
            member.start()
        clients = [member for member in self._members if member.role == "client"]
        if self._orders.jobs is not None and all(not member.running for member in clients):
            raise _ClientsDoneError

    def _export(self) -> None:
        self._say("waiting for rest")
        path = self._folder / "store.json"
        command = [
            sys.executable,
            "-m",
            "tests.chaos.export",
            str(path),
            "--patience",
            str(self._orders.patience * PATIENCE),
        ]
        environment = {**self._world.site("").variables(), "CHAOS_FOLDER": str(self._folder), "CHAOS_NAME": "export"}
        export = ChildProcess(command, name="export", log_path=self._folder / "logs" / "export.log", env=environment)
        self._stack.callback(export.close)
        export.start()
        export.wait(self._orders.patience + 120)
        if not path.exists():
            self._history.write("trouble", text=f"the export failed: {export.tail(20)[-3_000:]}")

    def _leave(self, working: list[Member]) -> None:
        """Stop politely: who can't is told of."""
        self._say("stopping")
        for member in working:
            member.terminate()
        for member in working:
            assert member.process is not None
            try:
                member.process.wait(30)
            except AssertionError:
                self._history.write("trouble", text=f"{member.name} did not stop: {member.last_words()}")


class _ClientsDoneError(Exception):
    """All clients have scheduled what they had to."""
