"""Reads a test app's surroundings from the environment; every module here calls :func:`configure`.

``TEST_BROKER_URL``, ``TEST_STORE_URL``, ``TEST_NAMESPACE``, ``TEST_RESULT_BACKEND`` and ``TEST_QUEUE`` come from
``tests.support.site.Site``. Without them an app lives in memory, so that it can be imported anywhere.
"""

from __future__ import annotations

import os

from celery import Celery


def namespace(default: str) -> str:
    """The name of the app: ``Celery(namespace("plain"))``."""
    return os.environ.get("TEST_NAMESPACE") or default


def store_url() -> str:
    """The store of durable jobs, ``memory://`` by default."""
    return os.environ.get("TEST_STORE_URL") or "memory://"


def configure(app: Celery) -> None:
    """Set broker, result backend, default queue and what makes a worker quick to start and to stop."""
    app.conf.update(
        broker_url=os.environ.get("TEST_BROKER_URL") or "memory://",
        result_backend=os.environ.get("TEST_RESULT_BACKEND") or None,
        task_default_queue=os.environ.get("TEST_QUEUE") or "celery",
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=2,
        worker_enable_remote_control=os.environ.get("TEST_REMOTE_CONTROL", "1") != "0",
        timezone="UTC",
        enable_utc=True,
    )
