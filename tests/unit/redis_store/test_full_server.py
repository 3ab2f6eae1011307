"""A server at its memory limit: what grows is refused, what is there runs and drains."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from celery_durable_jobs.errors import StoreFullError
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps import (
    Bury,
    Cancel,
    Change,
    Claim,
    Delivery,
    FinishKind,
    Forget,
    Hold,
    Look,
    MarkSent,
    Pause,
    PutBack,
    Release,
    Replay,
    Resume,
    Settle,
)
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.testing import MovedClock, StoreDriver
from celery_durable_jobs.testing.driver import CELERY
from tests.unit.redis_store.conftest import OpenStore

if TYPE_CHECKING:
    from tests.support.servers import Kind, Server


@pytest.fixture(params=["valkey", "redis", "without flags"])
def full(
    request: pytest.FixtureRequest, make_server: Callable[..., Server], open_store: OpenStore, clock: MovedClock
) -> tuple[StoreDriver, Callable[[], None]]:
    """A driver, and what makes its server full."""
    kind: Kind = "valkey" if request.param == "without flags" else request.param
    server = make_server(kind)
    store = open_store(server.url(), clock=clock)
    jobs = StoreDriver(store, clock)
    jobs.look()
    if request.param == "without flags":
        _forget_flags(store)

    def fill() -> None:
        with server.client() as client:
            client.config_set("maxmemory", client.info("memory")["used_memory"] // 2)

    return jobs, fill


def _forget_flags(store: RedisStore) -> None:
    """As of a Redis 6.2."""
    server = store._connections._server
    assert server is not None
    store._connections._server = server.without_flags()


Full = tuple[StoreDriver, Callable[[], None]]


def test_what_grows_is_refused_and_changes_nothing(full: Full) -> None:
    jobs, fill = full
    waiting, dead = jobs.add(60, key="k"), jobs.dead()
    before = (jobs.get(waiting), jobs.get(dead), jobs.stats())
    fill()
    for request in (
        jobs.request(5),
        jobs.request(5, key="k", on_conflict="replace"),
        Change(waiting, b"c" * 16, due=When(after_us=5), content=Content(b"x" * 1_000)),
        Replay(dead, b"r" * 16),
    ):
        with pytest.raises(StoreFullError) as raised:
            jobs.send(request)
        assert raised.value.request is request
        assert "memory" in str(raised.value)
    answers = jobs.store.send_many([jobs.request(5), Look("k1", {})])
    assert isinstance(answers[0], StoreFullError)
    assert answers[1].now_us
    assert (jobs.get(waiting), jobs.get(dead), jobs.stats()) == before


def test_it_drains_as_a_trickle(full: Full) -> None:
    jobs, fill = full
    ids = [jobs.add() for _ in range(25)]
    fill()
    held = jobs.look().held
    term = held[0].term
    done: list[str] = []
    while len(done) < len(ids):
        jobs.keep_looking(1, terms=[term])
        claimed = jobs.send(Claim(term, CELERY))
        assert 0 < len(claimed.jobs) <= 10
        more = jobs.send(Claim(term, CELERY))
        assert (more.jobs, more.room) == ((), 0) or len(claimed.jobs) < 10
        marks = jobs.send(MarkSent(term, tuple((job.id, job.generation) for job in claimed.jobs)))
        assert len(marks.marks) == len(claimed.jobs)
        for job in claimed.jobs:
            jobs.begin(job, f"d{job.id}")
            jobs.finish(job.id, f"d{job.id}", FinishKind.SUCCEED)
            done.append(job.id)
    assert done == ids


def test_everything_else_goes_through(full: Full) -> None:
    jobs, fill = full
    kept = [jobs.sent(), jobs.sent(), jobs.sent(), jobs.running("r1"), jobs.running("r2"), jobs.claimed()]
    waiting, dead, ended = jobs.add(60), jobs.dead(), jobs.succeeded()
    fill()
    sent, buried, settled, retried, lost, back = kept
    assert jobs.send(Hold((Delivery(sent.id, sent.generation, "h"),))) == (None,)
    assert jobs.send(Bury(buried.id, buried.generation, "no such queue")).state is JobState.DEAD
    assert jobs.send(Settle(Delivery(settled.id, settled.generation, "s"))).state is JobState.WAITING
    assert jobs.begin(sent, "h").job.attempt == 1
    assert jobs.finish(retried.id, "r1", FinishKind.RETRY).state is JobState.WAITING
    assert jobs.finish(lost.id, "r2", FinishKind.DIE).state is JobState.DEAD
    assert jobs.send(Cancel(waiting, b"1" * 16)).outcome
    assert jobs.send(Forget(dead, b"2" * 16))
    assert jobs.send(Forget(ended, b"3" * 16))
    assert jobs.send(Pause("celery", 0, b"4" * 16))
    assert jobs.send(Resume("celery", 0, b"5" * 16))
    term = jobs.terms["k1"][back.id[1:9]]
    assert jobs.send(PutBack(term, ((back.id, back.generation),))).count == 1
    assert jobs.send(Release("k1", (term,), leaving=True)) == 1
    assert jobs.stats()
