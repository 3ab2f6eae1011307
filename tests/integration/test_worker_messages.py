"""Messages that come twice, too late, from elsewhere, or can't be read: none of them stops a worker or is run twice."""

from __future__ import annotations

import contextlib
import json
import threading

import pytest

from celery_durable_jobs.jobs import JobState
from celery_durable_jobs.messages.envelope import build_envelope
from celery_durable_jobs.messages.headers import HEADER, make_header
from celery_durable_jobs.messages.publish import Publisher
from celery_durable_jobs.steps import Get
from tests.apps.worker_fixtures import keeper, settings, stage, worker  # noqa: F401
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("keeper")


def publish(stage, job, generation=None, headers=(), body=None, content_type=None):  # noqa: F811
    """Put a message of a job onto its queue by hand."""
    record = stage.extension.store.send(Get(job.id))
    envelope = build_envelope(stage.app, record, stage.extension.settings.namespace)
    made = {**envelope.headers, **dict(headers)}
    if generation is not None:
        made[HEADER] = make_header(stage.extension.settings.namespace, generation)
    for name in [name for name, value in made.items() if value is None and name in dict(headers)]:
        del made[name]
    with stage.app.connection_for_write() as connection:
        producer = stage.app.amqp.Producer(connection)
        producer.publish(
            envelope.body if body is None else body,
            exchange="",
            routing_key=envelope.routing_key,
            headers=made,
            content_type=content_type or envelope.content_type,
            content_encoding=envelope.content_encoding,
            correlation_id=job.id,
        )
    return envelope


def sent(stage, *arguments, **options):  # noqa: F811
    """A job whose message lies on a queue that nobody consumes yet."""
    job = stage.job(*arguments, **options)
    stage.wait_state(job, JobState.SENT)
    return job


class TestCopies:
    def test_are_run_once_and_leave_nothing(self, stage, worker):  # noqa: F811
        job = sent(stage, "note", "once")
        record = stage.extension.store.send(Get(job.id))
        publisher = Publisher(stage.app)
        envelope = build_envelope(stage.app, record, stage.extension.settings.namespace)
        publisher.publish_batch([envelope] * 20)
        publisher.close()
        process = worker(concurrency=2)
        assert job.join(20) is JobState.SUCCEEDED
        done = stage.job("note", "after")
        assert done.join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("note", tag="once")) == 1
        what = [line["what"] for line in stage.trace.lines(id=job.id) if line["what"] != "signal task_received"]
        assert sorted(what) == sorted(["note", "signal task_prerun", "signal task_postrun", "signal task_success"]), (
            what
        )
        log = [line for line in process.log().splitlines() if job.id in line]
        assert sum("succeeded" in line for line in log) == 1
        assert all("received" in line or "succeeded" in line for line in log), log
        assert stage.result(job).get(timeout=10) == "once"

    def test_stale_cancelled_and_unknown(self, stage, worker):  # noqa: F811
        job = sent(stage, "note", "cancelled")
        old = build_envelope(stage.app, stage.extension.store.send(Get(job.id)), stage.extension.settings.namespace)
        moved = sent(stage, "note", "moved")
        publisher = Publisher(stage.app)
        publisher.publish_batch([old])
        publisher.close()
        assert job.cancel()
        assert moved.reschedule(countdown=0)
        process = worker(concurrency=1)
        assert moved.join(20) is JobState.SUCCEEDED
        assert stage.job("note", "last").join(20) is JobState.SUCCEEDED
        assert not stage.trace.lines("note", tag="cancelled")
        assert len(stage.trace.lines("note", tag="moved")) == 1
        assert not [line for line in stage.trace.lines(id=job.id) if line["what"] != "signal task_received"]
        assert "ERROR" not in process.log()
        # Whoever cancels writes the result.
        assert stage.result(job).state == "REVOKED"

    def test_while_it_runs(self, stage, worker):  # noqa: F811
        worker(concurrency=2)
        gate = stage.file("gate")
        job = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        record = stage.extension.store.send(Get(job.id))
        for _ in range(5):
            publish(stage, job, generation=record.generation)
        assert stage.job("note").join(20) is JobState.SUCCEEDED
        gate.touch()
        assert job.join(20) is JobState.SUCCEEDED
        assert len(stage.trace.lines("waits")) == 1


class TestEvents:
    def test_flower_sees_that_a_refused_message_is_no_run(self, stage, worker):  # noqa: F811
        job = sent(stage, "note", "once")
        for generation in (1_001, 1_002, 1_003):
            publish(stage, job, generation=generation)
        seen = []

        def listen():
            with stage.app.connection() as connection:
                receiver = stage.app.events.Receiver(connection, handlers={"*": seen.append})
                listening.set()
                with contextlib.suppress(TimeoutError, OSError):
                    receiver.capture(limit=None, timeout=3)

        listening = threading.Event()
        listener = threading.Thread(target=listen)
        listener.start()
        listening.wait(5)
        worker(concurrency=1, options=["-E"])
        assert job.join(20) is JobState.SUCCEEDED
        wait_until(lambda: sum(event["type"] == "task-revoked" for event in seen) == 3, 10, lambda: str(seen))
        types = {event["type"] for event in seen if event.get("uuid") == job.id}
        assert types == {"task-received", "task-started", "task-succeeded", "task-revoked"}
        listener.join(10)


