"""apply_many: streamed, and each request's fate told."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import AsyncIterator, Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from celery_durable_jobs import (
    BulkScheduleError,
    DuplicateKeyError,
    InvalidArgumentsError,
    InvalidJobError,
    JobRequest,
    NotAHandlerError,
    StoreFullError,
    StoreUnavailableError,
    durable_jobs,
    schedule_job,
)
from celery_durable_jobs.client.bulk import Batch
from celery_durable_jobs.client.calls import Begin
from celery_durable_jobs.model.options import CALL_LIMIT_BYTES


def counting(requests: Any, sizes: list[int]) -> Any:
    """Run an apply_many by hand, keep the size of each call, answer by the real store."""
    from celery_durable_jobs.client import bulk, calls

    steps = bulk.apply_many(iter(requests), None)
    answer: Any = None
    while True:
        try:
            effect = steps.send(answer)
        except StopIteration as end:
            return end.value
        if isinstance(effect, Begin):
            sizes.append(len(effect.many.requests))
        answer = calls.do(None, effect)


def test_all_in_the_order_given(handlers: SimpleNamespace) -> None:
    requests = [JobRequest(handlers.send, args=(n,), countdown=60 + n) for n in range(10)]
    jobs = schedule_job.apply_many(requests)
    assert [job.id for job in jobs] == [schedule_job.apply(request).id for request in requests]
    assert all(job.created for job in jobs)


def test_nothing_is_nothing(app: Any) -> None:
    assert schedule_job.apply_many([]) == []


def test_a_thousand_a_round_trip(handlers: SimpleNamespace) -> None:
    sizes: list[int] = []
    assert len(counting((JobRequest("any", countdown=60) for _ in range(2_100)), sizes)) == 2_100
    assert sizes == [1_000, 1_000, 100]


def test_a_megabyte_a_round_trip(handlers: SimpleNamespace) -> None:
    sizes: list[int] = []
    assert len(counting([JobRequest("any", args=("x" * 200_000,), countdown=60) for _ in range(10)], sizes)) == 10
    assert max(sizes) * 200_000 <= CALL_LIMIT_BYTES
    assert sizes == [4, 4, 2]


def test_it_streams(handlers: SimpleNamespace) -> None:
    """The first thousand are stored before the next one is read."""
    seen = []

    def source() -> Iterator[JobRequest]:
        for number in range(1_001):
            if number == 1_000:
                seen.append(durable_jobs.stats().counts["waiting"])
            yield JobRequest("any", countdown=60)

    schedule_job.apply_many(source())
    assert seen == [1_000]


def test_the_refused_are_named_and_the_others_stored(handlers: SimpleNamespace) -> None:
    schedule_job.apply(handlers.send, args=(0,), countdown=60, key="taken")
    requests: list[Any] = [
        JobRequest(handlers.send, args=(1,), countdown=60),
        JobRequest(handlers.send, countdown=60),
        JobRequest(handlers.send, args=(2,), countdown=60, key="taken", on_conflict="error"),
        "no request",
        JobRequest(handlers.plain, args=(2,), countdown=60),
        JobRequest(handlers.send, args=(3,), countdown=60),
    ]
    with pytest.raises(BulkScheduleError) as caught:
        schedule_job.apply_many(requests)
    error = caught.value
    assert [job.id for job in error.stored] == [schedule_job.apply(requests[number]).id for number in (0, 5)]
    assert sorted((index, type(why)) for index, _, why in error.refused) == [
        (1, InvalidArgumentsError),
        (2, DuplicateKeyError),
        (3, InvalidJobError),
        (4, NotAHandlerError),
    ]
    assert all(request is requests[index] for index, request, _ in error.refused)
    assert error.unknown == []
    assert "2 of 6 jobs were stored" in str(error)
    assert pickle.loads(pickle.dumps(BulkScheduleError("x", stored=error.stored))).stored == error.stored


def test_a_router_that_fails_for_one(make_app: Callable[..., Any]) -> None:
    def route(name: str, *_: Any, **__: Any) -> None:
        if name == "cursed":
            raise RuntimeError("router")

    make_app("routed", task_routes=(route,))
    with pytest.raises(BulkScheduleError) as caught:
        schedule_job.apply_many(JobRequest(name, countdown=60) for name in ("a", "cursed", "b"))
    assert [(index, type(error)) for index, _, error in caught.value.refused] == [(1, RuntimeError)]
    assert len(caught.value.stored) == 2


def test_requests_of_several_apps(handlers: SimpleNamespace, make_app: Callable[..., Any]) -> None:
    make_app("other")
    requests = [JobRequest(handler, args=(1,), countdown=60) for handler in (handlers.send, "x", "y", handlers.mail)]
    jobs = schedule_job.apply_many(requests)
    own = handlers.send.app.main
    assert [job.namespace for job in jobs] == [own, "other", "other", own]


def test_an_iterable_that_fails(handlers: SimpleNamespace) -> None:
    def source() -> Iterator[JobRequest]:
        for _ in range(1_500):
            yield JobRequest("any", countdown=60)
        raise OSError("disk")

    with pytest.raises(BulkScheduleError, match="from number 1000 on none was sent") as caught:
        schedule_job.apply_many(source())
    assert len(caught.value.stored) == 1_000
    assert isinstance(caught.value.__cause__, OSError)
    assert durable_jobs.stats().counts["waiting"] == 1_000


@pytest.mark.parametrize("requests", [None, 5, "text", {"a": 1}])
def test_what_is_no_iterable_of_requests(app: Any, requests: Any) -> None:
    with pytest.raises(InvalidArgumentsError):
        schedule_job.apply_many(requests)


def test_asynchronous_iterables(handlers: SimpleNamespace) -> None:
    async def source() -> AsyncIterator[JobRequest]:
        for number in range(1_200):
            await asyncio.sleep(0)
            yield JobRequest(handlers.send, args=(number,), countdown=60)

    assert len(asyncio.run(schedule_job.aapply_many(source()))) == 1_200
    assert len(asyncio.run(schedule_job.aapply_many([JobRequest("any", countdown=60)]))) == 1


# -- answers of a store in trouble (what each does to its request) ---


def settled(answers: list[Any]) -> Batch:
    batch = Batch()
    for _ in answers:
        batch.take(JobRequest("any", countdown=60), None)
    batch.call()
    batch.settle(answers)
    return batch


def test_full_refuses_by_itself(handlers: SimpleNamespace) -> None:
    good = durable_jobs.store.send(an_add())
    batch = settled([good, StoreFullError("full"), good])
    assert len(batch.stored) == 2
    [(index, request, error)] = batch.refused
    assert (index, type(error)) == (1, StoreFullError)
    assert error.request is request
    assert batch.cut is None


def test_away_half_way(handlers: SimpleNamespace) -> None:
    good = durable_jobs.store.send(an_add())
    batch = settled([good, StoreUnavailableError("x"), StoreUnavailableError("y", maybe_done=False)])
    assert (len(batch.stored), len(batch.unknown), len(batch.refused)) == (1, 1, 1)
    with pytest.raises(BulkScheduleError, match="isn't known"):
        batch.outcome()


def an_add() -> Any:
    """A real ``Add``."""
    from celery_durable_jobs.client.prepare import prepare

    return prepare(JobRequest("any", countdown=60)).add
