"""Selections: lazy, ordered, filtered; and verbs on all of them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest

from celery_durable_jobs import (
    InvalidLabelError,
    InvalidTimeError,
    JobRequest,
    JobState,
    NotAHandlerError,
    UnknownOptionError,
    durable_jobs,
    schedule_job,
)
from celery_durable_jobs.client import walk as walk_module
from celery_durable_jobs.client.calls import Many
from celery_durable_jobs.client.filters import filters_of
from celery_durable_jobs.steps import Find, FinishKind
from tests.unit.client.lives import run_due

START = datetime(2030, 1, 1, tzinfo=timezone.utc)


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.fixture(params=[1, 5])
def stripes(request: pytest.FixtureRequest, make_app: Callable[..., Any], namespace: str) -> int:
    """An app with so many stripes is current."""
    make_app(namespace, durable_jobs_shard_stripes=request.param)
    number: int = request.param
    return number


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of three jobs: what takes thousands otherwise."""
    monkeypatch.setattr(walk_module, "PAGE", 3)


def test_in_due_order_over_stripes_and_pages(stripes: int, small_pages: None) -> None:
    dues = list(range(50))
    random.Random(7).shuffle(dues)
    schedule_job.apply_many(JobRequest("any", eta=at(due % 20), target=f"t{due % 7}") for due in dues)
    found = list(durable_jobs.find())
    assert len({job.id for job in found}) == 50
    assert [(job.due_time, job.id) for job in found] == sorted((job.due_time, job.id) for job in found)
    assert {job.created for job in found} == {None}


def test_lazy(stripes: int, small_pages: None) -> None:
    schedule_job.apply_many(JobRequest("any", eta=at(due)) for due in range(50))
    extension = durable_jobs._extension
    walking = walk_module.walk(extension, filters_of(extension.app, {}))
    first = next(walking)
    assert isinstance(first, Many)
    assert len(first.requests) == 2 * stripes
    assert all(isinstance(request, Find) and request.limit == 3 for request in first.requests)
    iterator = iter(durable_jobs.find())
    assert next(iterator).due_time == at(0)


def test_filters(stripes: int) -> None:
    one = schedule_job.apply("a", eta=at(1), target="t", name="n")
    two = schedule_job.apply("b", eta=at(2), target="t")
    three = schedule_job.apply("a", eta=at(3))

    def found(**filters: Any) -> list[Any]:
        return list(durable_jobs.find(**filters))

    assert found() == [one, two, three]
    assert found(target="t") == [one, two]
    assert found(target="t", handler="b") == [two]
    assert found(handler="a") == [one, three]
    assert found(name="n") == [one]
    assert found(name="a") == [three], "a job's name is its handler's by default"
    assert found(due_before=at(3)) == [one, two]
    assert found(due_before=at(2), target="t") == [one]
    assert found(state="waiting") == [one, two, three]
    assert found(state=["waiting", JobState.DEAD]) == [one, two, three]
    assert found(state="running") == []
    assert found(ended_after=at(-100_000_000)) == []
    assert found(target=None, name=None) == [one, two, three]


def test_a_handler_by_itself(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send, args=(1,), eta=at(1))
    assert list(durable_jobs.find(handler=handlers.send)) == [job]
    assert list(durable_jobs.find(handler=handlers.mail)) == []


def test_states(stripes: int) -> None:
    now = datetime.now(timezone.utc)
    schedule_job.apply_many(JobRequest("ok", countdown=-n, target=f"t{n}") for n in range(6))
    succeeded = run_due()
    schedule_job.apply_many(JobRequest("bad", countdown=-n, target=f"t{n}", metadata={"n": str(n)}) for n in range(6))
    dead = run_due(finish=FinishKind.DIE)
    schedule_job.apply_many(JobRequest("slow", countdown=-n, target=f"t{n}") for n in range(3))
    running = run_due(finish=None)
    waiting = [schedule_job.apply("later", eta=at(n)).id for n in range(3)]
    assert (len(succeeded), len(dead), len(running)) == (6, 6, 3)

    def found(**filters: Any) -> list[str]:
        return [job.id for job in durable_jobs.find(**filters)]

    assert sorted(found(state="succeeded")) == sorted(succeeded)
    assert found(state="dead") == dead, "by the time at which they died"
    assert sorted(found(state=JobState.RUNNING)) == sorted(running)
    assert found(state="waiting") == waiting
    assert sorted(found()) == sorted(running + waiting)
    assert sorted(found(ended_after=now)) == sorted(succeeded + dead)
    assert found(ended_after=at(0)) == []
    assert found(state="dead", target="t3", handler="bad") == found(target="t3", state="dead")
    [one] = durable_jobs.find(state="dead", target="t3")
    assert (one.metadata, one.error, one.attempt) == ({"n": "3"}, "broken", 1)


