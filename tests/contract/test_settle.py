"""settle: a worker's parent knows that a delivery will not go on; and what lost runs come to."""

from __future__ import annotations

import pytest

from celery_durable_jobs.model.losses import POINTS_DEATH, lost_run_pause_us
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Begin, Delivery, Finish, FinishKind, Refusal, Refused, Settle, Settled
from celery_durable_jobs.testing import StoreDriver
from tests.contract.conftest import MakeDriver


def delivery(job: JobRecord, delivery_id: str = "d1") -> Delivery:
    return Delivery(job.id, job.generation, delivery_id)


@pytest.mark.parametrize("state", ["claimed", "sent"])
def test_a_message_dropped_before_begin_puts_the_job_back_at_its_due_time(jobs: StoreDriver, state: str) -> None:
    job: JobRecord = getattr(jobs, state)(due=-3)
    assert jobs.send(Settle(delivery(job))) == Settled(JobState.WAITING, jobs.when(-3))
    waiting = jobs.get(job.id)
    assert (waiting.lost_runs, waiting.lost_points, waiting.attempt, waiting.error) == (0, 0, 0, None)
    assert jobs.backlog() == 0
    assert jobs.send(Begin(job.id, job.generation, "d2")) == Refused(Refusal.STALE, JobState.WAITING)
    jobs.again(job.id, "d3")


def test_a_child_that_died_before_begin_counts_and_goes_back_at_once(jobs: StoreDriver) -> None:
    job = jobs.sent(due=-3)
    assert jobs.send(Settle(delivery(job), 3, "killed by signal 9")) == Settled(JobState.WAITING, jobs.when(-3))
    waiting = jobs.get(job.id)
    assert (waiting.lost_runs, waiting.lost_points, waiting.error) == (1, 3, "killed by signal 9")


