"""Leases that ran out a while ago go, whatever their shards hold: a look costs what is due, not what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from celery_durable_jobs.steps import FinishKind
from celery_durable_jobs.stores.redis.keys import stripe_prefix
from celery_durable_jobs.testing import StoreDriver

if TYPE_CHECKING:
    from tests.support.servers import Server

TOMORROW = 86_400


def test_they_go_a_few_with_each_look(jobs: StoreDriver, server: Server, database: int, namespace: str) -> None:
    for number in range(300):
        job = jobs.running(f"d{number}", due=-60 * number)
        if number % 4:
            jobs.finish(job.id, f"d{number}", FinishKind.RESCHEDULE, TOMORROW)
        else:
            jobs.finish(job.id, f"d{number}", FinishKind.SUCCEED)
    jobs.terms.clear()
    client = server.client(database)
    key = stripe_prefix(namespace, 0) + b"leases"
    assert client.hlen(key) == 300
    jobs.clock.move(10)
    for looks in range(1, 8):
        jobs.look("k2")
        assert client.hlen(key) == max(0, 300 - 50 * looks)


def test_those_that_are_held_stay(jobs: StoreDriver, server: Server, database: int, namespace: str) -> None:
    for number in range(60):
        jobs.add(-60 * number)
    client = server.client(database)
    key = stripe_prefix(namespace, 0) + b"leases"
    for _ in range(10):
        jobs.clock.move(1)
        assert len(jobs.look("k1").held) == client.hlen(key) == 60
    jobs.terms.clear()
    jobs.clock.move(100)
    assert sum(held.granted for held in jobs.look("k1").held) == 60
    assert client.hlen(key) == 60
