"""A key of a foreign type: the step fails before it has written anything (a failed script keeps what it wrote)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from celery_durable_jobs.errors import StoreBrokenError
from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps import (
    Begin,
    Bury,
    Cancel,
    Change,
    Claim,
    Finish,
    FinishKind,
    Get,
    Hold,
    MarkSent,
    PutBack,
    Replay,
    Settle,
)
from celery_durable_jobs.steps.common import Delivery
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.testing import StoreDriver
from celery_durable_jobs.testing.driver import CELERY

if TYPE_CHECKING:
    from tests.support.servers import Server

PLACES = [
    "due:2",
    "shard open",
    "claimed",
    "lines:2",
    "open",
    "registry",
    "counts",
    "backlogs",
    "again",
    "dead",
    "rotation",
]
"""What ends in this is replaced by a key of another type; "shard open" is the shard's own."""


def add(jobs: StoreDriver) -> Request[object]:
    return jobs.request(5)


def cancel(jobs: StoreDriver) -> Request[object]:
    return Cancel(jobs.add(), b"c" * 16)


def change(jobs: StoreDriver) -> Request[object]:
    return Change(jobs.add(), b"c" * 16, due=When(after_us=1))


def claim(jobs: StoreDriver) -> Request[object]:
    return Claim(jobs.lease(jobs.add()), CELERY)


def mark(jobs: StoreDriver) -> Request[object]:
    job = jobs.claimed()
    return MarkSent(jobs.terms["k1"][job.id[1:9]], ((job.id, job.generation),))


def put_back(jobs: StoreDriver) -> Request[object]:
    job = jobs.claimed()
    return PutBack(jobs.terms["k1"][job.id[1:9]], ((job.id, job.generation),))


def begin(jobs: StoreDriver) -> Request[object]:
    job = jobs.sent()
    return Begin(job.id, job.generation, "d")


def settle(jobs: StoreDriver) -> Request[object]:
    job = jobs.sent()
    return Settle(Delivery(job.id, job.generation, "d"), 3)


def bury(jobs: StoreDriver) -> Request[object]:
    job = jobs.sent()
    return Bury(job.id, job.generation, "no")


def retry(jobs: StoreDriver) -> Request[object]:
    return Finish(jobs.running("d").id, "d", FinishKind.RETRY)


def succeed(jobs: StoreDriver) -> Request[object]:
    return Finish(jobs.running("d").id, "d", FinishKind.SUCCEED)


def replay(jobs: StoreDriver) -> Request[object]:
    return Replay(jobs.dead(), b"c" * 16)


def hold(jobs: StoreDriver) -> Request[object]:
    job = jobs.sent()
    return Hold((Delivery(job.id, job.generation, "d"),))


@pytest.mark.parametrize(
    "make", [add, cancel, change, claim, mark, put_back, begin, settle, bury, retry, succeed, replay, hold]
)
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_written_half_way(
    make: Callable[[StoreDriver], Request[object]], place: str, jobs: StoreDriver, server: Server, database: int
) -> None:
    jobs.add(30)  # so that names have their numbers: 1 the handler, 2 the route
    request = make(jobs)
    with server.client(database) as client:
        key = _key(client.keys("*"), place, jobs.options.namespace, request)
        client.delete(key)
        client.set(key, "mine")
        before = {each: client.dump(each) for each in client.keys("*")}
        [answer, _] = jobs.store.send_many([request, Get(jobs.new_id())])
        if isinstance(answer, StoreBrokenError):
            assert "WRONGTYPE" in str(answer)
            assert {each: client.dump(each) for each in client.keys("*")} == before
        else:
            assert client.get(key) == b"mine"  # the step has no need of that key


def _key(keys: list[bytes], place: str, namespace: str, request: Request[object]) -> bytes:
    prefix = f"dj:1:{{{namespace}:0}}:".encode()
    if place in ("due:2", "shard open", "claimed"):
        shards = [each.split(b":")[-2] for each in keys if each.endswith(b":jobs")]
        named = re.search(r"'1(.{8})", repr(request)) or re.search(r"shard_id='(.{8})'", repr(request))
        shard = named[1].encode() if named else shards[0]
        return prefix + shard + b":" + place.removeprefix("shard ").encode()
    return prefix + place.encode()