def test_a_child_that_died_in_its_run_counts_and_goes_back_at_once(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.clock.move(7)
    assert jobs.send(Settle(delivery(job), 3, "killed by signal 9")) == Settled(JobState.WAITING, jobs.clock())
    begun = jobs.again(job.id, "d2")
    assert (begun.job.attempt, begun.job.failures, begun.job.lost_runs) == (2, 0, 1)
    assert begun.job.error == "killed by signal 9"


def test_later_losses_wait_for_a_growing_pause(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(max_lost_runs=20)
    job_id = jobs.add()
    pauses = list[float]()
    for number in range(1, 12):
        jobs.again(job_id, f"d{number}")
        settled = jobs.send(Settle(Delivery(job_id, 0, f"d{number}"), 3, "gone"))
        assert isinstance(settled, Settled)
        assert settled.due_us == jobs.clock() + lost_run_pause_us(job_id, number)
        pauses.append((settled.due_us - jobs.clock()) / SECOND)
        jobs.clock.set(settled.due_us)
    assert pauses[0] == 0
    assert all(2**number / 2 <= pause <= 2**number for number, pause in enumerate(pauses[1:6], 1))
    assert all(30 <= pause <= 60 for pause in pauses[6:])


@pytest.mark.parametrize("begun", [True, False])
def test_three_deaths_are_too_many(jobs: StoreDriver, begun: bool) -> None:
    """G8: a job that kills its worker becomes a dead letter. Points count begun or not."""
    job_id = jobs.add(key="k")
    for number in range(1, 4):
        message = jobs.claim(job_id)
        if begun:
            jobs.begin(message, f"d{number}")
        settled = jobs.send(Settle(delivery(message, f"d{number}"), POINTS_DEATH, f"signal {number}"))
        assert isinstance(settled, Settled)
        jobs.clock.move(60)
    dead = jobs.get(job_id)
    assert (settled.state, settled.due_us) == (JobState.DEAD, None)
    assert settled.job == dead
    assert (dead.error, dead.lost_runs, dead.lost_points, dead.failures) == ("signal 3", 3, 9, 0)
    assert jobs.backlog() == 0


def test_one_point_each_lasts_nine_times(jobs: StoreDriver) -> None:
    job_id = jobs.add()
    for number in range(9):
        jobs.again(job_id, f"d{number}")
        jobs.send(Settle(Delivery(job_id, 0, f"d{number}"), 1, "gone"))
        jobs.clock.move(60)
        assert jobs.state(job_id) is (JobState.DEAD if number == 8 else JobState.WAITING)


def test_a_stopped_run_without_points_is_a_stop(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.clock.move(5)
    assert jobs.send(Settle(delivery(job))) == Settled(JobState.WAITING, jobs.clock())
    waiting = jobs.get(job.id)
    assert (waiting.lost_runs, waiting.failures, waiting.error) == (0, 0, None)


def test_a_lost_poll_is_a_new_attempt(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.POLL)
    jobs.again(job.id, "d2")
    jobs.send(Settle(delivery(job, "d2"), 3, "gone"))
    begun = jobs.again(job.id, "d3")
    assert (begun.polled, begun.job.attempt, begun.job.run_id) == (False, 2, "d3")


def test_a_poll_whose_message_killed_its_child_is_a_new_attempt(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.POLL)
    jobs.send(Settle(delivery(jobs.claim(job.id), "d2"), 3, "signal 9"))
    begun = jobs.again(job.id, "d3")
    assert (begun.polled, begun.job.attempt, begun.job.run_id) == (False, 2, "d3")


def test_a_continued_poll_that_was_stopped_goes_on_as_that_run(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.POLL)
    jobs.again(job.id, "d2")
    jobs.send(Settle(delivery(job, "d2")))
    begun = jobs.again(job.id, "d3")
    assert (begun.polled, begun.job.attempt, begun.job.run_id) == (True, 1, "d1")


def test_a_poll_whose_message_was_dropped_goes_on_as_that_run(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.POLL)
    jobs.send(Settle(delivery(jobs.claim(job.id), "d2")))
    begun = jobs.again(job.id, "d3")
    assert (begun.polled, begun.job.attempt, begun.job.run_id) == (True, 1, "d1")


@pytest.mark.parametrize("points", [0, 1, 3])
def test_repeated_the_answer_is_the_first_however_late(jobs: StoreDriver, points: int) -> None:
    """Rule 1: by delivery id."""
    sent, running = jobs.sent(), jobs.running("d2")
    requests = [Settle(delivery(sent), points, "r"), Settle(delivery(running, "d2"), points, "r")]
    first = [jobs.send(request) for request in requests]
    jobs.clock.move(100)
    assert [jobs.send(request) for request in requests] == first
    for job in (sent, running):
        jobs.again(job.id, f"again-{job.id}")
    assert [jobs.send(request) for request in requests] == first
    assert {jobs.get(job.id).lost_points for job in (sent, running)} == {points}


def test_finish_and_settle_answer_for_each_other(jobs: StoreDriver) -> None:
    one, two = jobs.running("d1"), jobs.running("d2")
    finished = jobs.finish(one.id, "d1", FinishKind.RETRY, after=3)
    assert jobs.send(Settle(delivery(one), 3, "died")) == Settled(finished.state, finished.due_us)
    settled = jobs.send(Settle(delivery(two, "d2"), 3, "died"))
    assert isinstance(settled, Settled)
    late = jobs.send(Finish(two.id, "d2", FinishKind.SUCCEED))
    assert (late.state, getattr(late, "due_us", None)) == (settled.state, settled.due_us)
    assert jobs.get(two.id).lost_runs == 1


def test_what_is_not_this_deliverys_is_refused(jobs: StoreDriver) -> None:
    """G4: a copy that is dropped takes nothing from the run."""
    running, stale, done = jobs.running("d1"), jobs.sent(), jobs.running("d3")
    jobs.change(stale.id)
    jobs.finish(done.id, "d3", FinishKind.SUCCEED)
    assert jobs.send(Settle(delivery(running, "copy"), 3, "r")) == Refused(Refusal.BEGUN, JobState.RUNNING)
    old = Delivery(running.id, running.generation - 1, "copy")
    assert jobs.send(Settle(old, 3, "r")) == Refused(Refusal.STALE, JobState.RUNNING)
    assert jobs.send(Settle(delivery(stale), 3, "r")) == Refused(Refusal.STALE, JobState.WAITING)
    assert jobs.send(Settle(delivery(done, "dx"), 3, "r")) == Refused(Refusal.ENDED, JobState.SUCCEEDED)
    assert jobs.send(Settle(Delivery(jobs.new_id(), 1, "d"), 3, "r")) == Refused(Refusal.UNKNOWN)
    again = jobs.claim(stale.id)
    assert jobs.send(Settle(delivery(stale), 0)) == Refused(Refusal.STALE, JobState.CLAIMED)
    assert jobs.get(running.id).lost_runs == 0
    jobs.begin(again)


def test_a_lost_run_whose_cancel_was_requested_ends_cancelled(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    assert jobs.cancel(job.id).outcome is CancelOutcome.REQUESTED
    settled = jobs.send(Settle(delivery(job), 3, "died"))
    assert isinstance(settled, Settled)
    assert (settled.state, settled.due_us) == (JobState.CANCELLED, None)
    assert settled.job is not None
    assert (settled.job.id, settled.job.state) == (job.id, JobState.CANCELLED)
    assert jobs.send(Settle(delivery(job), 3, "died")) == Settled(JobState.CANCELLED)
    assert jobs.state(job.id) is JobState.CANCELLED


def test_a_lost_run_past_its_expires_ends_expired(jobs: StoreDriver) -> None:
    job = jobs.running("d1", expires=When(after_us=SECOND))
    jobs.clock.move(1)
    settled = jobs.send(Settle(delivery(job), 1, "gone"))
    assert isinstance(settled, Settled)
    assert settled.state is JobState.EXPIRED
    assert settled.job is not None
    assert jobs.get(job.id).error == "gone"


def test_what_has_not_begun_is_ended_past_its_expires(jobs: StoreDriver) -> None:
    job = jobs.sent(expires=When(after_us=SECOND))
    jobs.clock.move(1)
    refused = jobs.send(Settle(delivery(job)))
    assert isinstance(refused, Refused)
    assert (refused.why, refused.state) == (Refusal.ENDED, JobState.EXPIRED)
    assert refused.expired is not None
    assert jobs.state(job.id) is JobState.EXPIRED


# -- an unknown handler (rolling deploys)


def test_an_unknown_handler_waits_as_long_as_it_already_has(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(unknown_grace_us=100 * SECOND)
    job_id, pauses = jobs.add(), list[float]()
    for number in range(20):
        settled = jobs.send(Settle(delivery(jobs.claim(job_id), f"d{number}"), 0, "unknown", unknown_handler=True))
        assert isinstance(settled, Settled)
        if settled.due_us is None:
            break
        assert jobs.get(job_id).error == "unknown"
        pauses.append((settled.due_us - jobs.clock()) / SECOND)
        jobs.clock.set(settled.due_us)
    assert pauses == [1, 1, 2, 4, 8, 16, 32, 60]
    assert settled.state is JobState.DEAD
    assert settled.job == jobs.get(job_id)
    assert (jobs.get(job_id).error, jobs.get(job_id).lost_runs) == ("unknown", 0)


def test_its_grace_counts_from_the_first_time(jobs: StoreDriver) -> None:
    job_id = jobs.add()
    jobs.send(Settle(delivery(jobs.claim(job_id), "d1"), unknown_handler=True))
    jobs.clock.move(us=jobs.options.unknown_grace_us - 1)
    settled = jobs.send(Settle(delivery(jobs.claim(job_id), "d2"), unknown_handler=True))
    assert isinstance(settled, Settled)
    assert settled.due_us == jobs.when(60)
    jobs.clock.move(60)
    settled = jobs.send(Settle(delivery(jobs.claim(job_id), "d3"), 0, "no such handler", unknown_handler=True))
    assert isinstance(settled, Settled)
    assert settled.state is JobState.DEAD


def test_a_begin_forgets_that_it_was_unknown(jobs: StoreDriver) -> None:
    job_id = jobs.add()
    jobs.send(Settle(delivery(jobs.claim(job_id), "d1"), unknown_handler=True))
    jobs.clock.move(400)
    jobs.again(job_id, "d2")
    jobs.finish(job_id, "d2", FinishKind.RETRY)
    jobs.clock.move(400)
    settled = jobs.send(Settle(delivery(jobs.claim(job_id), "d3"), unknown_handler=True))
    assert settled == Settled(JobState.WAITING, jobs.when(1))


def test_points_for_a_run_alone_leave_what_has_not_begun_as_it_was(jobs: StoreDriver) -> None:
    """A child died amid a carrier: what waited behind the job that ran loses nothing."""
    ran, waited = jobs.running("d1"), jobs.sent(due=-3)
    died = jobs.send(Settle(delivery(ran), POINTS_DEATH, "killed by signal 9", if_running=True))
    back = Settle(delivery(waited, "d2"), POINTS_DEATH, "killed by signal 9", if_running=True)
    assert (died, jobs.get(ran.id).lost_points) == (Settled(JobState.WAITING, jobs.clock()), POINTS_DEATH)
    assert jobs.send(back) == jobs.send(back) == Settled(JobState.WAITING, jobs.when(-3))
    assert (jobs.get(waited.id).lost_runs, jobs.get(waited.id).lost_points, jobs.get(waited.id).error) == (0, 0, None)
