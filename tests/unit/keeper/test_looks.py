"""When a keeper looks: not for what it is going to claim anyway, at once for what it would miss."""

from __future__ import annotations

from celery_durable_jobs.keeper.clock import StoreClock
from celery_durable_jobs.keeper.keeper import Keeper
from tests.unit.keeper.bench import MAIL, Bench


def planned(keeper: Keeper) -> float:
    """Seconds until the next look."""
    return round(keeper.looks.wait(), 3)


def poll(bench: Bench) -> float:
    return bench.settings.poll_interval


def test_a_line_that_is_claimed_from_needs_no_look(bench: Bench) -> None:
    keeper = bench.keeper()
    bench.jobs.add(0)
    bench.jobs.add(0.3)
    bench.round(keeper)
    assert planned(keeper) == poll(bench)
    bench.clock.move(0.3)
    bench.work(keeper)
    assert len(bench.recorders["k1"].ids) == 2
    assert planned(keeper) == round(poll(bench) - 0.3, 3)


def test_what_no_claim_has_told_of_is_looked_at_when_it_is_due(bench: Bench) -> None:
    keeper = bench.keeper()
    bench.jobs.add(0.3)
    bench.jobs.add(0.5, route=MAIL)
    bench.round(keeper)
    assert planned(keeper) == 0.3
    bench.clock.move(0.3)
    bench.round(keeper)
    assert planned(keeper) == 0.2


def test_what_falls_due_together_on_two_routes_is_not_missed(bench: Bench) -> None:
    keeper = bench.keeper()
    bench.jobs.add(0)
    bench.round(keeper)
    bench.jobs.add(0.3)
    bench.jobs.add(0.3, route=MAIL)
    bench.round(keeper)
    bench.jobs.add(-1)
    bench.round(keeper)  # the claim tells of what is left in its line
    bench.clock.move(0.3)
    bench.work(keeper)
    assert planned(keeper) == 0.0
    bench.round(keeper)
    assert len(bench.recorders["k1"].ids) == 4


def test_what_others_have_is_looked_at_now_and_then(bench: Bench) -> None:
    one, two = bench.keeper("k1"), bench.keeper("k2")
    bench.round(two)
    shards = [bench.jobs.add(-60.0 * minute) for minute in range(20)]
    one.looks.tick()
    two.looks.tick()
    assert 0 < len(one.leases) < len(shards)
    bench.work(one)
    assert 0 < planned(one) <= 0.05


def test_a_look_that_was_asked_for_is_not_put_off(bench: Bench) -> None:
    keeper = bench.keeper()
    bench.round(keeper)
    assert planned(keeper) == poll(bench)
    keeper.looks.ask()
    assert planned(keeper) == 0.0


def test_requests_reach_the_store_when_they_are_to() -> None:
    clock = StoreClock()
    clock.told(100.0, 100.004, 5_000_003_000)  # 3 ms on the way
    clock.told(101.0, 101.002, 5_001_001_000)
    clock.told(102.0, 102.005, 5_002_004_000)
    assert round(clock.begin_at(5_003_000_000), 4) == 102.999
    for number in range(30):
        clock.told(110.0 + number, 110.01 + number, 5_010_002_000 + number * 1_000_000)
    assert round(clock.begin_at(5_003_000_000), 4) == 102.998  # the quickest is long ago


def test_the_stores_clock_may_be_put_back_or_forward() -> None:
    clock = StoreClock()
    for shift in (0, -3_600_000_000, 3_600_000_000):
        clock.told(100.0, 100.002, 9_000_001_000 + shift)
        assert round(clock.begin_at(9_001_000_000 + shift), 4) == 100.999
