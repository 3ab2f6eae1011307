"""What was given as a handler: a task, a signature of one, or the name of one that lives elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from celery_durable_jobs import _current
from celery_durable_jobs.client.validate import LABEL_LIMIT, short
from celery_durable_jobs.errors import NotAHandlerError


class Resolved(NamedTuple):
    """``task`` is None where only the name is known here; arguments and options are a signature's."""

    extension: Any
    name: str
    task: Any = None
    args: Any = None
    kwargs: Any = None
    options: Mapping[str, Any] = MappingProxyType({})


def resolve(handler: Any, extension: Any = None) -> Resolved:
    """Find handler and extension (its app's, unless one is given).

    :raises NotAHandlerError: it is no durable job handler.
    :raises NoAppError: no extension can be told.
    """
    handler = _current.real_task(handler)
    if isinstance(handler, str):
        return _by_name(handler, extension or _current.current_extension())
    if isinstance(handler, dict) and "task" in handler:  # a Signature is one, and may have become a plain one as JSON
        return _by_signature(handler, extension)
    if isinstance(handler, type) or not isinstance(getattr(handler, "name", None), str) or not callable(handler):
        raise _no_handler(handler)
    if not is_handler(handler):
        raise _no_handler(handler, f"{handler.name} is a Celery task, and no durable job handler")
    return Resolved(extension or _current.extension_for_handler(handler), handler.name, handler)


def handler_name(handler: Any) -> str:
    """The name of a handler given as such, or as its name.

    :raises NotAHandlerError: it is neither.
    """
    if isinstance(handler, str):
        return _checked_name(handler)
    name = getattr(handler, "name", None)
    if not isinstance(name, str) or isinstance(handler, type):
        raise _no_handler(handler)
    return name


def is_handler(task: Any) -> bool:
    """Whether a Celery task was declared with ``@durable_job_handler``."""
    return getattr(task, "durable_job_handler", False) is True


def _by_name(name: str, extension: Any) -> Resolved:
    name = _checked_name(name)
    task = extension.app.tasks.get(name)
    if task is not None and not is_handler(task):
        raise _no_handler(name, f"{name} is a Celery task, and no durable job handler")
    return Resolved(extension, name, task)


def _by_signature(signature: Any, extension: Any) -> Resolved:
    name = signature["task"]
    if signature.get("subtask_type") or not isinstance(name, str):
        kind = signature.get("subtask_type") or type(signature).__name__
        raise _no_handler(
            signature, f"a {kind} is no single handler: schedule a handler that starts the canvas when it runs", tail=""
        )
    task = getattr(signature, "_type", None)
    if extension is None:
        app = getattr(task, "app", None) or getattr(signature, "_app", None)
        extension = _current.extension_of(app) if app is not None else None
        extension = _current.refuse_unmoved(extension) if extension is not None else _current.current_extension()
    found = extension.app.tasks.get(name) or task
    if found is not None and not is_handler(found):
        raise _no_handler(signature, f"{name} is a Celery task, and no durable job handler")
    return Resolved(
        extension,
        _checked_name(name),
        found,
        signature.get("args"),
        signature.get("kwargs"),
        dict(signature.get("options") or {}),
    )


def _checked_name(name: str) -> str:
    if not name.strip() or len(name) > LABEL_LIMIT:
        raise _no_handler(name, f"{short(name)} is no handler's name: 1 to {LABEL_LIMIT} characters", tail="")
    try:
        name.encode()
    except UnicodeEncodeError:
        raise _no_handler(name, f"{short(name)} is no handler's name", tail="") from None
    return name


_DECLARE = ": declare it with @durable_job_handler (or give the name of one that lives elsewhere)"


def _no_handler(value: Any, reason: str = "", tail: str = _DECLARE) -> NotAHandlerError:
    return NotAHandlerError(
        (reason or f"{short(value)} is no durable job handler") + tail, argument="handler", value=value
    )
