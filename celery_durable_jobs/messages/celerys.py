"""Headers and properties of a job's message, by Celery's own ``as_task_v2``: it is called once a handler and process.

What it makes for two jobs of one handler differs in ids, retries and shown arguments alone; the rest is copied.
"""

from __future__ import annotations

import os
from typing import Any
from weakref import WeakKeyDictionary

from celery import Celery
from celery.app.amqp import AMQP
from celery.utils.saferepr import saferepr

from celery_durable_jobs.model.record import JobRecord

_AS_TASK = AMQP.as_task_v2

_made: WeakKeyDictionary[Celery, dict[tuple[int, str], Any]] = WeakKeyDictionary()

HANDLERS = 1_000
"""For so many of an app the copy is kept."""


def task_message(
    app: Celery, record: JobRecord, args: Any, kwargs: Any, args_text: str | None, kwargs_text: str | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Headers and properties of the job's message. The texts are what is shown of the arguments; None: to be made."""
    amqp: Any = app.amqp
    if type(amqp) is not AMQP or AMQP.as_task_v2 is not _AS_TASK or "as_task_v2" in amqp.__dict__:
        # Somebody's own may look at anything.
        message = amqp.as_task_v2(
            record.id, record.handler, args, kwargs,
            retries=record.failures, reply_to=app.thread_oid, argsrepr=args_text, kwargsrepr=kwargs_text,
        )  # fmt: skip
        return message.headers, message.properties
    made = _made.setdefault(app, {})
    key = os.getpid(), record.handler
    if key not in made:
        if len(made) >= HANDLERS:
            made.clear()
        made[key] = amqp.as_task_v2("", record.handler, argsrepr="", kwargsrepr=""), _levels(app)
    message, levels = made[key]
    headers = {
        **message.headers,
        "id": record.id,
        "root_id": record.id,
        "retries": record.failures,
        "argsrepr": saferepr(args, amqp.argsrepr_maxsize, **levels) if args_text is None else args_text,
        "kwargsrepr": saferepr(kwargs, amqp.kwargsrepr_maxsize, **levels) if kwargs_text is None else kwargs_text,
    }
    return headers, {**message.properties, "correlation_id": record.id, "reply_to": app.thread_oid}


def _levels(app: Celery) -> dict[str, int]:
    """Celery before 5.6 has no setting for it."""
    levels = app.conf.get("task_repr_maxlevels")
    return {} if levels is None else {"maxlevels": levels}
