"""Rows about what a job lives in: the stores there are, what they leave, and what happens while one is away."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
import redis
from celery.result import AsyncResult

from celery_durable_jobs import (
    CancelOutcome,
    JobState,
    JobTimeoutError,
    StoreUnavailableError,
    durable_jobs,
    schedule_job,
)
from celery_durable_jobs.steps import Look
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.testing import MovedClock, moved_time
from tests.parity.staging import Stage, memory_only, redis_only, staged
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from tests.support.servers import Server

SUCCEEDED, CANCELLED, DEAD = JobState.SUCCEEDED, JobState.CANCELLED, JobState.DEAD


@memory_only
def test_p16_the_memory_store_needs_nothing_else(stage: Stage) -> None:
    """That its contract is the same say all rows whose names end with ``[memory]``; here: it is all in one process."""
    job, cancelled = stage.job("fails", 1), stage.job("note", countdown=60)
    assert job.join(timeout=20) is SUCCEEDED
    assert cancelled.cancel()
    assert {event["pid"] for event in stage.events()} == {os.getpid()}
    assert stage.processes.started == []


@redis_only
@pytest.mark.service("redis")
def test_p17_redis_itself(make_stage: Callable[..., Stage], redis7: Server) -> None:
    """Redis 7; all other rows are run on Valkey."""
    stage = make_stage(server=redis7, concurrency=1)
    jobs = [stage.job("fails", 1), stage.job("ends", ["poll", "reschedule", "return"]), stage.job("never_retried")]
    assert stage.ended(*jobs) == [SUCCEEDED, SUCCEEDED, DEAD]
    assert stage.job("note", countdown=60).cancel()


def test_p19_waiting_for_a_job(stage: Stage) -> None:
    gate = stage.gate()
    job = stage.job("holds", str(gate))
    stage.wait("holds")
    with pytest.raises(JobTimeoutError) as caught:
        job.join(timeout=0.1)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.state is JobState.RUNNING
    gate.touch()
    assert job.join(timeout=20) is SUCCEEDED
    assert AsyncResult(job.id, app=stage.app).get(timeout=5) == "held"
    dead, cancelled = stage.job("never_retried"), stage.job("note", countdown=60)
    assert cancelled.cancel()
    assert stage.ended(dead, cancelled) == [DEAD, CANCELLED]
    with pytest.raises(ValueError, match="no use"):
        AsyncResult(dead.id, app=stage.app).get(timeout=5)
    assert AsyncResult(cancelled.id, app=stage.app).state == "REVOKED"


@redis_only
def test_p45_an_emptied_shard_leaves_nothing(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(concurrency=1, keep_ended=60)
    jobs = [
        stage.job("note", target="t", key="k", metadata={"a": "b"}),
        stage.job("fails", 1, countdown=0.1),
        stage.job("ends", ["poll", "reschedule", "return"]),
        stage.job("note", countdown=60, target="t", key="k2"),
        stage.job("never_retried"),
    ]
    assert jobs[3].cancel()
    stage.ended(*jobs)
    assert jobs[4].forget()
    prefix = f"dj:1:{{{stage.site.namespace}:0}}:"
    with redis.Redis.from_url(stage.site.store_url) as client:

        def keys() -> set[str]:
            return {name.decode().removeprefix(prefix) for name in client.scan_iter(f"{prefix}*")}

        def of_shards() -> set[str]:
            return {name for name in keys() for job in jobs if job.shard_id in name}

        wait_until(lambda: not of_shards(), 10, lambda: f"no key of a shard: {keys()}")
        assert not keys() & {"keys", "targets", "dead", "open", "registry", "claimed"}
        assert not [name for name in keys() if name.startswith("lines")]
        assert stage.keepers[0].stop() == 0
        # Two more keepers look, when what is kept of ended jobs and of calls has run out.
        clock = MovedClock(time.time_ns() // 1_000)
        later = RedisStore(stage.site.store_url, stage.extension.settings.store_options(), clock=clock)
        for _ in range(4):
            clock.set(clock() + 70_000_000)
            later.send(Look("later", {}))
        later.close()
        # The app's identity, a counter, the time of contact, the keepers that looked: nothing that grows.
        assert keys() == {"meta", "seq", "contact", "looks", "keepers"}


@memory_only
def test_p45_nor_does_memory(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(keep_ended=60)
    with moved_time(stage.app) as passing:
        jobs = [stage.job("fails", 1, target="t", key="k"), stage.job("ends", ["poll", "return"])]
        passing.move(10)
        assert {stage.state(job) for job in jobs} == {SUCCEEDED}
        stats = durable_jobs.stats()
        assert (stats.shards, stats.routes) == (0, ())
        assert sum(stats.counts.values()) == 0
        passing.move(200)
        assert [job.refresh() for job in jobs] == [None, None]
        stage.job("note")
        passing.move(1)  # a keeper looks, and prunes
        assert durable_jobs.stats().ended == 1


@pytest.fixture(scope="module")
def _apart(
    kind: str, _server_of_kind: Server | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Stage, Server]]:
    from tests.support.servers import Server, any_kind

    with Server(any_kind()) as store:
        folder = tmp_path_factory.mktemp("apart")
        options = {"concurrency": 1, "store_url": store.url(1), "store_timeout": 0.5}
        with staged(kind, folder, _server_of_kind, **options) as stage:  # type: ignore[arg-type]
            yield stage, store


@pytest.fixture
def apart(_apart: tuple[Stage, Server]) -> Iterator[tuple[Stage, Server]]:
    """A stage whose store is a server of its own, and that server; one place."""
    stage, store = _apart
    stage.begin()
    yield stage, store
    store.thaw()
    wait_until(store.ping, 10)


@redis_only
def test_p32_a_finish_that_cant_be_stored_is_repeated_and_its_place_is_free(apart: tuple[Stage, Server]) -> None:
    stage, store = apart
    gates = [stage.gate() for _ in range(2)]
    job = stage.job("holds", str(gates[0]))
    stage.wait("holds")
    store.freeze()
    gates[0].touch()
    stage.wait("held")
    # It has returned, and can't say so; the only place goes on with what doesn't need the store.
    stage.app.send_task(stage.module.ordinary.name, (str(gates[1]),))
    wait_until(gates[1].exists, 10)
    store.thaw()
    assert job.join(timeout=20) is SUCCEEDED
    assert stage.job("note").join(timeout=20) is SUCCEEDED
    assert len(stage.events("holds")) == 1
    assert stage.look(job).attempt == 1


@redis_only
def test_p32_also_a_retry_that_cant_be_stored(apart: tuple[Stage, Server]) -> None:
    stage, store = apart
    gate = stage.gate()
    job = stage.job("ends", ["raise", "return"], str(gate))
    stage.wait("call")
    store.freeze()
    gate.touch()
    stage.wait("asked")
    end = time.monotonic() + 1.5  # longer than a call of the store may take
    wait_until(lambda: time.monotonic() > end)
    store.thaw()
    assert job.join(timeout=20) is SUCCEEDED
    assert [(event["attempt"], event["failures"]) for event in stage.events("call")] == [(1, 0), (2, 1)]
    assert len(stage.events("asked")) == 1


@redis_only
def test_p39_a_store_that_cant_be_read_is_an_error_never_an_unknown_job(apart: tuple[Stage, Server]) -> None:
    stage, store = apart
    job = stage.job("note", countdown=60)
    store.freeze()
    for ask in (job.cancel, job.refresh, lambda: durable_jobs.get(job.id), lambda: list(durable_jobs.find())):
        with pytest.raises(StoreUnavailableError):
            ask()
    store.thaw()
    # The cancels whose answers were lost may have arrived; either way they say the same now.
    assert job.cancel() is CancelOutcome.CANCELLED
    assert stage.state(job) is CANCELLED


def test_p43_calls_in_flight_keep_their_answer(stage: Stage) -> None:
    """The client's connections are let go under running calls: each is answered, and what it says is true."""
    stop = threading.Event()
    answers: list[str] = []
    errors: list[BaseException] = []

    def call() -> None:
        try:
            while not stop.is_set():
                answers.append(schedule_job.apply(stage.module.note, countdown=3600).id)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    if stage.kind == "redis":
        for count in range(1, 6):
            enough = 20 * count
            wait_until(lambda: len(answers) > enough or errors)  # noqa: B023
            durable_jobs.close()
    else:  # closing it here would end the keeper that the other rows share
        wait_until(lambda: len(answers) > 100 or errors)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert {job.id for job in durable_jobs.find()} == set(answers)
