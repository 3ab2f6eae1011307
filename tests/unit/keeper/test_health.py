"""The health check, from what a keeper tells to a verdict; and the loop that everything runs in."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from celery_durable_jobs.errors import StoreBrokenError, StoreUnavailableError
from celery_durable_jobs.keeper.health import info, judge, own_entry
from celery_durable_jobs.keeper.loop import Loop
from celery_durable_jobs.keeper.probe import probe
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import KeeperEntry, Look
from tests.support.waiting import wait_until
from tests.unit.keeper.bench import Bench


def entry(silence: float = 0.5, hostname: str = "k1", **told: float) -> KeeperEntry:
    """An entry of a keeper that looked so many seconds ago."""
    stages = {"look_age": 0.0, "batch_age": 0.0, "failing": 0.0, **told}
    entry_info = info(
        hostname=hostname, pid=1, version="1", shards=3, dispatched=0, trouble="connection refused", **stages
    )
    now = 1_000_000_000
    return KeeperEntry(f"{hostname}#1", now - round(silence * 1e6), now, silence < 5, entry_info)


class TestVerdict:
    def test_healthy(self):
        assert judge(entry(), "k1", 5).healthy

    @pytest.mark.parametrize(
        ("told", "words"),
        [
            (entry(9), "look loop"),
            (entry(batch_age=7.9), "batch loop"),
            (entry(failing=6), "connection refused"),
            (None, "not started"),
        ],
    )
    def test_unhealthy_and_why(self, told, words: str):
        health = judge(told, "k1", 5)
        assert not health.healthy
        assert words in health.message

    def test_a_failure_shorter_than_a_lease_is_ridden_out(self):
        assert judge(entry(failing=4), "k1", 5).healthy

    def test_it_is_the_last_of_that_name_that_counts(self):
        entries = [entry(0.1, "other"), entry(100), entry(2), entry(50)]
        assert own_entry(entries, "k1") is entries[2]
        assert own_entry(entries, "nobody") is None


class TestProbe:
    def test_a_keeper_on_the_bench(self, bench: Bench):
        keeper = bench.keeper("k1")
        bench.round(keeper)
        extension = SimpleNamespace(settings=bench.settings, store=bench.store, app=bench.app, stripes=1)
        assert probe(extension, "k1").healthy
        bench.clock.move(9)
        assert not probe(extension, "k1").healthy
        assert not probe(extension, "k2").healthy

    def test_a_store_that_is_away_is_unhealthy_after_six_leases(self, bench: Bench):
        bench.store.loses = lambda request: "request"
        extension = SimpleNamespace(settings=bench.settings, store=bench.store, app=bench.app, stripes=1)
        started = bench.seconds()
        health = probe(extension, "k1", clock=bench.seconds, sleep=bench.clock.move)
        assert not health.healthy
        assert bench.seconds() - started == pytest.approx(30, abs=1.1)

    def test_a_broken_store_is_unhealthy_at_once(self, bench: Bench):
        def broken(request, **options):
            raise StoreBrokenError("WRONGTYPE")

        bench.store.send = broken
        extension = SimpleNamespace(settings=bench.settings, store=bench.store, app=bench.app, stripes=1)
        assert "WRONGTYPE" in probe(extension, "k1").message


class TestLoop:
    def test_it_ticks_is_woken_and_stops(self):
        ticks = threading.Semaphore(0)
        loop = Loop("test", lambda: ticks.release() or 60.0)
        loop.start()
        assert ticks.acquire(timeout=5)
        loop.wake()
        assert ticks.acquire(timeout=5)
        loop.stop()
        assert loop.join(5)
        assert not loop.alive

    def test_a_round_that_fails_is_told_and_the_next_one_comes(self, caplog):
        done = threading.Event()
        rounds = []

        def tick() -> float:
            rounds.append(1)
            if len(rounds) == 1:
                raise ValueError("a defect")
            done.set()
            return 60.0

        loop = Loop("test", tick)
        loop.start()
        assert done.wait(5)
        loop.stop()
        assert loop.join(5)
        assert "a defect" in caplog.text

    def test_one_that_was_never_started_ends_at_once(self):
        loop = Loop("test", lambda: 1.0)
        loop.stop()
        assert loop.join(0)


class TestThreads:
    def test_a_keeper_runs_and_stops(self):
        bench = Bench()
        bench.store.inner._clock = lambda: time.time_ns() // 1_000
        keeper = bench.keeper("k1")
        for loop in (keeper._look_loop, keeper._batch_loop):
            loop._clock = time.monotonic
        keeper.leases._clock = keeper.looks._clock = keeper.dispatch._clock = time.monotonic
        thread = threading.Thread(target=keeper.run)
        thread.start()
        try:
            bench.clock.set(time.time_ns() // 1_000)
            started = time.monotonic()
            job_id = bench.jobs.add(0.05)
            wait_until(lambda: job_id in bench.recorders["k1"].ids, 5, interval=0.001)
            lag = time.monotonic() - started - 0.05
            assert 0 <= lag < 0.5
        finally:
            keeper.stop()
            thread.join(10)
        assert not thread.is_alive()
        assert len(keeper.leases) == 0

    def test_looks_go_on_while_a_publish_hangs(self):
        bench = Bench(lease_ttl=1, poll_interval=0.1)
        bench.store.inner._clock = lambda: time.time_ns() // 1_000
        keeper = bench.keeper("k1")
        for part in (keeper._look_loop, keeper._batch_loop, keeper.leases, keeper.looks, keeper.dispatch):
            part._clock = time.monotonic
        hanging, go_on = threading.Event(), threading.Event()
        bench.recorders["k1"].meanwhile = lambda: hanging.set() or go_on.wait(10)
        bench.clock.set(time.time_ns() // 1_000)
        job_id = bench.jobs.add(0)
        thread = threading.Thread(target=keeper.run)
        thread.start()
        try:
            assert hanging.wait(5)
            before = sum(isinstance(request, Look) for request in bench.store.seen)
            (term,) = [each.term for each in keeper.leases._tenures.values()]
            time.sleep(2)  # two leases long
            assert sum(isinstance(request, Look) for request in bench.store.seen) - before >= 15
            assert [each.term for each in keeper.leases._tenures.values()] == [term]
            go_on.set()
            wait_until(lambda: bench.jobs.state(job_id) is JobState.SENT, 5)
        finally:
            go_on.set()
            keeper.stop()
            thread.join(10)
        assert len(bench.recorders["k1"].published) == 1

    def test_a_namesake_is_told(self, caplog):
        bench = Bench()
        bench.round(bench.keeper("k1"))
        bench.keeper("k1")._warn(bench.store)
        assert "another keeper is named k1" in caplog.text

    def test_a_store_that_is_away_at_the_start_is_waited_for(self, caplog):
        bench = Bench()
        away = [True]
        inner = bench.store

        class Extension:
            settings, app, stripes = bench.settings, bench.app, 1

            @property
            def store(self):
                if away[0]:
                    raise StoreUnavailableError("connection refused")
                return inner

        keeper = bench.keeper("k1")
        keeper._extension = Extension()
        thread = threading.Thread(target=keeper.run)
        thread.start()
        wait_until(lambda: "store unreachable: connection refused" in caplog.text, 5)
        away[0] = False
        wait_until(lambda: keeper.looks.last, 5)
        keeper.stop()
        thread.join(10)
        assert not thread.is_alive()
        assert caplog.text.count("store unreachable") == 1
        assert "store is back" in caplog.text
