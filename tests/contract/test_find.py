"""find: pages of jobs, in bounded calls."""

from __future__ import annotations

import pytest

from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Find, FinishKind, Source
from celery_durable_jobs.testing import StoreDriver
from tests.contract.conftest import MakeDriver

NASTY = "a:b{c}\n\x00 \U0001f600"


def test_nothing_there(jobs: StoreDriver) -> None:
    for source in Source:
        page = jobs.send(Find(0, source, target="t"))
        assert (page.jobs, page.cursor) == ((), None)


@pytest.mark.parametrize("limit", [1, 7, 1_000])
def test_waiting_is_all_lines_merged_in_due_order(jobs: StoreDriver, limit: int) -> None:
    ids = [
        jobs.add(60 * (number * 7 % 25), route=Route("ab"[number % 2], priority=number % 3 or None))
        for number in range(50)
    ]
    jobs.claimed(due=-1)
    expected = sorted(ids, key=lambda each: (jobs.get(each).due_us, each))
    assert jobs.find(Source.WAITING, limit=limit) == expected
    page = jobs.send(Find(0, Source.WAITING, limit=10))
    assert len(page.jobs) <= 10
    assert page.cursor is not None


def test_equal_due_times_are_parted_by_id(jobs: StoreDriver) -> None:
    due = When(at_us=jobs.when(60))
    ids = [jobs.add(due, route=Route(f"q{number % 3}")) for number in range(30)]
    assert jobs.find(Source.WAITING, limit=4) == sorted(ids)


def test_a_job_that_does_not_move_is_seen_exactly_once(jobs: StoreDriver) -> None:
    ids = [jobs.add(60 + number) for number in range(30)]
    seen, cursor = list[str](), None
    for turn in range(30):
        page = jobs.send(Find(0, Source.WAITING, cursor=cursor, limit=3))
        seen += [job.id for job in page.jobs]
        if turn < 8:
            jobs.cancel(ids[turn])
            jobs.add(61.5)
            jobs.add(3_600)
        cursor = page.cursor
        if cursor is None:
            break
    assert cursor is None
    stayed = ids[8:]
    assert [each for each in seen if each in stayed] == stayed
    assert len(seen) == len(set(seen))


def test_in_flight_is_claimed_sent_and_running_by_due_time(jobs: StoreDriver) -> None:
    running, sent, claimed = jobs.running("d1", due=-1), jobs.sent(due=-3), jobs.claimed(due=-2)
    jobs.add(60)
    page = jobs.send(Find(0, Source.IN_FLIGHT, limit=1))
    assert [job.id for job in page.jobs] == [sent.id, claimed.id, running.id]
    assert [job.state for job in page.jobs] == [JobState.SENT, JobState.CLAIMED, JobState.RUNNING]
    assert page.cursor is None


def test_a_targets_jobs_are_those_that_have_not_ended(jobs: StoreDriver) -> None:
    for target in ("t", NASTY, "t2", ""):
        waiting = jobs.add(60, target=target)
        running = jobs.running(f"d{target}", due=-1, target=target)
        jobs.cancel(jobs.add(60, target=target))
        jobs.dead(target=target)
        assert jobs.find(Source.TARGET, target=target) == [running.id, waiting]
        jobs.finish(running.id, f"d{target}", FinishKind.RETRY, after=90)
        assert jobs.find(Source.TARGET, target=target) == [waiting, running.id]
    assert jobs.find(Source.TARGET, target="other") == []


@pytest.mark.parametrize("limit", [1, 3, 1_000])
def test_dead_letters_by_the_time_they_died(jobs: StoreDriver, limit: int) -> None:
    running = [jobs.running(f"d{number}") for number in range(7)]
    expected = list[str]()
    for number in (3, 1, 6, 0, 5, 2, 4):
        jobs.finish(running[number].id, f"d{number}", FinishKind.DIE, error=f"e{number}")
        expected.append(running[number].id)
        jobs.clock.move(us=1)
    assert jobs.find(Source.DEAD, limit=limit) == expected
    dead = next(jobs.pages(Source.DEAD))
    assert (dead.state, dead.error) == (JobState.DEAD, "e3")
    assert dead == jobs.get(expected[0])


@pytest.mark.parametrize("limit", [1, 1_000])
def test_ended_ones_for_as_long_as_they_are_kept(make_jobs: MakeDriver, limit: int) -> None:
    jobs = make_jobs(keep_ended_us=100 * SECOND)
    old = jobs.add(60)
    jobs.cancel(old)
    jobs.clock.move(50)
    new = {jobs.succeeded(), *(jobs.add(60) for _ in range(5))}
    for job_id in new:
        jobs.cancel(job_id)
    assert sorted(jobs.find(Source.ENDED, limit=limit)) == sorted({old, *new})
    assert {job.state for job in jobs.pages(Source.ENDED)} == {JobState.CANCELLED, JobState.SUCCEEDED}
    jobs.clock.move(50)
    assert sorted(jobs.find(Source.ENDED, limit=limit)) == sorted(new)
    assert jobs.stats().ended >= 6
    jobs.clock.move(50)
    assert jobs.find(Source.ENDED, limit=limit) == []


def test_each_stripe_has_its_own(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(stripes=4)
    ids = [jobs.add(60, target=f"t{number}") for number in range(20)]
    found = {stripe: jobs.find(Source.WAITING, stripe=stripe) for stripe in range(4)}
    assert sorted(job_id for here in found.values() for job_id in here) == sorted(ids)
    assert all(parse_job_id(job_id).stripe == stripe for stripe, here in found.items() for job_id in here)
    assert all(found.values())
