"""Dispatch in one step by real keepers: used where it can be, never in doubt, and left to the producer elsewhere."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from celery_durable_jobs.steps import Shards, Stats
from tests.integration.keeping import Inbox, watch_redis
from tests.support.servers import Server
from tests.support.site import Site
from tests.support.waiting import wait_until

APP = "tests.apps.keeping"
ELSEWHERE = "Messages go through Kombu's producer"


@pytest.fixture
def site(site: Site) -> Site:
    """Short leases: 2 s. No results."""
    settings = {"durable_jobs_lease_ttl": 2, "durable_jobs_poll_interval": 0.5, "durable_jobs_max_backlog": None}
    return site.replace(extra={"TEST_SETTINGS": json.dumps(settings)}, result_backend="")


@pytest.fixture
def app(load_app: Callable[..., ModuleType]) -> ModuleType:
    """The app, as a client of the test's site."""
    return load_app(APP)


@pytest.fixture
def inbox(server: Server, database: int) -> Iterator[Inbox]:
    """What comes to the default queue."""
    with watch_redis(server, database) as inbox:
        yield inbox


def store_of(app: ModuleType) -> Any:
    from celery_durable_jobs._current import extension_of

    extension: Any = extension_of(app.app)
    return extension.store


def spliced(inbox: Inbox, *jobs: Any) -> list[bool]:
    """Whether the messages of these jobs were made by the script."""
    headers = {each["id"]: each for each in inbox.headers}
    return [inbox.bodies[headers[job.id]["id"]] is None for job in jobs]


def test_plain_jobs_go_in_one_step_and_the_rest_in_two_in_due_order(start_keeper, app, inbox) -> None:
    from celery_durable_jobs import JobRequest, schedule_job

    start_keeper(APP)
    first = schedule_job.apply(app.trace.s("unused"), countdown=0)
    inbox.wait_for(first.id)
    # Of each third: plain, pickled, and one whose arguments take more than a look to be shown.
    kinds: list[dict[str, Any]] = [{}, {"serializer": "pickle"}, {"headers": {"tenant": "t"}}]
    odd = [[[[["deep"]]]]]
    requests = [
        JobRequest(app.trace.s("unused", odd if number % 7 == 3 else str(number)), countdown=1.0, **kinds[number % 3])
        for number in range(90)
    ]
    jobs = list(schedule_job.apply_many(requests))
    inbox.wait_for(*(job.id for job in jobs))
    assert inbox.ids == [first.id, *(job.id for job in jobs)]
    made = spliced(inbox, *jobs)
    assert not any(made[number] for number in range(90) if number % 3 == 1 or number % 7 == 3)
    assert any(made)
    stats = store_of(app).send(Stats(0))
    assert (stats.counts["sent"], stats.counts["claimed"], stats.counts["waiting"]) == (91, 0, 0)


def test_a_burst_of_plain_jobs_goes_in_one_step(start_keeper, app, inbox, server, database) -> None:
    from celery_durable_jobs import JobRequest, schedule_job

    keeper = start_keeper(APP)
    jobs = list(schedule_job.apply_many(JobRequest(app.trace.s("unused"), countdown=1.0) for _ in range(3_000)))
    inbox.wait_for(*(job.id for job in jobs), timeout=20)
    assert inbox.ids == [job.id for job in jobs]
    assert sum(spliced(inbox, *jobs)) == 3_000
    assert "Traceback" not in keeper.log()
    assert ELSEWHERE not in keeper.log()


@pytest.mark.parametrize("prefix", ["", "app1:"])
def test_a_worker_runs_what_was_sent_in_one_step(
    prefix: str, start_keeper, start_worker, load_app, site, server, database, tmp_path: Path
) -> None:
    settings = json.loads(site.extra["TEST_SETTINGS"])
    settings["broker_transport_options"] = {"global_keyprefix": prefix}
    here = site.replace(extra={"TEST_SETTINGS": json.dumps(settings)})
    app = load_app(APP, here)
    from celery_durable_jobs import JobRequest, schedule_job

    trace = tmp_path / "trace"
    keeper = start_keeper(APP, site=here)
    start_worker(APP, site=here, pool="threads", concurrency=1)
    requests = [JobRequest(app.trace.s(str(trace), f"ü{number}"), countdown=0.2) for number in range(50)]
    jobs = list(schedule_job.apply_many(requests))
    for job in jobs:
        job.join(timeout=20)
    assert [line.split()[0] for line in trace.read_text().splitlines()] == [f"ü{number}" for number in range(50)]
    assert ELSEWHERE not in keeper.log()


