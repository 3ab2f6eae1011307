"""The client against a real server: what it stores, from where it is called, what it says when the server is away."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from celery import Celery, _state
from celery.result import AsyncResult

from celery_durable_jobs import (
    BulkScheduleError,
    CancelOutcome,
    DurableJobs,
    JobRequest,
    JobState,
    StoreFullError,
    StoreIdentityError,
    StoreUnavailableError,
    durable_jobs,
    schedule_job,
)
from celery_durable_jobs.steps import FinishKind
from tests.support.waiting import wait_until
from tests.unit.client.lives import run_due

if TYPE_CHECKING:
    from tests.support.servers import Server
    from tests.support.site import Site

SOON = datetime(2030, 1, 1, tzinfo=timezone.utc)


@pytest.fixture
def make_app() -> Iterator[Callable[..., Any]]:
    """``make_app("shop", url, durable_jobs_…=…)``: an app on this server, made current until the test ends."""
    before = getattr(_state._tls, "current_app", None), _state.default_app
    made = []

    def make(name: str, url: str, **settings: Any) -> Any:
        app = Celery(name, changes={"broker_url": url, "durable_jobs_store_timeout": 1, **settings})
        made.append((app, DurableJobs(app)))
        return app

    yield make
    for app, extension in made:
        extension.close()
        app.close()
    _state._tls.current_app, _state.default_app = before


@pytest.fixture
def app(make_app: Callable[..., Any], site: Site) -> Any:
    """An app of its own on the session's server, results kept there too."""
    return make_app(site.namespace, site.broker_url, result_backend=site.result_backend)


@pytest.fixture(params=[1, 4])
def striped(request: pytest.FixtureRequest, make_app: Callable[..., Any], site: Site) -> Any:
    """An app with one stripe, and one with four."""
    return make_app(site.namespace, site.broker_url, durable_jobs_shard_stripes=request.param)


