"""What may befall a run, drawn from a seed, and how it is taken back. Each is written into the history."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.chaos.history import History
from tests.chaos.members import Member, kill_one
from tests.chaos.shifts import SHIFTS, Shifts, StoreClock
from tests.chaos.world import Place, World
from tests.support.proxy import Proxy

Undo = Callable[[], None]


@dataclass(frozen=True)
class Pace:
    """How often something happens, and how long things last, in seconds.

    :param every: the mean pause between two faults.
    :param steady: each pause is as long as that.
    :param restarts: so often one keeper after the other is restarted politely, beside what is drawn; 0: none is.
    :param down: the longest that a killed process stays away.
    :param short: a freeze or cut that no lease notices, at most.
    :param beyond_keeper: a freeze that outlasts a keeper's lease.
    :param beyond_worker: a freeze that outlasts a run's lease, or 0: none.
    :param away: the longest that a server is away.
    :param set: the longest that the store's clock stays set, an hour forward or back.
    """

    every: float = 5.0
    down: float = 3.0
    short: float = 2.0
    beyond_keeper: float = 8.0
    beyond_worker: float = 40.0
    away: float = 6.0
    set: float = 30.0
    steady: bool = False
    restarts: float = 0.0


WEIGHTS = {
    "keeper killed": 16, "keeper stopped": 6, "keeper frozen": 4, "keeper frozen beyond its lease": 4,
    "worker killed": 8, "worker's parent killed": 4, "child killed": 20, "worker stopped": 5, "worker frozen": 4,
    "worker frozen beyond its lease": 2, "client killed": 6, "store killed": 3, "store frozen": 2, "broker away": 3,
    "connections cut": 6, "connections refused": 3, "replies lost": 6, "answers late": 3, "requests cut": 3,
    "half closed": 2, "black hole": 2, "clock jumps": 4, "store's clock set": 3,
}  # fmt: skip

STORE_CLOCK = "store's clock set"
HOUR = 3_600.0
DEMOTED = 5.0
"""Seconds after which sentinels, or the other masters, have told a primary that it no longer is one."""


class Faults:
    """Strikes, and takes back in time.

    :param weights: what happens how often; a kind that isn't named doesn't.
    :param times: so often something is struck, and no more; 0: until time is over.
    """

    def __init__(
        self,
        world: World,
        members: list[Member],
        history: History,
        shifts: Shifts,
        clock: StoreClock,
        rng: random.Random,
        pace: Pace,
        weights: dict[str, float],
        times: int = 0,
    ) -> None:
        self._world = world
        self._members = members
        self._history = history
        self._shifts = shifts
        self._clock = clock
        self._rng = rng
        self._pace = pace
        self._weights = weights
        self._left = times or None
        self._restarted = 0
        self._pending: list[tuple[float, Undo]] = []
        self._busy: set[str] = set()
        """Places and proxies that something is being done to."""
        self.struck: Counter[str] = Counter()

    # -- the clock --------------------------------------------------

    def run(self, seconds: float, watch: Callable[[], None], rest: float = 0.0) -> None:
        """Strike at random moments for so long, or so often. ``watch`` is called some times a second.

        :param rest: so long it goes on after the last strike, where these are counted.
        """
        end = time.monotonic() + seconds
        following = time.monotonic() + self._pause()
        restart = time.monotonic() + self._pace.restarts
        while (now := time.monotonic()) < end:
            self._undo_due(now)
            watch()
            if now >= following and self._weights:
                self._strike()
                following = time.monotonic() + self._pause()
                if self._left == 0:
                    self._weights, end = {}, time.monotonic() + rest
            if self._pace.restarts and now >= restart:
                restart += self._pace.restarts
                self._restart_a_keeper()
            time.sleep(0.02)

    def heal(self) -> None:
        """Take everything back now, and start what is down."""
        while self._pending:
            pending, self._pending = sorted(self._pending, key=lambda each: each[0]), []
            for _, undo in pending:
                undo()  # one that waits for an end puts itself back
            time.sleep(0.05)
        if self.struck[STORE_CLOCK]:
            # What was scheduled while it was ahead is due only then.
            self._clock.set(HOUR)
        for member in self._members:
            if member.role != "client" and not member.running:
                member.start()

    def _pause(self) -> float:
        return (1.0 if self._pace.steady else self._rng.uniform(0.2, 1.8)) * self._pace.every

    def _undo_due(self, now: float) -> None:
        for pending in [pending for pending in self._pending if pending[0] <= now]:
            self._pending.remove(pending)
            pending[1]()

    def _later(self, seconds: float, undo: Undo) -> None:
        self._pending.append((time.monotonic() + seconds, undo))

    def _strike(self) -> None:
        """Draw until something can be done."""
        kinds, weights = list(self._weights), list(self._weights.values())
        for _ in range(20):
            kind = self._rng.choices(kinds, weights)[0]
            strike: Callable[[], bool] = getattr(self, "_" + kind.replace(" ", "_").replace("'", ""))
            if strike():
                self.struck[kind] += 1
                self._left = self._left - 1 if self._left else self._left
                return

    def _write(self, kind: str, role: str, since: float, until: float | None = None, **fields: object) -> None:
        self._history.write(
            "fault",
            t=since,
            until=round(time.monotonic() if until is None else until, 6),
            kind=kind,
            role=role,
            **fields,
        )

    # -- processes --------------------------------------------------

    def _pick(self, role: str, *, spare: int = 0, pool: str = "") -> Member | None:
        """One that is whole, as long as so many others are whole beside it."""
        whole = [member for member in self._members if member.role == role and member.whole]
        fit = [member for member in whole if pool in ("", member.pool)]
        return self._rng.choice(fit) if len(whole) > spare and fit else None

    def _kill(self, role: str, spare: int, *, group: bool = True) -> bool:
        member = self._pick(role, spare=spare)
        if member is None:
            return False
        since = time.monotonic()
        pids = member.pids()  # Celery has the kernel kill a pool's children with their parent
        member.kill(group=group)
        self._write("kill", role, since, victim=member.name, pids=pids, label=f"{role} killed")
        self._later(self._rng.uniform(0.1, self._pace.down), lambda: self._restart(member))
        return True

    def _restart(self, member: Member) -> None:
        if not member.running:
            member.start()

    def _stop(self, role: str, spare: int) -> bool:
        member = self._pick(role, spare=spare)
        if member is not None:
            self._ask_to_end(member)
        return member is not None

    def _ask_to_end(self, member: Member) -> None:
        since, pids = time.monotonic(), member.pids()
        member.terminate()
        self._write("term", member.role, since, victim=member.name, pids=pids)
        self._await_end(member, since + 60)

    def _restart_a_keeper(self) -> None:
        """The one whose turn it is, if all are whole."""
        keepers = [member for member in self._members if member.role == "keeper"]
        if all(member.whole for member in keepers):
            self._ask_to_end(keepers[self._restarted % len(keepers)])
            self._restarted += 1
            self.struck["keeper restarted"] += 1

    def _await_end(self, member: Member, patience: float) -> None:
        if member.running and time.monotonic() < patience:
            self._later(0.1, lambda: self._await_end(member, patience))
            return
        if member.running:
            text = f"{member.name} did not end within 60 s of SIGTERM: {member.last_words()}"
            self._history.write("trouble", text=text)
            since, pids = time.monotonic(), member.pids()
            member.kill(group=True)
            self._write("kill", member.role, since, victim=member.name, pids=pids, label=f"{member.role} killed")
        member.start()

    def _freeze(self, role: str, spare: int, seconds: float) -> bool:
        member = self._pick(role, spare=spare)
        if member is None or not seconds:
            return False
        since, pids = time.monotonic(), member.pids()
        member.freeze()

        def thaw() -> None:
            member.thaw()
            self._write("stop", role, since, victim=member.name, pids=pids)

        self._later(seconds, thaw)
        return True

    def _keeper_killed(self) -> bool:
        return self._kill("keeper", 1)

    def _keeper_stopped(self) -> bool:
        return self._stop("keeper", 1)

    def _keeper_frozen(self) -> bool:
        return self._freeze("keeper", 1, self._rng.uniform(0.2, self._pace.short))

    def _keeper_frozen_beyond_its_lease(self) -> bool:
        return self._freeze("keeper", 1, self._pace.beyond_keeper)

    def _worker_killed(self) -> bool:
        return self._kill("worker", 1)

    def _workers_parent_killed(self) -> bool:
        return self._kill("worker", 1, group=False)

    def _worker_stopped(self) -> bool:
        return self._stop("worker", 1)

    def _worker_frozen(self) -> bool:
        return self._freeze("worker", 1, self._rng.uniform(0.2, self._pace.short))

    def _worker_frozen_beyond_its_lease(self) -> bool:
        return self._freeze("worker", 1, self._pace.beyond_worker)

    def _child_killed(self) -> bool:
        member = self._pick("worker", pool="prefork")
        children = member.children() if member is not None else []
        if not children:
            return False
        pid = self._rng.choice(children)
        since = time.monotonic()
        if not kill_one(pid):
            return False
        self._write("kill", "child", since, pids=[pid], label="child killed")
        return True

    def _client_killed(self) -> bool:
        return self._kill("client", 0)

    def _clock_jumps(self) -> bool:
        """The wall clock of one whose clock is wrong already is wrong in another way, in the middle of its work."""
        wrong = [member for member in self._members if member.whole and self._shifts.knows(member.name)]
        if not wrong:
            return False
        member = self._rng.choice(wrong)
        by = self._rng.choice((0.0, *SHIFTS))
        since = time.monotonic()
        self._shifts.jump(member.name, by)
        self._write("clock", member.role, since, victim=member.name, label=f"{by:+g} s")
        return True

    # -- servers --------------------------------------------------

    def _away(self, place: Place, role: str, how: str) -> bool:
        if role in self._busy or how not in place.ways:
            return False
        self._busy.add(role)
        since = time.monotonic()
        place.leave(how)

        def back() -> None:
            place.come_back(how)
            for each in {role, *(("broker",) if self._world.shared else ())}:
                self._write("away", each, since, label=how)
            if place.fails_over:
                # Who was away may come back as a primary, and take writes until it is told that it no longer is one.
                self._write("failover", role, since, time.monotonic() + DEMOTED, label=how)
            self._busy.discard(role)

        if how == "close connections":
            back()
        else:
            self._later(self._rng.uniform(0.2, self._pace.away), back)
        return True

    def _store_killed(self) -> bool:
        return self._away(self._world.store, "store", "kill")

    def _store_frozen(self) -> bool:
        return self._away(self._world.store, "store", "freeze")

    def _broker_away(self) -> bool:
        if self._world.shared:
            return False
        return self._away(self._world.broker, "broker", self._rng.choice(self._world.broker.ways))

    def _stores_clock_set(self) -> bool:
        """By an hour, and back again after a while."""
        if not self._clock.possible or self._clock.ahead:
            return False
        self._clock.set(self._rng.choice((-HOUR, HOUR)))
        self._later(self._rng.uniform(2, self._pace.set), lambda: self._clock.set(0.0))
        return True

    # -- connections --------------------------------------------------

    def _connections(self, seconds: float, bad: Callable[[Proxy], object], label: str) -> bool:
        """Something befalls the connections of one role to one place, for so long."""
        places = [("store", self._world.store)] if self._world.store.proxies else []
        if not self._world.shared:
            places.append(("broker", self._world.broker))
        what, place = self._rng.choice(places)
        role = self._rng.choice(sorted(place.proxies))
        mark = f"{role} {what}"
        if mark in self._busy:
            return False
        self._busy.add(mark)
        proxy = place.proxies[role]
        since = time.monotonic()
        pids = [pid for member in self._members if member.role == role for pid in member.pids()]
        bad(proxy)

        def well() -> None:
            proxy.accept()
            if label == "black hole":
                proxy.cut()  # what was swallowed stays dead: let both ends know, as a router does in the end
            if role != "keeper" or what == "store":
                self._write("cut", role if what == "store" else f"{role}'s broker", since, pids=pids, label=label)
            if role == "keeper" and (what == "broker" or self._world.shared):
                self._write("cut", "broker", since, label=label)
            self._busy.discard(mark)

        self._later(seconds, well)
        return True

    def _connections_cut(self) -> bool:
        return self._connections(0, lambda proxy: proxy.cut(), "cut")

    def _connections_refused(self) -> bool:
        def refuse(proxy: Proxy) -> None:
            proxy.refuse()
            proxy.cut()

        return self._connections(self._rng.uniform(0.2, self._pace.away), refuse, "refused")

    def _replies_lost(self) -> bool:
        count = self._rng.randint(1, 4)
        return self._connections(1.0, lambda proxy: proxy.lose_replies(count), "replies lost")

    def _answers_late(self) -> bool:
        by = self._rng.uniform(0.05, 0.5)
        seconds = self._rng.uniform(0.5, self._pace.short)
        return self._connections(seconds, lambda proxy: proxy.delay(by), "late")

    def _requests_cut(self) -> bool:
        part = self._rng.choice([0, 1, 20, 200])
        return self._connections(1.0, lambda proxy: proxy.cut_within_request(part), "request cut")

    def _half_closed(self) -> bool:
        ends: tuple[Literal["client", "target"], ...] = ("client", "target")
        end = self._rng.choice(ends)
        return self._connections(0, lambda proxy: proxy.half_close(end), "half closed")

    def _black_hole(self) -> bool:
        seconds = self._rng.uniform(0.5, self._pace.away)
        return self._connections(seconds, lambda proxy: proxy.black_hole(), "black hole")