def test_another_database_takes_the_producer_s_way_and_says_so_once(start_keeper, load_app, server, site) -> None:
    from celery_durable_jobs import schedule_job

    other = server.next_database()
    here = site.replace(broker_url=server.url(other))
    app = load_app(APP, here)
    keeper = start_keeper(APP, site=here)
    with watch_redis(server, other) as inbox:
        for _ in range(3):
            job = schedule_job.apply(app.trace.s("unused"), countdown=0.1)
            inbox.wait_for(job.id)
            assert spliced(inbox, job) == [False]
    assert keeper.log().count(ELSEWHERE) == 1


def test_a_queue_of_another_type_rests_and_comes_back(start_keeper, app, server, database) -> None:
    from celery_durable_jobs import schedule_job

    with server.client(database) as client:
        client.set("celery", "no list")
        keeper = start_keeper(APP)
        jobs = [schedule_job.apply(app.trace.s("unused"), countdown=0) for _ in range(3)]
        mail = schedule_job.apply(app.trace.s("unused"), countdown=0.1, queue="mail")
        keeper.wait_for_log("can't be published to", 10)
        wait_until(lambda: client.llen("mail") == 1, 5)
        assert json.loads(client.lindex("mail", 0))["headers"]["id"] == mail.id
        client.delete("celery")
        wait_until(lambda: client.llen("celery") == 3, 15)
        assert [json.loads(raw)["headers"]["id"] for raw in reversed(client.lrange("celery", 0, -1))] == [
            job.id for job in jobs
        ]
    assert "Traceback" not in keeper.log()


def test_a_full_server_that_is_the_broker_too_drains_as_a_trickle(start_keeper, load_app, make_server, site) -> None:
    from celery_durable_jobs import JobRequest, schedule_job

    server = make_server(options={"maxmemory-policy": "noeviction"})
    here = site.replace(broker_url=server.url(1), store_url=server.url(1))
    app = load_app(APP, here)
    start_keeper(APP, site=here)
    first = schedule_job.apply(app.trace.s("unused"), countdown=0)
    with server.client(1) as client:
        wait_until(lambda: client.llen("celery") == 1)
        assert json.loads(client.lpop("celery"))["headers"]["id"] == first.id
        schedule_job.apply_many([JobRequest(app.trace.s("unused"), countdown=1.0) for _ in range(60)])
        client.config_set("maxmemory", 1)
        wait_until(lambda: client.llen("celery") == 9, 10)  # ten are in flight with the first
        time.sleep(1)
        assert client.llen("celery") == 9
        client.config_set("maxmemory", 0)
        wait_until(lambda: client.llen("celery") == 60, 10)


@pytest.mark.parametrize("prefix", ["", "p."])
def test_a_keeper_that_starts_on_a_full_server_declares_its_queue_and_goes_on(
    start_keeper, load_app, make_server, site, prefix
) -> None:
    from celery_durable_jobs import schedule_job

    server = make_server(options={"maxmemory-policy": "noeviction"})
    settings = {**json.loads(site.extra["TEST_SETTINGS"]), "broker_transport_options": {"global_keyprefix": prefix}}
    here = site.replace(
        broker_url=server.url(1), store_url=server.url(1), extra={**site.extra, "TEST_SETTINGS": json.dumps(settings)}
    )
    app = load_app(APP, here)
    job = schedule_job.apply(app.trace.s("unused"), countdown=0)
    with server.client(1) as client:
        client.config_set("maxmemory", 1)
        assert not client.exists(f"{prefix}_kombu.binding.celery")
        start_keeper(APP, site=here)
        wait_until(lambda: client.llen(f"{prefix}celery") == 1, 15)
        assert json.loads(client.lindex(f"{prefix}celery", 0))["headers"]["id"] == job.id
        assert [each.split(b"\x06\x16") for each in client.smembers(f"{prefix}_kombu.binding.celery")] == [
            [b"celery", b"", b"celery"]
        ]
        client.config_set("maxmemory", 0)


@pytest.mark.slow
def test_a_keeper_killed_amid_a_storm_doubles_and_loses_nothing(start_keeper, app, inbox, server, database) -> None:
    from celery_durable_jobs import JobRequest, schedule_job

    keepers = [start_keeper(APP, hostname=f"k{number}") for number in range(2)]
    requests = [
        JobRequest(app.trace.s("unused"), countdown=0.5 + number / 400 - 60 * (number % 5)) for number in range(2_000)
    ]
    jobs = list(schedule_job.apply_many(requests))
    for number in range(4):
        time.sleep(0.8)
        keepers[number % 2].kill()
        keepers[number % 2].start()
    inbox.wait_for(*(job.id for job in jobs), timeout=40)
    time.sleep(0.5)  # for a duplicate
    # In one step there is nothing in doubt: not even a copy that would be refused.
    assert len(inbox.ids) == len(set(inbox.ids)) == 2_000
    assert all(spliced(inbox, *jobs))
    assert [entry for entry in store_of(app).send(Shards(0)) if entry.lines] == []
