"""Many adds that travel together are as each alone: the same answers, and the same store after it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Add, Added, AddOutcome, KeyRef, Source
from celery_durable_jobs.testing import StoreDriver


def many(jobs: StoreDriver, *requests: Add) -> list[Any]:
    return jobs.store.send_many(requests)


def waiting(jobs: StoreDriver) -> int:
    jobs.recount()
    return sum(jobs.stats(stripe).counts["waiting"] for stripe in range(jobs.options.stripes))


def test_each_with_what_is_its_own(jobs: StoreDriver) -> None:
    requests = [
        jobs.request(30 + number % 3 * 100, content=Content(b"[[%d], {}, {}]" % number)) for number in range(40)
    ]
    requests[3] = replace(requests[3], name="A", target="t", metadata={"a": "b"}, expires=When(after_us=900 * SECOND))
    requests[4] = replace(requests[4], key="k", key_until="ended", target="t", metadata={})
    requests[5] = replace(requests[5], due=When(at_us=0), handler="other", route=Route("mail", priority=3))
    answers = many(jobs, *requests)
    for request, answer in zip(requests, answers, strict=True):
        due = request.due.resolve(jobs.clock())
        assert answer == Added(AddOutcome.STORED, JobState.WAITING, due, keeper_alive=False)
        job = jobs.get(request.job_id)
        assert (job.due_us, job.content, job.handler, job.route) == (
            due, request.content, request.handler, request.route,
        )  # fmt: skip
        assert (job.name, job.target, job.key, job.key_until) == (
            request.name, request.target, request.key, request.key_until,
        )  # fmt: skip
        assert job.metadata == request.metadata
        assert job.expires_us == (jobs.when(900) if request.expires else None)
    assert waiting(jobs) == 40
    assert set(jobs.find(Source.TARGET, target="t")) == {requests[3].job_id, requests[4].job_id}


def test_again_it_is_the_same_answer(jobs: StoreDriver) -> None:
    requests = [jobs.request(30) for number in range(10)]
    first = many(jobs, *requests)
    jobs.cancel(requests[2].job_id)
    changed = replace(requests[4], digest=b"another.")
    again = many(jobs, *requests[:4], changed, *requests[5:], jobs.request(30), requests[0])
    assert again[3] == first[3]
    assert again[2].state is JobState.CANCELLED
    assert again[4].outcome is AddOutcome.ID_TAKEN
    assert again[-1] == first[0]
    assert waiting(jobs) == 10


def test_one_twice_in_one_call(jobs: StoreDriver) -> None:
    request = jobs.request(30)
    answers = many(jobs, request, jobs.request(30), request)
    assert answers[0] == answers[2]
    assert waiting(jobs) == 2


def test_keys_are_met_in_the_order_given(jobs: StoreDriver) -> None:
    taken = jobs.add(90, key="taken")
    requests = [
        jobs.request(10, key="free"),
        jobs.request(20, key="taken"),
        jobs.request(30, key="free", on_conflict="replace"),
        jobs.request(40, key="taken", on_conflict="error"),
        jobs.request(50, key="free", target="t"),
        jobs.request(60, key="free", on_conflict="replace"),
        jobs.request(70),
    ]
    answers = many(jobs, *requests)
    assert [answer.outcome.value for answer in answers] == [
        "stored", "returned", "replaced", "key_taken", "stored", "replaced", "stored",
    ]  # fmt: skip
    assert answers[1].holder.id == answers[3].holder.id == taken
    holder = jobs.get(KeyRef("free"))
    assert (holder.id, holder.due_us) == (requests[0].job_id, jobs.when(60)), "the last one given"
    assert waiting(jobs) == 4
