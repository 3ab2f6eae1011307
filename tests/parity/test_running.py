"""Rows about a run: what the handler is given, what it may do, and what becomes of it."""

from __future__ import annotations

import pytest

from celery_durable_jobs import CancelOutcome, JobState
from tests.parity.staging import Event, Stage
from tests.support.waiting import wait_until

SUCCEEDED = JobState.SUCCEEDED


def fields(events: list[Event], *names: str) -> list[tuple[object, ...]]:
    """These fields of each."""
    return [tuple(event[name] for name in names) for event in events]


def test_p03_a_handler_and_celerys_options(stage: Stage) -> None:
    job = stage.job("with_options", "hey", headers={"x-tenant": "acme"})
    asynchronous = stage.job("asynchronous", 0.05)
    assert stage.ended(job, asynchronous) == [SUCCEEDED] * 2
    (event,) = stage.events("options", id=job.id)
    assert event["said"] == "HEY"
    assert (event["task"], event["task_id"]) == ("parity.with_options", job.id)
    assert event["routing_key"] == stage.module.SECOND_QUEUE
    assert (event["rate_limit"], event["limits"]) == ("1000/s", [40, 30])
    assert event["headers"]["x-tenant"] == "acme"
    assert stage.app.AsyncResult(job.id).state == "PENDING", "ignore_result"
    assert [event["what"] for event in stage.events(id=asynchronous.id)] == ["before", "after"]
    assert stage.app.AsyncResult(asynchronous.id).get(timeout=5) == "slept"


def test_p04_what_the_context_tells(stage: Stage) -> None:
    job = stage.job("fails", 2, target="order:4", metadata={"a": "b"})
    assert job.join(timeout=20) is SUCCEEDED
    events = stage.events("fails")
    assert {event["id"] for event in events} == {job.id}
    assert fields(events, "attempt", "failures", "lost_runs") == [(1, 0, 0), (2, 1, 0), (3, 2, 0)]
    assert [event["previous_error"] for event in events] == [None, "ValueError: failure 1", "ValueError: failure 2"]
    assert len({event["run_id"] for event in events}) == 3


def test_p04_a_poll_is_no_attempt(stage: Stage) -> None:
    job = stage.job("ends", ["poll", "poll", "raise", "poll", "return"])
    assert job.join(timeout=20) is SUCCEEDED
    events = stage.events("call")
    assert fields(events, "attempt", "failures") == [(1, 0)] * 3 + [(2, 1)] * 2
    assert len({event["run_id"] for event in events[:3]}) == len({event["run_id"] for event in events[3:]}) == 1
    assert stage.look(job).attempt == 2


@pytest.mark.parametrize("polite", [True, False], ids=["leaves", "returns"])
def test_p05_a_cancelled_run_is_told(stage: Stage, polite: bool) -> None:
    job = stage.job("listens", str(stage.gate()), polite)
    stage.wait("listens")
    assert job.cancel() is CancelOutcome.REQUESTED
    (heard,) = stage.wait("heard", timeout=5)
    assert heard["stop"] is True
    # Who leaves by raise_if_stopping() is cancelled; who returns has succeeded all the same.
    assert job.join(timeout=20) is (JobState.CANCELLED if polite else SUCCEEDED)
    assert len(stage.events("listens")) == 1


def test_p05_a_run_that_nobody_stops_is_not(stage: Stage) -> None:
    gate = stage.gate()
    job = stage.job("listens", str(gate), True)
    stage.wait("listens")
    gate.touch()
    assert job.join(timeout=20) is SUCCEEDED
    assert stage.events("heard")[0]["stop"] is False


def test_p09_a_handler_schedules_further_jobs(stage: Stage) -> None:
    job = stage.job("schedules", ["order:9", "order:10", None], target="order:9")
    assert job.join(timeout=20) is SUCCEEDED
    (event,) = stage.events("schedules")
    notes = stage.wait("note", 3)
    assert sorted(event["children"]) == sorted(note["id"] for note in notes)
    assert {note["target"] for note in notes} == {"order:9", "order:10", None}
    assert {tuple(note["args"]) for note in notes} == {("from inside",)}


def test_p12_no_more_at_once_than_the_workers_concurrency(stage: Stage) -> None:
    jobs = [stage.job("naps", 0.15, countdown=0.2) for _ in range(4 * stage.concurrency)]
    assert set(stage.ended(*jobs)) == {SUCCEEDED}
    running = most = 0
    for event in sorted(stage.events(), key=lambda each: each["at"]):
        running += 1 if event["what"] == "begins" else -1
        most = max(most, running)
    assert most == stage.concurrency


