"""resend and rescue: what is overdue is recovered, under the contact rule (G7)."""

from __future__ import annotations

import pytest

from celery_durable_jobs.model.losses import LOST_RUN
from celery_durable_jobs.model.options import CONTACT_QUIET_US
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import (
    Begin,
    Begun,
    Claim,
    Finish,
    FinishKind,
    Heartbeat,
    Pulse,
    Refusal,
    Refused,
    Rescue,
    Rescued,
    Resend,
    Resending,
    Term,
)
from celery_durable_jobs.testing import StoreDriver
from celery_durable_jobs.testing.driver import CELERY


def term_of(jobs: StoreDriver, job: JobRecord, keeper: str = "k1") -> Term:
    return jobs.terms[keeper][job.id[1:9]]


@pytest.fixture
def jobs(jobs: StoreDriver) -> StoreDriver:
    """In contact: keepers have been looking for long enough."""
    assert jobs.keep_looking(CONTACT_QUIET_US / SECOND).may_recover
    return jobs


# -- resend


def test_what_was_sent_and_has_not_begun_is_sent_again_at_its_generation(jobs: StoreDriver) -> None:
    message = jobs.sent(metadata={"a": "b"})
    term = term_of(jobs, message)
    jobs.keep_looking(29.999999)
    assert jobs.send(Resend(term)) == Resending()
    jobs.keep_looking(0.000001)
    resending = jobs.send(Resend(term))
    assert resending == Resending((jobs.get(message.id),))
    assert (resending.jobs[0].generation, resending.jobs[0].content) == (message.generation, message.content)
    assert jobs.state(message.id) is JobState.SENT
    assert jobs.send(Resend(term)) == Resending()


def test_whichever_message_begins_first_wins(jobs: StoreDriver) -> None:
    """G4"""
    message = jobs.sent()
    jobs.keep_looking(30)
    (copy,) = jobs.send(Resend(term_of(jobs, message))).jobs
    assert isinstance(jobs.send(Begin(copy.id, copy.generation, "d2")), Begun)
    assert jobs.send(Begin(message.id, message.generation, "d1")) == Refused(Refusal.BEGUN, JobState.RUNNING)


def test_routes_that_are_left_out_stay_as_they_are(jobs: StoreDriver) -> None:
    """A route that rests takes no copies: its jobs don't wait longer for what can't be sent."""
    resting, unknown = Route("mail", priority=5), Route("nobody")
    left = [jobs.sent(route=resting) for _ in range(3)]
    taken = [jobs.sent() for _ in range(3)]
    term = term_of(jobs, taken[0])
    jobs.keep_looking(30)
    answer = jobs.send(Resend(term, 2, (resting, unknown)))
    assert ([job.id for job in answer.jobs], answer.more) == ([job.id for job in taken[:2]], True)
    answer = jobs.send(Resend(term, 2, (resting, unknown)))
    assert ([job.id for job in answer.jobs], answer.more) == ([taken[2].id], False)
    assert jobs.send(Resend(term, 2, (resting, unknown))) == Resending()
    assert jobs.look().held[0].overdue
    assert [job.id for job in jobs.send(Resend(term)).jobs] == [job.id for job in left]


def test_copies_after_1_2_4_8_begin_timeouts_an_hour_at_most(jobs: StoreDriver) -> None:
    message = jobs.sent()
    timeout, pauses = jobs.options.begin_timeout_us, list[int]()
    for _ in range(10):
        deadline = jobs.deadline(message.id)
        assert deadline is not None
        pauses.append((deadline - jobs.clock()) // timeout)
        jobs.clock.set(deadline - 25 * SECOND)
        jobs.keep_looking(25, terms=[])
        assert len(jobs.send(Resend(term_of(jobs, message))).jobs) == 1
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 120, 120, 120]


def test_a_job_that_was_put_back_starts_over(jobs: StoreDriver) -> None:
    message = jobs.sent()
    jobs.keep_looking(30)
    jobs.send(Resend(term_of(jobs, message)))
    jobs.change(message.id)
    again = jobs.claim(message.id)
    jobs.mark_sent(again)
    assert jobs.deadline(message.id) == jobs.clock() + jobs.options.begin_timeout_us


def test_one_past_its_expires_is_ended_instead(jobs: StoreDriver) -> None:
    message = jobs.sent(expires=When(after_us=30 * SECOND))
    jobs.keep_looking(30)
    resending = jobs.send(Resend(term_of(jobs, message)))
    assert resending.jobs == ()
    assert [(job.id, job.state) for job in resending.expired] == [(message.id, JobState.EXPIRED)]
    assert jobs.backlog() == 0


def test_claimed_and_running_are_not_resent(jobs: StoreDriver) -> None:
    claimed, running = jobs.claimed(), jobs.running("d1")
    jobs.keep_looking(40)
    assert jobs.send(Resend(term_of(jobs, running))) == Resending()
    assert [jobs.state(job.id).value for job in (claimed, running)] == ["claimed", "running"]


