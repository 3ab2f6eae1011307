"""Redis: a record that a newer version wrote, or that was damaged, hurts nobody but its own job (G8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import redis

from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import (
    Begin,
    Bury,
    Claim,
    PutBack,
    PutBackDone,
    Refusal,
    Rescue,
    Rescued,
    Resend,
    Resending,
)
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.stores.redis.keys import stripe_prefix
from celery_durable_jobs.testing import MovedClock, StoreDriver
from celery_durable_jobs.testing.driver import CELERY
from tests.support.servers import Server

pytestmark = pytest.mark.service("valkey")

Rewrite = Callable[[str, Callable[[bytes], bytes]], None]


@pytest.fixture
def database(server: Server) -> str:
    """The URL of a database of the test's own."""
    return server.url(server.next_database())


@pytest.fixture
def jobs(database: str, namespace: str) -> Iterator[StoreDriver]:
    """A driver over a Redis store."""
    clock = MovedClock()
    store = RedisStore(database, StoreOptions(namespace=namespace, identity="shop"), clock=clock)
    yield StoreDriver(store, clock)
    store.close()


@pytest.fixture
def rewrite(database: str, namespace: str) -> Iterator[Rewrite]:
    """Rewrite the bytes of a job's record."""
    client = redis.Redis.from_url(database)

    def change(job_id: str, write: Callable[[bytes], bytes]) -> None:
        key = stripe_prefix(namespace, 0) + f"{job_id[1:9]}:jobs".encode()
        raw = client.hget(key, job_id)
        assert raw is not None
        client.hset(key, job_id, write(raw))

    yield change
    client.close()


def newer(raw: bytes) -> bytes:
    """As a later release may write it."""
    return b"\x02" + raw[1:]


def damaged(raw: bytes) -> bytes:
    """Headers that are no JSON, where the content of a plain record begins."""
    return raw[:23] + b"\x04\xff\xff\xff\xffgarbage"


def test_a_newer_one_is_moved_aside_and_the_line_goes_on(jobs: StoreDriver, rewrite: Rewrite) -> None:
    strange, sound = jobs.add(), jobs.add()
    rewrite(strange, newer)
    claimed = jobs.send(Claim(jobs.lease(sound), CELERY))
    assert ([job.id for job in claimed.jobs], claimed.aside) == ([sound], (strange,))
    assert jobs.look().aside == 1


def test_a_newer_one_in_flight_is_left_alone_and_no_sign_of_more(jobs: StoreDriver, rewrite: Rewrite) -> None:
    """A keeper that was told "more" would ask again at once, for ever."""
    strange, sound = jobs.sent(), jobs.sent()
    rewrite(strange.id, newer)
    jobs.keep_looking(jobs.options.begin_timeout_us / 1e6 + 1)
    term = jobs.terms["k1"][strange.id[1:9]]
    resent = jobs.send(Resend(term))
    assert ([job.id for job in resent.jobs], resent.more) == ([sound.id], False)
    assert jobs.send(Resend(term)) == Resending()
    assert jobs.send(Rescue(term)) == Rescued()
    assert jobs.send(PutBack(term)) == PutBackDone()
    refused = jobs.send(Begin(strange.id, strange.generation, "d1"))
    assert refused.why is Refusal.UNKNOWN


def test_a_damaged_one_is_claimed_without_its_content_and_can_be_buried(jobs: StoreDriver, rewrite: Rewrite) -> None:
    strange, sound = jobs.add(), jobs.add()
    rewrite(strange, damaged)
    claimed = jobs.send(Claim(jobs.lease(sound), CELERY)).jobs
    assert {job.id: job.content is None for job in claimed} == {strange: True, sound: False}
    job = next(job for job in claimed if job.id == strange)
    jobs.send(Bury(job.id, job.generation, "unreadable", jobs.terms["k1"][job.id[1:9]]))
    assert (jobs.state(strange), jobs.state(sound)) == (JobState.DEAD, JobState.CLAIMED)
    assert [job.id for job in jobs.send(Claim(jobs.lease(sound), CELERY)).jobs] == []
