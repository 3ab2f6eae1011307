"""The rules of keepers: those that behave, and those that were away for a while."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from celery_durable_jobs import steps
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND
from tests.properties.choices import MARK, ROUTES, TEMPLATES, keepers, limits, picks, routes
from tests.properties.player import Player


class Keepers(Player):
    """The rules of keepers: those that behave, and those that were away for a while."""

    @rule(
        keeper=keepers,
        named=st.sampled_from(["all", "all", "all", "all", "none", "one"]),
        let_go=st.sampled_from([False, False, False, True]),
        extend=st.booleans(),
        limit=st.sampled_from([0, 1, 100, 100]),
        ill=st.sampled_from([False, False, False, True]),
    )
    def one_look(self, keeper: str, named: str, let_go: bool, extend: bool, limit: int, ill: bool) -> None:
        terms = self.now_held(keeper)
        going = terms[-1:] if let_go else ()
        extends = tuple((term, tuple(job.id for job in self.messages[-5:])) for term in terms[:2]) if extend else ()
        named_terms = {"all": terms, "none": (), "one": terms[:1]}[named]
        staying = tuple(term for term in named_terms if term not in going)
        self.look(keeper, terms=staying, let_go=going, extend=extends, limit=limit, ill=ill)

    @precondition(lambda self: self.terms)
    @rule(which=picks, leaving=st.booleans(), all_of_them=st.booleans())
    def release(self, which: int, leaving: bool, all_of_them: bool) -> None:
        keeper, term = self.pick(self.terms, which)
        self.once(steps.Release(keeper, self.now_held(keeper) if all_of_them else (term,), leaving))

    @precondition(lambda self: self.terms)
    @rule(which=picks, route=routes, limit=limits, limit_bytes=st.sampled_from([1, 1_000_000, 1_000_000]))
    def claim(self, which: int, route: Route, limit: int, limit_bytes: int) -> None:
        self.messages += self.once(steps.Claim(self.pick(self.terms, which)[1], route, limit, limit_bytes)).jobs

    @precondition(lambda self: self.terms)
    @rule(which=picks, route=routes, limit=limits, mark=st.sampled_from([MARK, MARK, MARK, b"no mark"]))
    def dispatch_in_one_step(self, which: int, route: Route, limit: int, mark: bytes) -> None:
        term = self.pick(self.terms, which)[1]
        answer = self.once(steps.Dispatch(term, route, mark, self.list_key(route), TEMPLATES, limit))
        for job_id, generation in answer.jobs:
            job = self.once(steps.Get(job_id))
            assert (job.state, job.generation) == (JobState.SENT, generation)
            self.messages.append(job)

    @rule(keeper=keepers, mark=st.booleans())
    def dispatch_some(self, keeper: str, mark: bool) -> None:
        self.dispatch(keeper, mark)

    @precondition(lambda self: self.messages and self.terms)
    @rule(which=picks, message=picks, count=st.integers(1, 4), forged=st.sampled_from([0, 0, 0, 1]))
    def mark_sent(self, which: int, message: int, count: int, forged: int) -> None:
        jobs = [self.pick(self.messages, message + number) for number in range(count)]
        named = {job.id: job.generation + forged * 1_000_000 for job in jobs}
        self.twice(steps.MarkSent(self.term_of(jobs[0], which), tuple(named.items())))

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
    @rule(which=picks, limit=st.sampled_from([2, 1_000]), leave_out=st.sampled_from([None, (), ROUTES[:1], ROUTES]))
    def recover(self, which: int, limit: int, leave_out: tuple[Route, ...] | None) -> None:
        """A rescue, or (with routes to leave out, or none) a resend."""
        term = self.pick(self.terms, which)[1]
        request: Any = steps.Rescue(term, limit) if leave_out is None else steps.Resend(term, limit, leave_out)
        while self.once(request).more:
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
