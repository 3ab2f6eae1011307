"""Which extension does a call belong to?

An app has at most one extension. It is found by the app (also one that was pickled: its configuration bears a mark
from which the extension is made anew), by a handler's app, as the current one, or by its namespace. Nothing here is
bound to a thread, and a fork takes it along.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import threading
import weakref
from collections.abc import Iterator
from typing import Any, Protocol

from celery_durable_jobs.errors import ConfigurationError, NoAppError


class Extension(Protocol):
    """What the parts of the library use of ``DurableJobs`` (``celery_durable_jobs.app``)."""

    @property
    def app(self) -> Any:
        """The Celery app."""

    @property
    def settings(self) -> Any:
        """The ``Settings``, checked at first use."""

    @property
    def store(self) -> Any:
        """The ``Store``, opened at first use."""

    @property
    def stripes(self) -> int:
        """The number of stripes, as it stands in the store."""


_ATTRIBUTE = "_durable_jobs_extension"
_MARK = "durable_jobs_extension"  # settings.INSTALLED: settings lie above this module

_apps: weakref.WeakSet[Any] = weakref.WeakSet()
_moved: list[Any] = []
"""The extensions whose time is moved by hand. While there is one, no call falls to an extension that isn't among them:
it would reach a real store from within a test."""
_lock = threading.RLock()


def register(app: Any, extension: Any) -> None:
    """Make ``extension`` the one of ``app``.

    :raises ConfigurationError: the app has another one.
    """
    with _lock:
        known = app.__dict__.get(_ATTRIBUTE)
        if known is not None and known is not extension:
            raise ConfigurationError(f"the app {app.main!r} has its DurableJobs extension already")
        setattr(app, _ATTRIBUTE, extension)
        _apps.add(app)
        if app.configured:
            app.conf[_MARK] = True
        else:  # app.conf would be finalized by a look
            app._preconf[_MARK] = True


def extension_of(app: Any) -> Any | None:
    """The extension of ``app``, or None when it has none."""
    app = real_app(app)
    if app is None:
        return None
    found = app.__dict__.get(_ATTRIBUTE)
    if found is None and _marked(app):
        with _lock:
            found = app.__dict__.get(_ATTRIBUTE)
            if found is None:
                # By name: the extension lies above this module.
                found = importlib.import_module("celery_durable_jobs.app").DurableJobs(app)
    return found


def extension_for_handler(task: Any) -> Any:
    """The extension of the handler's app; of the current one where that has none, or nothing tells the app.

    :raises NoAppError: none can be told, or it is not the one whose time is moved.
    """
    app = getattr(task, "app", None)
    found = extension_of(app) if app is not None else None
    return refuse_unmoved(found) if found is not None else current_extension()


def current_extension() -> Any:
    """The extension of the app whose task runs here, else of the current app, else the only registered one.

    (Celery knows its current app by thread: other threads see the default app, which need not have the extension.)

    :raises NoAppError: there is none, or several and none is current; or it is not the one whose time is moved.
    """
    from celery import _state

    running = _state.get_current_task() if _runs_tasks(_state) else None
    for app in (
        getattr(running, "app", None),
        getattr(_state._tls, "current_app", None),
        _state.default_app,
    ):
        found = extension_of(app) if app is not None else None
        if found is not None:
            return refuse_unmoved(found)
    registered = _registered()
    if len(registered) == 1:
        return refuse_unmoved(extension_of(registered[0]))
    if not registered:
        raise NoAppError("no Celery app here has durable jobs: DurableJobs(app), and import the module that does it")
    names = ", ".join(sorted(repr(app.main) for app in registered))
    raise NoAppError(f"several apps have durable jobs ({names}) and none is current here: app.set_default()")


def _runs_tasks(state: Any) -> bool:
    """Whether some thread of this process may be running a task: a look where Celery keeps them all, if it does."""
    local = getattr(state._task_stack, "_local", None)
    stacks = getattr(local, "__storage__", None)
    return stacks is None or bool(stacks)


def extension_for_namespace(namespace: str) -> Any:
    """The extension of the app with this namespace; the current one where no registered app has it.

    :raises NoAppError: no app with this namespace is known here.
    """
    try:
        current = current_extension()
    except NoAppError:
        current = None
    if current is not None and _namespace(current) == namespace:
        return current
    for found in (*_moved, *map(extension_of, _registered())):
        if found is not None and found is not current and _namespace(found) == namespace:
            return found
    raise NoAppError(f"no Celery app here has durable jobs in the namespace {namespace!r}: import the module with it")


@contextlib.contextmanager
def moved(extension: Any) -> Iterator[None]:
    """Within it ``extension``'s app is the current one in every thread; a call that falls to another is refused."""
    from celery import _state

    app = extension.app
    current, default = _state._tls.current_app, _state.default_app
    app.set_current()
    app.set_default()
    _moved.append(extension)
    try:
        yield
    finally:
        _moved.remove(extension)
        # Another one may have been made current since: that is not ours to undo.
        if _state._tls.current_app is app:
            _state._tls.current_app = current
        if _state.default_app is app:
            _state.default_app = default


def is_moved(extension: Any) -> bool:
    """Whether its time is moved by hand, and stands still until then."""
    return extension in _moved


def refuse_unmoved(extension: Any) -> Any:
    """The extension, unless others' time is moved and its own isn't.

    :raises NoAppError: so it is.
    """
    if not _moved or extension in _moved:
        return extension
    ours, other = _moved[-1].app.main, extension.app.main
    raise NoAppError(
        f"time is moved for the app {ours!r}, and this call would go to another one, {other!r}, and its real store: "
        "make the moved app the current one (app.set_current()), or move the time of this one as well"
    )


def _registered() -> list[Any]:
    """The apps with an extension, but for those that were closed and are only still referred to."""
    from celery import _state

    open_apps = _state._get_active_apps()
    return [app for app in list(_apps) if app in open_apps]


def _namespace(extension: Any) -> str | None:
    try:
        return str(extension.settings.namespace)
    except ConfigurationError:  # another app's trouble is not this call's
        return None


def real_app(app: Any) -> Any:
    """The app behind Celery's proxies (``current_app``), or what was given."""
    unwrap = getattr(type(app), "_get_current_object", None)
    return unwrap(app) if unwrap is not None else app


def real_task(handler: Any) -> Any:
    """The task behind Celery's proxy for a handler, or what was given: a proxy looks for it at each touch."""
    unwrap = getattr(type(handler), "_get_current_object", None)
    return unwrap(handler) if unwrap is not None else handler


def _marked(app: Any) -> bool:
    # A pickled app is rebuilt with its configuration's changes as ``_preconf``. Looking there doesn't finalize it.
    return bool((getattr(app, "_preconf", None) or {}).get(_MARK))


def _renew_lock() -> None:
    global _lock
    _lock = threading.RLock()


os.register_at_fork(after_in_child=_renew_lock)
