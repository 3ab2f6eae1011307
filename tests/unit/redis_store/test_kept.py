"""What is remembered for a while is dropped as a whole; a stripe that holds nothing leaves nothing."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from celery_durable_jobs.model.losses import lost_run_pause_us
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Delivery, Get, Settle
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.stores.redis.lua_parts import statements_of
from celery_durable_jobs.stores.redis.plans.context import Context
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.unit.redis_store.conftest import OpenStore

if TYPE_CHECKING:
    from tests.support.servers import Server

NAMES = {"meta", "seq", "contact", "keepers", "looks"}
"""What stays of a stripe with a live keeper."""


def keys_of(server: Server, database: int, namespace: str) -> set[str]:
    prefix = f"dj:1:{{{namespace}:0}}:"
    with server.client(database) as client:
        return {key.decode().removeprefix(prefix) for key in client.keys("*")}


def test_an_emptied_store_is_empty(jobs: StoreDriver, server: Server, database: int) -> None:
    """P45."""
    for _ in range(20):
        jobs.succeeded(key="k", target="t")
        jobs.cancel(jobs.add(60))
    jobs.dead()
    assert len(keys_of(server, database, jobs.options.namespace)) > 10
    jobs.clock.move(jobs.options.keep_dead_us // 1_000_000 + 1)
    jobs.keep_looking(3)
    jobs.clock.move(1_000)
    jobs.keep_looking(3)
    assert keys_of(server, database, jobs.options.namespace) <= NAMES


def test_storage_is_gone_within_twice_the_time(jobs: StoreDriver, server: Server, database: int) -> None:
    job_id = jobs.succeeded()
    jobs.keep_looking(299)
    assert jobs.state(job_id) is JobState.SUCCEEDED
    jobs.keep_looking(1)
    assert jobs.send(Get(job_id)) is None
    jobs.keep_looking(305)
    assert not [key for key in keys_of(server, database, jobs.options.namespace) if key.startswith("ended")]


def test_hashes_stay_small(open_store: OpenStore, server: Server, database: int, clock: MovedClock) -> None:
    """The number of hashes follows the last bucket's size, so that dropping one stalls nobody."""
    jobs = StoreDriver(open_store(server.url(database), clock=clock, keep_ended_us=60_000_000), clock)
    jobs.store.send_many([jobs.request(10_000) for _ in range(3)])
    for _ in range(2):
        requests = [jobs.request(10_000) for _ in range(2_000)]
        jobs.store.send_many(requests)
        jobs.store.send_many([_cancel(each.job_id) for each in requests])
        clock.move(61)
    prefix = f"dj:1:{{{jobs.options.namespace}:0}}:ended:"
    with server.client(database) as client:
        sizes = [client.hlen(key) for key in client.keys("*") if key.decode().startswith(prefix)]
    assert sum(sizes) == 4_000
    assert max(sizes) < 1.5 * sum(sizes) / len(sizes)


def _cancel(job_id: str) -> object:
    import os

    from celery_durable_jobs.steps import Cancel

    return Cancel(job_id, os.urandom(16))


def test_the_pause_of_a_lost_run_is_the_models(store: RedisStore, jobs: StoreDriver) -> None:
    """Lua has 53 bits; the product has 57."""
    job = jobs.sent()
    for number in range(1, 9):
        settled = jobs.send(Settle(Delivery(job.id, job.generation, f"d{number}"), 1))
        if settled.state is JobState.DEAD:
            break
        expected = lost_run_pause_us(job.id, number)
        assert settled.due_us == (jobs.clock() + expected if expected else job.due_us)
        jobs.keep_looking(61)
        job = jobs.claim(job.id)
    assert number >= 7


def test_the_pause_of_many_jobs(server: Server, database: int) -> None:
    library = resources.files("celery_durable_jobs.stores.redis").joinpath("lua", "lib", "losses.lua").read_text()
    [pause] = [each.code for each in statements_of(library) if "lost_run_pause" in each.defines]
    base = "local SECOND, min, floor, sub = 1000000, math.min, math.floor, string.sub\n"
    with server.client(database) as client:
        for number in range(300):
            job_id, lost_runs = f"1---{number:026d}", number % 12
            found = client.eval(
                base + pause + "\nreturn lost_run_pause(ARGV[1], tonumber(ARGV[2]))", 0, job_id, lost_runs
            )
            assert found == lost_run_pause_us(job_id, lost_runs)


def test_options_travel_exactly() -> None:
    from celery_durable_jobs.model.options import StoreOptions

    context = Context(StoreOptions("n", "i", max_backlog=None, keep_dead_us=2**60), None)
    assert len(context._packed) == 9 * 7
