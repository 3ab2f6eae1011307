"""Celery's own headers, made once a handler: those of the next job are what Celery would have made for it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from celery.app.amqp import AMQP

from celery_durable_jobs.messages.celerys import task_message
from tests.unit.messages.test_envelope import record
from tests.unit.messages.wire import make_app


@pytest.mark.parametrize(("args", "kwargs"), [((1,), {}), ((), {}), (("é" * 3_000, [[[[[1]]]]]), {"who": {"a": None}})])
@pytest.mark.parametrize("texts", [(None, None), ("(…)", None), ("", "")])
def test_the_second_job_of_a_handler_is_as_the_first(args: Any, kwargs: Any, texts: Any) -> None:
    app, job = make_app(), record()
    first = task_message(app, job, (), {}, None, None)
    headers, properties = task_message(app, dataclasses.replace(job, id="second", failures=3), args, kwargs, *texts)
    wanted = app.amqp.as_task_v2(
        "second", job.handler, args, kwargs,
        retries=3, reply_to=app.thread_oid, argsrepr=texts[0], kwargsrepr=texts[1],
    )  # fmt: skip
    assert (headers, properties) == (wanted.headers, wanted.properties)
    assert list(headers) == list(wanted.headers)
    assert first[0]["id"] == first[1]["correlation_id"] == job.id


def test_an_amqp_of_ones_own_is_asked_for_each() -> None:
    app, asked = make_app(), list[str]()

    class Mine(AMQP):
        def as_task_v2(self, task_id: str, *args: Any, **kwargs: Any) -> Any:
            asked.append(task_id)
            return super().as_task_v2(task_id, *args, **kwargs)

    app.amqp = Mine(app)
    for name in ("a", "b"):
        task_message(app, dataclasses.replace(record(), id=name), (), {}, None, None)
    assert asked == ["a", "b"]
