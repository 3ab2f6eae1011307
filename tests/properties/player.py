"""What all players of the machine share: the stores' time, what was asked so far, and how a request is sent."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from celery_durable_jobs import steps
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Delivery, KeyRef, Term
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.memory import MemoryStore
from celery_durable_jobs.testing import MovedClock
from tests.properties.choices import MARK
from tests.properties.ids import CountedIds
from tests.properties.ledger import Ledger


class Player(RuleBasedStateMachine):
    """Asks, remembers what was asked, and checks that what comes twice is answered the same."""

    @initialize(
        stripes=st.sampled_from([1, 1, 3]),
        max_backlog=st.sampled_from([16, None]),
        max_lost_runs=st.sampled_from([1, 3]),
        keep_ended=st.sampled_from([60, 300]),
    )
    def start(self, stripes: int, max_backlog: int | None, max_lost_runs: int, keep_ended: int) -> None:
        self.clock = MovedClock()
        self.ledger = Ledger()
        self.ending = False
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
        self.spec._state.marks.add(MARK)
        self.open(options)
        self.start_processes()
        self.once(steps.Identify("shop", stripes))

    def open(self, options: StoreOptions) -> None:
        """Open further stores."""

    def start_processes(self) -> None:
        """Start what plays beside the rules."""

    def list_key(self, route: Route) -> bytes:
        """The list that dispatch in one step pushes this route's messages onto."""
        return f"properties:{route.queue}:{route.priority}".encode()

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

    def term_of(self, job: JobRecord, which: int) -> Term:
        """The newest term of the job's shard; sometimes any other."""
        fitting = [term for _, term in self.terms if term.shard_id == job.id[1:9]]
        return fitting[-1] if fitting and which < 7 else self.pick(self.terms, which)[1]

    def keep_looking(self, keeper: str, seconds: int) -> None:
        for _ in range(0, seconds, 2):
            self.clock.move(2)
            self.look(keeper, terms=self.now_held(keeper))

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

    @property
    def stripes(self) -> range:
        return range(self.spec.options.stripes)


def _again(answer: Any) -> Any:
    """What a repeated request answers: without the records that only the first answer has."""
    if isinstance(answer, steps.Refused):
        return replace(answer, expired=None)
    if isinstance(answer, tuple):
        return tuple(_again(each) for each in answer)
    if isinstance(answer, steps.CancelAnswer | steps.Finished | steps.Settled):
        return replace(answer, job=None)
    return answer
