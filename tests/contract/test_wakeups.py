"""Wake-ups: whatever is needed sooner than a keeper knew wakes it (P48)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Claim, FinishKind, Get, Pause, Release, Resume, Stats
from celery_durable_jobs.stores.contract import Wakeups
from celery_durable_jobs.testing import StoreDriver
from celery_durable_jobs.testing.driver import CELERY
from tests.contract.conftest import MakeDriver

LIMIT = 5.0
"""Seconds within which a wake-up that comes at all has come."""

SILENCE = 0.15
"""Seconds after which we believe that none comes."""


@pytest.fixture
def wakeups(jobs: StoreDriver) -> Iterator[Wakeups]:
    """A keeper's subscription, known to be up."""
    listening = jobs.store.wakeups()
    subscribe(jobs, listening)
    yield listening
    listening.close()


def subscribe(jobs: StoreDriver, wakeups: Wakeups) -> None:
    """Wait until wake-ups arrive, then drain them."""
    until = time.monotonic() + LIMIT
    while True:
        jobs.cancel(jobs.add())
        if wakeups.wait(0.05):
            break
        assert time.monotonic() < until, "no wake-up ever came"
    while wakeups.wait(SILENCE):
        pass


def wakes(wakeups: Wakeups, act: Callable[[], object]) -> bool:
    while wakeups.wait(0):
        pass
    act()
    return wakeups.wait(LIMIT)


def silent(wakeups: Wakeups, act: Callable[[], object]) -> bool:
    act()
    return not wakeups.wait(SILENCE)


def test_a_job_that_is_due_earlier_than_all_others(jobs: StoreDriver, wakeups: Wakeups) -> None:
    jobs.add(0.9)
    assert wakes(wakeups, lambda: jobs.add(0.5))
    assert wakes(wakeups, lambda: jobs.add(-5))


def test_not_for_what_the_next_look_sees_in_time(jobs: StoreDriver, wakeups: Wakeups) -> None:
    assert silent(wakeups, lambda: jobs.add(1))
    assert silent(wakeups, lambda: jobs.add(3_600))
    assert wakes(wakeups, lambda: jobs.add(0.4))
    assert silent(wakeups, lambda: jobs.add(0.5))


def test_a_change_to_sooner(jobs: StoreDriver, wakeups: Wakeups) -> None:
    job_id = jobs.add(3_600)
    assert wakes(wakeups, lambda: jobs.change(job_id, due=When(after_us=0)))


@pytest.mark.parametrize("kind", [FinishKind.RETRY, FinishKind.RESCHEDULE, FinishKind.POLL, FinishKind.STOP])
def test_a_finish_that_puts_back(jobs: StoreDriver, wakeups: Wakeups, kind: FinishKind) -> None:
    job = jobs.running("d1")
    assert wakes(wakeups, lambda: jobs.finish(job.id, "d1", kind))


def test_a_release_and_a_lease_let_go(jobs: StoreDriver, wakeups: Wakeups) -> None:
    job_id = jobs.add()
    term = jobs.lease(job_id)
    assert wakes(wakeups, lambda: jobs.look("k1", let_go=(term,)))
    term = jobs.lease(job_id)
    assert wakes(wakeups, lambda: jobs.send(Release("k1", (term,))))


def test_a_resume(jobs: StoreDriver, wakeups: Wakeups) -> None:
    jobs.send(Pause("celery", 0, jobs.call_id()))
    jobs.add()
    jobs.send(Claim(jobs.lease(jobs.add(route=Route("other"))), CELERY))
    assert wakes(wakeups, lambda: jobs.send(Resume("celery", 0, jobs.call_id())))


def test_a_backlog_with_room_again(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(max_backlog=16)
    ids = [jobs.add() for _ in range(17)]
    term = jobs.lease(ids[0])
    taken = jobs.send(Claim(term, CELERY)).jobs
    jobs.send(Claim(term, CELERY))
    other = jobs.store.wakeups()
    until = time.monotonic() + LIMIT
    route = Route("other")
    while not other.wait(0.05):
        jobs.cancel(jobs.add(route=route))
        assert time.monotonic() < until
    while other.wait(SILENCE):
        pass
    assert silent(other, lambda: [jobs.begin(job) for job in taken[:7]])
    assert wakes(other, lambda: jobs.begin(taken[7]))
    other.close()


def test_reads_wake_nobody(jobs: StoreDriver, wakeups: Wakeups) -> None:
    job_id = jobs.add(0.5)
    while wakeups.wait(SILENCE):
        pass
    assert silent(wakeups, lambda: (jobs.send(Get(job_id)), jobs.send(Stats(0))))


def test_wake_returns_a_wait_from_another_thread(wakeups: Wakeups) -> None:
    timer = threading.Timer(0.05, wakeups.wake)
    timer.start()
    began = time.monotonic()
    wakeups.wait(LIMIT)
    assert time.monotonic() - began < LIMIT / 2
    timer.join()


def test_a_wait_without_wake_up_ends_in_time(wakeups: Wakeups) -> None:
    began = time.monotonic()
    assert wakeups.wait(0.2) is False
    assert 0.15 <= time.monotonic() - began < LIMIT


def test_each_keeper_has_its_own(jobs: StoreDriver, wakeups: Wakeups) -> None:
    other = jobs.store.wakeups()
    subscribe(jobs, other)
    while wakeups.wait(SILENCE):
        pass
    jobs.add(route=Route("q2"))
    assert wakeups.wait(LIMIT)
    assert other.wait(LIMIT)
    other.close()


def test_a_moved_clock_is_no_reason(jobs: StoreDriver, wakeups: Wakeups) -> None:
    jobs.add(30)
    assert silent(wakeups, lambda: jobs.clock.move(us=30 * SECOND))