def test_resend_in_bounded_calls(jobs: StoreDriver) -> None:
    ids = [jobs.add() for _ in range(5)]
    term = jobs.lease(ids[0])
    jobs.mark_sent(*jobs.send(Claim(term, CELERY)).jobs)
    jobs.keep_looking(30)
    got, calls, more = set[str](), 0, True
    while more:
        resending = jobs.send(Resend(term, limit=2))
        assert len(resending.jobs) <= 2
        got |= {job.id for job in resending.jobs}
        more, calls = resending.more, calls + 1
        assert calls < 10
    assert got == set(ids)
    assert jobs.send(Resend(term)) == Resending()


# -- rescue


def test_a_run_whose_deadline_passed_is_a_lost_run_of_one_point(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    term = term_of(jobs, job)
    jobs.keep_looking(29.999999)
    assert jobs.send(Rescue(term)) == Rescued()
    jobs.keep_looking(0.000001)
    assert jobs.send(Rescue(term)) == Rescued(returned=(job.id,))
    waiting = jobs.get(job.id)
    assert (waiting.state, waiting.due_us, waiting.error) == (JobState.WAITING, jobs.clock(), LOST_RUN)
    assert (waiting.lost_runs, waiting.lost_points, waiting.failures, waiting.attempt) == (1, 1, 0, 1)
    assert jobs.send(Heartbeat(((job.id, "d1", None),))) == (Pulse.TAKEN_OVER,)
    assert jobs.send(Finish(job.id, "d1", FinishKind.SUCCEED)) == Refused(Refusal.STALE, JobState.WAITING)
    assert jobs.again(job.id, "d2").job.attempt == 2


def test_a_heartbeat_keeps_it(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    for _ in range(5):
        jobs.keep_looking(29)
        assert jobs.send(Heartbeat(((job.id, "d1", None),))) == (Pulse.ALIVE,)
        assert jobs.send(Rescue(term_of(jobs, job))) == Rescued()


def test_lost_too_often_it_is_dead(jobs: StoreDriver) -> None:
    job_id = jobs.add()
    for number in range(9):
        jobs.again(job_id, f"d{number}")
        jobs.keep_looking(30)
        rescued = jobs.send(Rescue(jobs.terms["k1"][job_id[1:9]]))
        assert len(rescued.returned) == (0 if number == 8 else 1)
        jobs.keep_looking(60)
    dead = jobs.get(job_id)
    assert rescued.dead == (dead,)
    assert (dead.state, dead.lost_runs, dead.lost_points, dead.error) == (JobState.DEAD, 9, 9, LOST_RUN)


def test_a_cancel_request_ends_it(jobs: StoreDriver) -> None:
    """G6"""
    job = jobs.running("d1")
    assert jobs.cancel(job.id).outcome is CancelOutcome.REQUESTED
    jobs.keep_looking(30)
    rescued = jobs.send(Rescue(term_of(jobs, job)))
    assert [(each.id, each.state) for each in rescued.cancelled] == [(job.id, JobState.CANCELLED)]
    assert jobs.cancel(job.id).outcome is CancelOutcome.CANCELLED


def test_expires_ends_it(jobs: StoreDriver) -> None:
    job = jobs.running("d1", expires=When(after_us=SECOND))
    jobs.keep_looking(30)
    rescued = jobs.send(Rescue(term_of(jobs, job)))
    assert [(each.id, each.state) for each in rescued.expired] == [(job.id, JobState.EXPIRED)]


def test_sent_and_claimed_are_not_rescued(jobs: StoreDriver) -> None:
    sent, claimed = jobs.sent(), jobs.claimed()
    jobs.keep_looking(60)
    assert jobs.send(Rescue(term_of(jobs, sent))) == Rescued()
    assert [jobs.state(job.id).value for job in (sent, claimed)] == ["sent", "claimed"]


def test_rescue_in_bounded_calls(jobs: StoreDriver) -> None:
    running = [jobs.running(f"d{number}") for number in range(5)]
    jobs.keep_looking(30)
    got, calls, more = set[str](), 0, True
    while more:
        rescued = jobs.send(Rescue(term_of(jobs, running[0]), limit=2))
        assert len(rescued.returned) <= 2
        got |= set(rescued.returned)
        more, calls = rescued.more, calls + 1
        assert calls < 10
    assert got == {job.id for job in running}


# -- guards


def test_without_the_lease_nothing_is_recovered(jobs: StoreDriver) -> None:
    """G5"""
    sent, running = jobs.sent(), jobs.running("d1")
    jobs.keep_looking(60)
    forged = Term(sent.id[1:9], "0.k1")
    assert jobs.send(Resend(forged)) == Resending(refused=Refusal.LEASE)
    assert jobs.send(Rescue(forged)) == Rescued(refused=Refusal.LEASE)
    old = term_of(jobs, running)
    jobs.look("k1", [])
    assert jobs.send(Resend(old)) == Resending(refused=Refusal.LEASE)
    assert jobs.send(Rescue(old)) == Rescued(refused=Refusal.LEASE)


def test_another_keeper_recovers_what_the_first_one_left(jobs: StoreDriver) -> None:
    """G7: a keeper's death takes nothing from what it had sent."""
    message, job = jobs.sent("k1"), jobs.running("d1", "k1")
    for _ in range(40):
        jobs.clock.move(1)
        looked = jobs.look("k2")
    assert looked.may_recover
    term = term_of(jobs, message, "k2")
    assert [each.id for each in jobs.send(Resend(term)).jobs] == [message.id]
    assert jobs.send(Rescue(term)).returned == (job.id,)
