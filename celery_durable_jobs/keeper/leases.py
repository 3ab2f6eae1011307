"""Which shards this keeper owns, and until when it may believe so.

**A term** is one ownership of one shard under one token. It begins when a look grants it and ends when it is let go,
released, lost, run out, or *doubted*. Renewal belongs to a term: a look names the terms that it wants to keep, and the
store renews those whose token is still the shard's own.

**Trust.** The store's clock judges a lease, and this process can't read it. So a term is trusted until the moment when
the look that granted or renewed it was *started*, plus the lease's length, less a margin, on a clock that runs on while
the machine sleeps (``clock.steady``). Whatever happened to the reply, the store's lease lasts longer than that. What
would outlast the trust isn't begun: no publish starts when the trust doesn't cover the publish timeout.

**Doubt.** A keeper that doesn't know what became of a claim or a publish must not go on under that token: it may have
claimed jobs that it has never seen. It stops naming the term; the next look that finds the shard due grants it anew,
and a new term starts with putting back what was claimed under the old ones.

**Letting go.** A drained shard is let go in the next look, so that a shard is held only while there is something to do.
So is one that another keeper prefers: placement changes when keepers join. A keeper that is preferred and doesn't come
(it dies, or it can't publish) is not handed anything for a while: ``ABSENT_S``.

Two threads work on this: the look loop (``plan``, ``answered``) and the batch loop (all else).
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable
from dataclasses import field

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.keeper.clock import StoreClock, steady
from celery_durable_jobs.model.identity import stripe_of_shard
from celery_durable_jobs.model.placement import preferred_keeper
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps import Held, Looked, Term

MARGIN_S = 0.5
"""So much earlier than the lease's true end a term is no longer trusted (a quarter of a very short lease)."""

LINGER_S = 2.0
"""A drained shard is kept for so long where something falls due soon anyway."""

LINGERING_AT_MOST = 100
"""With more shards than these in hand none is kept for that: each look names them all."""

ABSENT_S = 30.0
"""For so long nothing is handed to a keeper that didn't come for what it was preferred for."""

_NEWEST = 1 << 62

_ALL = -1
"""In place of a stripe: the store doesn't tell of each."""

SAME_S, STALE_S = 0.0005, 0.02

EXTEND_AFTER_S = 1.0
"""What is being published for longer than this is extended by looks."""


