"""A record of a newer version is kept byte for byte, moved aside, told, and hides nothing behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from celery_durable_jobs.errors import StoreBrokenError
from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps import (
    AddOutcome,
    Begin,
    Bury,
    Cancel,
    Change,
    Claim,
    Forget,
    Get,
    Hold,
    KeyRef,
    Refusal,
    Refused,
    Replay,
    Settle,
    Source,
)
from celery_durable_jobs.steps.common import Delivery
from celery_durable_jobs.testing import StoreDriver
from celery_durable_jobs.testing.driver import CELERY

if TYPE_CHECKING:
    from tests.support.servers import Server

NEWER = b"\x02 whatever a newer version writes \x00\xff"
MakeNewer = Callable[[str], bytes]


@pytest.fixture
def make_newer(server: Server, database: int) -> Any:
    """Write a newer version's record in place of the job's own; answers what stands there now."""
    with server.client(database) as client:

        def make(job_id: str) -> bytes:
            [key] = client.keys(f"*:{job_id[1:9]}:jobs")
            client.hset(key, job_id, NEWER)
            return stored(job_id)

        def stored(job_id: str) -> bytes:
            [key] = client.keys(f"*:{job_id[1:9]}:jobs")
            return bytes(client.hget(key, job_id))

        make.stored = stored  # type: ignore[attr-defined]
        yield make


def test_a_claim_moves_it_aside_and_goes_on(jobs: StoreDriver, make_newer: Any) -> None:
    newer, behind = jobs.add(), jobs.add()
    make_newer(newer)
    term = jobs.lease(behind)
    claimed = jobs.send(Claim(term, CELERY))
    assert [job.id for job in claimed.jobs] == [behind]
    assert claimed.aside == (newer,)
    assert make_newer.stored(newer) == NEWER
    stats = jobs.stats()
    assert (stats.aside, stats.counts["waiting"]) == (1, 0)
    assert jobs.look().aside == 1
    assert jobs.send(Claim(term, CELERY)).aside == ()


def test_alone_in_its_line(jobs: StoreDriver, make_newer: Any) -> None:
    newer = jobs.add()
    make_newer(newer)
    assert jobs.send(Claim(jobs.lease(newer), CELERY)).aside == (newer,)
    assert jobs.look().next_us is None


def test_steps_that_meet_it_leave_it(jobs: StoreDriver, make_newer: Any) -> None:
    job = jobs.sent(key="k")
    make_newer(job.id)
    for request in (
        Get(job.id),
        Get(KeyRef("k")),
        Cancel(job.id, b"1" * 16),
        Change(job.id, b"2" * 16, due=When(after_us=5)),
        Replay(job.id, b"3" * 16),
        Forget(job.id, b"4" * 16),
    ):
        with pytest.raises(StoreBrokenError, match="newer version"):
            jobs.send(request)
    unknown = Refused(Refusal.UNKNOWN)
    delivery = Delivery(job.id, job.generation, "d")
    assert jobs.send(Begin(job.id, job.generation, "d")) == unknown
    assert jobs.send(Settle(delivery)) == unknown
    assert jobs.send(Bury(job.id, job.generation, "no")) == unknown
    assert isinstance(jobs.send(Hold((delivery,)))[0], Refused | None)
    assert jobs.send(jobs.request(job_id=job.id)).outcome is AddOutcome.ID_TAKEN
    assert jobs.find(Source.IN_FLIGHT) == []
    assert make_newer.stored(job.id) == NEWER


def test_many_in_a_row_hide_nothing(jobs: StoreDriver, make_newer: Any) -> None:
    ids = [jobs.add() for _ in range(80)]
    for job_id in ids[:70]:
        make_newer(job_id)
    seen: list[str] = []
    term = jobs.lease(ids[-1])
    for _ in range(10):
        claimed = jobs.send(Claim(term, CELERY, limit=20))
        assert len(claimed.jobs) + len(claimed.aside) <= 20
        seen += [job.id for job in claimed.jobs]
    assert seen == ids[70:]
    assert jobs.stats().aside == 70


def test_a_key_that_names_it_is_taken(jobs: StoreDriver, make_newer: Any) -> None:
    newer = jobs.add(60, key="k")
    make_newer(newer)
    answer = jobs.send(jobs.request(60, key="k"))
    assert answer.outcome is AddOutcome.KEY_TAKEN
    assert make_newer.stored(newer) == NEWER
