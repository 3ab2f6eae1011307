"""A keeper dispatches, field by field, what ``handler.apply_async`` itself would have sent."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from celery_durable_jobs.messages.capture import capture
from celery_durable_jobs.messages.envelope import build_envelope
from tests.unit.messages.configurations import Case, options_of, parametrize_cases, task_of
from tests.unit.messages.wire import JOB_ID, NAMESPACE, comparable, make_app, publish, record_of, take


@parametrize_cases()
def test_same_message_as_apply_async(case: Case) -> None:
    app = make_app(**case.conf)
    task = task_of(app, case)

    task.apply_async(case.args, case.kwargs, task_id=JOB_ID, **options_of(app, task, case))
    celerys = take(app, *case.queues)
    captured = capture(app, task, case.args, case.kwargs, options_of(app, task, case), job_id=JOB_ID)
    envelope = build_envelope(app, record_of(captured, task.name), NAMESPACE)
    outcomes = publish(app, envelope)
    ours = take(app, *case.queues)

    assert [outcome.confirmed for outcome in outcomes] == [True], outcomes
    assert len(celerys) == len(ours) == 1
    assert ours[0][1]["headers"]["durable_job"] == f"1:7:handler:{NAMESPACE}"
    assert (ours[0][0], comparable(ours[0][1])) == (celerys[0][0], comparable(celerys[0][1]))


@parametrize_cases()
def test_same_message_when_somebody_has_wrapped_send_task(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentry's way of adding headers: nothing else may change by it."""
    app = make_app(**case.conf)
    task = task_of(app, case)
    seen: list[str] = []
    original = type(app).send_task

    def wrapper(self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        seen.append(name)
        kwargs["headers"] = {**(kwargs.get("headers") or {}), "trace": "t-1"}
        return original(self, name, *args, **kwargs)

    monkeypatch.setattr(type(app), "send_task", wrapper)
    task.apply_async(case.args, case.kwargs, task_id=JOB_ID, **options_of(app, task, case))
    celerys = take(app, *case.queues)
    captured = capture(app, task, case.args, case.kwargs, options_of(app, task, case), job_id=JOB_ID)
    publish(app, build_envelope(app, record_of(captured, task.name), NAMESPACE))
    ours = take(app, *case.queues)

    assert seen == [task.name, task.name]
    assert ours[0][1]["headers"]["trace"] == "t-1"
    assert (ours[0][0], comparable(ours[0][1])) == (celerys[0][0], comparable(celerys[0][1]))


def test_a_message_is_protocol_2_whatever_the_app_sends() -> None:
    app = make_app(task_protocol=1)
    captured = capture(app, "handlers.f", (1,), {}, {}, job_id=JOB_ID)
    publish(app, build_envelope(app, record_of(captured, "handlers.f"), NAMESPACE))
    [(_, message)] = take(app)
    assert message["headers"]["task"] == "handlers.f"
    assert message["headers"]["id"] == message["properties"]["correlation_id"] == JOB_ID


def test_by_name_alone_the_message_is_that_of_send_task() -> None:
    app = make_app()
    options = {"queue": "by-name", "priority": 2, "headers": {"a": 1}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        app.send_task("elsewhere.task", (1,), {"b": 2}, task_id=JOB_ID, **options)
    [(_, celerys)] = take(app, "by-name")
    captured = capture(app, "elsewhere.task", (1,), {"b": 2}, options, job_id=JOB_ID)
    publish(app, build_envelope(app, record_of(captured, "elsewhere.task"), NAMESPACE))
    [(_, ours)] = take(app, "by-name")
    theirs = comparable(celerys)
    # 5.4 says False, later releases None: "as the task says". A worker of 5.4 reads both alike.
    theirs["headers"]["ignore_result"] = None
    assert comparable(ours) == theirs


def test_retries_are_the_failures_and_nothing_has_a_time() -> None:
    app = make_app()
    captured = capture(app, "handlers.f", (1,), {}, {"eta": 5, "countdown": 7, "expires": 9}, job_id=JOB_ID)
    envelope = build_envelope(app, record_of(captured, "handlers.f", failures=3, generation=12), NAMESPACE)
    assert envelope.headers["retries"] == 3
    assert envelope.headers["eta"] is None
    assert envelope.headers["expires"] is None
    assert "expiration" not in envelope.properties
    assert envelope.headers["durable_job"] == f"1:12:handler:{NAMESPACE}"
