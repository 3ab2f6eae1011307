"""A dispatch tells how long it kept the server busy: a keeper's batches follow that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps import Dispatch
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.contract.test_dispatch import ANY, MARK, QUEUE
from tests.unit.redis_store.conftest import OpenStore

if TYPE_CHECKING:
    from tests.support.servers import Kind, Server


@pytest.mark.parametrize("kind", ["valkey", "redis"])
def test_it_tells_how_long_it_took(make_server: Callable[..., Server], open_store: OpenStore, kind: Kind) -> None:
    """Both a server whose clock stands still while a script runs, and one that has no processor's time."""
    server = make_server(kind)
    jobs = StoreDriver(open_store(server.url()), MovedClock())
    job_id = jobs.add(When(at_us=1_000_000_000_000_000))
    with server.client() as client:
        client.set(MARK, b"")
    answer = jobs.send(Dispatch(jobs.lease(job_id), jobs.get(job_id).route, MARK, QUEUE, (ANY,)))
    assert len(answer.jobs) == 1
    assert 0 < answer.took_us < 1_000_000
