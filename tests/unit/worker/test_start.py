"""What a worker says of its pool when it starts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from celery_durable_jobs.worker.steps import _warn_of_limits


@pytest.mark.parametrize(
    ("module", "said"),
    [("eventlet", True), ("gevent", False), ("prefork", False), ("thread", False), ("solo", False)],
)
def test_a_pool_that_was_never_tried_is_named(bench, caplog, module, said):
    pool = type("TaskPool", (), {"__module__": f"celery.concurrency.{module}"})
    _warn_of_limits(SimpleNamespace(pool_cls=pool, app=bench.app, time_limit=None, soft_time_limit=None))
    assert ("never tried on the eventlet pool" in caplog.text) is said