def test_p21_what_a_run_can_come_to(stage: Stage) -> None:
    ends = (["return"], ["poll", "return"], ["raise", "return"])
    returns, polls, raises = (stage.job("ends", outcomes) for outcomes in ends)
    again = stage.job("ends", ["raise", "reschedule", "raise", "return"])
    assert set(stage.ended(returns, polls, raises, again)) == {SUCCEEDED}

    def told(job_id: str) -> list[tuple[object, ...]]:
        return fields(stage.events("call", id=job_id), "attempt", "failures")

    assert told(returns.id) == [(1, 0)]
    assert told(polls.id) == [(1, 0)] * 2
    assert told(raises.id) == [(1, 0), (2, 1)]
    assert told(again.id) == [(1, 0), (2, 1), (1, 0), (2, 1)], "a reschedule counts back to the start"
    asked = [event["id"] for event in stage.events("asked")]
    assert sorted(asked) == sorted([raises.id, again.id, again.id]), "the policy is asked of errors alone"


def test_p21_a_reschedule_comes_when_it_says(stage: Stage) -> None:
    job = stage.job("ends", ["reschedule", "return"])
    assert job.join(timeout=20) is SUCCEEDED
    first, second = stage.events("call")
    assert 0.15 <= second["at"] - first["at"] < 1.0
    assert first["run_id"] != second["run_id"]
    assert second["due"] > first["due"]


def test_p22_a_poll_is_the_same_run_and_its_place_is_free(stage: Stage) -> None:
    gate = stage.gate()
    with stage.busy(leave=1):
        job = stage.job("polls_until", str(gate))
        stage.wait("polled")
        other = stage.job("note")
        assert other.join(timeout=20) is SUCCEEDED, "there is one place for both"
        stage.wait("polled", 3)
        assert not stage.state(job).ended
        gate.touch()
        assert job.join(timeout=20) is SUCCEEDED
    assert len(set(fields(stage.events("polled"), "run_id", "attempt", "failures"))) == 1


def test_p23_a_message_that_comes_twice_is_run_once(stage: Stage) -> None:
    with stage.busy():
        job = stage.job("note", "once")
        stage.wait_state(job, JobState.SENT)
        stage.deliver(job, 5)
    assert job.join(timeout=20) is SUCCEEDED
    gate = stage.gate()
    with stage.busy(leave=2):
        running = stage.job("holds", str(gate), name="running")
        stage.wait("holds", id=running.id)
        stage.deliver(running, 5)
        after = stage.job("note", "after")
        assert after.join(timeout=20) is SUCCEEDED, "the copies before it were taken"
        assert stage.state(running) is JobState.RUNNING
        gate.touch()
        assert running.join(timeout=20) is SUCCEEDED
    assert len(stage.events("note", id=job.id)) == 1
    assert len(stage.events("holds", id=running.id)) == 1


def test_p25_a_message_of_an_old_generation_is_refused(stage: Stage) -> None:
    with stage.busy():
        moved, changed = stage.job("note", "moved"), stage.job("note", "old")
        for job in (moved, changed):
            stage.wait_state(job, JobState.SENT)
        later = moved.reschedule(countdown=1.0)
        assert later is not None
        assert changed.update(args=("new",)) is not None
    assert stage.ended(moved, changed) == [SUCCEEDED] * 2
    (event,) = stage.events("note", id=moved.id)
    assert event["at"] >= later.due_time.timestamp()
    assert [event["args"] for event in stage.events("note", id=changed.id)] == [["new"]]


@pytest.mark.parametrize(
    ("outcome", "named"),
    [
        ("poll now", "PollAfter must be more than 0, not 0"),
        ("reschedule nowhen", "RescheduleAt must be a datetime, a timedelta or seconds"),
        ("no time at all", "the class PollAfter, without a time"),
        ("generator", "the handler returned a generator"),
    ],
)
def test_p41_an_impossible_result_is_a_failure_that_names_it(stage: Stage, outcome: str, named: str) -> None:
    job = stage.job("ends", [outcome, "return"])
    assert job.join(timeout=20) is SUCCEEDED
    (asked,) = stage.events("asked")
    assert named in asked["error"]
    first, second = stage.events("call")
    assert (second["attempt"], second["failures"]) == (2, 1)
    assert named in second["previous_error"]
    assert first["run_id"] != second["run_id"]
    wait_until(lambda: stage.app.AsyncResult(job.id).state == "SUCCESS", 5)
