"""The look loop's round: one look, and when the next is due."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping

from celery_durable_jobs.errors import StoreError
from celery_durable_jobs.keeper.clock import steady
from celery_durable_jobs.keeper.leases import Leases
from celery_durable_jobs.observability.logging import Outage, get_logger
from celery_durable_jobs.steps import Look, Looked
from celery_durable_jobs.stores.contract import Store

logger = get_logger("keeper")

GRANTS_A_LOOK = 100
ENOUGH_SHARDS = 200
"""With so many shards that have something due, no further ones are taken; others may have them."""

TOO_MANY_SHARDS = 2_000
"""The same with shards in which nothing but in-flight jobs are overdue."""

LONGEST_REST_S = 0.05
CALM_S = 0.05
"""Not oftener than so for what a claim told to be due elsewhere: other keepers may be at it."""

_SHORTEST_S = 0.001


class Looks:
    """Looks, and keeps what the last look told. Its rounds run on a clock of their own, never held up by batches.

    :param poll: seconds between two looks, at most.
    :param info: what the keeper tells of itself.
    :param ill: True while nothing can be published: then all shards are let go, none is taken, and others needn't wait
        for this keeper.
    :param answered: called after each look, to wake who has something to do now.
    """

    def __init__(
        self,
        store: Callable[[], Store],
        keeper: str,
        leases: Leases,
        outage: Outage,
        *,
        poll: float,
        timeout: float,
        info: Callable[[], Mapping[str, str]],
        ill: Callable[[], bool],
        answered: Callable[[], object],
        clock: Callable[[], float] = steady,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._store = store
        self._keeper = keeper
        self._leases = leases
        self._outage = outage
        self._poll = poll
        self._timeout = timeout
        self._info = info
        self._ill = ill
        self._answered = answered
        self._clock = clock
        self._sleep = sleep
        self._ended = self._took = self._by = 0.0
        self._asked = True
        self._failures = 0
        self._aside = 0
        self.last: Looked | None = None
        """The last answer."""
        self.crowded = False
        """More is due than was taken: look again as soon as that is done."""

    @property
    def may_recover(self) -> bool:
        """The contact rule, as of the last look."""
        return self.last is not None and self.last.may_recover

    def ask(self) -> None:
        """Something may have changed that no claim tells of: look at the next round, whatever was planned."""
        self._asked = True

    def wait(self) -> float:
        """Seconds until the next look; 0: now."""
        now = self._clock()
        if self._asked or now >= self._by:
            return 0.0
        needed = self._leases.needs_look(self._ended + CALM_S) if not self._failures else None
        return max(0.0, (self._by if needed is None else min(self._by, needed)) - now)

    def tick(self) -> float:
        """Look once; answers the seconds until the next look."""
        # However many wake-ups come, a server is left in peace for as long as its last answer took.
        self._asked = False
        rest = min(self._took, LONGEST_REST_S) - (self._clock() - self._ended)
        if rest > 0:
            self._sleep(rest)
        try:
            looked, started = self.look()
        except StoreError as error:
            self._outage.begin(error)
            self._failures += 1
            # Not longer than a poll interval: the sooner it is noticed that the store is back, the better.
            pause = min(self._poll, 0.05 * 2.0 ** min(self._failures, 10)) * random.uniform(0.5, 1.0)
            self._by = self._clock() + pause
            return pause
        self._failures = 0
        self._ended = self._clock()
        self._took = self._ended - started
        self._outage.end()
        if any(held.granted or held.lines or held.overdue for held in looked.held):
            self._answered()
        # Others' leases may run out any time: look twice as often then, so that a takeover costs half an interval.
        self._by = started + self._poll * (random.uniform(0.4, 0.5) if len(looked.keepers) > 1 else 1.0)
        return max(_SHORTEST_S, self.wait())

    def look(self) -> tuple[Looked, float]:
        """One look, taken in; answers when it was started too.

        :raises StoreError: nothing is known of it; leases are trusted as long as the last one allows.
        """
        ill = self._ill()
        plan = self._leases.plan(let_go_all=ill)
        enough = self._leases.working >= ENOUGH_SHARDS or len(self._leases) >= TOO_MANY_SHARDS
        limit = 0 if ill or enough else GRANTS_A_LOOK
        request = Look(
            keeper=self._keeper,
            info=self._info(),
            terms=plan.terms,
            let_go=plan.let_go,
            extend=plan.extend,
            limit=limit,
            ill=ill,
        )
        looked = self._store().send(request, timeout=self._timeout)
        for term in self._leases.answered(plan, looked):
            logger.warning("shard %s is no longer ours: its lease had run out, or somebody took it", term.shard_id)
        if looked.aside > self._aside:
            logger.error("%d jobs were written by a newer version: moved aside, untouched", looked.aside)
        self._aside = looked.aside
        self.last = looked
        self.crowded = not ill and sum(held.granted for held in looked.held) >= limit
        return looked, plan.started