@pytest.mark.parametrize(
    ("filters", "error"),
    [
        ({"tagret": "t"}, UnknownOptionError),
        ({"state": "waitin"}, UnknownOptionError),
        ({"state": 5}, UnknownOptionError),
        ({"target": ""}, InvalidLabelError),
        ({"name": 5}, InvalidLabelError),
        ({"handler": print}, NotAHandlerError),
        ({"due_before": 5}, InvalidTimeError),
        ({"ended_after": "yesterday"}, InvalidTimeError),
        ({"target": "t", "state": "succeeded"}, UnknownOptionError),
    ],
)
def test_bad_filters(app: Any, filters: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        durable_jobs.find(**filters)


def test_asynchronously(stripes: int, small_pages: None) -> None:
    jobs = schedule_job.apply_many(JobRequest("any", eta=at(n)) for n in range(20))

    async def all_of() -> list[Any]:
        return [job async for job in durable_jobs.afind()]

    assert asyncio.run(all_of()) == jobs
    assert asyncio.run(durable_jobs.afind(due_before=at(10)).acancel()) == {"cancelled": 10}


# -- bulk verbs ---


def test_cancel_all(stripes: int, small_pages: None) -> None:
    schedule_job.apply_many(JobRequest("any", eta=at(n), target=f"t{n % 4}") for n in range(20))
    assert durable_jobs.find(target="t1").cancel() == {"cancelled": 5}
    assert durable_jobs.find(due_before=at(10)).cancel() == {"cancelled": 7}
    assert durable_jobs.find().cancel() == {"cancelled": 8}
    assert durable_jobs.find().cancel() == {}
    schedule_job.apply("slow", countdown=0)
    run_due(finish=None)
    assert durable_jobs.find().cancel() == {"requested": 1}


def test_reschedule_all_moves_each_once(stripes: int, small_pages: None) -> None:
    schedule_job.apply_many(JobRequest("any", eta=at(n)) for n in range(20))
    assert durable_jobs.find().reschedule(eta=at(10_000)) == {"changed": 20}
    assert {job.due_time for job in durable_jobs.find()} == {at(10_000)}
    schedule_job.apply("short", eta=at(1), expires=at(2))
    assert durable_jobs.find(name="short").reschedule(eta=at(3)) == {"past_expires": 1}


def test_replay_and_forget_all(stripes: int, small_pages: None) -> None:
    schedule_job.apply_many(JobRequest("bad", countdown=-n) for n in range(10))
    run_due(finish=FinishKind.DIE)
    assert durable_jobs.find(state="dead").replay(countdown=600) == {"replayed": 10}
    assert durable_jobs.find().forget() == {"alive": 10}
    durable_jobs.find().reschedule(countdown=0)
    assert len(run_due()) == 10
    assert durable_jobs.find(state="succeeded").forget() == {"forgotten": 10}
    assert list(durable_jobs.find(state="succeeded")) == []


def test_bulk_verbs_refuse_bad_times(app: Any) -> None:
    with pytest.raises(InvalidTimeError):
        durable_jobs.find().reschedule()
    with pytest.raises(InvalidTimeError):
        durable_jobs.find().replay(countdown=5, expires=4)


def test_a_selection_shows_itself(app: Any) -> None:
    assert repr(durable_jobs.find(target="t", state="dead")) == "<Selection target='t' state='dead'>"


def test_any_first_and_how_many(stripes: int, small_pages: None) -> None:
    assert not durable_jobs.find()
    assert durable_jobs.find().first() is None
    assert durable_jobs.find().count() == 0
    schedule_job.apply_many(JobRequest("any", eta=at(due), target=f"t{due % 7}") for due in range(9, -1, -1))
    last = schedule_job.apply("other", eta=at(99))
    assert durable_jobs.find()
    first = durable_jobs.find().first()
    assert first is not None
    assert first.due_time == at(0)
    assert durable_jobs.find(handler="other").first() == last
    assert durable_jobs.find().count() == 11
    assert durable_jobs.find(handler="any", due_before=at(4)).count() == 4
    assert not durable_jobs.find(state="dead")
    assert not durable_jobs.find(target="nobody")

    async def twins() -> tuple[Any, int]:
        return await durable_jobs.afind(handler="other").afirst(), await durable_jobs.afind().acount()

    assert asyncio.run(twins()) == (last, 11)
