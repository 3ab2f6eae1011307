"""Ways to send a task that must come out the same, whether Celery sends it or a keeper does."""

from __future__ import annotations

import datetime
import decimal
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from celery import Celery
from kombu import Exchange, Queue


@dataclass(frozen=True)
class Case:
    """``options`` may be a function of app and task; ``queues`` are looked through for the message."""

    name: str
    conf: Mapping[str, Any] = field(default_factory=dict)
    task: Mapping[str, Any] = field(default_factory=dict)
    args: Any = (1,)
    kwargs: Any = None
    options: Mapping[str, Any] | Callable[[Celery, Any], Mapping[str, Any]] = field(default_factory=dict)
    queues: tuple[str, ...] = ()
    needs: str = ""
    """A module without which it can't run."""
    worker: bool = False
    """A worker has declared the app's queues: nobody who publishes by exchange and key alone does."""


TOPIC = (Queue("topic-q", Exchange("topic-x", type="topic"), routing_key="order.#"),)
NAMED = (Queue("named-q", Exchange("named-x", type="direct"), routing_key="key-of-q"),)
MOMENT = datetime.datetime(2031, 5, 6, 7, 8, 9, 123456, tzinfo=datetime.timezone.utc)

CASES = [
    Case("plain"),
    Case("no arguments", args=None),
    Case("keywords", args=("ü€😀", [1, {"a": None}]), kwargs={"x": 1.5, "y": True}),
    Case(
        "types of kombu",
        args=(MOMENT, MOMENT.date(), uuid.UUID(int=5), decimal.Decimal("1.50"), b"\xff\x00", b"text"),
    ),
    Case("queue", options={"queue": "mail"}, queues=("mail",)),
    Case("queue of the task", task={"queue": "mail-of-task"}, queues=("mail-of-task",)),
    Case("queue object of the app", options=lambda app, _: {"queue": app.amqp.queues["mail"]}, queues=("mail",)),
    Case(
        "queue object of nobody",
        options={"queue": Queue("own", Exchange("own-x", type="topic"), routing_key="a.b", queue_arguments={"x": 1})},
        queues=("own",),
    ),
    Case("default queue renamed", conf={"task_default_queue": "elsewhere"}, queues=("elsewhere",)),
    Case(
        "default exchange and key",
        conf={
            "task_default_queue": "dq",
            "task_default_exchange": "dx",
            "task_default_exchange_type": "topic",
            "task_default_routing_key": "d.k",
        },
        queues=("dq",),
    ),
    Case("priority 0", options={"priority": 0}),
    Case("priority 3", options={"priority": 3}),
    Case("priority 6", options={"priority": 6}),
    Case("priority 9", options={"priority": 9}),
    Case("priority of the task", task={"priority": 5}),
    Case("default priority", conf={"task_default_priority": 4}),
    Case("topic exchange", conf={"task_queues": TOPIC}, options={"queue": "topic-q"}, queues=("topic-q",)),
    Case(
        "topic exchange with a key",
        conf={"task_queues": TOPIC},
        options={"queue": "topic-q", "routing_key": "order.paid"},
        queues=("topic-q",),
    ),
    Case(
        "exchange and key alone",
        conf={"task_queues": TOPIC},
        options={"exchange": "topic-x", "routing_key": "order.paid"},
        queues=("topic-q",),
        worker=True,
    ),
    Case(
        "exchange object",
        conf={"task_queues": TOPIC},
        options={"exchange": Exchange("topic-x", type="topic"), "routing_key": "order.paid"},
        queues=("topic-q",),
        worker=True,
    ),
    Case("named direct exchange", conf={"task_queues": NAMED}, options={"queue": "named-q"}, queues=("named-q",)),
    Case(
        "routes",
        conf={"task_routes": {"handlers.*": {"queue": "routed", "priority": 7, "delivery_mode": 1}}},
        queues=("routed",),
    ),
    Case("routes to a name", conf={"task_routes": {"handlers.f": "by-name"}}, queues=("by-name",)),
    Case(
        "routes by a function",
        conf={"task_routes": (lambda name, args, kwargs, options, task=None, **kw: {"queue": f"n{args[0]}"},)},
        args=(17,),
        queues=("n17",),
    ),
    Case("headers", options={"headers": {"tenant": "t1", "nested": {"a": [1, 2]}, "none": None}}),
    Case("header that overrides", options={"headers": {"lang": "other", "origin": "me"}}),
    Case("headers with types", options={"headers": {"at": MOMENT, "id5": uuid.UUID(int=5)}}),
    Case("gzip", options={"compression": "gzip"}, args=("x" * 500,)),
    Case("bzip2 by configuration", conf={"task_compression": "bzip2"}),
    Case("gzip of the task", task={"compression": "zlib"}),
    Case("pickle", options={"serializer": "pickle"}, args=({1, 2}, MOMENT)),
    Case("pickle of the task and gzip", task={"serializer": "pickle"}, options={"compression": "gzip"}),
    Case("yaml", options={"serializer": "yaml"}, needs="yaml"),
    Case("msgpack", options={"serializer": "msgpack"}, needs="msgpack"),
    Case("large body", args=("y" * 20_000,)),
    Case("link", options=lambda _, task: {"link": task.s(3), "link_error": [task.si(4), task.s(5).set(queue="q")]}),
    Case("shadow", options={"shadow": "shown so"}),
    Case("ignore_result", options={"ignore_result": True}),
    Case("ignore_result of the task", task={"ignore_result": True}),
    Case("ignore_result by configuration", conf={"task_ignore_result": True}),
    Case("time limits", options={"time_limit": 30, "soft_time_limit": 20.5}),
    Case("time limits of the task", task={"time_limit": 30, "soft_time_limit": 20}),
    Case("delivery mode", options={"delivery_mode": 1}),
    Case("delivery mode by configuration", conf={"task_default_delivery_mode": "transient"}),
    Case("reply_to", options={"reply_to": "somewhere"}),
    Case("argsrepr", options={"argsrepr": "(***)"}),
    Case("argsrepr and kwargsrepr", options={"argsrepr": "", "kwargsrepr": "{hidden}"}),
    Case("stamps", options={"stamped_headers": ["monitor"], "monitor": "id-1"}),
    Case("group", options={"group_id": "g", "group_index": 3}),
    Case("ids", options={"root_id": "r", "parent_id": "p"}),
    Case("other properties", options={"message_id": "m", "type": "t", "user_id": "guest"}),
]


def parametrize_cases() -> Any:
    """Run the test for every case."""
    return pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def task_of(app: Celery, case: Case) -> Any:
    """The task of a case, named ``handlers.f``."""
    if case.needs:
        pytest.importorskip(case.needs)

    @app.task(name="handlers.f", shared=False, **case.task)
    def f(*args: Any, **kwargs: Any) -> None:
        """Never run."""

    app.finalize()
    if case.worker:
        _declare_queues(app)
    return app.tasks["handlers.f"]


def _declare_queues(app: Celery) -> None:
    """As a worker does at its start."""
    with app.connection_for_write() as connection:
        for queue in app.amqp.queues.values():
            queue.bind(connection.default_channel).declare()


def options_of(app: Celery, task: Any, case: Case) -> dict[str, Any]:
    """The options of a case."""
    return dict(case.options(app, task) if callable(case.options) else case.options)
