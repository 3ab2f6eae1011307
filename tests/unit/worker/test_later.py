"""A pool child's finish whose answer is read later: the place is free, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from celery_durable_jobs.errors import StoreUnavailableError
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Begin, Finish
from celery_durable_jobs.worker import later
from celery_durable_jobs.worker.heartbeat import heart_of
from tests.support.waiting import wait_until


class Posting:
    """The bench's store with a ``post``: what is posted arrives when its answer is read, or when the test says so."""

    def __init__(self, store: Any) -> None:
        self._send = store.send
        self.posted: list[Finish] = []
        self.lost = False
        store.post = self.post

    def post(self, request: Finish, *, timeout: float | None = None) -> Callable[[], Any]:
        self.posted.append(request)

        def answer() -> Any:
            if self.lost:
                raise StoreUnavailableError("lost", request=request)
            return self._send(request)

        return answer


@pytest.fixture
def child(monkeypatch):
    monkeypatch.setattr(later, "_child", True)


@pytest.fixture
def posting(bench, child):
    return Posting(bench.store)


@pytest.fixture
def handler(bench):
    @bench.handler(max_retries=1)
    def handler(context, what=""):
        if what == "fails":
            raise ValueError("no")

    return handler


def deliver(bench: Any, handler: Any, *args: Any) -> str:
    job_id: str = bench.add(handler, *args)
    bench.deliver(bench.send(job_id))
    return job_id


def test_the_next_begin_hears_it_first(bench, posting, handler):
    first = deliver(bench, handler)
    heart = heart_of(bench.extension)
    assert [request.job_id for request in posting.posted] == [first]
    assert heart.later
    assert heart._runs  # kept alive until it is answered
    seen = []
    bench.store.fail = lambda request: seen.append(bench.jobs.state(first)) if isinstance(request, Begin) else None
    second = deliver(bench, handler)
    assert seen == [JobState.SUCCEEDED]
    assert [run.job_id for run in heart._runs.values()] == [second]


def test_the_heart_hears_it_when_nothing_else_comes(bench, posting, handler):
    job_id = deliver(bench, handler)
    heart = heart_of(bench.extension)
    wait_until(lambda: not heart.later, 10)
    assert bench.jobs.state(job_id) is JobState.SUCCEEDED
    assert not heart._runs


def test_a_child_that_ends_hears_it(bench, posting, handler):
    job_id = deliver(bench, handler)
    heart = heart_of(bench.extension)
    assert heart.drain(5)
    assert bench.jobs.state(job_id) is JobState.SUCCEEDED
    assert not heart.later


def test_a_child_that_ends_waits_for_who_is_hearing_it(bench, posting, handler):
    deliver(bench, handler)
    heart = heart_of(bench.extension)
    reading, go_on = threading.Event(), threading.Event()
    heart.later.add(lambda: (reading.set(), go_on.wait(10)))
    hearing = threading.Thread(target=heart.later.hear)
    hearing.start()
    assert reading.wait(10)
    assert not heart.drain(0.05)
    go_on.set()
    assert heart.drain(10)
    hearing.join()


@pytest.mark.parametrize("away", [False, True])
def test_one_whose_answer_is_lost_is_sent_again(bench, posting, handler, away):
    """At once; and by the heart, where the store is away for longer."""
    job_id = deliver(bench, handler)
    heart = heart_of(bench.extension)
    posting.lost = True
    gone = []

    def fail(request: Any) -> None:
        if away and isinstance(request, Finish) and not gone:
            gone.append(request)
            raise StoreUnavailableError("away", request=request)

    bench.store.fail = fail
    heart.later.hear()
    assert heart.drain(10)
    assert bench.jobs.state(job_id) is JobState.SUCCEEDED
    assert not heart._runs


def test_what_interrupts_the_reading_loses_nothing(bench, posting, handler):
    """A soft time limit of the next job."""
    job_id = deliver(bench, handler)
    heart = heart_of(bench.extension)
    posting._send = lambda request: (_ for _ in ()).throw(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        heart.later.hear()
    assert heart.drain(10)
    assert bench.jobs.state(job_id) is JobState.SUCCEEDED


def test_what_is_no_success_is_told_at_once(bench, posting, handler):
    job_id = deliver(bench, handler, "fails")
    assert not posting.posted
    assert bench.jobs.state(job_id) is JobState.WAITING


def test_another_process_than_a_pool_child_waits_for_each_answer(bench, handler):
    posting = Posting(bench.store)
    job_id = deliver(bench, handler)
    assert not posting.posted
    assert bench.jobs.state(job_id) is JobState.SUCCEEDED


def test_the_solo_pool_is_no_child(monkeypatch):
    monkeypatch.setattr(later, "_child", False)
    later.pool_child_starts()
    assert not later.in_pool_child()
