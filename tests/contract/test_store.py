"""The store itself: one call, its awaitable twin, and batches; threads and forks."""

from __future__ import annotations

import asyncio
import os
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import AddOutcome, Cancel, Get, Identify
from celery_durable_jobs.testing import StoreDriver


def test_many_in_one_call_answer_in_order(jobs: StoreDriver) -> None:
    requests = [jobs.request(number) for number in range(5)]
    answers = jobs.store.send_many([*requests, Get(requests[2].job_id), Cancel(requests[3].job_id, jobs.call_id())])
    assert [answer.outcome for answer in answers[:5]] == [AddOutcome.STORED] * 5
    assert [answer.due_us for answer in answers[:5]] == [jobs.when(number) for number in range(5)]
    assert answers[5] == jobs.get(requests[2].job_id)
    assert answers[6].outcome


def test_nothing_to_send(jobs: StoreDriver) -> None:
    assert jobs.store.send_many([]) == []
    assert asyncio.run(jobs.store.asend_many([])) == []


def test_the_awaitable_twins(jobs: StoreDriver) -> None:
    async def life() -> None:
        request = jobs.request(5)
        assert (await jobs.store.asend(request)).outcome is AddOutcome.STORED
        one, two = await jobs.store.asend_many([Get(request.job_id), Cancel(request.job_id, jobs.call_id())])
        assert one.id == request.job_id
        assert two.outcome
        answers = await asyncio.gather(*(jobs.store.asend(jobs.request(number)) for number in range(20)))
        assert {answer.outcome for answer in answers} == {AddOutcome.STORED}

    asyncio.run(life())
    asyncio.run(life())
    assert jobs.stats().counts["waiting"] == 40


def test_many_threads_at_once(jobs: StoreDriver) -> None:
    """P37: concurrent scheduling from many callers."""
    with ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(lambda number: jobs.add(number % 5), range(400)))
    assert len(set(ids)) == 400
    assert jobs.stats().counts["waiting"] == 400


def test_of_many_that_cancel_one_does(jobs: StoreDriver) -> None:
    job_id = jobs.add(60)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: jobs.cancel(job_id), range(50)))
    assert all(answer.outcome for answer in answers)
    assert sum(answer.job is not None for answer in answers) == 1


def test_a_closed_store_opens_again(jobs: StoreDriver) -> None:
    job_id = jobs.add(60)
    jobs.store.close()
    assert jobs.state(job_id) is JobState.WAITING


def test_requests_and_answers_can_be_pickled_and_compared(jobs: StoreDriver) -> None:
    request = jobs.request(60, metadata={"a": "b"})
    answer = jobs.send(request)
    for value in (request, answer, jobs.get(request.job_id), jobs.stats(), jobs.look(), Identify("shop", 1)):
        assert pickle.loads(pickle.dumps(value)) == value


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_usable_after_a_fork(jobs: StoreDriver) -> None:
    job_id = jobs.add(60)
    child = os.fork()
    if child == 0:
        try:
            ok = jobs.send(Get(job_id)) is not None and bool(jobs.cancel(job_id).outcome)
        except BaseException:
            ok = False
        os._exit(0 if ok else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert jobs.send(Get(job_id)) is not None


def test_two_namespaces_do_not_mix(jobs: StoreDriver, make_jobs: object) -> None:
    """P47"""
    other: StoreDriver = make_jobs(namespace=f"{jobs.options.namespace}x")  # type: ignore[operator]
    job_id = jobs.add(60)
    assert other.send(Get(job_id)) is None
    assert other.stats().counts["waiting"] == 0
    assert other.look().next_us is None
