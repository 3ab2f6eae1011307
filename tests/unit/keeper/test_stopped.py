"""A keeper that was stopped for longer than its lease, anywhere in a batch, and goes on (G5).

Another keeper has taken over meanwhile. The one that wakes changes nothing in the store, and what it still publishes is
refused at begin. Each moment is forced through the store's and the publisher's hooks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from celery_durable_jobs.keeper.keeper import Keeper
from celery_durable_jobs.messages.publish import PublishResult
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import (
    Begin,
    Begun,
    Bury,
    Claim,
    MarkedSent,
    MarkSent,
    PutBack,
    PutBackDone,
    Refusal,
    Refused,
)
from celery_durable_jobs.steps.request import Request
from tests.unit.keeper.bench import Bench
from tests.unit.keeper.test_terms import due_for

STOPPED_S = 8.0


class Stopped:
    """Two keepers and a job of the first one's; the second has dispatched it while the first was stopped."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.one, self.two = bench.keeper("k1"), bench.keeper("k2")
        bench.round(self.one, self.two)
        self.job_id = due_for(bench, "k1", "k2")
        self.one.looks.tick()
        self.stops = 0
        self.answers: list[Any] = []

    def stop(self) -> None:
        """The first keeper is stopped now: only the other one goes on."""
        if self.stops == 0:
            self.stops += 1
            self.bench.pass_time(STOPPED_S, self.two, step=0.5)
            assert self.theirs.id == self.job_id
            self.before = self.bench.jobs.get(self.job_id)
            self.bench.store.seen.clear()

    def stop_at(self, kind: type[Request[Any]], *, after: bool) -> None:
        """Stop before the first keeper's next request of this kind is sent, or after it was answered."""
        inner = self.bench.store.inner.send

        def send(request: Request[Any], **options: Any) -> Any:
            mine = isinstance(request, kind) and _keeper(request) == "k1"
            if mine and not after:
                self.stop()
            answer = inner(request, **options)
            if mine and after:
                self.stop()
            elif self.stops and _keeper(request) == "k1":
                self.answers.append(answer)
            return answer

        self.bench.store.inner.send = send  # type: ignore[method-assign]

    @property
    def theirs(self) -> JobRecord:
        """What the second keeper has published."""
        (job,) = self.bench.recorders["k2"].published
        return job

    @property
    def mine(self) -> list[JobRecord]:
        """What the first has."""
        return self.bench.recorders["k1"].published

    def check(self) -> None:
        """Nothing has changed, and only the second one's message can begin."""
        assert self.stops == 1
        assert self.bench.jobs.get(self.job_id) == self.before
        for job in self.mine:
            refused = self.bench.store.send(Begin(job.id, job.generation, "mine"))
            assert isinstance(refused, Refused)
        assert isinstance(self.bench.store.send(Begin(self.job_id, self.theirs.generation, "theirs")), Begun)
        self.bench.jobs.recount()


def _keeper(request: Request[Any]) -> str | None:
    term = getattr(request, "term", None)
    return None if term is None else str(term.token).split(".", 1)[1]


@pytest.fixture
def stopped(bench: Bench) -> Stopped:
    return Stopped(bench)


def work(keeper: Keeper) -> None:
    for _ in range(10):
        keeper.work()


def test_between_claim_and_publish(stopped: Stopped) -> None:
    stopped.stop_at(Claim, after=True)
    work(stopped.one)
    assert stopped.mine == []
    assert [answer.refused for answer in stopped.answers if isinstance(answer, PutBackDone)] == [Refusal.LEASE]
    stopped.check()


def test_when_the_claim_is_about_to_be_sent(stopped: Stopped) -> None:
    stopped.stop_at(Claim, after=False)
    work(stopped.one)
    assert stopped.mine == []
    stopped.check()


def test_when_the_first_message_is_about_to_be_published(stopped: Stopped) -> None:
    """Past the last look at its lease: the message goes out, and is refused at begin."""

    def verdict(job: JobRecord) -> PublishResult:
        stopped.stop()
        return PublishResult.CONFIRMED

    stopped.bench.recorders["k1"].verdict = verdict
    work(stopped.one)
    assert [job.id for job in stopped.mine] == [stopped.job_id]
    assert stopped.mine[0].generation != stopped.theirs.generation
    stopped.check()


def test_between_publish_and_mark_sent(stopped: Stopped) -> None:
    stopped.stop_at(MarkSent, after=False)
    work(stopped.one)
    assert len(stopped.mine) == 1
    assert [answer for answer in stopped.answers if isinstance(answer, MarkedSent)] == [
        MarkedSent(refused=Refusal.LEASE)
    ]
    stopped.check()


@pytest.mark.parametrize(
    ("result", "step"), [(PublishResult.UNROUTABLE, Bury), (PublishResult.FAILED, PutBack)], ids=["bury", "put back"]
)
def test_before_a_batch_that_went_wrong_is_settled(stopped: Stopped, result: PublishResult, step: Any) -> None:
    stopped.one.recover.sweep(stopped.one.leases.unswept())
    stopped.bench.recorders["k1"].verdict = lambda job: result
    stopped.stop_at(step, after=False)
    work(stopped.one)
    refused: Sequence[Any] = [getattr(answer, "refused", None) or answer.why for answer in stopped.answers]
    assert list(refused) == [Refusal.LEASE]
    stopped.check()


def test_before_a_copy_is_asked_for_or_published(bench: Bench) -> None:
    """A copy has the generation that the job has: whichever message begins first wins, and it is one run."""
    one, two = bench.keeper("k1"), bench.keeper("k2")
    bench.round(one, two)
    job_id = due_for(bench, "k1", "k2")
    bench.round(one)
    bench.pass_time(29, one, two)
    stops = []

    def verdict(job: JobRecord) -> PublishResult:
        if not stops:
            stops.append(job)
            bench.pass_time(STOPPED_S, two, step=0.5)
        return PublishResult.CONFIRMED

    bench.recorders["k1"].verdict = verdict
    bench.pass_time(3, one)
    assert [job.id for job in stops] == [job_id]
    messages = bench.recorders["k1"].published + bench.recorders["k2"].published
    begun = [bench.store.send(Begin(job.id, job.generation, f"d{place}")) for place, job in enumerate(messages)]
    assert [isinstance(answer, Begun) for answer in begun].count(True) == 1
    assert bench.jobs.state(job_id) is JobState.RUNNING
