"""Several keepers as real processes: a rolling restart, and one that is stopped for longer than its lease."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from celery_durable_jobs.steps import Keepers
from tests.integration.keeping import watch_redis
from tests.support.site import Site
from tests.support.waiting import wait_until

APP = "tests.apps.keeping"


@pytest.fixture
def site(site: Site) -> Site:
    """Short leases: 2 s. Eight stripes, so that there are shards to share. No results."""
    settings = {
        "durable_jobs_lease_ttl": 2,
        "durable_jobs_poll_interval": 0.5,
        "durable_jobs_shard_stripes": 8,
        "durable_jobs_max_backlog": None,
    }
    return site.replace(extra={"TEST_SETTINGS": json.dumps(settings)}, result_backend="")


@pytest.fixture
def app(load_app: Callable[..., ModuleType]) -> ModuleType:
    """The app, as a client of the test's site."""
    return load_app(APP)


def alive(app: ModuleType) -> list[str]:
    """Hostnames of live keepers."""
    from celery_durable_jobs._current import extension_of

    extension: Any = extension_of(app.app)
    return sorted(entry.info["hostname"] for entry in extension.store.send(Keepers()) if entry.alive)


@pytest.mark.slow
def test_a_rolling_restart_causes_no_pause_and_no_duplicate(start_keeper, app, server, database) -> None:
    from celery_durable_jobs import JobRequest, schedule_job

    keepers = [start_keeper(APP, hostname=f"k{number}") for number in range(3)]
    wait_until(lambda: alive(app) == ["k0", "k1", "k2"])
    # A job each 20 ms, over shards that are spread among all.
    requests = [
        JobRequest(app.trace.s("unused"), countdown=0.5 + number / 50, target=str(number)) for number in range(400)
    ]
    jobs = list(schedule_job.apply_many(requests))
    with watch_redis(server, database) as inbox:
        for keeper in keepers:
            assert keeper.stop(10) == 0
            assert "stopping, releasing" in keeper.log()
            assert "stopped" in keeper.log()
            keeper.start()
            keeper.wait_for_log("ready", 20)
        inbox.wait_for(*(job.id for job in jobs), timeout=20)
        time.sleep(0.2)  # for a duplicate
    lags = [inbox.times[job.id] - job.due_time.timestamp() for job in jobs]
    assert min(lags) >= 0
    assert max(lags) < 1.0, f"the longest pause was {max(lags):.2f} s"
    assert len(inbox.ids) == len(set(inbox.ids)) == 400


@pytest.mark.slow
def test_one_that_is_stopped_for_longer_than_its_lease_starts_nothing_twice(
    start_keeper, start_worker, app, tmp_path: Path
) -> None:
    from celery_durable_jobs import JobRequest, schedule_job

    trace = tmp_path / "trace"
    keepers = [start_keeper(APP, hostname=f"k{number}") for number in range(2)]
    start_worker(APP, pool="threads", concurrency=2)
    wait_until(lambda: alive(app) == ["k0", "k1"])
    requests = [
        JobRequest(app.trace.s(str(trace), str(number)), countdown=number / 100, target=str(number))
        for number in range(800)
    ]
    schedule_job.apply_many(requests)
    for keeper in keepers:
        time.sleep(0.6)  # amid its work
        keeper.freeze()
        time.sleep(2.8)  # longer than its lease, and the other one takes over
        keeper.thaw()

    def words() -> list[str]:
        return [line.split()[0] for line in trace.read_text().splitlines()] if trace.exists() else []

    wait_until(lambda: len(set(words())) == 800, 30, lambda: f"{len(set(words()))} of 800 have run", interval=0.1)
    time.sleep(0.5)  # for a duplicate
    assert sorted(words(), key=int) == [str(number) for number in range(800)]
    assert all(keeper.stop(10) == 0 for keeper in keepers)
