"""Rows about what is scheduled, and what arrives of it."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from celery_durable_jobs import (
    BulkScheduleError,
    DurableJob,
    JobRequest,
    JobState,
    durable_jobs,
    schedule_job,
)
from celery_durable_jobs.errors import InvalidJobIdError, InvalidLabelError
from tests.parity.staging import Stage
from tests.support.waiting import PATIENCE

SUCCEEDED = JobState.SUCCEEDED
WINDOW = timedelta(seconds=1)
"""``shard_duration`` of the stage."""


def now() -> datetime:
    return datetime.now(timezone.utc)


def next_window(after: timedelta = timedelta(0)) -> datetime:
    """The first moment of a window that begins later than ``after`` from now."""
    start = datetime(2020, 1, 1, tzinfo=timezone.utc)
    return start + ((now() + after - start) // WINDOW + 1) * WINDOW


def test_p01_one_time_job(stage: Stage) -> None:
    due = now() + timedelta(seconds=0.4)
    note = stage.module.note
    jobs = [
        schedule_job.apply(
            note, args=(1, "a"), kwargs={"x": [2]}, eta=due, target="user:1", name="Reminder", metadata={"by": "mail"}
        ),
        schedule_job.apply(note.s(1, "a", x=[2]), countdown=0.3, target="user:1", name="Reminder", metadata={}),
        schedule_job.apply(note.s(1, "a", x=[2]), countdown=timedelta(seconds=0.2)),
    ]
    assert all(isinstance(job, DurableJob) and job.created for job in jobs)
    assert jobs[0].due_time == due
    assert stage.ended(*jobs) == [SUCCEEDED] * 3
    for job in jobs:
        (event,) = stage.events(id=job.id)
        assert (event["args"], event["kwargs"]) == ([1, "a"], {"x": [2]})
        assert (event["target"], event["name"], event["metadata"]) == (job.target, job.name, job.metadata)
        assert 0 <= event["at"] - job.due_time.timestamp() < 0.5 * PATIENCE


def test_p02_what_a_job_carries(stage: Stage) -> None:
    job = stage.job("note", countdown=0.1, name="Reminder", target="user:2", metadata={"message": "hello"})
    plain = stage.job("note", eta=job.due_time)
    assert (job.name, job.target, job.metadata) == ("Reminder", "user:2", {"message": "hello"})
    assert (plain.name, plain.target, plain.metadata) == ("tests.apps.parity_jobs.note", None, None)
    assert abs(job.due_time - now() - timedelta(seconds=0.1)) < timedelta(seconds=1)
    assert job.shard_id == plain.shard_id
    assert len({job.id, plain.id}) == 2
    assert pickle.loads(pickle.dumps(job)) == job == DurableJob.from_dict(json.loads(json.dumps(job.to_dict())))
    assert job != plain
    assert {job: 1}[pickle.loads(pickle.dumps(job))] == 1
    for part in (job.id, "Reminder", "user:2", job.due_time.isoformat(), "waiting"):
        assert part in repr(job)
    stage.ended(job, plain)
    (event,) = stage.events(id=job.id)
    assert {name: event[name] for name in ("name", "target", "metadata", "shard")} == {
        "name": job.name,
        "target": job.target,
        "metadata": job.metadata,
        "shard": job.shard_id,
    }
    assert event["due"] == job.due_time.timestamp()


def test_p08_several_jobs_for_one_target(stage: Stage) -> None:
    approves = stage.module.approves
    jobs = [
        schedule_job.apply(approves, countdown=0.1, target="order:8", name=name, metadata={"level": level})
        for name, level in (("Submit", "clerk"), ("Approve", "manager"), ("Approve", "boss"), ("Approve", "boss"))
    ]
    assert len({job.id for job in jobs}) == 4
    assert {job.id for job in durable_jobs.find(target="order:8")} <= {job.id for job in jobs}
    assert stage.ended(*jobs) == [SUCCEEDED] * 4
    steps = sorted(event["step"] for event in stage.events("approves", target="order:8"))
    assert steps == ["Approve:boss", "Approve:boss", "Approve:manager", "Submit:clerk"]


def test_p15_a_due_time_in_the_past_runs_at_once(stage: Stage) -> None:
    before = now().timestamp()
    jobs = [stage.job("note", countdown=-1), stage.job("note", eta=now() - timedelta(days=40))]
    assert stage.ended(*jobs) == [SUCCEEDED] * 2
    for job in jobs:
        (event,) = stage.events(id=job.id)
        assert 0 <= event["at"] - before < 1.0 * PATIENCE


ODD = ["", "a:b|c;d,e", "{tag}", "line\nbreak\r\n", "\x00\x1f", "𝔘𝔫𝔦 🎉 עברית ß", "' OR 1 --", "\\u0000\"'`", "%s{0}$1"]


def test_p36_special_characters_survive_everything(stage: Stage) -> None:
    jobs = {}
    for text in ODD:
        metadata = {text: text, "": "", "nested": json.dumps({text: [text]})}
        label = text if text.strip() else "label"
        jobs[text] = stage.job(
            "fails", 1, countdown=0.1, metadata=metadata, target=label, name=label, key=label, headers={"x-odd": text}
        )
        assert jobs[text].metadata == metadata
        assert durable_jobs.get(key=label, target=label) == jobs[text]
    assert stage.ended(*jobs.values()) == [SUCCEEDED] * len(ODD)
    for text, job in jobs.items():
        events = stage.events("fails", id=job.id)
        assert [event["attempt"] for event in events] == [1, 2]
        for event in events:
            assert event["metadata"] == job.metadata
            assert event["target"] == event["name"] == (text if text.strip() else "label")


def test_p37_many_callers_at_once(stage: Stage) -> None:
    """Ours in threads, and handlers in processes of their own: all jobs are stored, each that is due runs once."""
    callers, many, due = 8, 250, 30

    def call(caller: int) -> tuple[list[DurableJob], list[DurableJob]]:
        request = stage.module.with_options.s("later")
        later = schedule_job.apply_many(JobRequest(request, countdown=600) for _ in range(many))
        return later, [stage.job("note", f"caller {caller}", target=f"t{caller}") for _ in range(due)]

    handlers = [stage.job("schedules", [f"h{number}"], due) for number in range(stage.concurrency)]
    with ThreadPoolExecutor(callers) as pool:
        made = list(pool.map(call, range(callers)))
    assert stage.ended(*handlers) == [SUCCEEDED] * stage.concurrency
    later = {job.id for jobs, _ in made for job in jobs}
    assert len(later) == callers * many
    ids = {job.id for _, jobs in made for job in jobs}
    ids |= {child for event in stage.events("schedules") for child in event["children"]}
    assert len(ids) == due * (callers + stage.concurrency)
    stage.wait("note", len(ids), 60)
    assert sorted(event["id"] for event in stage.events("note")) == sorted(ids)
    assert {job.id for job in durable_jobs.find()} >= later
    assert durable_jobs.find().cancel()["cancelled"] == len(later)


@pytest.mark.parametrize("argument", ["name", "target", "key"])
def test_p44_blank_labels_are_refused(stage: Stage, argument: str) -> None:
    for wrong in ("", "   ", "\n\t", "x" * 256, 7):
        with pytest.raises(InvalidLabelError, match=argument) as caught:
            stage.job("note", countdown=60, **{argument: wrong})
        assert caught.value.argument == argument
    assert stage.job("note", countdown=60, **{argument: None}).name == stage.module.note.name
    assert len(list(durable_jobs.find())) == 1


def test_p44_cancel_of_nothing_is_refused_and_a_bad_one_in_a_batch_fails_alone(stage: Stage) -> None:
    with pytest.raises(InvalidJobIdError):
        durable_jobs.cancel(None)
    good = [JobRequest(stage.module.note.s(number), countdown=0) for number in range(4)]
    bad = JobRequest(stage.module.note, countdown=0, name=" ")
    with pytest.raises(BulkScheduleError, match=r"4 of 5 jobs were stored; 1 refused .*number 2: .*name") as caught:
        schedule_job.apply_many([*good[:2], bad, *good[2:]])
    assert [(index, request) for index, request, _ in caught.value.refused] == [(2, bad)]
    assert stage.ended(*caught.value.stored) == [SUCCEEDED] * 4
    assert sorted(event["args"][0] for event in stage.events("note")) == [0, 1, 2, 3]


def test_p46_null_metadata_stays_null_and_empty_stays_empty(stage: Stage) -> None:
    given: list[dict[str, str] | None] = [None, {}]
    jobs = [stage.job("fails", 1, metadata=metadata, countdown=0.1) for metadata in given]
    assert [job.metadata for job in jobs] == [None, {}]
    assert [stage.look(job).metadata for job in jobs] == [None, {}]
    stage.ended(*jobs)
    for job in jobs:
        assert [event["metadata"] for event in stage.events("fails", id=job.id)] == [job.metadata] * 2


def test_p50_due_times_with_any_offset_and_on_the_edge_of_a_window(stage: Stage) -> None:
    edge = next_window(timedelta(seconds=0.3))
    zones = [timezone.utc, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=8))]
    etas = [edge.astimezone(zone) for zone in zones]
    jobs = [stage.job("note", eta=eta) for eta in [*etas, *(eta.isoformat() for eta in etas)]]
    jobs.append(stage.job("note", eta=edge.isoformat().replace("+00:00", "Z")))
    assert {(job.due_time, job.shard_id) for job in jobs} == {(edge, jobs[0].shard_id)}
    before, after = (stage.job("note", eta=edge + timedelta(microseconds=us)) for us in (-1, 1))
    assert before.shard_id < jobs[0].shard_id == after.shard_id
    assert set(stage.ended(*jobs, before, after)) == {SUCCEEDED}
    for job in (*jobs, before, after):
        (event,) = stage.events(id=job.id)
        assert 0 <= event["at"] - job.due_time.timestamp() < 1.0 * PATIENCE
