"""What capture keeps of a call: signals, the run it is made in, and what it must not touch."""

from __future__ import annotations

import datetime
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import Celery, Task, signals
from celery._state import _task_stack
from kombu import Queue

from celery_durable_jobs.messages.capture import capture
from celery_durable_jobs.messages.envelope import build_envelope
from celery_durable_jobs.model.route import Route
from tests.unit.messages.wire import JOB_ID, NAMESPACE, envelope_for, make_app, publish, record_of, take


@pytest.fixture
def connect() -> Iterator[Callable[..., None]]:
    """Connect receivers to signals for one test."""
    connected: list[tuple[Any, Any]] = []

    def to(signal: Any, receiver: Any) -> None:
        signal.connect(receiver, weak=False)
        connected.append((signal, receiver))

    yield to
    for signal, receiver in connected:
        signal.disconnect(receiver)


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to connect a socket fails the test."""

    def refuse(*arguments: Any) -> None:
        raise AssertionError(f"a connection was made: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def task_in(app: Celery, **options: Any) -> Any:
    @app.task(name="handlers.f", shared=False, **options)
    def f(*args: Any, **kwargs: Any) -> None:
        """Never run."""

    app.finalize()
    return app.tasks["handlers.f"]


def test_a_small_job_stores_nothing_but_its_body() -> None:
    app = make_app()
    captured = capture(app, task_in(app), (1,), job_id=JOB_ID)
    assert captured.route == Route(app.conf.task_default_queue)
    assert dict(captured.content.headers) == {}
    assert dict(captured.content.options) == {}
    assert captured.content.body.startswith(b"[[1], {}, {")
    assert (captured.content.content_type, captured.content.content_encoding) == ("application/json", "utf-8")


def test_both_signals_fire_when_scheduling_and_neither_at_dispatch(connect: Callable[..., None]) -> None:
    app = make_app()
    told: list[tuple[str, Any]] = []

    def before(sender: Any, body: Any, headers: Any, properties: Any, declare: Any, **more: Any) -> None:
        told.append(("before", sender))
        assert body[0] == (1,)
        assert headers["id"] == properties["correlation_id"] == JOB_ID
        assert headers["argsrepr"] == "(1,)"
        assert headers["origin"]
        assert [queue.name for queue in declare] == ["mail"]
        assert (more["exchange"], more["routing_key"]) == ("", "mail")
        headers["trace"] = "t-1"

    def after(sender: Any, headers: Any, **_: Any) -> None:
        told.append(("after", headers["trace"]))

    connect(signals.before_task_publish, before)
    connect(signals.after_task_publish, after)
    envelope = envelope_for(app, task_in(app), (1,), options={"queue": "mail"})
    assert told == [("before", "handlers.f"), ("after", "t-1")]
    assert publish(app, envelope)[0].confirmed
    assert told == [("before", "handlers.f"), ("after", "t-1")]
    [(_, message)] = take(app, "mail")
    assert message["headers"]["trace"] == "t-1"


def test_what_receivers_change_is_kept(connect: Callable[..., None]) -> None:
    app = make_app()
    moment = datetime.datetime(2030, 1, 2, tzinfo=datetime.timezone.utc)

    def before(body: Any, headers: Any, properties: Any, **_: Any) -> None:
        headers.update(argsrepr="(***)", when=moment, lang="xy")
        headers["stamps"]["a"] = [1]
        del headers["shadow"]
        properties["priority"] = 8
        properties["app_id"] = "me"
        body[1]["added"] = True
        headers.update(id="other", task="other", retries=9, eta="2020-01-01", expires="2020-01-01")  # not theirs

    connect(signals.before_task_publish, before)
    captured = capture(app, task_in(app), (1,), {"given": 1}, job_id=JOB_ID)
    record = record_of(captured, "handlers.f", failures=2)
    envelope = build_envelope(app, record, NAMESPACE)
    headers = envelope.headers
    assert captured.route.priority == 8
    assert envelope.properties["app_id"] == "me"
    assert b'{"given": 1, "added": true}' in envelope.body
    assert (headers["argsrepr"], headers["when"], headers["lang"]) == ("(***)", moment, "xy")
    assert headers["stamps"] == {"a": [1]}
    assert "shadow" not in headers
    assert (headers["id"], headers["task"], headers["retries"]) == (JOB_ID, "handlers.f", 2)
    assert headers["eta"] is headers["expires"] is None


def test_hidden_arguments_stay_hidden() -> None:
    app = make_app()
    envelope = envelope_for(app, task_in(app), ("secret",), {"b": 1}, {"argsrepr": "(hidden)"})
    assert envelope.headers["argsrepr"] == "(hidden)"
    assert envelope.headers["kwargsrepr"] == "{'b': 1}"


@pytest.mark.parametrize(
    "conf",
    [
        {},
        {"task_always_eager": True},
        {"result_backend": "redis://127.0.0.1:1/0"},
        {"result_backend": "rpc://"},
        {"task_send_sent_event": True},
        {"task_default_queue_type": "quorum"},
    ],
    ids=str,
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_no_connection_is_made(
    conf: dict[str, Any], wrapped: bool, no_connection: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither to the broker nor to the result backend, whatever is configured; and nothing runs."""
    if wrapped:
        original = Task.apply_async
        monkeypatch.setattr(Task, "apply_async", lambda self, *args, **kwargs: original(self, *args, **kwargs))
    app = make_app("redis://127.0.0.1:1/0", **conf)
    captured = capture(app, task_in(app), (1,), {}, {"countdown": 50}, job_id=JOB_ID)
    assert captured.route.queue == app.conf.task_default_queue