@dataclass(slots=True)
class Tenure:
    """A term as its keeper knows it. Times are seconds of the keeper's own clock."""

    term: Term
    trusted_until: float
    swept: bool = False
    """All that was claimed under older tokens has been put back, or nothing was when it was granted: it may claim."""
    busy: bool = False
    """The batch loop is at it; it isn't let go meanwhile."""
    lines: dict[Route, int] = field(default_factory=dict)
    """Lines with something due, and their heads (µs of the store's clock)."""
    upcoming: dict[Route, float] = field(default_factory=dict)
    """When lines that were claimed from fall due next, as far as it was told."""
    overdue: bool = False
    recover_at: float = 0.0
    """Not before: a shard that couldn't be swept, or is overdue and didn't move, is left alone for a poll interval."""
    idle_since: float = 0.0
    changes: int = 0
    """Counts what the batch loop has found out; a look's answer that is older than that only adds to it."""
    in_hand: tuple[str, ...] = ()
    in_hand_since: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a look will say, and what it must know to read the answer."""

    started: float
    terms: tuple[Term, ...]
    let_go: tuple[Term, ...]
    extend: tuple[tuple[Term, tuple[str, ...]], ...]
    changes: dict[Term, int]
    doubted: frozenset[Term]


class Leases:
    """The terms of one keeper. Safe in threads.

    :param ttl: a lease's length in seconds, as the store has it.
    :param poll: seconds between looks, at most.
    """

    def __init__(self, keeper: str, ttl: float, poll: float, *, clock: Callable[[], float] = steady) -> None:
        self.keeper = keeper
        self.trust = ttl - min(MARGIN_S, ttl / 4)
        self._poll = poll
        self._clock = clock
        self._lock = threading.RLock()
        self._tenures: dict[str, Tenure] = {}
        self._doubted: set[Term] = set()
        self._absent: dict[str, float] = {}
        self._keepers: tuple[str, ...] = (keeper,)
        self._quiet_until: float | None = 0.0
        self._clocks: dict[int, StoreClock] = {}
        self._nexts: dict[int, float] = {}
        self._others_due: set[int] = set()

    # -- the look loop ---------------------------------------------------------------------------------------------

    def plan(self, *, let_go_all: bool = False) -> Plan:
        """What the next look names, extends and lets go; what it lets go is gone from here at once."""
        with self._lock:
            now = self._clock()
            let_go = [
                tenure
                for tenure in self._tenures.values()
                if not tenure.busy and (let_go_all or self._dispensable(tenure, now))
            ]
            for tenure in let_go:
                del self._tenures[tenure.term.shard_id]
            kept = list(self._tenures.values())
            return Plan(
                started=now,
                terms=tuple(tenure.term for tenure in kept),
                let_go=tuple(tenure.term for tenure in let_go),
                extend=tuple(
                    (tenure.term, tenure.in_hand)
                    for tenure in kept
                    if tenure.in_hand and now - tenure.in_hand_since >= EXTEND_AFTER_S
                ),
                changes={tenure.term: tenure.changes for tenure in kept},
                doubted=frozenset(self._doubted),
            )

    def answered(self, plan: Plan, looked: Looked) -> list[Term]:
        """Take in a look's answer; answers the terms that were lost to others."""
        with self._lock:
            now = self._clock()
            self._keepers = looked.keepers or (self.keeper,)
            quiet = None if looked.next_us is None else (looked.next_us - looked.now_us) / 1e6
            self._quiet_until = None if quiet is None else plan.started + quiet
            nexts = looked.nexts or (() if looked.next_us is None else ((_ALL, looked.next_us),))
            self._nexts = {stripe: plan.started + (us - looked.now_us) / 1e6 for stripe, us in nexts}
            self._others_due.clear()
            lost = [term for term in looked.lost if self._drop(term)]
            for held in looked.held:
                self._take_in(held, plan, looked, now)
            self._absent = {keeper: until for keeper, until in self._absent.items() if until > now}
            # No look later than this one names what was doubted before it started.
            self._doubted -= plan.doubted
            return lost

    def _take_in(self, held: Held, plan: Plan, looked: Looked, now: float) -> None:
        term, shard = held.term, held.term.shard_id
        if term in self._doubted:
            return
        tenure = self._tenures.get(shard)
        if held.granted:
            tenure = self._tenures[shard] = Tenure(term, 0.0, swept=held.clean, idle_since=now)
            preferred = preferred_keeper(shard, self._keepers)
            if preferred is not None and preferred != self.keeper:
                self._absent[preferred] = now + ABSENT_S
        elif tenure is None or tenure.term != term:
            return
        tenure.trusted_until = max(tenure.trusted_until, plan.started + self.trust)
        lines = {line.route: line.head_us for line in held.lines}
        if not tenure.busy and tenure.changes == plan.changes.get(term, 0):
            tenure.lines = lines
        else:
            tenure.lines = {**lines, **tenure.lines}
        tenure.overdue = held.overdue
        if tenure.lines or tenure.overdue:
            tenure.idle_since = now

    def _dispensable(self, tenure: Tenure, now: float) -> bool:
        if len(self._keepers) > 1:
            preferred = preferred_keeper(tenure.term.shard_id, self._keepers)
            if preferred is not None and preferred != self.keeper and self._absent.get(preferred, 0.0) <= now:
                return True
        if not tenure.swept or tenure.lines or tenure.overdue:
            return False
        if any(at <= now + LINGER_S for at in tenure.upcoming.values()):
            return False
        if len(self._tenures) > LINGERING_AT_MOST:
            return True
        if now - tenure.idle_since >= LINGER_S:
            return True
        return self._quiet_until is None or self._quiet_until - now > LINGER_S

    # -- the batch loop --------------------------------------------------------------------------------------------

    def unswept(self) -> list[Tenure]:
        """Trusted terms that haven't put back yet what was claimed before them."""
        with self._lock:
            now = self._clock()
            return [
                each
                for each in self._tenures.values()
                if not each.swept and each.recover_at <= now < each.trusted_until
            ]

    def due(self, seconds: float, open_route: Callable[[Route], bool]) -> list[tuple[Tenure, Route, int]]:
        """Lines to claim from, oldest head first: of swept terms that are trusted for so many seconds more."""
        with self._lock:
            now = self._clock()
            found = []
            for tenure in self._tenures.values():
                if not tenure.swept or tenure.trusted_until < now + seconds:
                    continue
                # What a claim told to fall due by now: no look has seen it yet, so it comes last.
                fallen = {route: _NEWEST for route, at in tenure.upcoming.items() if at <= now}
                for route, head in {**fallen, **tenure.lines}.items():
                    if open_route(route):
                        found.append((tenure, route, head))
        return sorted(found, key=lambda each: each[2])

    def falls_due(self, seconds: float, open_route: Callable[[Route], bool]) -> float | None:
        """Seconds until ``due`` will have a line that a claim told of (0: now); None: there is none."""
        with self._lock:
            now = self._clock()
            times = [
                at
                for tenure in self._tenures.values()
                if tenure.swept and tenure.trusted_until >= now + seconds
                for route, at in tenure.upcoming.items()
                if open_route(route)
            ]
            return max(0.0, min(times) - now) if times else None

    def needs_look(self, calm: float) -> float | None:
        """When a look is needed for what no claim is planned for; None: not as far as is known.

        :param calm: not before, for what is due already: it may be another keeper's.
        """
        with self._lock:
            now = self._clock()
            planned: dict[int, float] = {}
            for tenure in self._tenures.values():
                # What should have been claimed a while ago is no plan: its route rests, or its lease isn't trusted.
                times = [at for at in tenure.upcoming.values() if at > now - STALE_S]
                if tenure.lines:
                    times.append(now)
                if times:
                    stripe = stripe_of_shard(tenure.term.shard_id)
                    planned[stripe] = min(planned.get(stripe, math.inf), *times)
            found = [
                max(at, calm) if stripe in self._others_due else at
                for stripe, at in self._nexts.items()
                if planned.get(stripe, math.inf) > (now if stripe in self._others_due else at + SAME_S)
            ]
            return min(found, default=None)

    def overdue(self, seconds: float) -> list[Tenure]:
        """Shards with something in flight to recover, and trusted for so many seconds more."""
        with self._lock:
            now = self._clock()
            return [
                each
                for each in self._tenures.values()
                if each.swept and each.overdue and each.recover_at <= now <= each.trusted_until - seconds
            ]

    def take_up(self, tenures: Iterable[Tenure]) -> list[Tenure]:
        """Mark terms as being worked on, so that no look lets them go; answers those that are still here."""
        with self._lock:
            mine = [each for each in tenures if self._tenures.get(each.term.shard_id) is each]
            for tenure in mine:
                tenure.busy = True
            return mine

    def put_down(self, tenures: Iterable[Tenure]) -> None:
        """The opposite: nothing of them is in hand any more."""
        with self._lock:
            now = self._clock()
            for tenure in tenures:
                tenure.busy, tenure.in_hand = False, ()
                tenure.idle_since = now

    def found(
        self, tenure: Tenure, route: Route, head_us: int | None, now_us: int, *, began: float, next_us: int | None
    ) -> None:
        """A claim that was begun then told the head that it left in a line (None: nothing is left, or may be claimed
        now), and what else a keeper is needed for."""
        stripe, now = stripe_of_shard(tenure.term.shard_id), self._clock()
        with self._lock:
            clock = self._clocks.setdefault(stripe, StoreClock())
            clock.told(began, now, now_us)
            if next_us is not None:
                self._nexts.pop(_ALL, None)
                self._nexts[stripe] = clock.begin_at(next_us)
                (self._others_due.add if next_us <= now_us else self._others_due.discard)(stripe)
            tenure.changes += 1
            tenure.lines.pop(route, None)
            tenure.upcoming.pop(route, None)
            if head_us is None:
                return
            if head_us <= now_us:
                tenure.lines[route] = head_us
            else:
                tenure.upcoming[route] = clock.begin_at(head_us)

    def closed(self, tenure: Tenure, route: Route) -> None:
        """The route's backlog in this stripe is full, or its queue paused: its other lines there needn't be tried.

        A look tells of them again when it opens.
        """
        stripe = stripe_of_shard(tenure.term.shard_id)
        with self._lock:
            for each in self._tenures.values():
                if route in each.lines and stripe_of_shard(each.term.shard_id) == stripe:
                    del each.lines[route]

    def swept(self, tenure: Tenure) -> None:
        """Nothing of older terms is left in the shard."""
        with self._lock:
            tenure.swept = True

    def recovered(self, tenure: Tenure, *, moved: bool) -> None:
        """A shard was seen to; what didn't move is left alone for a poll interval."""
        with self._lock:
            tenure.recover_at = 0.0 if moved else self._clock() + self._poll

    def in_hand(self, tenure: Tenure, job_ids: Iterable[str]) -> None:
        """These jobs of the term are claimed, and being published."""
        with self._lock:
            tenure.in_hand = tuple(job_ids)
            tenure.in_hand_since = self._clock()

    def covers(self, term: Term, seconds: float) -> bool:
        """Whether the term is trusted for so many seconds from now."""
        with self._lock:
            tenure = self._tenures.get(term.shard_id)
            return tenure is not None and tenure.term == term and tenure.trusted_until >= self._clock() + seconds

    def doubt(self, term: Term) -> None:
        """It isn't known what a step under this term did: name it no more, so that a look grants the shard anew."""
        with self._lock:
            if self._drop(term):
                self._doubted.add(term)

    def lost(self, term: Term) -> None:
        """The store refused the token: somebody else has the shard, or the lease has run out."""
        with self._lock:
            self._drop(term)

    def _drop(self, term: Term) -> bool:
        tenure = self._tenures.get(term.shard_id)
        if tenure is None or tenure.term != term:
            return False
        del self._tenures[term.shard_id]
        return True

    # -- both ------------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._tenures)

    @property
    def working(self) -> int:
        """How many shards are held for their due lines, and not for what is overdue in them alone."""
        with self._lock:
            return sum(1 for tenure in self._tenures.values() if tenure.lines or not tenure.overdue)

    def leave(self, *, busy: bool) -> tuple[Term, ...]:
        """Forget terms, to release them: those not worked on, or (``busy``) all."""
        with self._lock:
            going = [each for each in self._tenures.values() if busy or not each.busy]
            for tenure in going:
                del self._tenures[tenure.term.shard_id]
            return tuple(tenure.term for tenure in going)
