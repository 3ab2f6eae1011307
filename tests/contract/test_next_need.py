"""What a claim tells of the rest of its stripe: so a keeper needs no look for what it is going to claim anyway."""

from __future__ import annotations

from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.when import MAX_US
from celery_durable_jobs.steps import Claim
from celery_durable_jobs.testing import StoreDriver

CELERY, MAIL = Route(), Route("mail")


def test_it_tells_when_a_keeper_is_needed_next(jobs: StoreDriver) -> None:
    first, later = jobs.add(), jobs.add(2)
    claimed = jobs.send(Claim(jobs.lease(first), CELERY))
    assert claimed.next_us == claimed.head_us == jobs.get(later).due_us


def test_it_tells_of_another_shard_and_of_another_route(jobs: StoreDriver) -> None:
    first, _, mail, shard = jobs.add(), jobs.add(4), jobs.add(3, route=MAIL), jobs.add(-120)
    term = jobs.lease(first)
    assert jobs.send(Claim(jobs.lease(shard), CELERY)).next_us == jobs.clock()  # the first one's line
    assert jobs.send(Claim(term, CELERY)).next_us == jobs.get(mail).due_us


def test_what_is_left_of_its_own_line_is_known(jobs: StoreDriver) -> None:
    first = jobs.add()
    jobs.add()
    claimed = jobs.send(Claim(jobs.lease(first), CELERY, limit=1))
    assert claimed.head_us == jobs.clock()
    assert claimed.next_us == jobs.when(jobs.options.lease_ttl_us / 1e6)  # of what was claimed


def test_due_at_the_same_moment_on_another_route(jobs: StoreDriver) -> None:
    first, _ = jobs.add(), jobs.add(route=MAIL)
    term = jobs.lease(first)
    assert jobs.send(Claim(term, CELERY)).next_us == jobs.clock()
    assert jobs.send(Claim(term, MAIL)).next_us == jobs.when(jobs.options.lease_ttl_us / 1e6)


def test_a_look_tells_it_of_each_stripe(jobs: StoreDriver) -> None:
    looked = jobs.look()
    assert looked.nexts == tuple((stripe, MAX_US) for stripe in range(jobs.options.stripes))
    jobs.add(5)
    looked = jobs.look()
    assert min(us for _, us in looked.nexts) == looked.next_us == jobs.when(5)
