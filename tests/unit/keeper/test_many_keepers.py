"""Many keepers: shards spread evenly, and little moves when one comes or goes (DESIGN section 7)."""

from __future__ import annotations

from collections import Counter

import pytest

from celery_durable_jobs.keeper.keeper import Keeper
from celery_durable_jobs.model.identity import JobIds, parse_job_id
from celery_durable_jobs.model.placement import preferred_keeper
from celery_durable_jobs.steps import FinishKind
from tests.unit.keeper.bench import Bench

SHARDS = 1_000
FIVE = tuple(f"durable-shards@host-{number}" for number in range(5))


def shard_of(job_id: str) -> str:
    return parse_job_id(job_id).shard_id


def shards(stripes: int) -> list[str]:
    """As many as there are minutes in seventeen hours, in so many stripes."""
    ids = JobIds()
    found = {
        shard_of(ids.new(due_us=minute * 60_000_000, shard_duration_us=60_000_000, stripes=stripes, target=t, key=None))
        for minute in range(SHARDS)
        for t in (str(number) for number in range(stripes))
    }
    return sorted(found)[:SHARDS]


@pytest.mark.parametrize("stripes", [1, 16])
def test_five_share_a_thousand_shards_evenly(stripes: int) -> None:
    share = Counter(preferred_keeper(shard, FIVE) for shard in shards(stripes))
    assert sum(share.values()) == SHARDS
    assert all(150 <= share[keeper] <= 250 for keeper in FIVE), share


def test_only_what_must_move_moves() -> None:
    every = shards(1)
    before = {shard: preferred_keeper(shard, FIVE) for shard in every}
    joined = {shard: preferred_keeper(shard, (*FIVE, "sixth")) for shard in every}
    left = {shard: preferred_keeper(shard, FIVE[1:]) for shard in every}
    assert {joined[shard] for shard in every if joined[shard] != before[shard]} == {"sixth"}
    assert {before[shard] for shard in every if left[shard] != before[shard]} == {FIVE[0]}
    assert 110 <= sum(keeper == "sixth" for keeper in joined.values()) <= 220


class TestAtWork:
    """The same, seen by who dispatches what."""

    def dispatchers(self, bench: Bench, keepers: list[Keeper]) -> dict[str, str]:
        """By shard: the keeper that dispatched its next job. A thousand shards, a job each, due within ten seconds."""
        for recorder in bench.recorders.values():
            recorder.published.clear()
        for minute in range(SHARDS):
            old = bench.jobs.new_id(bench.jobs.when(-60 * minute))
            bench.jobs.add(2 + minute * 0.008, job_id=old)
        bench.pass_time(13, *keepers, step=0.4)
        sent = {shard_of(job.id): name for name, each in bench.recorders.items() for job in each.published}
        assert len(sent) == sum(len(each.published) for each in bench.recorders.values()) == SHARDS
        for job in (job for each in bench.recorders.values() for job in each.published):
            bench.jobs.begin(job, job.id)
            bench.jobs.finish(job.id, job.id, FinishKind.SUCCEED)
        return sent

    def test_shares_and_moves(self) -> None:
        bench = Bench(max_backlog=None)
        keepers = [bench.keeper(name) for name in FIVE]
        bench.round(*keepers)
        five = self.dispatchers(bench, keepers)
        share = Counter(five.values())
        assert all(150 <= share[keeper] <= 250 for keeper in FIVE), share

        keepers.append(bench.keeper("sixth"))
        bench.pass_time(5, *keepers)
        six = self.dispatchers(bench, keepers)
        assert all(six[shard] in ("sixth", preferred_keeper(shard, FIVE)) for shard in six)
        assert 110 <= Counter(six.values())["sixth"] <= 220

        keepers.pop(0)._leave()
        four = self.dispatchers(bench, keepers)
        kept = [shard for shard in four if shard in six and six[shard] != FIVE[0]]
        assert all(four[shard] == six[shard] for shard in kept)
        assert FIVE[0] not in four.values()
