"""Any requests in any order: the specification keeps its promises, and Redis answers the same, with true keys.

Times, ids and options are the example's own, so that a failure can be replayed and shrunk. Every request that may
arrive twice does, and gets its first answer (rule 1 of DESIGN section 5).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import redis
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from celery_durable_jobs import steps
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import NOW, SECOND, When
from celery_durable_jobs.steps import Delivery, FinishKind, KeyRef, Source, Term
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.contract import Store
from celery_durable_jobs.stores.memory import MemoryStore
from celery_durable_jobs.stores.memory.store import READS
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.testing import MovedClock
from celery_durable_jobs.testing.recount import recount
from tests.properties.agree import Pair
from tests.properties.ids import CountedIds
from tests.properties.ledger import Ledger
from tests.properties.redis_keys import StripeCheck

ROUTES = (Route("mail"), Route("mail", priority=5), Route("news"))
KEEPERS = ("k1", "k2", "k3")
DUES = (0.0, 0.0, 0.0, -1.0, -61.0, -3_600.0, 0.000001, 0.5, 1.0, 5.0, 30.0, 61.0, 600.0)
STEPS = (0.000001, 0.3, 0.999999, 1.0, 1.2, 3.0, 3.000001, 4.9, 5.0, 20.0, 30.0, 60.0, 100.0, 300.0, 700.0)
JUMPS = (-0.000001, -2.0, 7_200.0, 86_400.0)

keepers = st.sampled_from(KEEPERS)
routes = st.sampled_from(ROUTES)
dues = st.sampled_from(DUES)
keys = st.sampled_from([None, "a", "a", "b"])
targets = st.sampled_from([None, None, "t"])
expiries = st.sampled_from([None, None, 0.5, 2.0, 31.0, 700.0])
few_keys = st.sampled_from([None, None, None, "a"])
limits = st.sampled_from([1, 2, 5, 1_000, 1_000, 1_000])
picks = st.integers(0, 9)
"""Which of some things: 0 is the newest."""


class AnyRequests(RuleBasedStateMachine):
    """Clients, keepers and workers that do anything at any time."""

    @initialize(
        stripes=st.sampled_from([1, 1, 3]),
        max_backlog=st.sampled_from([16, None]),
        max_lost_runs=st.sampled_from([1, 3]),
        keep_ended=st.sampled_from([60, 300]),
    )
    def start(self, stripes: int, max_backlog: int | None, max_lost_runs: int, keep_ended: int) -> None:
        self.clock = MovedClock()
        self.ledger = Ledger()
        self.ids = CountedIds(stripes)
        self.counter = itertools.count(1)
        self.adds: list[steps.Add] = []
        self.terms: list[tuple[str, Term]] = []
        self.messages: list[JobRecord] = []
        self.runs: list[Delivery] = []
        self.calls: list[Request[Any]] = []
        options = StoreOptions(
            "properties",
            "shop",
            stripes=stripes,
            max_backlog=max_backlog,
            max_lost_runs=max_lost_runs,
            keep_ended_us=keep_ended * SECOND,
            unknown_grace_us=100 * SECOND,
            keep_dead_us=7_200 * SECOND,
        )
        self.spec = MemoryStore(options, clock=self.clock)
        self.open(options)
        self.once(steps.Identify("shop", stripes))

    def open(self, options: StoreOptions) -> None:
        """Open further stores."""

    def answer(self, request: Request[Any]) -> Any:
        """The specification's answer."""
        return self.spec.send(request)

    # -- helpers

    def once(self, request: Request[Any]) -> Any:
        answer = self.answer(request)
        self.ledger.note(request, answer, self.clock())
        return answer

    def twice(self, request: Request[Any]) -> Any:
        """A request that arrives twice is answered the same (but for the record of what ended the first time)."""
        first = self.once(request)
        assert _again(first) == _again(self.once(request)), request
        return first

    def call_id(self) -> bytes:
        return b"call%012d" % next(self.counter)

    def pick(self, things: list[Any], which: int) -> Any:
        return things[-1 - which % len(things)]

    def in_seconds(self, seconds: float | None) -> When | None:
        return None if seconds is None else When(at_us=self.clock() + round(seconds * SECOND))

    def now_held(self, keeper: str) -> tuple[Term, ...]:
        """The keeper's newest term of each shard."""
        return tuple({term.shard_id: term for name, term in self.terms if name == keeper}.values())

    def look(self, keeper: str, **fields: Any) -> steps.Looked:
        looked: steps.Looked = self.once(steps.Look(keeper, {"host": keeper}, **fields))
        self.terms += [(keeper, held.term) for held in looked.held if held.granted]
        for term in (*looked.lost, *fields.get("let_go", ())):
            if (keeper, term) in self.terms[:-4]:
                self.terms.remove((keeper, term))
        return looked

    def ref(self, which: int, key: str | None, aimed: str | None) -> str | KeyRef:
        return KeyRef(key, aimed) if key is not None else self.job_id(which)

    def job_id(self, which: int) -> str:
        """One that runs or ran, one that was claimed, or any."""
        if which % 3 == 0 and self.runs:
            return self.pick(self.runs, which // 3).job_id
        if which % 3 == 1 and self.messages:
            return self.pick(self.messages, which // 3).id
        return self.pick(self.adds, which).job_id

    # -- clients

    @rule(
        due=dues,
        route=routes,
        key=keys,
        aimed=targets,
        expires=expiries,
        on_conflict=st.sampled_from(["return", "replace", "error"]),
        key_until=st.sampled_from(["started", "ended"]),
        handler=st.sampled_from(["shop.remind", "shop.remind", "shop.charge"]),
        metadata=st.sampled_from([None, {}, {"a": "é\x00"}]),
        relative=st.booleans(),
    )
    def add(self, due: float, expires: float | None, relative: bool, aimed: str | None, **given: Any) -> None:
        when = self.in_seconds(due)
        assert when is not None
        if relative:
            when = When(after_us=round(due * SECOND))
        number = next(self.counter)
        request = steps.Add(
            job_id=self.ids.new(when.resolve(self.clock()), aimed, given["key"]),
            due=when,
            content=Content(b"body %d" % number, headers={"number": number}),
            digest=b"%08d" % number,
            target=aimed,
            name=None if number % 3 else f"name {number}",
            expires=None if expires is None else self.in_seconds(max(due, 0) + expires),
            **given,
        )
        self.adds.append(request)
        self.twice(request)

    @rule(count=st.sampled_from([3, 20]), route=routes)
    def add_many(self, count: int, route: Route) -> None:
        for _ in range(count):
            number, due = next(self.counter), When(at_us=self.clock())
            job_id = self.ids.new(self.clock(), None, None)
            content, digest = Content(b"%d" % number), b"%08d" % number
            self.adds.append(steps.Add(job_id, "shop.remind", route, due, content, digest))
            self.once(self.adds[-1])

    @precondition(lambda self: self.adds)
    @rule(which=picks, what=st.sampled_from(["add", "another", "call"]))
    def again(self, which: int, what: str) -> None:
        """A call that was in the network for a while; or another request under an id that is taken."""
        if what == "call" and self.calls:
            self.twice(self.pick(self.calls, which))
            return
        request = self.pick(self.adds, which)
        self.twice(replace(request, digest=b"another!", handler="other") if what == "another" else request)

    @precondition(lambda self: self.adds)
    @rule(which=picks, key=few_keys, aimed=targets)
    def cancel(self, which: int, key: str | None, aimed: str | None) -> None:
        self.calls.append(steps.Cancel(self.ref(which, key, aimed), self.call_id()))
        self.twice(self.calls[-1])

    @precondition(lambda self: self.adds)
    @rule(
        which=picks,
        key=few_keys,
        aimed=targets,
        due=st.one_of(st.none(), dues),
        content=st.booleans(),
        metadata=st.sampled_from([steps.UNSET, None, {"b": "2"}]),
        expires=st.sampled_from([steps.UNSET, None, 1.0, 50.0]),
    )
    def change(self, which: int, key: str | None, aimed: str | None, due: float | None, **parts: Any) -> None:
        expires = parts["expires"]
        call = steps.Change(
            self.ref(which, key, aimed),
            self.call_id(),
            self.in_seconds(due),
            Content(b"changed", options={"time_limit": 3}) if parts["content"] else None,
            parts["metadata"],
            self.in_seconds(expires) if isinstance(expires, float) else expires,
        )
        self.calls.append(call)
        self.twice(call)

    @precondition(lambda self: self.adds)
    @rule(
        what=st.sampled_from(["replay", "replay", "forget", "get", "pause", "resume", "resume", "purge"]),
        which=picks,
        due=dues,
        expires=expiries,
        queue=st.sampled_from(["mail", "news"]),
    )
    def operate(self, what: str, which: int, due: float, expires: float | None, queue: str) -> None:
        """What people do by hand."""
        stripe = which % self.spec.options.stripes
        request: Request[Any]
        if what == "replay":
            dead = [job.id for number in self.stripes for job in self.spec.send(steps.Find(number, Source.DEAD)).jobs]
            job_id, when = self.pick(dead, which) if dead else self.job_id(which), self.in_seconds(due)
            request = steps.Replay(job_id, self.call_id(), when or NOW, self.in_seconds(expires))
        elif what == "forget":
            request = steps.Forget(self.job_id(which), self.call_id())
        elif what == "get":
            self.twice(steps.Get(self.job_id(which)))
            return
        elif what == "purge":
            # Which ended ones go first is nobody's business: all of them do.
            kind = ("waiting", "dead", "ended")[which % 3]
            self.once(steps.Purge(stripe, kind, 1_000 if kind == "ended" else 2))
            return
        else:
            request = (steps.Resume if what == "resume" else steps.Pause)(queue, stripe, self.call_id())
        self.calls.append(request)
        self.twice(request)

    # -- keepers

    @rule(
        keeper=keepers,
        named=st.sampled_from(["all", "all", "all", "all", "none", "one"]),
        let_go=st.sampled_from([False, False, False, True]),
        extend=st.booleans(),
        limit=st.sampled_from([0, 1, 100, 100]),
    )
    def one_look(self, keeper: str, named: str, let_go: bool, extend: bool, limit: int) -> None:
        terms = self.now_held(keeper)
        going = terms[-1:] if let_go else ()
        extends = tuple((term, tuple(job.id for job in self.messages[-5:])) for term in terms[:2]) if extend else ()
        named_terms = {"all": terms, "none": (), "one": terms[:1]}[named]
        staying = tuple(term for term in named_terms if term not in going)
        self.look(keeper, terms=staying, let_go=going, extend=extends, limit=limit)

    def keep_looking(self, keeper: str, seconds: int) -> None:
        for _ in range(0, seconds, 2):
            self.clock.move(2)
            self.look(keeper, terms=self.now_held(keeper))

    @precondition(lambda self: self.terms)
    @rule(which=picks, leaving=st.booleans(), all_of_them=st.booleans())
    def release(self, which: int, leaving: bool, all_of_them: bool) -> None:
        keeper, term = self.pick(self.terms, which)
        self.once(steps.Release(keeper, self.now_held(keeper) if all_of_them else (term,), leaving))

    @precondition(lambda self: self.terms)
    @rule(which=picks, route=routes, limit=limits, limit_bytes=st.sampled_from([1, 1_000_000, 1_000_000]))
    def claim(self, which: int, route: Route, limit: int, limit_bytes: int) -> None:
        self.messages += self.once(steps.Claim(self.pick(self.terms, which)[1], route, limit, limit_bytes)).jobs

    @rule(keeper=keepers, mark=st.booleans())
    def dispatch_some(self, keeper: str, mark: bool) -> None:
        self.dispatch(keeper, mark)

    def dispatch(self, keeper: str, mark: bool) -> None:
        """What a keeper does all day: look, claim what is due, send it."""
        for held in self.look(keeper, terms=self.now_held(keeper)).held:
            if held.granted:
                self.once(steps.PutBack(held.term))
            for line in held.lines:
                jobs = self.once(steps.Claim(held.term, line.route)).jobs
                self.messages += jobs
                if mark and jobs:
                    self.twice(steps.MarkSent(held.term, tuple((job.id, job.generation) for job in jobs)))

    @precondition(lambda self: self.messages and self.terms)
    @rule(which=picks, message=picks, count=st.integers(1, 4), forged=st.sampled_from([0, 0, 0, 1]))
    def mark_sent(self, which: int, message: int, count: int, forged: int) -> None:
        jobs = [self.pick(self.messages, message + number) for number in range(count)]
        named = {job.id: job.generation + forged * 1_000_000 for job in jobs}
        self.twice(steps.MarkSent(self.term_of(jobs[0], which), tuple(named.items())))

    def term_of(self, job: JobRecord, which: int) -> Term:
        """The newest term of the job's shard; sometimes any other."""
        fitting = [term for _, term in self.terms if term.shard_id == job.id[1:9]]
        return fitting[-1] if fitting and which < 7 else self.pick(self.terms, which)[1]

    @precondition(lambda self: self.messages and self.terms)
    @rule(
        which=picks,
        message=picks,
        named=st.booleans(),
        in_hand=st.booleans(),
        limit=limits,
        rest=st.sampled_from([None, None, *ROUTES]),
    )
    def put_back(self, which: int, message: int, named: bool, in_hand: bool, limit: int, rest: Route | None) -> None:
        job = self.pick(self.messages, message)
        hands = tuple(each.id for each in self.messages[-3:]) if in_hand else ()
        jobs = ((job.id, job.generation),) if named else None
        rest_us = 0 if rest is None else 4 * SECOND
        self.once(steps.PutBack(self.term_of(job, which), jobs, hands, limit, rest, rest_us))

    @precondition(lambda self: self.terms)
    @rule(which=picks, limit=st.sampled_from([2, 1_000]), what=st.sampled_from([steps.Resend, steps.Rescue]))
    def recover(self, which: int, limit: int, what: Any) -> None:
        term = self.pick(self.terms, which)[1]
        while self.once(what(term, limit)).more:
            pass

    @rule(keeper=keepers, seconds=st.sampled_from([0, 6, 22, 32, 64]))
    def look_and_recover(self, keeper: str, seconds: int) -> None:
        """A keeper that is there for a while, and does what is to be done at its end."""
        self.keep_looking(keeper, seconds)
        for held in self.look(keeper, terms=self.now_held(keeper)).held:
            if held.overdue:
                self.once(steps.PutBack(held.term))
                for job in self.once(steps.Resend(held.term)).jobs:
                    self.messages.append(job)
                self.once(steps.Rescue(held.term))

    @precondition(lambda self: self.messages)
    @rule(which=picks, message=picks, keeper=st.booleans(), forged=st.sampled_from([0, 0, 0, 1]))
    def bury(self, which: int, message: int, keeper: bool, forged: int) -> None:
        job = self.pick(self.messages, message)
        term = self.term_of(job, which) if keeper and self.terms else None
        request = steps.Bury(job.id, job.generation + forged * 1_000_000, "unroutable", term)
        if isinstance(self.once(request), JobRecord):
            assert self.once(request) == steps.Refused(steps.Refusal.ENDED, JobState.DEAD)

    # -- workers

    def delivery(self, message: int, copy: bool) -> Delivery:
        job = self.pick(self.messages, message)
        if copy and self.runs:
            return self.pick(self.runs, message)
        return Delivery(job.id, job.generation, f"d{next(self.counter)}")

    @precondition(lambda self: self.messages)
    @rule(message=picks, copy=st.booleans(), lease=st.sampled_from([None, None, 3, 600]), unknown=st.booleans())
    def hold(self, message: int, copy: bool, lease: int | None, unknown: bool) -> None:
        delivery = self.delivery(message, copy)
        held = (delivery, Delivery(self.ids.new(self.clock(), None, None), 1, "d")) if unknown else (delivery,)
        self.twice(steps.Hold(held, () if lease is None else (lease * SECOND, None)[: len(held)]))

    @precondition(lambda self: self.messages)
    @rule(message=picks, copy=st.sampled_from([False, False, False, True]), lease=st.sampled_from([None, None, 600]))
    def begin(self, message: int, copy: bool, lease: int | None) -> None:
        delivery = self.delivery(message, copy)
        lease_us = None if lease is None else lease * SECOND
        begun = self.twice(steps.Begin(delivery.job_id, delivery.generation, delivery.delivery_id, lease_us))
        if isinstance(begun, steps.Begun):
            self.runs.append(delivery)

    @rule(keeper=keepers, count=st.integers(1, 12), kind=st.sampled_from([None, None, *FinishKind]))
    def work(self, keeper: str, count: int, kind: FinishKind | None) -> None:
        """All that is due is sent, and a worker gets on with some of it."""
        self.dispatch(keeper, mark=True)
        for job in self.messages[-count:]:
            delivery = Delivery(job.id, job.generation, f"d{next(self.counter)}")
            if isinstance(self.once(steps.Begin(job.id, job.generation, delivery.delivery_id)), steps.Begun):
                self.runs.append(delivery)
                if kind is not None:
                    self.once(steps.Finish(job.id, delivery.delivery_id, kind, self.in_seconds(0), "work"))

    @precondition(lambda self: self.runs)
    @rule(which=picks, count=st.integers(1, 3), lease=st.sampled_from([None, 3, 600]))
    def heartbeat(self, which: int, count: int, lease: int | None) -> None:
        runs = [self.pick(self.runs, which + number) for number in range(count)]
        lease_us = None if lease is None else lease * SECOND
        self.twice(steps.Heartbeat(tuple((run.job_id, run.delivery_id, lease_us) for run in runs)))

    @precondition(lambda self: self.runs)
    @rule(which=picks, kind=st.sampled_from(FinishKind), after=dues, error=st.sampled_from([None, "é" * 300]))
    def finish(self, which: int, kind: FinishKind, after: float, error: str | None) -> None:
        run = self.pick(self.runs, which)
        self.twice(steps.Finish(run.job_id, run.delivery_id, kind, self.in_seconds(after), error))

    @precondition(lambda self: self.messages)
    @rule(
        message=picks,
        copy=st.booleans(),
        points=st.sampled_from([0, 0, 1, 3]),
        reason=st.sampled_from(["signal 9", None]),
        unknown=st.booleans(),
    )
    def settle(self, message: int, copy: bool, points: int, reason: str | None, unknown: bool) -> None:
        self.twice(steps.Settle(self.delivery(message, copy), points, reason, unknown))

    # -- time

    @rule(seconds=st.sampled_from([*STEPS, *STEPS, *JUMPS]))
    def move_time(self, seconds: float) -> None:
        self.clock.move(seconds)

    @precondition(lambda self: self.adds)
    @rule(seconds=st.sampled_from([400.0, 7_200.0]), keeper=keepers)
    def far_back(self, seconds: float, keeper: str) -> None:
        """A clock that was wrong. How long what ended then is remembered is nobody's promise: it is forgotten here."""
        for stripe in self.stripes:
            self.once(steps.Purge(stripe, "ended"))
        self.calls.clear()
        known = [self.spec.send(steps.Get(request.job_id)) for request in self.adds]
        self.adds = [request for request, job in zip(self.adds, known, strict=True) if job is not None]
        self.clock.move(-seconds)
        self.look(keeper, terms=self.now_held(keeper))

    # -- what must always hold

    @property
    def stripes(self) -> range:
        return range(self.spec.options.stripes)


class SpecificationHolds(AnyRequests):
    """The memory store alone: what a lost lease refuses changes nothing, and its indexes are true."""

    def answer(self, request: Request[Any]) -> Any:
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


class StoresAgree(AnyRequests):
    """The specification and Redis."""

    url: ClassVar[str] = ""

    def open(self, options: StoreOptions) -> None:
        self.client = redis.Redis.from_url(self.url)
        self.client.flushdb()
        self.redis = RedisStore(self.url, options, clock=self.clock, timeout=60)
        self.pair = Pair(self.spec, self.redis)

    def teardown(self) -> None:
        if hasattr(self, "pair"):
            self.redis.close()
            self.client.close()

    def answer(self, request: Request[Any]) -> Any:
        return self.pair.send(request)

    @invariant()
    def all_is_the_same(self) -> None:
        if not hasattr(self, "pair"):
            return
        finds = [Source.WAITING, Source.IN_FLIGHT, Source.DEAD]
        requests: list[Request[Any]] = [steps.Find(stripe, source) for stripe in self.stripes for source in finds]
        requests += [steps.Find(stripe, Source.TARGET, target) for stripe in self.stripes for target in ("t", "u")]
        requests += [steps.Stats(stripe) for stripe in self.stripes]
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


def all_ended(store: Store, stripe: int) -> Iterator[JobRecord]:
    """Page by page; a page may be empty and not the last."""
    cursor: str | None = None
    while True:
        page = store.send(steps.Find(stripe, Source.ENDED, cursor=cursor))
        yield from page.jobs
        cursor = page.cursor
        if cursor is None:
            return


def _again(answer: Any) -> Any:
    """What a repeated request answers: without the records that only the first answer has."""
    if isinstance(answer, steps.Refused):
        return replace(answer, expired=None)
    if isinstance(answer, tuple):
        return tuple(_again(each) for each in answer)
    if isinstance(answer, steps.CancelAnswer | steps.Finished | steps.Settled):
        return replace(answer, job=None)
    return answer


def _quiet(state: str) -> str:
    """Without the note of which stripes a step has read."""
    return state.partition("touched=")[0]
