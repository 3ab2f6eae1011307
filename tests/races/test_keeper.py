"""A keeper's way from claim to mark, from resend to copy: what clients and workers do between two of its requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from celery_durable_jobs.messages.publish import PublishResult
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Begin, Begun, Claim, Delivery, FinishKind, MarkSent, PutBack, Resend, Settle
from tests.races.meanwhile import Meanwhile
from tests.unit.keeper.bench import Bench

Act = Callable[[Bench, JobRecord], object]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def cancel(bench: Bench, job: JobRecord) -> None:
    assert bench.jobs.cancel(job.id).outcome


def change(bench: Bench, job: JobRecord) -> None:
    """Due in a minute."""
    assert bench.jobs.change(job.id, due=When(after_us=60 * SECOND)).job


def begin(bench: Bench, job: JobRecord) -> None:
    bench.jobs.begin(job, "theirs")


def succeed(bench: Bench, job: JobRecord) -> None:
    begin(bench, job)
    bench.jobs.finish(job.id, "theirs", FinishKind.SUCCEED)


def fail(bench: Bench, job: JobRecord) -> None:
    begin(bench, job)
    bench.jobs.finish(job.id, "theirs", FinishKind.RETRY, after=60)


def drop(bench: Bench, job: JobRecord) -> None:
    """The message was taken, and given back before a begin."""
    bench.store.send(Settle(Delivery(job.id, job.generation, "theirs")))


BEFORE_THE_MESSAGE: list[tuple[Act, JobState]] = [(cancel, JobState.CANCELLED), (change, JobState.WAITING)]
WITH_THE_MESSAGE: list[tuple[Act, JobState]] = [
    *BEFORE_THE_MESSAGE,
    (begin, JobState.RUNNING),
    (succeed, JobState.SUCCEEDED),
    (fail, JobState.WAITING),
]


def named(pairs: list[tuple[Act, JobState]]) -> Any:
    return pytest.mark.parametrize(("act", "state"), pairs, ids=[act.__name__ for act, _ in pairs])


def only_one_begins(bench: Bench, state: JobState) -> None:
    """What was published and is out of date is refused, and the job is where the other one brought it."""
    (job, *_) = bench.recorders["k1"].published
    assert bench.jobs.state(job.id) is state
    begun = [
        bench.store.send(Begin(each.id, each.generation, f"late {place}"))
        for place, each in enumerate(bench.recorders["k1"].published)
    ]
    assert not any(isinstance(answer, Begun) for answer in begun)
    assert bench.jobs.state(job.id) is state
    bench.jobs.recount()


@named(BEFORE_THE_MESSAGE)
def test_between_claim_and_publish(bench: Bench, act: Act, state: JobState) -> None:
    """The message goes out all the same, and can't begin."""
    keeper, job_id = bench.keeper(), bench.jobs.add(0)
    meanwhile = Meanwhile(bench.store, Claim, lambda: act(bench, bench.jobs.get(job_id)), after=True)
    bench.round(keeper)
    assert meanwhile.times == 1
    only_one_begins(bench, state)


@named(WITH_THE_MESSAGE)
def test_between_publish_and_mark(bench: Bench, act: Act, state: JobState) -> None:
    keeper = bench.keeper()
    bench.jobs.add(0)
    meanwhile = Meanwhile(bench.store, MarkSent, lambda: act(bench, bench.recorders["k1"].published[0]))
    bench.round(keeper)
    assert (meanwhile.times, len(bench.recorders["k1"].published)) == (1, 1)
    only_one_begins(bench, state)


@named(WITH_THE_MESSAGE)
def test_between_a_mark_and_its_answer_which_is_lost(bench: Bench, act: Act, state: JobState) -> None:
    """The mark is told again, and undoes nothing."""
    keeper = bench.keeper()
    bench.jobs.add(0)
    meanwhile = Meanwhile(
        bench.store, MarkSent, lambda: act(bench, bench.recorders["k1"].published[0]), after=True, lost=True
    )
    bench.round(keeper)
    assert len(meanwhile.answers) == 1, "repeated, and answered"
    assert len(bench.recorders["k1"].published) == 1
    only_one_begins(bench, state)


def test_a_message_that_was_dropped_before_its_mark_comes_again(bench: Bench) -> None:
    """The job waits, and is claimed anew: a second message, of a new generation."""
    keeper, job_id = bench.keeper(), bench.jobs.add(0)
    Meanwhile(bench.store, MarkSent, lambda: drop(bench, bench.recorders["k1"].published[0]))
    bench.round(keeper)
    bench.pass_time(2, keeper)
    first, second = bench.recorders["k1"].published
    assert (first.id, second.id) == (job_id, job_id)
    assert not isinstance(bench.store.send(Begin(first.id, first.generation, "first")), Begun)
    assert isinstance(bench.store.send(Begin(second.id, second.generation, "second")), Begun)


@named(WITH_THE_MESSAGE)
def test_before_a_publish_that_failed_is_put_back(bench: Bench, act: Act, state: JobState) -> None:
    """The broker said that it failed, and had the message all the same."""
    keeper, job_id = bench.keeper(), bench.jobs.add(0)
    asked: list[JobRecord] = []

    def verdict(job: JobRecord) -> PublishResult:
        asked.append(job)
        return PublishResult.FAILED

    bench.recorders["k1"].verdict = verdict
    meanwhile = Meanwhile(
        bench.store, PutBack, lambda: act(bench, asked[-1]), where=lambda request: request.jobs is not None
    )
    bench.round(keeper)
    assert meanwhile.times == 1
    assert bench.jobs.state(job_id) is state
    assert not isinstance(bench.store.send(Begin(job_id, asked[-1].generation, "late")), Begun)
    bench.jobs.recount()


@named(WITH_THE_MESSAGE)
def test_between_a_resend_and_its_copies(bench: Bench, act: Act, state: JobState) -> None:
    """The copy goes out all the same, and can't begin."""
    keeper, _ = bench.keeper(), bench.jobs.add(0)
    bench.pass_time(25, keeper)
    (message,) = bench.recorders["k1"].published
    done: list[object] = []

    inner = bench.store.inner.send

    def send(request: Any, **options: Any) -> Any:
        answer = inner(request, **options)
        if isinstance(request, Resend) and answer.jobs and not done:
            done.append(act(bench, message))
        return answer

    bench.store.inner.send = send  # type: ignore[method-assign]
    bench.pass_time(10, keeper)
    assert len(done) == 1
    assert len(bench.recorders["k1"].published) == 2
    only_one_begins(bench, state)
