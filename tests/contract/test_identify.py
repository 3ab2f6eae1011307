"""identify: the first process settles whose store it is."""

from celery_durable_jobs.model.options import LAYOUT
from celery_durable_jobs.steps import Identified, Identify
from celery_durable_jobs.testing import StoreDriver


def test_the_first_one_writes_and_all_others_are_told(jobs: StoreDriver) -> None:
    first = jobs.send(Identify("shop", 1))
    assert first == Identified("shop", 1, LAYOUT, jobs.clock())
    jobs.clock.move(60)
    assert jobs.send(Identify("other", 64)) == Identified("shop", 1, LAYOUT, jobs.clock())


def test_repeated_it_changes_nothing(jobs: StoreDriver) -> None:
    assert jobs.send(Identify("shop", 1)) == jobs.send(Identify("shop", 1))


def test_the_stores_clock_is_the_one_injected(jobs: StoreDriver) -> None:
    jobs.clock.set(2**52 + 1)
    assert jobs.send(Identify("shop", 1)).now_us == 2**52 + 1
