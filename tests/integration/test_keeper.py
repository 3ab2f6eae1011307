"""Keepers as real processes: punctual, alone on their shards, and gone without a trace."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from celery_durable_jobs.steps import Keepers, Shards, Stats
from tests.integration.keeping import Inbox, watch_broker, watch_redis
from tests.support.processes import ProcessGroup
from tests.support.servers import Server
from tests.support.site import Site
from tests.support.waiting import wait_until

APP = "tests.apps.keeping"


def settings(**values: Any) -> dict[str, str]:
    """Settings of the app as a variable for its processes."""
    return {"TEST_SETTINGS": json.dumps({f"durable_jobs_{name}": value for name, value in values.items()})}


@pytest.fixture
def site(site: Site) -> Site:
    """Short leases: 2 s. No results."""
    return site.replace(extra=settings(lease_ttl=2, poll_interval=0.5), result_backend="")


@pytest.fixture
def app(load_app: Callable[..., ModuleType]) -> ModuleType:
    """The app, as a client of the test's site."""
    return load_app(APP)


@pytest.fixture
def inbox(server: Server, database: int) -> Iterator[Inbox]:
    """What comes to the default queue."""
    with watch_redis(server, database) as inbox:
        yield inbox


def schedule(app: ModuleType, countdown: float = 0, **options: Any) -> Any:
    """A job of the app's tracing handler."""
    from celery_durable_jobs import schedule_job

    return schedule_job.apply(app.trace.s("unused"), countdown=countdown, **options)


def store_of(app: ModuleType) -> Any:
    """The app's store."""
    from celery_durable_jobs._current import extension_of

    extension = extension_of(app.app)
    assert extension is not None
    return extension.store


def alive(app: ModuleType) -> list[str]:
    """Hostnames of live keepers."""
    return sorted(entry.info["hostname"] for entry in store_of(app).send(Keepers()) if entry.alive)


