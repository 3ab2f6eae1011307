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
    FinishKind,
    Forget,
    Get,
    Hold,
    KeyRef,
    Purge,
    Refusal,
    Refused,
    Replay,
    Settle,
    Source,
)
from celery_durable_jobs.steps.common import Delivery
from celery_durable_jobs.testing import StoreDriver
from celery_durable_jobs.testing.driver import CELERY
from celery_durable_jobs.testing.recount import recount

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


# -- and once this process is of the newer version


@pytest.fixture
def upgrade(server: Server, database: int) -> Any:
    """Let the job's record be one that can't be read; answers what makes it readable again."""
    with server.client(database) as client:

        def make(job_id: str) -> Callable[[], None]:
            [key] = client.keys(f"*:{job_id[1:9]}:jobs")
            raw = bytes(client.hget(key, job_id))
            client.hset(key, job_id, b"\x02" + raw[1:])
            return lambda: client.hset(key, job_id, raw)

        yield make


def move_aside(jobs: StoreDriver, upgrade: Any, due: float = 0, **fields: Any) -> tuple[str, Callable[[], None]]:
    job_id = jobs.add(due, **fields)
    readable = upgrade(job_id)
    assert jobs.send(Claim(jobs.lease(job_id), CELERY)).aside == (job_id,)
    return job_id, readable


def test_it_goes_back_to_its_line(jobs: StoreDriver, upgrade: Any) -> None:
    job_id, readable = move_aside(jobs, upgrade, key="k", target="t")
    for _ in range(7):
        jobs.clock.move(1)
        assert jobs.look().aside == 1
    readable()
    looked = jobs.keep_looking(6)
    assert (looked.aside, [line.head_us for held in looked.held for line in held.lines]) == (
        0,
        [jobs.get(job_id).due_us],
    )
    recount(jobs.store, 0)
    assert jobs.send(Get(KeyRef("k", "t"))) == jobs.get(job_id)
    assert jobs.find(Source.TARGET, target="t") == [job_id]
    jobs.begin(jobs.claim(job_id), "d")


def test_one_that_had_run_keeps_its_time_and_its_counts(jobs: StoreDriver, upgrade: Any) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.RETRY, after=10)
    before = jobs.get(job.id)
    readable = upgrade(job.id)
    jobs.clock.move(11)
    assert jobs.send(Claim(jobs.lease(job.id), CELERY)).aside == (job.id,)
    readable()
    jobs.keep_looking(6)
    assert jobs.get(job.id) == before
    recount(jobs.store, 0)


def test_a_dead_letter_goes_back_to_the_dead(jobs: StoreDriver, upgrade: Any) -> None:
    dead = jobs.dead()
    readable = upgrade(dead)
    jobs.send(Purge(0, "dead"))
    assert (jobs.stats().aside, jobs.stats().counts["dead"]) == (1, 0)
    readable()
    jobs.keep_looking(6)
    assert (jobs.stats().aside, jobs.find(Source.DEAD)) == (0, [dead])
    recount(jobs.store, 0)


def test_a_newer_process_may_end_or_change_it_before(jobs: StoreDriver, upgrade: Any) -> None:
    """It can read what an older one has moved aside."""
    cancelled, readable = move_aside(jobs, upgrade)
    readable()
    assert jobs.cancel(cancelled).outcome
    changed, readable = move_aside(jobs, upgrade)
    readable()
    jobs.change(changed, due=When(after_us=60_000_000))
    assert jobs.stats().aside == 0
    assert jobs.find(Source.WAITING) == [changed]
    recount(jobs.store, 0)
    jobs.keep_looking(6)
    recount(jobs.store, 0)


def test_those_that_cannot_be_read_do_not_stand_in_the_way(jobs: StoreDriver, upgrade: Any) -> None:
    unreadable = [move_aside(jobs, upgrade)[0] for _ in range(35)]
    job_id, readable = move_aside(jobs, upgrade)
    readable()
    jobs.keep_looking(12)
    assert jobs.find(Source.WAITING) == [job_id]
    assert jobs.stats().aside == len(unreadable)
