"""Any requests in any order: the specification keeps its promises, and Redis answers the same, with true keys.

Times, ids and options are the example's own, so that a failure can be replayed and shrunk. Every request that may
arrive twice does, and gets its first answer (rule 1 of DESIGN section 5).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, ClassVar

import redis
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from celery_durable_jobs import steps
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.steps import Source
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.contract import Store
from celery_durable_jobs.stores.memory.store import READS
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.testing.recount import recount
from tests.properties.agree import Pair
from tests.properties.choices import BACK, JUMPS, MARK, STEPS, keepers
from tests.properties.clients import Clients
from tests.properties.keepers import Keepers
from tests.properties.player import Player
from tests.properties.processes import Processes
from tests.properties.redis_keys import StripeCheck
from tests.properties.workers import Workers


class AnyRequests(Clients, Keepers, Workers):
    """Clients, keepers and workers that do anything at any time."""

    @rule(seconds=st.sampled_from([*STEPS, *STEPS, *JUMPS]))
    def move_time(self, seconds: float) -> None:
        self.clock.move(seconds)

    @precondition(lambda self: self.adds)
    @rule(seconds=st.sampled_from(BACK), keeper=st.one_of(st.none(), keepers))
    def step_back(self, seconds: float, keeper: str | None) -> None:
        """A clock that was wrong. For how long what ended then is remembered is nobody's promise: here, no longer."""
        for stripe in self.stripes:
            self.once(steps.Purge(stripe, "ended"))
        self.calls.clear()
        known = [self.spec.send(steps.Get(request.job_id)) for request in self.adds]
        self.adds = [request for request, job in zip(self.adds, known, strict=True) if job is not None]
        self.clock.move(-seconds)
        if keeper is not None:
            self.look(keeper, terms=self.now_held(keeper))


class TwoOfEach(Clients, Processes):
    """Clients, two keepers and two workers, and what is between them; at the end all jobs come to theirs."""

    @rule(seconds=st.sampled_from([0.000001, 0.3, 1.0, 3.0, 4.9, 5.0, 30.0, 61.0, 700.0]))
    def move_time(self, seconds: float) -> None:
        self.clock.move(seconds)

    def teardown(self) -> None:
        try:
            # One that failed has told enough.
            if hasattr(self, "broker") and sys.exc_info()[0] is None:
                self.come_to_an_end()
        finally:
            super().teardown()


class Specification(Player):
    """The memory store alone: what a lost lease refuses changes nothing, and its indexes are true."""

    def answer(self, request: Request[Any]) -> Any:
        if self.ending:
            return super().answer(request)
        before = repr(self.spec._state)
        answer = super().answer(request)
        if getattr(answer, "refused", None) is not None or isinstance(request, READS):
            assert _quiet(repr(self.spec._state)) == _quiet(before), f"G5: {request} changed something"
        return answer

    @invariant()
    def its_indexes_are_true(self) -> None:
        if hasattr(self, "spec"):
            for stripe in self.stripes:
                recount(self.spec, stripe)


class SpecificationHolds(Specification, AnyRequests):
    """Any requests."""


class SpecificationHoldsForTwoOfEach(TwoOfEach, Specification):
    """Two keepers, two workers."""


class BothStores(Player):
    """The specification and Redis."""

    url: ClassVar[str] = ""

    def open(self, options: StoreOptions) -> None:
        self.client = redis.Redis.from_url(self.url)
        self.client.flushdb()
        self.client.set(MARK, b"")
        self.redis = RedisStore(self.url, options, clock=self.clock, timeout=60)
        self.pair = Pair(self.spec, self.redis)

    def teardown(self) -> None:
        if hasattr(self, "pair"):
            self.redis.close()
            self.client.close()

    def answer(self, request: Request[Any]) -> Any:
        return self.pair.send(request)

    @rule()
    def the_server_forgets_its_scripts(self) -> None:
        """As after a restart, or a failover."""
        self.client.script_flush()

    @invariant()
    def all_is_the_same(self) -> None:
        if not hasattr(self, "pair"):
            return
        finds = [Source.WAITING, Source.IN_FLIGHT, Source.DEAD]
        requests: list[Request[Any]] = [steps.Find(stripe, source) for stripe in self.stripes for source in finds]
        requests += [steps.Find(stripe, Source.TARGET, target) for stripe in self.stripes for target in ("t", "u")]
        requests += [steps.Stats(stripe) for stripe in self.stripes]
        for key, messages in self.spec._state.lists.items():
            assert [_particular(each) for each in self.client.lrange(key, 0, -1)] == [
                _particular(each) for each in messages or ()
            ]
        requests += [steps.Shards(stripe) for stripe in self.stripes]
        self.pair.send_many([*requests, steps.Keepers()])
        for stripe in self.stripes:
            ended = [sorted(all_ended(store, stripe), key=repr) for store in (self.spec, self.redis)]
            assert ended[0] == ended[1], ended

    @invariant()
    def all_is_true(self) -> None:
        """Registry rule, counters, indexes: of the specification by its answers, of Redis by its keys."""
        if not hasattr(self, "pair"):
            return
        for stripe in self.stripes:
            recount(self.spec, stripe)
            check = StripeCheck(self.redis, self.client, stripe)
            check.check()
            here = self.spec._state.stripe(stripe)
            deadlines = {job_id: here.jobs[job_id].deadline_us for ids in here.open.values() for job_id in ids}
            assert check.deadlines() == deadlines
            holders = {job_id.decode() for job_id in check.keys.get("keys", {}).values()}
            assert holders == set(here.keys.values())


class StoresAgree(BothStores, AnyRequests):
    """Any requests."""


class StoresAgreeForTwoOfEach(TwoOfEach, BothStores):
    """Two keepers, two workers."""


def all_ended(store: Store, stripe: int) -> Iterator[JobRecord]:
    """Page by page; a page may be empty and not the last."""
    cursor: str | None = None
    while True:
        page = store.send(steps.Find(stripe, Source.ENDED, cursor=cursor))
        yield from page.jobs
        cursor = page.cursor
        if cursor is None:
            return


def _quiet(state: str) -> str:
    """Without the note of which stripes a step has read."""
    return state.partition("touched=")[0]


def _particular(message: bytes) -> list[Any]:
    """Id and body; generations are each store's own."""
    job_id, _, body = json.loads(message)
    return [job_id, body]