class TestPunctual:
    def test_a_job_from_another_process_is_dispatched_when_it_is_due_not_at_the_next_look(
        self, start_keeper, app, inbox, site
    ):
        start_keeper(APP)
        schedule(app)  # connections are made, scripts loaded
        wait_until(lambda: inbox.ids)
        lags = []
        for _ in range(15):
            job = schedule(app, 0.05)
            inbox.wait_for(job.id)
            lags.append(inbox.times[job.id] - job.due_time.timestamp())
            time.sleep(0.02)
        assert min(lags) >= 0
        assert sorted(lags)[len(lags) // 2] < 0.03, lags
        assert max(lags) < 0.3, lags

    def test_it_does_not_ask_more_than_it_must(self, start_keeper, app, server, database):
        start_keeper(APP)
        schedule(app, 3_600)
        with server.client(database) as client:

            def calls() -> int:
                stats = client.info("commandstats")
                return sum(int(stats.get(f"cmdstat_{verb}", {}).get("calls", 0)) for verb in ("fcall", "evalsha"))

            before, started = calls(), time.monotonic()
            time.sleep(3)
            rate = (calls() - before) / (time.monotonic() - started)
        assert rate < 6, "two looks a second, and nothing else"

    def test_due_order_and_the_bound_of_the_backlog(self, start_keeper, app, server, database):
        jobs = [schedule(app, 0.3 - number / 1_000) for number in range(100)]
        start_keeper(APP)
        with watch_redis(server, database) as inbox:
            inbox.wait_for(*(job.id for job in jobs))
        assert inbox.ids == [job.id for job in sorted(jobs, key=lambda job: job.due_time)]
        stats = store_of(app).send(Stats(0))
        assert stats.counts["sent"] == 100
        assert stats.counts["waiting"] == stats.counts["claimed"] == 0

    def test_messages_are_plain_celery_s(self, start_keeper, app, inbox):
        start_keeper(APP)
        job = schedule(app)
        inbox.wait_for(job.id)
        (headers,) = inbox.headers
        assert headers["task"] == f"{APP}.trace"
        assert headers["eta"] is None
        assert headers["expires"] is None
        assert headers["root_id"] == job.id


class TestLeaving:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_releases_the_shards_at_once_and_ends_with_0(self, start_keeper, app, inbox, number):
        first = start_keeper(APP, hostname="k1")
        soon = [schedule(app, 1.0) for _ in range(3)]
        schedule(app)
        wait_until(lambda: inbox.ids)
        second = start_keeper(APP, hostname="k2")
        started = time.monotonic()
        assert first.stop(10, number) == 0
        assert time.monotonic() - started < 2
        assert alive(app) == ["k2"]
        inbox.wait_for(*(job.id for job in soon), timeout=3)
        assert max(inbox.times[job.id] - job.due_time.timestamp() for job in soon) < 1
        assert second.stop() == 0
        assert alive(app) == []
        assert [entry for entry in store_of(app).send(Shards(0)) if entry.keeper] == []

    def test_a_second_signal_ends_at_once(self, start_keeper, app, make_server, site):
        frozen = make_server()
        keeper = start_keeper(APP, site=site.replace(broker_url=site.broker_url, store_url=frozen.url()))
        frozen.freeze()
        time.sleep(0.7)  # it is within a look that won't be answered
        keeper.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        started = time.monotonic()
        assert keeper.stop(10) != 0
        assert time.monotonic() - started < 1

    @pytest.mark.parametrize("which", ["broker_url", "store_url"])
    def test_it_does_not_wait_for_a_server_that_hangs(self, start_keeper, load_app, make_server, site, which):
        frozen = make_server()
        here = site.replace(**{which: frozen.url()})
        app = load_app(APP, here)
        keeper = start_keeper(APP, site=here)
        schedule(app)
        wait_until(lambda: store_of(app).send(Stats(0)).counts["sent"] == 1)
        if which == "broker_url":
            frozen.freeze()
            schedule(app)
            wait_until(lambda: store_of(app).send(Stats(0)).counts["claimed"] == 1)
        else:
            schedule(app, 0.1)
            frozen.freeze()
            time.sleep(0.5)
        started = time.monotonic()
        assert keeper.stop(15) == 0
        assert time.monotonic() - started < 8

    def test_hangup_starts_it_anew(self, start_keeper, app, inbox):
        keeper = start_keeper(APP, hostname="k1")
        keeper.send_signal(signal.SIGHUP)
        keeper.wait_for_log("k1 ready", 20, count=2)
        assert keeper.running
        job = schedule(app)
        inbox.wait_for(job.id)
        assert keeper.stop() == 0

    def test_another_takes_over_from_a_killed_one_within_a_lease_and_a_second(self, start_keeper, app, inbox):
        keepers = {name: start_keeper(APP, hostname=name) for name in ("k1", "k2")}
        job = schedule(app)
        inbox.wait_for(job.id)
        holder = wait_until(lambda: next((e.keeper for e in store_of(app).send(Shards(0)) if e.keeper), None), 3)
        schedule(app, 1.0)
        keepers[holder.split("#")[0]].kill()
        killed = time.time()
        after = [schedule(app, 0.1) for _ in range(20)]
        inbox.wait_for(*(job.id for job in after), timeout=10)
        assert max(inbox.times[job.id] for job in after) - killed < 3.3

    def test_two_share_the_work_and_send_nothing_twice(self, start_keeper, app, server, database):
        for name in ("k1", "k2"):
            start_keeper(APP, hostname=name)
        jobs = [schedule(app, -60 * (number % 30)) for number in range(150)]
        with watch_redis(server, database) as inbox:
            inbox.wait_for(*(job.id for job in jobs))
            time.sleep(1)
        assert sorted(inbox.ids) == sorted(job.id for job in jobs)


class TestUnderFire:
    @pytest.mark.slow
    def test_keepers_that_are_killed_lose_nothing_and_nothing_runs_twice(
        self, start_keeper, start_worker, app, tmp_path
    ):
        from celery_durable_jobs import JobRequest, schedule_job

        trace = tmp_path / "trace"
        keepers = [start_keeper(APP, hostname=name) for name in ("k1", "k2")]
        start_worker(APP, pool="threads", concurrency=4)
        jobs = [
            JobRequest(app.trace.s(str(trace), str(number)), countdown=number / 100 - 60 * (number % 3))
            for number in range(600)
        ]
        schedule_job.apply_many(jobs)
        for number in range(4):
            time.sleep(1)
            keepers[number % 2].kill()
            keepers[number % 2].start()

        def words() -> list[str]:
            return [line.split()[0] for line in trace.read_text().splitlines()]

        wait_until(lambda: len(set(words())) == 600, 30, lambda: f"{len(set(words()))} of 600 have run", interval=0.1)
        assert sorted(words(), key=int) == [str(number) for number in range(600)]


class TestOutages:
    def test_a_lost_store_is_ridden_out(self, start_keeper, load_app, make_server, site):
        server = make_server(appendonly=True)
        here = site.replace(broker_url=server.url(1), store_url=server.url(1))
        app = load_app(APP, here)
        keeper = start_keeper(APP, site=here)
        with watch_redis(server, 1) as inbox:
            first = schedule(app)
            inbox.wait_for(first.id)
            meanwhile = [schedule(app, 1.0) for _ in range(5)]
            server.kill()
            keeper.wait_for_log("store unreachable", 10)
            time.sleep(2)
            server.restart()
            back = time.time()
            inbox.wait_for(*(job.id for job in meanwhile), timeout=10)
            assert max(inbox.times[job.id] for job in meanwhile) - back < 3
            keeper.wait_for_log("store is back", 5)
            for _ in range(3):
                job = schedule(app, 0.05)
                inbox.wait_for(job.id)
        assert keeper.log().count("store unreachable") == 1
        assert "Traceback" not in keeper.log()
        assert keeper.stop() == 0

    def test_a_store_that_is_away_at_the_start_is_waited_for(self, start_keeper, load_app, make_server, site):
        server = make_server(appendonly=True)
        here = site.replace(broker_url=server.url(1), store_url=server.url(1))
        server.kill()
        keeper = start_keeper(APP, site=here, ready="store unreachable")
        server.restart()
        keeper.wait_for_log("ready", 10)
        assert keeper.stop() == 0

    def test_a_lost_broker_loses_nothing_and_spoils_no_other_store(self, start_keeper, load_app, make_server, site):
        broker = make_server(appendonly=True)
        here = site.replace(broker_url=broker.url(1))
        app = load_app(APP, here)
        keeper = start_keeper(APP, site=here)
        with watch_redis(broker, 1) as inbox:
            first = schedule(app)
            inbox.wait_for(first.id)
            broker.kill()
            jobs = [schedule(app, number / 100) for number in range(20)]
            keeper.wait_for_log("can't be published to", 10)
            time.sleep(3)
            broker.restart()
            inbox.wait_for(*(job.id for job in jobs), timeout=15)
        assert "Traceback" not in keeper.log()
        assert list(dict.fromkeys(inbox.ids)) == [first.id, *(job.id for job in jobs)]

    @pytest.mark.service("rabbitmq")
    def test_rabbitmq_as_broker(self, start_keeper, load_app, rabbitmq_url, namespace, site):
        here = site.replace(broker_url=rabbitmq_url, queue=f"{namespace}.mail")
        app = load_app(APP, here)
        start_keeper(APP, site=here)
        with watch_broker(rabbitmq_url, here.queue) as inbox:
            jobs = [schedule(app, -number) for number in range(50)]
            inbox.wait_for(*(job.id for job in jobs))
            job = schedule(app, 0.05)
            inbox.wait_for(job.id)
            assert 0 <= inbox.times[job.id] - job.due_time.timestamp() < 0.3
        assert len(inbox.ids) == 51


class TestHealthCheck:
    @pytest.fixture
    def check(self, processes: ProcessGroup, site: Site) -> Callable[..., SimpleNamespace]:
        """Run ``--healthcheck`` and answer code and output."""

        def run(hostname: str, site: Site = site) -> SimpleNamespace:
            probe = processes.celery(
                APP, "durable-shards", "--healthcheck", "--hostname", hostname, env=site.variables(), name="probe"
            )
            return SimpleNamespace(code=probe.wait(60), text=probe.log())

        return run

    @pytest.mark.slow
    def test_healthy_frozen_and_gone(self, start_keeper, check):
        keeper = start_keeper(APP, hostname="k1")
        healthy = check("k1")
        assert (healthy.code, "k1: healthy" in healthy.text) == (0, True)
        assert check("k2").code == 1
        frozen = time.monotonic()
        keeper.freeze()
        wait_until(lambda: check("k1").code == 1, 10)
        assert time.monotonic() - frozen < 12
        keeper.thaw()
        wait_until(lambda: check("k1").code == 0, 10)
        keeper.stop()
        assert check("k1").code == 1

    def test_a_broker_that_hangs(self, start_keeper, load_app, make_server, check, site):
        broker = make_server()
        here = site.replace(broker_url=broker.url(1))
        app = load_app(APP, here)
        start_keeper(APP, site=here, hostname="k1")
        schedule(app)
        wait_until(lambda: store_of(app).send(Stats(0)).counts["sent"] == 1)
        broker.freeze()
        schedule(app)
        wait_until(lambda: check("k1", here).code == 1, 10)
        broker.thaw()
        wait_until(lambda: check("k1", here).code == 0, 15)
