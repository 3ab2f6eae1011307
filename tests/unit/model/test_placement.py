"""Which keeper a shard prefers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from celery_durable_jobs.model.placement import preferred_keeper

SHARDS = [f"shard{number}" for number in range(600)]


def test_nobody_there() -> None:
    assert preferred_keeper("s", []) is None


@given(st.lists(st.text(), min_size=1, unique=True), st.text(), st.randoms())
def test_it_is_one_of_them_whatever_their_order(keepers: list[str], shard: str, random: object) -> None:
    preferred = preferred_keeper(shard, keepers)
    assert preferred in keepers
    random.shuffle(keepers)  # type: ignore[attr-defined]
    assert preferred_keeper(shard, keepers) == preferred


def test_shards_spread_evenly() -> None:
    keepers = ["a@host", "b@host", "c@host"]
    counts = [sum(preferred_keeper(shard, keepers) == keeper for shard in SHARDS) for keeper in keepers]
    assert all(140 < count < 260 for count in counts)


def test_only_what_the_newcomer_wins_moves() -> None:
    before = {shard: preferred_keeper(shard, ["a", "b", "c"]) for shard in SHARDS}
    after = {shard: preferred_keeper(shard, ["a", "b", "c", "d"]) for shard in SHARDS}
    moved = [shard for shard in SHARDS if before[shard] != after[shard]]
    assert {after[shard] for shard in moved} == {"d"}
    assert 90 < len(moved) < 210
