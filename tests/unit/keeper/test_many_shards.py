"""Jobs in many shards and a queue whose backlog is full: what a keeper asks and holds stays bounded."""

from __future__ import annotations

import pytest

from celery_durable_jobs.keeper.claims import LINES_AT_ONCE
from celery_durable_jobs.keeper.leases import LINGERING_AT_MOST
from celery_durable_jobs.keeper.looks import ENOUGH_SHARDS, GRANTS_A_LOOK
from celery_durable_jobs.steps import Claim, Finished, FinishKind
from tests.unit.keeper.bench import Bench

SHARDS = 500


@pytest.fixture
def bench() -> Bench:
    """Five hundred overdue jobs, each in a shard of its own, and room for 16 on their queue."""
    bench = Bench(max_backlog=16)
    for minute in range(SHARDS):
        bench.jobs.add(-60 * (SHARDS - minute))
    return bench


def claims(bench: Bench) -> int:
    return sum(isinstance(request, Claim) for request in bench.store.seen)


def test_a_full_backlog_is_not_asked_line_by_line(bench: Bench) -> None:
    keeper = bench.keeper()
    bench.pass_time(3, keeper)
    assert len(bench.recorders["k1"].published) == 16
    before = claims(bench)
    bench.pass_time(10, keeper)
    assert claims(bench) - before <= 12 * LINES_AT_ONCE


def test_shards_are_not_hoarded_meanwhile(bench: Bench) -> None:
    keeper = bench.keeper()
    held = []
    for _ in range(15):
        bench.pass_time(1, keeper)
        held.append(len(keeper.leases))
    assert max(held) <= max(ENOUGH_SHARDS, LINGERING_AT_MOST + GRANTS_A_LOOK)


def test_all_of_them_are_dispatched_in_the_end_oldest_first(bench: Bench) -> None:
    keeper, run = bench.keeper(), 0
    recorder = bench.recorders["k1"]
    for _ in range(SHARDS):
        bench.pass_time(1, keeper)
        for job in recorder.published[run:]:
            bench.jobs.begin(job, job.id)
            assert isinstance(bench.jobs.finish(job.id, job.id, FinishKind.SUCCEED), Finished)
        run = len(recorder.published)
        if run == SHARDS:
            break
    assert recorder.ids == sorted(recorder.ids, key=lambda job_id: job_id[1:9])
    assert len(set(recorder.ids)) == SHARDS
