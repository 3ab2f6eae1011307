"""Whether what Celery made of a call still holds for the next one, told at a glance.

``alike.py`` asks everything again that can change from call to call, in Celery's own way. Here the same things are
looked at where they lie, and compared with how they lay: a tenth of the time. Whatever lies otherwise sends the call
back to ``alike.py``.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any

from celery import Celery, signals
from celery._state import _task_stack, get_current_worker_task
from celery.app.amqp import AMQP
from celery.app.task import Task
from celery.app.utils import Settings

from celery_durable_jobs.messages import alike
from celery_durable_jobs.messages.body import JSON, encode_quickly
from celery_durable_jobs.messages.difference import SHOWN_BODY
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route

_stacks: Any = getattr(getattr(_task_stack, "_local", None), "__storage__", None)
"""The stacks of running tasks of all threads, where Celery keeps them in one place; none of them, in most clients."""

_SIGNALS: tuple[Any, ...] = (signals.before_task_publish, signals.after_task_publish, signals.task_sent)


class Known:
    """What the calls of one handler with the same options become, and what that was learnt from."""

    __slots__ = (
        "_amqp", "_app", "_classes", "_default_queue", "_exchange", "_exec", "_form", "_queue", "_result", "_router",
        "_send_task", "_sender", "_shadow", "_task", "_told",
    )  # fmt: skip

    def __init__(self, app: Celery, task: Task, queue: Any, form: alike.Form) -> None:
        self._app: Any = app
        self._task: Any = task
        self._form = form
        self._amqp: Any = app.amqp
        self._router, self._sender = self._amqp.router, self._amqp.send_task_message
        self._queue, self._exchange = queue, queue.exchange
        self._send_task, self._shadow = _function(app.send_task), _function(task.shadow_name)
        self._classes = [(vars(each), vars(each).get("apply_async")) for each in type(task).__mro__[:-1]]
        self._exec = dict(self._task._get_exec_options())
        self._default_queue = _Setting(app.conf, "task_default_queue")
        self._result = _Setting(app.conf, "result_backend", "CELERY_RESULT_BACKEND")
        self._told = self._tell()

    @property
    def route(self) -> Route:
        """The route of each."""
        return self._form.route

    @property
    def headers(self) -> Mapping[str, Any]:
        """The headers of each that are stored."""
        return self._form.headers

    def holds(self) -> bool:
        """Whether it holds for a call at this moment.

        What may be wrapped is compared by identity: a wrapper may say that it equals what it wraps.
        """
        app, amqp, task = self._app, self._amqp, self._task
        made = amqp.__dict__  # Kombu's cached properties lie there
        for signal in _SIGNALS:
            if signal.receivers:
                return False
        for names, had in self._classes:
            if names.get("apply_async") is not had:
                return False
        return (
            app.__dict__.get("amqp") is amqp
            and made.get("router") is self._router
            and made.get("send_task_message") is self._sender
            and made.get("queues") is self._router.queues
            and "as_task_v2" not in made
            and AMQP.as_task_v2 is alike.AS_TASK
            and _function(app.send_task) is self._send_task
            and _function(task.shadow_name) is self._shadow
            and task._get_exec_options() == self._exec
            and (_stacks == {} or not get_current_worker_task())
            and self._tell() == self._told
        )

    def content_of(self, args: Any, kwargs: Any) -> Content | None:
        """The content of a call with these arguments; None where they need more than that."""
        body = encode_quickly(args, kwargs, self._form.serializer)
        if body is None or len(body) > SHOWN_BODY:
            return None
        return Content(body, JSON, "utf-8", self._form.headers, _NO_OPTIONS)

    def _tell(self) -> tuple[Any, ...]:
        """Values that may have become others since."""
        task, router, queue, exchange = self._task, self._router, self._queue, self._queue.exchange
        queues = router.queues
        return (
            task.ignore_result, task.priority, len(queues.aliases),
            [(type(each), each(task.name)) for each in router.routes] if router.routes else None,
            dict.get(queues, queue.name) is queue,
            queue.name, queue.routing_key, exchange is self._exchange, exchange.name, exchange.type,
            exchange.delivery_mode, self._default_queue.now(), self._result.now(),
        )  # fmt: skip


_NO_OPTIONS: Mapping[str, Any] = {}


def known(app: Celery, task: Task, options: Mapping[str, Any]) -> Known | None:
    """What has been learnt of calls with these options; None where nothing was, or a glance can't tell if it holds."""
    kind = alike.kind_of(app, task, task.name, (), {}, options)
    form = kind.kept.get(kind.key) if kind is not None else None
    if kind is None or form is None or type(app.conf) is not Settings or _dumps_models(task):
        return None
    return Known(app, task, kind.queue, form)


def _dumps_models(task: Any) -> bool:
    return getattr(task, "_dump_pydantic_arguments", None) is not None


def _function(method: Any) -> Any:
    return method.__func__ if type(method) is types.MethodType else method


class _Setting:
    """A setting's values in all places where Celery would look for it, without its way through them."""

    __slots__ = ("_conf", "_keys", "_names")

    def __init__(self, conf: Any, *names: str) -> None:
        self._conf, self._names = conf, names
        self._keys = list(dict.fromkeys(conf._key(key) for name in names for key in conf._to_keys(name)))

    def now(self) -> list[Any]:
        keys, found = self._keys, []
        for place in self._conf.maps:
            if type(place) is not dict:
                return [self._conf.get(name) for name in self._names]
            for key in keys:
                if key in place:
                    found.append((key, place[key]))
        return found
