"""Names, keys, targets, errors from others are data: no character changes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import AddOutcome, Finish, FinishKind, Get, KeyRef, Look, Pause, Source
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.unit.redis_store.conftest import OpenStore

if TYPE_CHECKING:
    from tests.support.servers import Server

NASTY = [
    "a:b",
    "{x}",
    "}:{",
    "line\nbreak\r\n$5",
    "nul\0nul",
    "\U0001f600\U0001f600",
    "'; redis.call('FLUSHALL') --",
    "%d%s%",
    "-",
    "-:",
    "1:1",
    " ",
    "é" * 255,
    "\u2028",
]


@pytest.mark.parametrize("text", NASTY)
def test_everywhere_at_once(jobs: StoreDriver, text: str) -> None:
    route = Route(text, text, text, 3)
    job_id = jobs.add(
        60,
        handler=text,
        name=text,
        target=text,
        key=text,
        metadata={text: text, "": ""},
        route=route,
        content=Content(text.encode(), "application/json", "utf-8", {text: text}, {text: [text, {}]}),
    )
    job = jobs.get(job_id)
    assert (job.handler, job.name, job.target, job.key, job.route) == (text, text, text, text, route)
    assert job.metadata == {text: text, "": ""}
    assert job.content == Content(text.encode(), headers={text: text}, options={text: [text, {}]})
    assert jobs.get(KeyRef(text, text)) == job
    assert jobs.find(Source.TARGET, target=text) == [job_id]
    assert jobs.send(Pause(text, 0, b"p" * 16))
    assert jobs.stats().paused == (text,)
    assert jobs.send(Look(text, {text: text})).keepers == (text,)


@pytest.mark.parametrize("text", NASTY)
def test_in_what_changes(jobs: StoreDriver, text: str) -> None:
    job = jobs.running(text)
    again = jobs.send(Finish(job.id, text, FinishKind.DIE, error=text))
    assert again.job
    assert (again.job.error, again.job.run_id) == (text, text)
    assert jobs.get(job.id).error == text


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=2, unique=True))
def test_keys_and_targets_never_meet(server: Server, texts: list[str]) -> None:
    """P36: two different pairs are two different keys, however they are cut."""
    store = RedisStore(server.url(server.next_database()), StoreOptions("t", "shop"), clock=MovedClock())
    jobs = StoreDriver(store, MovedClock())
    one, two = texts
    pairs = {(None, one), (None, two), (one, two), (two, one), (one, one), (None, one + two), (one, one + two)}
    ids = {pair: jobs.add(60, target=pair[0], key=pair[1]) for pair in pairs}
    for (target, key), job_id in ids.items():
        assert jobs.get(KeyRef(key, target)).id == job_id
        assert jobs.send(jobs.request(60, target=target, key=key)).outcome is AddOutcome.RETURNED
    for target in {target for target, _ in pairs if target}:
        assert set(jobs.find(Source.TARGET, target=target)) == {ids[pair] for pair in pairs if pair[0] == target}
    store.close()


@pytest.mark.parametrize("namespace", ["a:1", "{a}", "a}b{", "%7B", "a b", "é"])
def test_namespaces(server: Server, database: int, namespace: str, clock: MovedClock) -> None:
    stores = [
        RedisStore(server.url(database), StoreOptions(each, "shop"), clock=clock)
        for each in (namespace, namespace + "0")
    ]
    one, other = (StoreDriver(store, clock) for store in stores)
    job_id = one.add()
    assert other.send(Get(job_id)) is None
    wakeups = stores[0].wakeups()
    try:
        one.add(-5)
        assert wakeups.wait(5)
        other.add(-5)
        assert not wakeups.wait(0.1)
    finally:
        wakeups.close()
    assert one.claim(job_id).state is JobState.CLAIMED
    with server.client(database) as client:
        tags = {key[key.index(b"{") : key.index(b"}") + 1] for key in client.keys("*")}
        assert len(tags) == 2
    for store in stores:
        store.close()


def test_a_failing_script_names_the_step(open_store: OpenStore, server: Server, database: int) -> None:
    store = open_store(server.url(database))
    with server.client(database) as client:
        client.set(f"dj:1:{{{store.options.namespace}:0}}:looks", "mine")
    from celery_durable_jobs.errors import StoreBrokenError

    with pytest.raises(StoreBrokenError, match="look"):
        store.send(Look("k", {}))