def test_replies_over_rpc_come_to_the_process_that_asked() -> None:
    app = make_app(result_backend="rpc://")
    captured = capture(app, task_in(app), (1,), job_id=JOB_ID)
    assert captured.content.options == {"properties": {"reply_to": app.thread_oid}}


def test_within_a_run_the_ids_of_the_family_are_kept() -> None:
    app = make_app(task_inherit_parent_priority=True)
    task = task_in(app)
    task.push_request(id="parent", root_id="root", called_directly=False, delivery_info={"priority": 4})
    _task_stack.push(task)
    try:
        captured = capture(app, task, (1,), job_id=JOB_ID)
        explicit = capture(app, task, (1,), {}, {"root_id": "r", "priority": 2}, job_id=JOB_ID)
    finally:
        _task_stack.pop()
        task.pop_request()
    assert captured.content.headers == {"root_id": "root", "parent_id": "parent"}
    assert captured.route.priority == 4
    assert explicit.content.headers == {"root_id": "r", "parent_id": "parent"}
    assert explicit.route.priority == 2


def test_a_base_class_that_adds_headers_is_heard() -> None:
    """As tenant packages do it: an ``apply_async`` of their own."""
    calls: list[Any] = []

    class TenantTask(Task):
        def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
            calls.append(options.get("queue"))
            options["headers"] = {**(options.get("headers") or {}), "tenant": "t7"}
            return super().apply_async(args, kwargs, **options)

    app = make_app()
    task = task_in(app, base=TenantTask, ignore_result=True)
    captured = capture(app, task, (1,), {}, {"queue": "mail", "headers": {"a": 1}}, job_id=JOB_ID)
    assert calls == ["mail"]
    assert captured.route == Route("mail")
    assert captured.content.headers == {"tenant": "t7", "a": 1, "ignore_result": True}


def test_a_base_class_that_sends_nothing_loses_no_job() -> None:
    class OnceTask(Task):
        def apply_async(self, *args: Any, **options: Any) -> Any:
            return None

    app = make_app()
    captured = capture(app, task_in(app, base=OnceTask), (1,), job_id=JOB_ID)
    assert captured.content.body.startswith(b"[[1], {}")


def test_a_name_that_the_app_knows_is_that_task() -> None:
    app = make_app()
    task = task_in(app, serializer="pickle", time_limit=9)
    assert capture(app, "handlers.f", (1,), job_id=JOB_ID) == capture(app, task, (1,), job_id=JOB_ID)


def test_a_queue_that_only_the_caller_knows_travels_with_the_job() -> None:
    app = make_app()
    queue = Queue("own", exchange="own-x", routing_key="k", durable=False, queue_arguments={"x-max-length": 5})
    envelope = envelope_for(app, "handlers.f", (1,), options={"queue": queue})
    assert envelope.queue == queue
    assert envelope.queue.exchange == queue.exchange
    assert "own" not in app.amqp.queues
