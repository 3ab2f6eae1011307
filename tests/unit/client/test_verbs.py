"""get, cancel, reschedule, update, replay, forget, join, pause, stats: each by id, by key, and on a job."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from celery.result import AsyncResult
from kombu import serialization

from celery_durable_jobs import (
    CancelOutcome,
    DuplicateKeyError,
    InvalidArgumentsError,
    InvalidMetadataError,
    InvalidRouteError,
    InvalidTimeError,
    JobNotFoundError,
    JobState,
    JobTimeoutError,
    UnserializableError,
    durable_jobs,
    schedule_job,
)
from celery_durable_jobs.steps import Claim, FinishKind, Get, Look, MarkSent
from tests.unit.client.lives import run_due

SOON = datetime(2030, 1, 1, tzinfo=timezone.utc)
UNKNOWN = "1---0m8xF5NF7snKu--DMrGng0LjZn"


def arguments(job: Any) -> Any:
    content = durable_jobs.store.send(Get(job.id)).content
    args, kwargs, embed = serialization.loads(content.body, content.content_type, content.content_encoding, force=True)
    return args, kwargs, embed


# -- get and refresh ---


def test_get(app: Any) -> None:
    job = schedule_job.apply("any", eta=SOON, key="k", target="t")
    assert durable_jobs.get(job.id) == durable_jobs.get(job) == durable_jobs.get(key="k", target="t") == job
    assert durable_jobs.get(key="k") is None
    assert durable_jobs.get(UNKNOWN) is None


def test_refresh_keeps_what_only_the_handle_knows(app: Any) -> None:
    job = schedule_job.apply("any", countdown=0, target="t", metadata={"a": "b"}, key="k")
    run_due()
    now = job.refresh()
    assert now is not None
    assert (now.state, now.attempt, now.target, now.metadata, now.key, now.created) == (
        JobState.SUCCEEDED, 1, "t", {"a": "b"}, "k", True,
    )  # fmt: skip
    fresh = durable_jobs.get(job.id)
    assert fresh is not None
    assert fresh.target is None, "a store keeps little of a job that has ended"


def test_refresh_of_an_unknown_one(app: Any) -> None:
    job = schedule_job.apply("any", countdown=0)
    durable_jobs.store._state.stripes.clear()  # type: ignore[attr-defined]  # a store that was emptied
    assert durable_jobs.get(job.id) is None


# -- cancel ---


def test_cancel_is_honest(app: Any) -> None:
    waiting = schedule_job.apply("any", eta=SOON)
    assert waiting.cancel() is CancelOutcome.CANCELLED
    assert durable_jobs.cancel(waiting.id) is CancelOutcome.CANCELLED, "again"
    running = schedule_job.apply("any", countdown=0)
    run_due(finish=None)
    assert running.cancel() is CancelOutcome.REQUESTED
    assert not running.cancel()
    done = schedule_job.apply("any", countdown=0)
    run_due()
    assert done.cancel() is CancelOutcome.ENDED
    assert durable_jobs.cancel(UNKNOWN) is CancelOutcome.NOT_FOUND
    assert durable_jobs.cancel(key="none") is CancelOutcome.NOT_FOUND
    keyed = schedule_job.apply("any", eta=SOON, key="k", target="t")
    assert durable_jobs.cancel(key="k", target="t")
    assert keyed.refresh().state is JobState.CANCELLED  # type: ignore[union-attr]


def test_a_cancelled_jobs_result_is_revoked(make_app: Callable[..., Any], namespace: str) -> None:
    make_app(namespace, result_backend="cache+memory://")
    one, two = (schedule_job.apply("any", eta=SOON) for _ in range(2))
    assert one.cancel()
    assert durable_jobs.find().cancel() == {"cancelled": 1}
    assert AsyncResult(one.id).state == AsyncResult(two.id).state == "REVOKED"


# -- reschedule ---


def test_reschedule(app: Any) -> None:
    job = schedule_job.apply("any", eta=SOON)
    later = SOON + timedelta(days=1)
    moved = job.reschedule(eta=later)
    assert moved is not None
    assert (moved.id, moved.due_time, moved.state) == (job.id, later, JobState.WAITING)
    now = durable_jobs.reschedule(job.id, countdown=0)
    assert now is not None
    assert abs(now.due_time - datetime.now(timezone.utc)) < timedelta(seconds=5)


def test_reschedule_of_what_cannot_move(app: Any) -> None:
    job = schedule_job.apply("any", countdown=0)
    run_due(finish=None)
    assert job.reschedule(countdown=5) is None
    assert durable_jobs.reschedule(UNKNOWN, countdown=5) is None


def test_reschedule_and_expires(app: Any) -> None:
    job = schedule_job.apply("any", eta=SOON, expires=SOON + timedelta(hours=1))
    with pytest.raises(InvalidTimeError, match="expires"):
        job.reschedule(eta=SOON + timedelta(hours=2))
    with pytest.raises(InvalidTimeError):
        job.reschedule(eta=SOON, expires=SOON - timedelta(hours=2))
    assert job.reschedule(eta=SOON + timedelta(hours=2), expires=SOON + timedelta(hours=3)) is not None
    assert job.reschedule(eta=SOON + timedelta(days=2), expires=None) is not None
    with pytest.raises(InvalidTimeError):
        job.reschedule()


# -- update ---


def test_update(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(
        handlers.send.s(1, text="x").set(link=handlers.send.si(9)), eta=SOON, metadata={"a": "b"}, headers={"h": 1}
    )
    changed = job.update(args=(2,))
    assert changed is not None
    assert (changed.id, changed.metadata, changed.due_time) == (job.id, {"a": "b"}, SOON)
    args, kwargs, embed = arguments(job)
    assert (args, kwargs) == ([2], {"text": "x"})
    assert embed["callbacks"][0]["task"] == "send"
    assert durable_jobs.store.send(Get(job.id)).content.headers["h"] == 1  # type: ignore[union-attr]
    job.update(kwargs={"text": "y"})
    assert arguments(job)[:2] == ([2], {"text": "y"})
    assert job.update(metadata=None).metadata is None  # type: ignore[union-attr]
    assert job.update(metadata={}, args=[3], kwargs={}).metadata == {}  # type: ignore[union-attr]
    assert arguments(job)[:2] == ([3], {})
    job.update(expires=SOON + timedelta(hours=1))
    assert durable_jobs.store.send(Get(job.id)).expires_us is not None  # type: ignore[union-attr]


def test_update_keeps_serializer_and_compression(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send.s(1).set(compression="gzip"), eta=SOON)
    job.update(args=("x" * 1_000,))
    content = durable_jobs.store.send(Get(job.id)).content  # type: ignore[union-attr]
    assert content is not None
    assert len(content.body) < 500
    assert content.headers["argsrepr"].startswith("('xxx")
    pickled = schedule_job.apply(handlers.send, args=(1,), eta=SOON, serializer="pickle")
    with pytest.raises(UnserializableError):
        pickled.update(args=(2,))


def test_update_keeps_hidden_arguments_hidden(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send.s("secret").set(argsrepr="(***)"), eta=SOON)
    job.update(args=("another secret",))
    content = durable_jobs.store.send(Get(job.id)).content  # type: ignore[union-attr]
    assert content is not None
    assert content.headers["argsrepr"] == "(***)"


def test_update_where_pickle_is_accepted(make_app: Callable[..., Any], namespace: str) -> None:
    make_app(namespace, accept_content=["json", "pickle"])
    job = schedule_job.apply("any", args=({1, 2},), kwargs={"a": 1}, eta=SOON, serializer="pickle")
    job.update(args=({3},))
    assert arguments(job)[:2] == (({3},), {"a": 1})


def test_update_is_checked(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send, args=(1,), eta=SOON)
    with pytest.raises(InvalidArgumentsError, match="what"):
        job.update()
    with pytest.raises(InvalidArgumentsError):
        job.update(args=())
    with pytest.raises(InvalidArgumentsError):
        job.update(args=42)  # type: ignore[arg-type]
    with pytest.raises(InvalidMetadataError):
        job.update(metadata={"a": 1})  # type: ignore[dict-item]
    with pytest.raises(UnserializableError):
        job.update(args=(object(),))
    assert arguments(job)[:2] == ([1], {})


def test_update_of_what_cannot_change(app: Any) -> None:
    job = schedule_job.apply("any", countdown=0)
    run_due(finish=None)
    assert job.update(args=(1,)) is None
    assert job.update(metadata={}) is None
    assert durable_jobs.update(UNKNOWN, args=(1,)) is None


# -- replay and forget ---


def test_replay(app: Any) -> None:
    job = schedule_job.apply("any", countdown=0, key="k", target="t")
    run_due(finish=FinishKind.DIE)
    dead = job.refresh()
    assert dead is not None
    assert (dead.state, dead.error, dead.attempt) == (JobState.DEAD, "broken", 1)
    again = dead.replay(countdown=60, expires=120)
    assert again is not None
    assert (again.state, again.attempt, again.error, again.key) == (JobState.WAITING, 0, None, "k")
    assert again.replay() is None, "it isn't dead"
    assert durable_jobs.replay(UNKNOWN) is None


def test_replay_needs_its_key(app: Any) -> None:
    job = schedule_job.apply("any", countdown=0, key="k", target="t")
    run_due(finish=FinishKind.DIE)
    successor = schedule_job.apply("any", eta=SOON, key="k", target="t")
    assert successor.created
    with pytest.raises(DuplicateKeyError) as caught:
        job.replay()
    assert (caught.value.job_id, caught.value.key, caught.value.target) == (successor.id, "k", "t")


def test_forget(make_app: Callable[..., Any], namespace: str) -> None:
    app = make_app(namespace, result_backend="cache+memory://")
    job = schedule_job.apply("any", countdown=0)
    assert job.forget() is False, "it hasn't ended"
    run_due(finish=FinishKind.DIE)
    app.backend.store_result(job.id, "x", "FAILURE")
    assert job.forget() is True
    assert job.forget() is True, "again"
    assert durable_jobs.get(job.id) is None
    assert app.backend.get_state(job.id) == "PENDING"
    assert durable_jobs.forget(UNKNOWN) is False


# -- join ---


def test_join(app: Any) -> None:
    job = schedule_job.apply("any", countdown=0)
    runner = threading.Timer(0.1, run_due)
    runner.start()
    assert job.join(timeout=10) is JobState.SUCCEEDED
    runner.join()
    assert job.join(timeout=0) is JobState.SUCCEEDED


def test_join_that_times_out_says_why(app: Any, namespace: str) -> None:
    job = schedule_job.apply("any", eta=SOON)
    started = time.monotonic()
    with pytest.raises(JobTimeoutError, match=f"celery -A {namespace} durable-shards") as caught:
        job.join(timeout=timedelta(milliseconds=100))
    assert 0.1 <= time.monotonic() - started < 5
    assert caught.value.state is JobState.WAITING
    assert isinstance(caught.value, TimeoutError)
    durable_jobs.store.send(Look("keeper", {}))
    with pytest.raises(JobTimeoutError) as caught:
        job.join(timeout=0)
    assert "durable-shards" not in str(caught.value)


def test_join_of_an_unknown_job(app: Any) -> None:
    with pytest.raises(JobNotFoundError):
        durable_jobs.join(UNKNOWN, 1)
    with pytest.raises(InvalidTimeError):
        durable_jobs.join(UNKNOWN, -1)


# -- queues and figures ---


@pytest.mark.parametrize("stripes", [1, 4])
def test_pause_and_resume(make_app: Callable[..., Any], namespace: str, stripes: int) -> None:
    make_app(namespace, durable_jobs_shard_stripes=stripes)
    for number in range(10):
        schedule_job.apply("any", countdown=0, queue="mail", target=str(number))
    assert durable_jobs.pause(queue="mail") is True
    assert durable_jobs.pause("mail") is False
    assert durable_jobs.stats().paused == ("mail",)
    assert run_due() == []
    assert durable_jobs.resume(queue="mail") is True
    assert durable_jobs.resume("mail") is False
    assert len(run_due()) == 10
    for wrong in (None, "", 5):
        with pytest.raises(InvalidRouteError):
            durable_jobs.pause(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("stripes", [1, 4])
def test_stats(make_app: Callable[..., Any], namespace: str, stripes: int) -> None:
    make_app(namespace, durable_jobs_shard_stripes=stripes)
    for number in range(8):
        schedule_job.apply("any", countdown=-60, target=str(number))
    schedule_job.apply("any", eta=SOON, queue="other")
    before = durable_jobs.stats()
    assert before.counts["waiting"] == 9
    assert timedelta(seconds=60) <= before.overdue < timedelta(seconds=90)
    assert before.keepers == 0
    heads = {total.route.queue: total.next_due for total in before.routes}
    assert heads["other"] == SOON
    run_due(finish=FinishKind.DIE)
    after = durable_jobs.stats()
    assert (after.counts["waiting"], after.counts["dead"], after.keepers) == (1, 8, 1)
    assert after.overdue == timedelta(0)


# -- asyncio: the same answers ---


def test_twins_answer_alike(handlers: SimpleNamespace) -> None:
    async def story() -> None:
        job = await schedule_job.aapply(handlers.send, args=(1,), eta=SOON, key="k")
        assert await durable_jobs.aget(key="k") == job
        assert (await job.arefresh()) == job
        assert (await job.areschedule(eta=SOON + timedelta(days=1))).due_time == SOON + timedelta(days=1)  # type: ignore[union-attr]
        assert (await job.aupdate(args=(2,))) is not None
        assert arguments(job)[0] == [2]
        with pytest.raises(JobTimeoutError):
            await job.ajoin(timeout=0.05)
        assert await job.acancel() is CancelOutcome.CANCELLED
        assert await job.ajoin() is JobState.CANCELLED
        assert await job.areplay() is None
        assert await job.aforget() is True
        assert await durable_jobs.apause("q") is True
        assert await durable_jobs.aresume("q") is True
        assert (await durable_jobs.astats()).counts["waiting"] == 0

    asyncio.run(story())


def test_join_of_what_nobody_takes_asks_for_a_worker(handlers: SimpleNamespace) -> None:
    job, store = schedule_job.apply(handlers.mail, args=(1,), countdown=0), durable_jobs.store
    plain = schedule_job.apply(handlers.send, args=(1,), countdown=0)
    for held in store.send(Look("by hand", {})).held:
        for line in held.lines:
            sent = store.send(Claim(held.term, line.route)).jobs
            store.send(MarkSent(held.term, tuple((each.id, each.generation) for each in sent)))
    with pytest.raises(JobTimeoutError, match=r"it is sent, due \d+ s ago and not begun: .* the queue 'mail'\?$"):
        job.join(timeout=0)
    with pytest.raises(JobTimeoutError, match=r"the queue 'celery'\?$"):
        plain.join(timeout=0)


def test_a_forgotten_job_is_one_that_is_not_known(handlers: SimpleNamespace) -> None:
    job = schedule_job.apply(handlers.send, args=(1,), countdown=0)
    run_due()
    assert job.forget()
    with pytest.raises(JobNotFoundError, match="never stored, forgotten, or ended longer ago"):
        job.join(timeout=0)
