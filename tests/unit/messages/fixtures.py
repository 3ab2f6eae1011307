"""Fixtures for tests of messages on real brokers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
from celery import Celery

from celery_durable_jobs.messages.publish import Publisher
from tests.unit.messages.proxy import Proxy

__all__ = ["open_publisher", "proxy_to"]


@pytest.fixture
def open_publisher() -> Iterator[Callable[[Celery], Publisher]]:
    """Publishers that are closed at the end."""
    with contextlib.ExitStack() as stack:

        def opened(app: Celery) -> Publisher:
            publisher = Publisher(app)
            stack.callback(publisher.close)
            return publisher

        yield opened


@pytest.fixture
def proxy_to() -> Iterator[Callable[[int], Proxy]]:
    """Proxies that are closed at the end."""
    with contextlib.ExitStack() as stack:

        def started(port: int) -> Proxy:
            proxy = Proxy(port)
            stack.callback(proxy.close)
            return proxy

        yield started
