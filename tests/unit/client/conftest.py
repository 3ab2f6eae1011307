"""An app with durable jobs on a memory store of its own, current for the test and gone after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery, _state

from celery_durable_jobs import DurableJobs
from celery_durable_jobs.client import once
from celery_durable_jobs.stores.urls import forget_memory_stores


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """No keeper starts in this process: these tests move jobs by hand (``lives.py``), or leave them waiting."""
    monkeypatch.setattr(DurableJobs, "_start_local", lambda self: False)


@pytest.fixture
def make_app() -> Iterator[Callable[..., Any]]:
    """``make_app("shop", durable_jobs_…=…)``: an app with the extension, made current."""
    before = getattr(_state._tls, "current_app", None), _state.default_app
    finalizers = set(_state._on_app_finalizers)
    apps = []

    def make(name: str, extension: bool = True, **settings: Any) -> Any:
        settings = {"broker_url": "memory://", "durable_jobs_store": "memory://", **settings}
        app = Celery(name, changes=settings)
        if extension:
            DurableJobs(app)
        apps.append(app)
        return app

    yield make
    for app in apps:
        app.close()
    _state._on_app_finalizers.clear()
    _state._on_app_finalizers.update(finalizers)
    _state._tls.current_app, _state.default_app = before
    once._given.clear()
    forget_memory_stores()


@pytest.fixture
def app(make_app: Callable[..., Any], namespace: str) -> Any:
    """The test's app."""
    return make_app(namespace)


@pytest.fixture
def handlers(app: Any) -> SimpleNamespace:
    """Three handlers of the app: ``send(user, *, text)``, ``mail`` (its own queue and priority), ``bound``."""

    @app.durable_job_handler(name="send", shared=False)
    def send(context: Any, user: int, *, text: str = "hello") -> str:
        return f"{user} {text}"

    @app.durable_job_handler(name="mail", queue="mail", priority=3, shared=False)
    def mail(context: Any, user: int) -> int:
        return user

    @app.durable_job_handler(name="bound", bind=True, shared=False)
    def bound(self: Any, context: Any, number: int) -> int:
        return number

    @app.task(name="plain", shared=False)
    def plain(x: int) -> int:
        return x

    return SimpleNamespace(send=send, mail=mail, bound=bound, plain=plain)
