"""Where one test's app lives: broker, store, namespace, queue; given to its processes as TEST_* variables."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import os
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType


@dataclasses.dataclass(frozen=True)
class Site:
    """The surroundings of one test's app.

    :param broker_url: ``TEST_BROKER_URL``.
    :param store_url: ``TEST_STORE_URL``.
    :param namespace: ``TEST_NAMESPACE``.
    :param result_backend: ``TEST_RESULT_BACKEND``; empty: results are not kept.
    :param queue: ``TEST_QUEUE``, the app's default queue.
    :param extra: further variables.
    """

    broker_url: str
    store_url: str
    namespace: str
    result_backend: str = ""
    queue: str = "celery"
    extra: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def variables(self) -> dict[str, str]:
        """As environment variables."""
        return {
            "TEST_BROKER_URL": self.broker_url,
            "TEST_STORE_URL": self.store_url,
            "TEST_NAMESPACE": self.namespace,
            "TEST_RESULT_BACKEND": self.result_backend,
            "TEST_QUEUE": self.queue,
            **self.extra,
        }

    def replace(self, **changes: object) -> Site:
        """The same with some fields changed."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]


@contextlib.contextmanager
def app_module(name: str, site: Site) -> Iterator[ModuleType]:
    """Import an app module afresh with the site's variables, so that the test is one of the app's clients.

    At the end its app is closed and every trace in Celery's global state (current app, finalizers of shared tasks)
    and in ``sys.modules`` is gone: the next test imports it anew for another site.

    :param name: for instance ``tests.apps.plain``; the module has an ``app``.
    """
    from celery import _state

    before = dict(os.environ)
    finalizers = set(_state._on_app_finalizers)
    current = getattr(_state._tls, "current_app", None)
    default = _state.default_app
    _forget(name)
    os.environ.update(site.variables())
    try:
        module = importlib.import_module(name)
        try:
            yield module
        finally:
            module.app.close()
    finally:
        os.environ.clear()
        os.environ.update(before)
        _forget(name)
        _state._on_app_finalizers.clear()
        _state._on_app_finalizers.update(finalizers)
        _state._tls.current_app = current
        _state.default_app = default


def _forget(name: str) -> None:
    parent, _, child = name.rpartition(".")
    sys.modules.pop(name, None)
    if parent in sys.modules and hasattr(sys.modules[parent], child):
        delattr(sys.modules[parent], child)
