"""The contact rule: an outage, a restart or a clock step doubles nothing (rule 3 of DESIGN section 5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from celery_durable_jobs.model.options import CONTACT_QUIET_US
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND
from celery_durable_jobs.steps import Claim, Pause, PutBack, Rescue, Rescued, Resend, Resending, Resume, Shards
from celery_durable_jobs.testing import StoreDriver
from celery_durable_jobs.testing.driver import CELERY

QUIET = CONTACT_QUIET_US // SECOND


def test_the_first_look_ever_begins_contact(jobs: StoreDriver) -> None:
    looked = jobs.look()
    assert (looked.may_recover, looked.recover_us) == (False, jobs.when(QUIET))
    assert jobs.stats().contact_since_us == jobs.clock()


def test_looks_without_a_gap_lead_to_recovery(jobs: StoreDriver) -> None:
    began = jobs.look().now_us
    looked = jobs.keep_looking(QUIET - 0.000001)
    assert (looked.may_recover, looked.recover_us) == (False, began + CONTACT_QUIET_US)
    looked = jobs.keep_looking(0.000001)
    assert (looked.may_recover, looked.recover_us) == (True, looked.now_us)


def test_a_gap_of_three_seconds_is_none_and_a_longer_one_begins_anew(jobs: StoreDriver) -> None:
    jobs.keep_looking(QUIET)
    jobs.clock.move(3)
    assert jobs.look().may_recover
    jobs.clock.move(3, us=1)
    looked = jobs.look()
    assert (looked.may_recover, looked.recover_us) == (False, jobs.when(QUIET))


def test_it_is_one_contact_for_all_keepers_together(jobs: StoreDriver) -> None:
    """Keepers that restart one after the other still rescue."""
    for number in range(int(QUIET) + 1):
        looked = jobs.look(f"k{number}")
        jobs.clock.move(1)
    assert looked.may_recover


def test_nothing_is_resent_or_rescued_before(jobs: StoreDriver) -> None:
    sent, running = jobs.sent(), jobs.running("d1")
    jobs.clock.move(100)
    jobs.look()
    term = jobs.terms["k1"][sent.id[1:9]]
    for _ in range(int(QUIET)):
        assert jobs.send(Resend(term)) == Resending()
        assert jobs.send(Rescue(term)) == Rescued()
        looked = jobs.keep_looking(1)
    assert looked.may_recover
    assert [job.id for job in jobs.send(Resend(term)).jobs] == [sent.id]
    assert jobs.send(Rescue(term)).returned == (running.id,)


def test_what_is_due_is_not_held_up(jobs: StoreDriver) -> None:
    """G7: what was due meanwhile is not held up."""
    jobs.look()
    job_id = jobs.add()
    jobs.clock.move(600)
    jobs.again(job_id, "d1")


# -- a clock that goes back


def test_a_time_that_went_back_begins_contact_anew(jobs: StoreDriver) -> None:
    jobs.keep_looking(QUIET)
    jobs.clock.move(us=-1)
    looked = jobs.look()
    assert (looked.may_recover, looked.recover_us) == (False, jobs.when(QUIET))


def test_leases_are_cut_to_their_full_length(jobs: StoreDriver) -> None:
    job_id = jobs.add(-3_600)
    jobs.lease(job_id, "k1")
    jobs.clock.move(-600)
    jobs.look("k2")
    (entry,) = jobs.send(Shards(0))
    assert (entry.keeper, entry.lease_until_us) == ("k1", jobs.clock() + jobs.options.lease_ttl_us)
    for _ in range(7):
        jobs.clock.move(1)
        looked = jobs.look("k2")
    assert [held.granted for held in looked.held] or jobs.terms["k2"]


@pytest.mark.parametrize("state", [JobState.RUNNING, JobState.SENT])
def test_deadlines_are_cut_to_their_full_length(jobs: StoreDriver, state: JobState) -> None:
    job = jobs.running("d1", due=-7_200) if state is JobState.RUNNING else jobs.sent(due=-7_200)
    jobs.clock.move(-7_000)
    jobs.look("k2")
    deadline = jobs.deadline(job.id)
    assert deadline is not None
    assert deadline <= jobs.clock() + max(jobs.options.run_lease_us, jobs.options.begin_timeout_us)


def test_a_second_copy_is_waited_for_as_long_as_it_was_meant(jobs: StoreDriver) -> None:
    job = jobs.sent(due=-7_200)
    timeout = jobs.options.begin_timeout_us
    jobs.clock.move(timeout / SECOND + QUIET)
    jobs.keep_looking(QUIET)
    (again,) = jobs.send(Resend(jobs.terms["k1"][job.id[1:9]])).jobs
    assert again.id == job.id
    jobs.clock.move(-7_000)
    jobs.look("k2")
    assert jobs.deadline(job.id) == jobs.clock() + max(2 * timeout, jobs.options.run_lease_us)


def test_deadlines_within_their_length_stay(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    deadline = jobs.deadline(job.id)
    jobs.clock.move(10)
    jobs.look()
    jobs.clock.move(us=-SECOND)
    jobs.look()
    assert jobs.deadline(job.id) == deadline


def test_claims_go_on_after_it(jobs: StoreDriver) -> None:
    job_id = jobs.add(-7_200)
    jobs.look()
    jobs.clock.move(-3_600)
    looked = jobs.look()
    assert [job.id for job in jobs.send(Claim(looked.held[0].term, CELERY)).jobs] == [job_id]


def test_a_route_that_rests_does_not_rest_for_the_whole_step(jobs: StoreDriver) -> None:
    job = jobs.claimed(due=-7_200)
    rest = PutBack(jobs.terms["k1"][job.id[1:9]], ((job.id, job.generation),), rest_route=CELERY, rest_us=10 * SECOND)
    assert jobs.send(rest).count == 1
    jobs.clock.move(-3_600)
    looked = jobs.keep_looking(61)
    assert [line.route for held in looked.held for line in held.lines] == [CELERY]


def test_neither_does_one_whose_backlog_was_full(make_jobs: Callable[..., StoreDriver]) -> None:
    jobs = make_jobs(max_backlog=16)
    job_ids = [jobs.add(-7_200) for _ in range(20)]
    term = jobs.lease(job_ids[0])
    taken = jobs.send(Claim(term, CELERY)).jobs
    assert len(taken) == 16
    assert jobs.send(Claim(term, CELERY)).jobs == ()
    jobs.clock.move(-3_600)
    jobs.begin(taken[0])
    looked = jobs.keep_looking(1)
    assert [line.route for held in looked.held for line in held.lines] == [CELERY]


def test_a_pause_goes_on_after_it(jobs: StoreDriver) -> None:
    job_id = jobs.add(-7_200)
    jobs.send(Pause("celery", 0, jobs.call_id()))
    jobs.clock.move(-3_600)
    assert not any(held.lines for held in jobs.keep_looking(61).held)
    assert jobs.stats().paused == ("celery",)
    jobs.send(Resume("celery", 0, jobs.call_id()))
    jobs.claim(job_id)


@pytest.mark.parametrize("place", range(2))
def test_what_is_soonest_of_two_shards_is_known_after_the_time_went_back(jobs: StoreDriver, place: int) -> None:
    """One call moves the heads of both; the registry tells of the first, in whatever order they are written."""
    for minute in range(2):
        job_id = jobs.new_id(jobs.when(-60 * minute))
        (jobs.claimed if minute == place else jobs.sent)(job_id=job_id)
    jobs.clock.move(-7_200)
    assert jobs.look().next_us == jobs.when(30)