def python(code: str, timeout: float = 60) -> str:
    """Run a script in a fresh interpreter."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# -- what is stored ---


def test_all_that_is_given_comes_back(app: Any) -> None:
    texts = ["a:b", "{tag}", "line\nbreak", "\x00", "𝔘𝔫𝔦 🎉", "redis.call('FLUSHALL')", "%s", "a" * 255]
    for text in texts:
        job = schedule_job.apply(
            "any",
            args=(1, [], {}, None, text),
            kwargs={"x": {"y": []}},
            eta=SOON,
            name=text,
            target=text,
            key=text,
            metadata={text: text, "": ""},
            expires=SOON + timedelta(days=1),
            queue="mail",
            priority=3,
            headers={"x-tenant": text},
        )
        assert durable_jobs.get(key=text, target=text) == job == durable_jobs.get(job.id)
        assert list(durable_jobs.find(target=text)) == [job]
    assert len(list(durable_jobs.find())) == len(texts)
    empty = schedule_job.apply("any", eta=SOON, metadata={})
    assert durable_jobs.get(empty.id).metadata == {}  # type: ignore[union-attr]


def test_scheduling_is_one_round_trip(app: Any, server: Server, database: int) -> None:
    schedule_job.apply("any", countdown=60)
    with server.client(database) as client:

        def calls() -> int:
            return sum(
                each["calls"] for name, each in client.info("commandstats").items() if "eval" in name or "fcall" in name
            )

        before = calls()
        for _ in range(10):
            schedule_job.apply("any", countdown=60, key="k", target="t")
        assert calls() - before == 10


def test_keys(app: Any) -> None:
    first = schedule_job.apply("any", args=(1,), countdown=60, key="k", target="t")
    again = schedule_job.apply("any", args=(2,), countdown=90, key="k", target="t")
    assert (again, again.created) == (first, False)
    moved = schedule_job.apply("any", args=(3,), eta=SOON, key="k", target="t", on_conflict="replace")
    assert (moved.id, moved.due_time, moved.created) == (first.id, SOON, False)
    assert durable_jobs.cancel(key="k", target="t") is CancelOutcome.CANCELLED
    assert schedule_job.apply("any", args=(4,), countdown=60, key="k", target="t").created


def test_the_life_of_a_job(app: Any) -> None:
    job = schedule_job.apply("any", countdown=600, metadata={"a": "b"}, target="t")
    assert job.update(args=(2,), metadata={"c": "d"}).metadata == {"c": "d"}  # type: ignore[union-attr]
    assert job.reschedule(countdown=0) is not None
    assert run_due(finish=FinishKind.DIE) == [job.id]
    dead = job.refresh()
    assert dead is not None
    assert (dead.state, dead.error, dead.metadata) == (JobState.DEAD, "broken", {"c": "d"})
    assert dead.replay() is not None
    assert run_due(finish=None) == [job.id]
    assert job.cancel() is CancelOutcome.REQUESTED
    assert job.reschedule(countdown=0) is None
    other = schedule_job.apply("any", countdown=0)
    assert run_due() == [other.id]
    assert other.join(timeout=5) is JobState.SUCCEEDED
    assert other.forget() is True
    assert durable_jobs.get(other.id) is None


def test_a_cancelled_jobs_result_is_revoked(app: Any) -> None:
    job = schedule_job.apply("any", eta=SOON)
    assert job.cancel()
    assert AsyncResult(job.id, app=app).state == "REVOKED"


# -- many ---


def test_many(striped: Any) -> None:
    requests = [
        JobRequest("any", args=(n,), eta=SOON + timedelta(seconds=n % 97), target=f"t{n % 7}") for n in range(2_500)
    ]
    jobs = schedule_job.apply_many(requests)
    assert len({job.id for job in jobs}) == 2_500
    found = list(durable_jobs.find())
    assert [(job.due_time, job.id) for job in found] == sorted((job.due_time, job.id) for job in jobs)
    early = SOON + timedelta(seconds=10)
    assert len(list(durable_jobs.find(due_before=early))) == sum(job.due_time < early for job in jobs)
    assert len(list(durable_jobs.find(target="t3"))) == sum(job.target == "t3" for job in jobs)
    assert durable_jobs.stats().counts["waiting"] == 2_500
    assert durable_jobs.find(target="t3").cancel() == {"cancelled": sum(job.target == "t3" for job in jobs)}
    rest = sum(job.target != "t3" for job in jobs)
    assert durable_jobs.find().reschedule(eta=SOON + timedelta(days=1)) == {"changed": rest}
    assert durable_jobs.find().cancel() == {"cancelled": rest}
    assert list(durable_jobs.find()) == []
    assert durable_jobs.find(state="cancelled", handler="any").forget() == {"forgotten": 2_500}


def test_pause_and_resume(striped: Any) -> None:
    for number in range(8):
        schedule_job.apply("any", countdown=0, queue="mail", target=str(number))
    assert durable_jobs.pause("mail") is True
    assert durable_jobs.pause("mail") is False
    assert run_due() == []
    assert durable_jobs.stats().paused == ("mail",)
    assert durable_jobs.resume("mail") is True
    assert len(run_due()) == 8


# -- from where it is called ---


def test_from_many_threads(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # Threads see the default app; other tests' apps may still be open in this process.
    monkeypatch.setattr("celery._state.default_app", app)
    with ThreadPoolExecutor(8) as pool:
        jobs = list(pool.map(lambda n: schedule_job.apply("any", args=(n,), countdown=60), range(400)))
    assert len({job.id for job in jobs}) == 400
    assert durable_jobs.stats().counts["waiting"] == 400


def test_after_a_fork(app: Any) -> None:
    """The parent's connections are not the child's."""
    schedule_job.apply("any", countdown=60)
    children = []
    for _ in range(3):
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                for _ in range(20):
                    schedule_job.apply("any", countdown=60)
                status = 0
            finally:
                os._exit(status)
        children.append(pid)
    for _ in range(20):
        schedule_job.apply("any", countdown=60)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children] == [0, 0, 0]
    assert durable_jobs.stats().counts["waiting"] == 1 + 4 * 20


def test_from_a_script_and_from_another_process(app: Any, site: Site) -> None:
    job_id = python(
        f"""