class TestUnreadable:
    @pytest.mark.parametrize(
        ("body", "content_type", "why"),
        [
            (b"{not json", "application/json", "can't be read"),
            (b"[1, 2]", "application/json", "no triple"),
            (b'"text"', "application/json", "no triple"),
            (b"[[], [], {}]", "application/json", "no mapping"),
            (b'["abc", {}, {}]', "application/json", "no list"),
            (b"\x80\x04K*.", "application/x-python-serialize", "can't be read"),
            (b"data", "application/x-unheard-of", "no triple|can't be read"),
        ],
        ids=["broken", "pair", "text", "kwargs", "args", "pickle", "unknown"],
    )
    def test_is_buried_and_the_worker_goes_on(self, stage, worker, body, content_type, why):  # noqa: F811
        job = sent(stage, "note", "never")
        record = stage.extension.store.send(Get(job.id))
        with stage.app.connection_for_write() as connection:
            connection.default_channel.queue_purge(stage.site.queue)
        publish(stage, job, generation=record.generation, body=body, content_type=content_type)
        process = worker(concurrency=1)
        assert job.join(20) is JobState.DEAD
        import re

        assert re.search(why, job.refresh().error), job.refresh().error
        assert stage.job("note", "after").join(20) is JobState.SUCCEEDED
        assert process.running
        wait_until(lambda: stage.result(job).state == "FAILURE", 5)

    def test_of_an_ordinary_call_of_a_handler(self, stage, worker):  # noqa: F811
        process = worker(concurrency=1)
        job = sent_plain(stage, b"[1, 2]")
        process.wait_for_log("invalid task message")
        assert stage.job("note", "after").join(20) is JobState.SUCCEEDED
        assert job

    def test_a_message_that_names_no_task(self, stage, worker):  # noqa: F811
        job = sent(stage, "note", "never")
        record = stage.extension.store.send(Get(job.id))
        with stage.app.connection_for_write() as connection:
            connection.default_channel.queue_purge(stage.site.queue)
        publish(stage, job, generation=record.generation, headers={"task": None})
        worker(concurrency=1)
        assert job.join(20) is JobState.DEAD
        assert "names no task" in job.refresh().error

    def test_arguments_that_no_longer_bind(self, stage, worker):  # noqa: F811
        job = sent(stage, "note", "never")
        record = stage.extension.store.send(Get(job.id))
        with stage.app.connection_for_write() as connection:
            connection.default_channel.queue_purge(stage.site.queue)
        publish(stage, job, generation=record.generation, body=json.dumps([[1, 2, 3], {}, {}]).encode())
        worker(concurrency=1)
        assert job.join(20) is JobState.DEAD
        assert "takes" in job.refresh().error
        assert stage.result(job).state == "FAILURE"
        assert not stage.trace.lines("note")


def sent_plain(stage, body):  # noqa: F811
    """An ordinary message of a handler, with such a body."""
    with stage.app.connection_for_write() as connection:
        stage.app.amqp.Producer(connection).publish(
            body, exchange="", routing_key=stage.site.queue, content_type="application/json", content_encoding="utf-8",
            headers={"task": stage.module.note.name, "id": "plain-1", "lang": "py", "retries": 0},
        )  # fmt: skip
    return "plain-1"


class TestElsewhere:
    def test_another_namespace_and_a_later_version(self, stage, worker):  # noqa: F811
        process = worker(concurrency=1)
        record_job = sent_job = stage.job("note", "own")
        assert sent_job.join(20) is JobState.SUCCEEDED
        waiting = stage.job("note", "later", countdown=60)
        for header in (make_header("elsewhere", 1), "99:unheard:of", "nonsense"):
            publish(stage, waiting, headers={HEADER: header})
        process.wait_for_log("belongs to the namespace 'elsewhere'")
        process.wait_for_log("has version 99")
        process.wait_for_log("can't be read")
        assert stage.job("note", "after").join(20) is JobState.SUCCEEDED
        assert stage.state(waiting) is JobState.WAITING
        assert not stage.trace.lines("note", tag="later")
        assert record_job

    def test_a_handler_that_is_not_known_yet(self, stage, worker):  # noqa: F811
        process = worker(concurrency=1)
        from celery_durable_jobs import schedule_job

        job = schedule_job.apply("tomorrows.handler", args=("x",), countdown=0)
        process.wait_for_log("its handler 'tomorrows.handler' is not known", count=2)
        assert process.running
        assert stage.state(job) in (JobState.WAITING, JobState.CLAIMED, JobState.SENT)
        assert stage.result(job).state == "PENDING"
        assert stage.job("note", "after").join(20) is JobState.SUCCEEDED


class TestGrace:
    @pytest.fixture
    def settings(self):
        return {"durable_jobs_unknown_grace": 0.5}

    def test_an_unknown_handler_is_dead_after_the_grace(self, stage, worker):  # noqa: F811
        process = worker(concurrency=1)
        from celery_durable_jobs import schedule_job

        job = schedule_job.apply("nobodys.handler", countdown=0)
        assert job.join(20) is JobState.DEAD
        assert job.refresh().error == "no worker knows the handler 'nobodys.handler'"
        process.wait_for_log(
            r"aliases=\('nobodys\.handler',\).* a dead letter 0\.5 s after .*durable_jobs_unknown_grace"
        )
        with pytest.raises(Exception, match="no worker knows"):
            stage.result(job).get(timeout=10)
