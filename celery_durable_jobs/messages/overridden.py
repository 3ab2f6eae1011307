"""Has somebody laid hands on Celery's own way of sending a task?

Sentry and New Relic wrap ``Task.apply_async`` and ``Celery.send_task``, tenant packages override the first in a base
class: their headers are added there, not in a signal. This library's own wrappers don't count.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

from celery import Celery
from celery.app.task import Task


def apply_async_is_own(task: Task) -> bool:
    """True where ``task.apply_async`` is Celery's, and nobody has wrapped or overridden it."""
    return _is_own(_apply_async_of(task), _APPLY_ASYNC)


def send_task_is_own(app: Celery) -> bool:
    """True where ``app.send_task`` is Celery's, and nobody has wrapped or overridden it."""
    return _is_own(app.send_task, _SEND_TASK)


def _apply_async_of(task: Task) -> Any:
    """The first ``apply_async`` on the way up that isn't this library's."""
    for cls in type(task).__mro__:
        if "apply_async" in vars(cls) and not cls.__module__.startswith("celery_durable_jobs."):
            return vars(cls)["apply_async"]
    return Task.apply_async


def _code(function: Any) -> types.CodeType | None:
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return getattr(function, "__code__", None)


_APPLY_ASYNC = _code(Task.apply_async)
_SEND_TASK = _code(Celery.send_task)


def _is_own(function: Callable[..., Any], code: types.CodeType | None) -> bool:
    """True where it is Celery's function itself (or this library's wrapper around it)."""
    if type(function) is types.MethodType:  # not isinstance: wrapt's proxies look like what they wrap
        function = function.__func__
    while True:
        if type(function) is not types.FunctionType:
            return False
        if function.__code__ is code:
            return True
        if not function.__globals__.get("__name__", "").startswith("celery_durable_jobs."):
            return False
        function = getattr(function, "__wrapped__", None)  # type: ignore[assignment]