from celery import Celery
from celery_durable_jobs import DurableJobs, schedule_job
app = Celery({site.namespace!r}, broker={site.broker_url!r})
DurableJobs(app)
print(schedule_job.apply("elsewhere.task", args=(1,), countdown=60, target="t").id)
"""
    )
    [job] = durable_jobs.find(target="t")
    assert job.id == job_id
    assert job.cancel()


def test_from_several_event_loops(app: Any) -> None:
    async def story(number: int) -> int:
        jobs = await asyncio.gather(*(schedule_job.aapply("any", countdown=60, target="t") for _ in range(20)))
        assert len({job.id for job in jobs}) == 20
        assert await jobs[0].acancel()
        return len([job async for job in durable_jobs.afind(target="t")])

    assert [asyncio.run(story(number)) for number in (1, 2)] == [19, 38]
    assert len(asyncio.run(schedule_job.aapply_many(JobRequest("any", countdown=60) for _ in range(1_100)))) == 1_100


def test_another_app_under_the_namespace_is_refused(app: Any, make_app: Callable[..., Any], site: Site) -> None:
    schedule_job.apply("any", countdown=60)
    make_app("intruder", site.broker_url, durable_jobs_namespace=site.namespace)
    with pytest.raises(StoreIdentityError, match="intruder"):
        schedule_job.apply("any", countdown=60)
    make_app(site.namespace, site.broker_url, durable_jobs_shard_stripes=2)
    with pytest.raises(StoreIdentityError, match="shard_stripes"):
        schedule_job.apply("any", countdown=60)


# -- the server is away ---


def test_a_server_that_was_never_there(make_app: Callable[..., Any], namespace: str) -> None:
    from tests.support.servers import free_port

    make_app(namespace, f"redis://:hush@127.0.0.1:{free_port()}/0")
    for call in (
        lambda: schedule_job.apply("any", countdown=60),
        lambda: asyncio.run(schedule_job.aapply("any", countdown=60)),
    ):
        started = time.monotonic()
        with pytest.raises(StoreUnavailableError, match="was not stored") as caught:
            call()
        assert time.monotonic() - started < 3
        assert caught.value.maybe_done is False
        assert isinstance(caught.value.request, JobRequest)
        assert "hush" not in str(caught.value)


def test_the_very_same_call_again(
    make_app: Callable[..., Any], make_server: Callable[..., Server], namespace: str
) -> None:
    server = make_server()
    make_app(namespace, server.url(1))
    schedule_job.apply("first", countdown=60)
    server.freeze()
    started = time.monotonic()
    with pytest.raises(StoreUnavailableError, match="may have been stored") as caught:
        schedule_job.apply("any", args=(1,), countdown=60, key="k")
    assert time.monotonic() - started < 5
    assert caught.value.maybe_done is True
    with pytest.raises(StoreUnavailableError):
        durable_jobs.get("1" + "-" * 29)
    server.thaw()
    job = schedule_job.apply(caught.value.request)
    assert job.created is True
    assert schedule_job.apply(caught.value.request) == job
    assert [found.id for found in durable_jobs.find(handler="any")] == [job.id]


@pytest.mark.parametrize("trouble", ["kill", "freeze"])
def test_many_cut_half_way(
    make_app: Callable[..., Any], make_server: Callable[..., Server], namespace: str, trouble: str
) -> None:
    server = make_server(appendonly=True)
    make_app(namespace, server.url(0))
    requests = [JobRequest("any", args=(n,), countdown=600) for n in range(3_500)]

    def source() -> Iterator[JobRequest]:
        for number, request in enumerate(requests):
            if number == 1_700:
                getattr(server, trouble)()
            yield request

    with pytest.raises(BulkScheduleError, match="from number 2000 on none was sent") as caught:
        schedule_job.apply_many(source())
    error = caught.value
    assert len(error.stored) == 1_000
    in_doubt = error.unknown + [request for _, request, _ in error.refused]
    assert in_doubt == requests[1_000:2_000]
    assert (error.unknown == []) is (trouble == "kill"), "what never reached a server is not in doubt"
    assert isinstance(error.__cause__, StoreUnavailableError)
    server.thaw() if trouble == "freeze" else server.restart()
    wait_until(lambda: server.ping())
    again = schedule_job.apply_many(in_doubt + requests[2_000:])
    assert len(again) == 2_500
    found = {job.id for job in durable_jobs.find()}
    assert found == {job.id for job in error.stored + again}
    assert len(found) == 3_500


def test_a_full_server(make_app: Callable[..., Any], make_server: Callable[..., Server], namespace: str) -> None:
    server = make_server(options={"maxmemory-policy": "noeviction"})
    make_app(namespace, server.url(0))
    kept = schedule_job.apply("any", countdown=600)
    with server.client(0) as client:
        client.config_set("maxmemory", 1)
    with pytest.raises(StoreFullError) as caught:
        schedule_job.apply("any", countdown=600)
    assert isinstance(caught.value.request, JobRequest)
    with pytest.raises(BulkScheduleError) as bulk:
        schedule_job.apply_many(JobRequest("any", countdown=600) for _ in range(3))
    assert [type(error) for _, _, error in bulk.value.refused] == [StoreFullError] * 3
    assert kept.cancel() is CancelOutcome.CANCELLED, "what frees memory goes through"
    with server.client(0) as client:
        client.config_set("maxmemory", 0)
    assert schedule_job.apply(caught.value.request).created
