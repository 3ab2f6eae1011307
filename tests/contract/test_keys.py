"""Keys: a key names the one job that waits under it, within its target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from celery_durable_jobs.model.options import RETRY_HORIZON_US
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import NOW, SECOND, When
from celery_durable_jobs.steps import (
    AddOutcome,
    Begin,
    Bury,
    CancelAnswer,
    Delivery,
    FinishKind,
    Get,
    KeyRef,
    Purge,
    PutBack,
    Refusal,
    Refused,
    Replay,
    ReplayOutcome,
    Settle,
)
from celery_durable_jobs.testing import StoreDriver


def holder(jobs: StoreDriver, key: str = "k", target: str | None = None) -> str | None:
    """The id of the job that the key names."""
    job = jobs.send(Get(KeyRef(key, target)))
    return job.id if job else None


# -- on_conflict


def test_return_answers_the_job_that_waits(jobs: StoreDriver) -> None:
    first = jobs.add(30, key="k")
    added = jobs.send(jobs.request(60, key="k", on_conflict="return"))
    assert (added.outcome, added.state, added.due_us) == (AddOutcome.RETURNED, JobState.WAITING, jobs.when(30))
    assert added.holder == jobs.get(first)
    assert jobs.stats().counts["waiting"] == 1


def test_error_says_who_has_it(jobs: StoreDriver) -> None:
    first = jobs.add(30, key="k")
    added = jobs.send(jobs.request(key="k", on_conflict="error"))
    assert added.outcome is AddOutcome.KEY_TAKEN
    assert added.holder == jobs.get(first)
    assert jobs.stats().counts["waiting"] == 1


def test_replace_gives_the_waiting_job_time_arguments_metadata_and_expires(jobs: StoreDriver) -> None:
    first = jobs.add(30, key="k", name="one", metadata={"v": "1"}, expires=When(after_us=60 * SECOND))
    second = jobs.request(
        5, key="k", name="two", on_conflict="replace", metadata={"v": "2"}, content=Content(b"new"), key_until="ended"
    )
    before = jobs.get(first)
    added = jobs.send(second)
    assert (added.outcome, added.state, added.due_us) == (AddOutcome.REPLACED, JobState.WAITING, jobs.when(5))
    expected = replace(before, due_us=jobs.when(5), content=Content(b"new"), metadata={"v": "2"}, expires_us=None)
    assert jobs.get(first) == added.holder == expected
    assert jobs.send(Get(second.job_id)) is None


@pytest.mark.parametrize("state", ["claimed", "sent"])
def test_replace_of_what_is_on_its_way_makes_its_message_stale(jobs: StoreDriver, state: str) -> None:
    message = getattr(jobs, state)(key="k")
    added = jobs.send(jobs.request(0, key="k", on_conflict="replace", content=Content(b"new")))
    assert added.outcome is AddOutcome.REPLACED
    assert jobs.send(Begin(message.id, message.generation, "d")) == Refused(Refusal.STALE, JobState.WAITING)
    assert jobs.backlog() == 0
    jobs.look()
    again = jobs.claim(message.id)
    assert again.content == Content(b"new")
    jobs.begin(again)


@pytest.mark.parametrize(
    "change", [{"handler": "another"}, {"route": Route("mail")}, {"route": Route(priority=3)}], ids=str
)
def test_replace_by_another_handler_or_route_is_refused(jobs: StoreDriver, change: dict[str, object]) -> None:
    first = jobs.add(30, key="k")
    before = jobs.get(first)
    added = jobs.send(jobs.request(5, key="k", on_conflict="replace", **change))
    assert (added.outcome, added.holder) == (AddOutcome.KEY_TAKEN, before)
    assert jobs.get(first) == before


def test_replace_of_a_running_job_that_keeps_its_key_is_refused(jobs: StoreDriver) -> None:
    first = jobs.running(key="k", key_until="ended")
    added = jobs.send(jobs.request(5, key="k", on_conflict="replace"))
    assert added.outcome is AddOutcome.KEY_TAKEN
    assert added.holder is not None
    assert (added.holder.id, added.holder.state) == (first.id, JobState.RUNNING)


@pytest.mark.parametrize("on_conflict", ["return", "replace", "error"])
def test_an_add_that_met_its_key_keeps_its_answer_for_the_retry_horizon(jobs: StoreDriver, on_conflict: str) -> None:
    first = jobs.add(30, key="k")
    request = jobs.request(60, key="k", on_conflict=on_conflict)
    outcome = jobs.send(request).outcome
    assert outcome is not AddOutcome.STORED
    jobs.cancel(first)
    jobs.clock.move(us=RETRY_HORIZON_US - 1)
    again = jobs.send(request)
    assert (again.outcome, again.state, again.due_us) == (outcome, JobState.CANCELLED, None)
    assert again.holder is not None
    assert (again.holder.id, again.holder.state) == (first, JobState.CANCELLED)
    assert jobs.send(replace(request, digest=b"another!")).outcome is AddOutcome.ID_TAKEN
    jobs.clock.move(us=1)
    assert jobs.send(request).outcome is AddOutcome.STORED


def test_a_repeated_replace_does_not_replace_twice(jobs: StoreDriver) -> None:
    first = jobs.add(30, key="k")
    older = jobs.request(60, key="k", on_conflict="replace")
    newer = jobs.request(90, key="k", on_conflict="replace")
    jobs.send(older)
    jobs.send(newer)
    again = jobs.send(older)
    assert (again.outcome, again.due_us) == (AddOutcome.REPLACED, jobs.when(90))
    assert jobs.get(first).due_us == jobs.when(90)


def test_a_holder_past_its_expires_is_ended_first(jobs: StoreDriver) -> None:
    first = jobs.add(5, key="k", expires=When(after_us=10 * SECOND))
    jobs.clock.move(10)
    second = jobs.add(30, key="k")
    assert jobs.state(first) is JobState.EXPIRED
    assert holder(jobs) == second


# -- whose key


def test_a_key_is_unique_within_its_target(jobs: StoreDriver) -> None:
    ids = {
        (target, key): jobs.add(30, target=target, key=key)
        for target, key in [(None, "k"), ("t", "k"), ("u", "k"), ("a", "b:c"), ("a:b", "c"), ("1", ":a"), ("-", "k")]
    }
    assert len(set(ids.values())) == 7
    for (target, key), job_id in ids.items():
        assert holder(jobs, key, target) == job_id


def test_a_key_is_free_once_a_run_begins(jobs: StoreDriver) -> None:
    message = jobs.sent(key="k")
    assert holder(jobs) == message.id
    jobs.begin(message)
    assert holder(jobs) is None
    successor = jobs.add(30, key="k")
    assert holder(jobs) == successor


def test_a_key_until_ended_is_kept_through_runs(jobs: StoreDriver) -> None:
    message = jobs.running("d1", key="k", key_until="ended")
    assert holder(jobs) == message.id
    jobs.finish(message.id, "d1", FinishKind.SUCCEED)
    assert holder(jobs) is None


def _cancelled(jobs: StoreDriver) -> None:
    jobs.cancel(jobs.add(30, key="k", key_until="ended"))


def _died(jobs: StoreDriver) -> None:
    jobs.dead(key="k", key_until="ended")


def _buried(jobs: StoreDriver) -> None:
    message = jobs.sent(key="k", key_until="ended")
    jobs.send(Bury(message.id, message.generation, "unroutable"))


def _expired(jobs: StoreDriver) -> None:
    job_id = jobs.add(1, key="k", key_until="ended", expires=When(after_us=SECOND))
    jobs.clock.move(2)
    assert jobs.cancel(job_id).outcome.value == "ended"


def _purged(jobs: StoreDriver) -> None:
    jobs.add(30, key="k", key_until="ended")
    jobs.send(Purge(0, "waiting"))


def _lost(jobs: StoreDriver) -> None:
    job_id = jobs.add(key="k", key_until="ended")
    for run in ("d1", "d2", "d3"):
        jobs.again(job_id, run)
        jobs.send(Settle(Delivery(job_id, 0, run), points=3))
        jobs.clock.move(60)


@pytest.mark.parametrize("end", [_cancelled, _died, _buried, _expired, _purged, _lost])
def test_every_end_frees_the_key(jobs: StoreDriver, end: Callable[[StoreDriver], None]) -> None:
    end(jobs)
    assert holder(jobs) is None
    jobs.add(30, key="k")


@pytest.mark.parametrize("kind", [FinishKind.RETRY, FinishKind.RESCHEDULE, FinishKind.POLL, FinishKind.STOP])
def test_what_goes_back_takes_its_key_again(jobs: StoreDriver, kind: FinishKind) -> None:
    message = jobs.running("d1", key="k")
    assert holder(jobs) is None
    jobs.finish(message.id, "d1", kind, after=5)
    assert holder(jobs) == message.id


def test_what_goes_back_and_finds_it_taken_waits_without(jobs: StoreDriver) -> None:
    message = jobs.running("d1", key="k")
    successor = jobs.add(30, key="k")
    jobs.finish(message.id, "d1", FinishKind.RETRY, after=5)
    assert holder(jobs) == successor
    assert jobs.state(message.id) is JobState.WAITING
    jobs.cancel(message.id)
    assert holder(jobs) == successor


@pytest.mark.parametrize("parts", [{"due": NOW}, {"content": Content(b"new")}, {"metadata": {"a": "b"}}])
def test_a_change_takes_the_key_that_was_lost(jobs: StoreDriver, parts: dict[str, Any]) -> None:
    message = jobs.running("d1", key="k")
    successor = jobs.add(30, key="k")
    jobs.finish(message.id, "d1", FinishKind.RETRY, after=5)
    jobs.change(message.id, **parts)
    assert holder(jobs) == successor
    jobs.cancel(successor)
    assert holder(jobs) is None
    jobs.change(message.id, **parts)
    assert holder(jobs) == message.id


def _put_back(jobs: StoreDriver, job: JobRecord) -> None:
    jobs.send(PutBack(jobs.terms["k1"][job.id[1:9]], ((job.id, job.generation),)))


def _settle(jobs: StoreDriver, job: JobRecord) -> None:
    jobs.send(Settle(Delivery(job.id, job.generation, "d2")))


def _lose(jobs: StoreDriver, job: JobRecord) -> None:
    jobs.begin(job, "d2")
    jobs.send(Settle(Delivery(job.id, job.generation, "d2"), points=3))


def _reschedule(jobs: StoreDriver, job: JobRecord) -> None:
    jobs.begin(job, "d2")
    jobs.finish(job.id, "d2", FinishKind.RESCHEDULE)


@pytest.mark.parametrize("go_back", [_put_back, _settle, _lose, _reschedule])
def test_whatever_goes_back_takes_the_key_that_was_lost(
    jobs: StoreDriver, go_back: Callable[[StoreDriver, JobRecord], None]
) -> None:
    message = jobs.running("d1", key="k")
    successor = jobs.add(3_600, key="k")
    jobs.finish(message.id, "d1", FinishKind.RETRY)
    claimed = jobs.claim(message.id)
    assert holder(jobs) == successor
    jobs.cancel(successor)
    assert holder(jobs) is None
    go_back(jobs, claimed)
    assert jobs.state(message.id) is JobState.WAITING
    assert holder(jobs) == message.id


def test_an_end_frees_the_key_only_while_it_points_to_it(jobs: StoreDriver) -> None:
    message = jobs.running("d1", key="k")
    successor = jobs.add(30, key="k")
    jobs.finish(message.id, "d1", FinishKind.SUCCEED)
    assert holder(jobs) == successor


def test_a_replay_needs_its_key(jobs: StoreDriver) -> None:
    dead = jobs.dead(key="k")
    successor = jobs.add(30, key="k")
    refused = jobs.send(Replay(dead, jobs.call_id()))
    assert (refused.outcome, refused.holder) == (ReplayOutcome.KEY_TAKEN, successor)
    assert jobs.state(dead) is JobState.DEAD
    jobs.cancel(successor)
    assert jobs.send(Replay(dead, jobs.call_id(), NOW)).outcome is ReplayOutcome.REPLAYED
    assert holder(jobs) == dead


def test_cancel_and_change_by_key(jobs: StoreDriver) -> None:
    job_id = jobs.add(30, key="k", target="t")
    changed = jobs.change(KeyRef("k", "t"), due=When(after_us=60 * SECOND))
    assert changed.job is not None
    assert (changed.job.id, changed.job.due_us) == (job_id, jobs.when(60))
    cancelled = jobs.cancel(KeyRef("k", "t"))
    assert cancelled.job is not None
    assert cancelled.job.id == job_id
    assert jobs.cancel(KeyRef("k", "t")) == CancelAnswer(type(cancelled.outcome).NOT_FOUND)
