"""add: a client stores a job."""

from __future__ import annotations

from dataclasses import replace

import pytest

from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import MAX_US, SECOND, When
from celery_durable_jobs.steps import Added, AddOutcome, FinishKind, Get
from celery_durable_jobs.testing import StoreDriver
from tests.contract.conftest import MakeDriver

NASTY = "a:b{c}\n\x00\"'; return redis.call('FLUSHALL') -- \U0001f600 é"


def test_it_waits_with_all_that_was_given(jobs: StoreDriver) -> None:
    content = Content(
        b'[[1, "\xff"], {}, {}]',
        content_type="application/x-python",
        content_encoding="binary",
        headers={"trace": "00-1", "nested": {"empty": [], "none": None, "float": 1.5, "big": 2**40}},
        options={"link": [], "time_limit": 3},
    )
    request = jobs.request(
        30,
        handler="shop.tasks.remind",
        route=Route("mail", "topic", "mail.high", 9),
        content=content,
        name="SendReminder",
        target="order:42",
        metadata={"message": "hello"},
        key="reminder",
        key_until="ended",
        expires=When(after_us=90 * SECOND),
    )
    assert jobs.send(request) == Added(AddOutcome.STORED, JobState.WAITING, jobs.when(30), keeper_alive=False)
    assert jobs.get(request.job_id) == JobRecord(
        id=request.job_id,
        handler="shop.tasks.remind",
        state=JobState.WAITING,
        due_us=jobs.when(30),
        name="SendReminder",
        target="order:42",
        key="reminder",
        key_until="ended",
        expires_us=jobs.when(90),
        route=Route("mail", "topic", "mail.high", 9),
        content=content,
        metadata={"message": "hello"},
    )


def test_texts_are_data(jobs: StoreDriver) -> None:
    job_id = jobs.add(
        handler=NASTY,
        name=NASTY,
        target=NASTY,
        key=NASTY,
        metadata={NASTY: NASTY, "": ""},
        route=Route(NASTY, NASTY, NASTY),
        content=Content(bytes(range(256)), headers={NASTY: NASTY}),
    )
    job = jobs.get(job_id)
    assert (job.handler, job.name, job.target, job.key) == (NASTY,) * 4
    assert job.metadata == {NASTY: NASTY, "": ""}
    assert job.route == Route(NASTY, NASTY, NASTY)
    assert job.content == Content(bytes(range(256)), headers={NASTY: NASTY})


@pytest.mark.parametrize("metadata", [None, {}])
def test_null_metadata_stays_null_and_empty_stays_empty(jobs: StoreDriver, metadata: dict[str, str] | None) -> None:
    assert jobs.get(jobs.add(metadata=metadata)).metadata == metadata


@pytest.mark.parametrize("name", [None, "", "-"])
def test_none_and_empty_names_are_told_apart(jobs: StoreDriver, name: str | None) -> None:
    assert jobs.get(jobs.add(name=name)).name == name


@pytest.mark.parametrize("at_us", [0, 1, 1_700_000_000_000_001, 2**53 - 1, MAX_US])
def test_due_times_are_exact_to_the_microsecond(jobs: StoreDriver, at_us: int) -> None:
    request = jobs.request(When(at_us=at_us))
    assert jobs.send(request).due_us == at_us
    assert jobs.get(request.job_id).due_us == at_us


def test_a_countdown_is_judged_by_the_stores_clock(jobs: StoreDriver) -> None:
    request = jobs.request(When(after_us=7))
    jobs.clock.move(1_000)
    assert jobs.send(request).due_us == jobs.clock() + 7


def test_what_it_was_given_may_change_afterwards(jobs: StoreDriver) -> None:
    metadata, headers = {"a": "1"}, {"list": [1]}
    job_id = jobs.add(metadata=metadata, content=Content(b"", headers=headers))
    metadata["a"], headers["list"] = "2", []
    job = jobs.get(job_id)
    assert job.metadata == {"a": "1"}
    assert job.content is not None
    assert job.content.headers == {"list": [1]}


# -- the same request again (rule 1 of DESIGN section 5)


def test_the_same_request_again_gets_the_same_answer(jobs: StoreDriver) -> None:
    request = jobs.request(30)
    assert jobs.send(request) == jobs.send(request)
    assert jobs.stats().counts["waiting"] == 1


def test_again_it_tells_the_state_as_of_now(jobs: StoreDriver) -> None:
    request = jobs.request()
    jobs.send(request)
    job = jobs.claim(request.job_id)
    assert jobs.send(request).state is JobState.CLAIMED
    jobs.begin(job, "d1")
    assert jobs.send(request).state is JobState.RUNNING
    retried = jobs.finish(job.id, "d1", FinishKind.RETRY, after=9)
    again = jobs.send(request)
    assert (again.outcome, again.state, again.due_us) == (AddOutcome.STORED, JobState.WAITING, retried.due_us)


def test_a_late_copy_of_an_ended_job_is_known_for_keep_ended(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(keep_ended_us=100 * SECOND)
    request = jobs.request()
    jobs.send(request)
    jobs.begin(jobs.claim(request.job_id), "d1")
    jobs.finish(request.job_id, "d1", FinishKind.SUCCEED)
    jobs.clock.move(99.999999)
    again = jobs.send(request)
    assert (again.outcome, again.state, again.due_us) == (AddOutcome.STORED, JobState.SUCCEEDED, None)
    jobs.clock.move(us=1)
    assert jobs.send(request).state is JobState.WAITING


def test_a_late_copy_of_a_dead_letter_is_known(jobs: StoreDriver) -> None:
    request = jobs.request()
    jobs.send(request)
    jobs.begin(jobs.claim(request.job_id), "d1")
    jobs.finish(request.job_id, "d1", FinishKind.DIE, error="no")
    again = jobs.send(request)
    assert (again.outcome, again.state, again.due_us) == (AddOutcome.STORED, JobState.DEAD, None)


def test_another_request_under_that_id_is_refused(jobs: StoreDriver) -> None:
    request = jobs.request()
    jobs.send(request)
    other = replace(request, digest=b"\xff" * 8, handler="other")
    assert jobs.send(other).outcome is AddOutcome.ID_TAKEN
    jobs.begin(jobs.claim(request.job_id), "d1")
    assert jobs.send(other).outcome is AddOutcome.ID_TAKEN
    jobs.finish(request.job_id, "d1", FinishKind.SUCCEED)
    assert jobs.send(other).outcome is AddOutcome.ID_TAKEN
    assert jobs.get(request.job_id).handler == request.handler


def test_a_change_does_not_make_it_another_request(jobs: StoreDriver) -> None:
    request = jobs.request(30)
    jobs.send(request)
    jobs.change(request.job_id, due=When(after_us=5))
    again = jobs.send(request)
    assert (again.outcome, again.due_us) == (AddOutcome.STORED, jobs.clock() + 5)


# -- is anybody there?


def test_it_tells_whether_a_keeper_is_alive(jobs: StoreDriver) -> None:
    assert not jobs.send(jobs.request()).keeper_alive
    jobs.look("k1")
    assert jobs.send(jobs.request()).keeper_alive
    jobs.clock.move(us=jobs.options.lease_ttl_us + 1)
    assert not jobs.send(jobs.request()).keeper_alive


def test_thousands_at_once(jobs: StoreDriver) -> None:
    requests = [jobs.request(index % 7) for index in range(2_000)]
    answers = jobs.store.send_many(requests)
    assert {answer.outcome for answer in answers} == {AddOutcome.STORED}
    assert jobs.stats().counts["waiting"] == 2_000
    assert jobs.send(Get(requests[1_234].job_id)) is not None
