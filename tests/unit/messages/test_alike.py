"""The second call of a kind is stored as if it were the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from celery import Celery, signals
from celery._state import _task_stack
from kombu import entity

from celery_durable_jobs.messages import capture as capture_module
from celery_durable_jobs.messages.alike import KEPT
from celery_durable_jobs.messages.capture import Captured, capture
from celery_durable_jobs.messages.caught import Caught, catch
from tests.unit.messages.configurations import Case, options_of, parametrize_cases, task_of
from tests.unit.messages.wire import JOB_ID, make_app

Exchange: Any = entity.Exchange
Queue: Any = entity.Queue
OTHER_ID = JOB_ID[:-1] + ("a" if JOB_ID[-1] != "a" else "b")


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The calls that go the whole way through Celery."""
    went: list[str] = []

    def counted(app: Celery, task: Any, name: str, *others: Any) -> Caught:
        went.append(name)
        return catch(app, task, name, *others)

    monkeypatch.setattr(capture_module, "catch", counted)
    return went


def call(app: Celery, *args: Any, **options: Any) -> Captured:
    return capture(app, app.tasks["f"], args, {}, options, job_id=OTHER_ID)


def _nothing(*args: Any) -> None:
    """The handler."""


def app_of(**conf: Any) -> Celery:
    app = make_app(**conf)
    app.task(_nothing, name="f")
    return app


@parametrize_cases()
def test_the_second_is_as_the_first(case: Case) -> None:
    app = make_app(**case.conf)
    task = task_of(app, case)

    def told(args: Any, kwargs: Any, job_id: str) -> Captured:
        return capture(app, task, args, kwargs, options_of(app, task, case), job_id=job_id)

    first = told(case.args, case.kwargs, JOB_ID)
    vars(app.amqp).pop(KEPT, None)  # learnt anew, from other arguments
    told(case.args, {"other": 1}, OTHER_ID)
    told((*(case.args or ()), "other"), case.kwargs, OTHER_ID)
    assert told(case.args, case.kwargs, JOB_ID) == first


def test_the_second_of_a_kind_skips_celery(ways: list[str]) -> None:
    app = app_of()
    for number in range(3):
        assert call(app, number).content.body.startswith(b"[[%d], {}, " % number)
    assert ways == ["f"]
    assert call(app, 1, queue="other").route.queue == "other"
    assert call(app, 2, queue="other", priority=3).route.priority == 3
    assert call(app, 3, queue="other").route.priority is None
    assert ways == ["f"] * 3


def test_what_is_changed_later_is_heeded(ways: list[str]) -> None:
    app = app_of()
    changes: list[tuple[Callable[[], Any], Callable[[Captured], bool]]] = [
        (lambda: None, lambda told: bool(told.route.queue)),
        (lambda: setattr(app.conf, "task_default_queue", "later"), lambda told: told.route.queue == "later"),
        (lambda: app.conf.update(task_routes={"f": {"queue": "routed"}}), lambda told: told.route.queue == "routed"),
        (lambda: app.conf.task_routes["f"].update(queue="inside"), lambda told: told.route.queue == "inside"),
        (lambda: app.conf.task_routes["f"].update(priority=4), lambda told: told.route.priority == 4),
        (
            lambda: app.amqp.queues.add(Queue("inside", Exchange("topics", type="topic"), routing_key="a.b")),
            lambda told: (told.route.exchange, told.route.routing_key) == ("topics", "a.b"),
        ),
        (
            lambda: setattr(app.amqp.queues["inside"], "routing_key", "c.d"),
            lambda told: told.route.routing_key == "c.d",
        ),
        (lambda: setattr(app.tasks["f"], "ignore_result", True), lambda told: told.content.headers["ignore_result"]),
        (lambda: setattr(app.conf, "result_backend", "rpc://"), lambda told: "properties" in told.content.options),
    ]
    for change, seen in changes:
        change()
        assert seen(call(app, 1))
        assert seen(call(app, 2))
    assert len(ways) == len(changes) + 1, "each once, and with rpc:// always"


def test_a_receiver_that_comes_later_sees_each_message() -> None:
    app = app_of()
    call(app, 1)
    got: list[Any] = []

    def receive(headers: dict[str, Any], body: Any, **_: Any) -> None:
        got.append(list(body[0]))
        headers["trace"] = len(got)

    signals.before_task_publish.connect(receive, weak=False)
    try:
        assert [call(app, number).content.headers["trace"] for number in (2, 3)] == [1, 2]
    finally:
        signals.before_task_publish.disconnect(receive)
    assert got == [[2], [3]]
    assert call(app, 4).content.headers == {}


def test_a_router_is_asked_each_time_and_once(ways: list[str]) -> None:
    asked: list[Any] = []

    def router(name: str, args: Any, kwargs: Any, options: Any, task: Any = None, **_: Any) -> Any:
        asked.append(args[0])
        return {"queue": f"q{args[0]}"}

    app = app_of(task_routes=[router])
    assert [call(app, number).route.queue for number in (1, 2, 2)] == ["q1", "q2", "q2"]
    assert asked == [1, 2, 2]


def test_within_a_run_the_family_is_kept() -> None:
    app = app_of()
    call(app, 1)
    parent = app.tasks["f"]
    parent.push_request(id="parent", root_id="root", called_directly=False)
    _task_stack.push(parent)
    try:
        headers = call(app, 2).content.headers
    finally:
        _task_stack.pop()
        parent.pop_request()
    assert (headers["root_id"], headers["parent_id"]) == ("root", "parent")
    assert call(app, 3).content.headers == {}


def test_large_arguments_bring_what_a_keeper_shows() -> None:
    app = app_of()
    call(app, 1)
    assert {"argsrepr", "kwargsrepr"} <= call(app, "x" * 20_000).content.headers.keys()
    assert call(app, 2).content.headers == {}
