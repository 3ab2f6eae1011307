"""Leases that have run out go, however many others must stay: a shard's name never comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from celery_durable_jobs.steps import FinishKind
from celery_durable_jobs.stores.redis.keys import stripe_prefix
from celery_durable_jobs.testing import StoreDriver

if TYPE_CHECKING:
    from tests.support.servers import Server

TOMORROW = 86_400


def test_those_of_empty_shards_are_found_among_those_of_shards_with_jobs_for_tomorrow(
    jobs: StoreDriver, server: Server, database: int, namespace: str
) -> None:
    for number in range(300):
        job = jobs.running(f"d{number}", due=-60 * number)
        if number % 4:
            jobs.finish(job.id, f"d{number}", FinishKind.RESCHEDULE, TOMORROW)
        else:
            jobs.finish(job.id, f"d{number}", FinishKind.SUCCEED)
    jobs.terms.clear()
    jobs.clock.move(10)
    client = server.client(database)
    key = stripe_prefix(namespace, 0) + b"leases"
    assert client.hlen(key) > 225
    for _ in range(600):
        jobs.clock.move(us=910_007)  # as uneven as looks are
        jobs.look("k2")
    assert client.hlen(key) == 225
