"""What a worker says of its pool when it starts."""

from __future__ import annotations

from types import SimpleNamespace

import click
import pytest
from celery import Celery

from celery_durable_jobs import DurableJobs, SettingError
from celery_durable_jobs.worker.steps import ConsumerStep, WorkerStep, _warn_of_limits, _warn_of_policies


@pytest.mark.parametrize(
    ("module", "said"),
    [("eventlet", True), ("gevent", False), ("prefork", False), ("thread", False), ("solo", False)],
)
def test_a_pool_that_was_never_tried_is_named(bench, caplog, module, said):
    pool = type("TaskPool", (), {"__module__": f"celery.concurrency.{module}"})
    _warn_of_limits(SimpleNamespace(pool_cls=pool, app=bench.app, time_limit=None, soft_time_limit=None))
    assert ("never tried on the eventlet pool" in caplog.text) is said


@pytest.mark.parametrize("where", ["handler", "setting"])
@pytest.mark.parametrize(
    ("policy", "trouble"),
    [
        ("nope.mod:fn", "ModuleNotFoundError: No module named 'nope'"),
        ("os.path:nope", "AttributeError"),
        ("os:sep", "it is no function, but '/'"),
        ("os.path:join", None),
    ],
)
def test_a_retry_policy_that_cannot_be_imported_is_named(bench, caplog, where, policy, trouble):
    settings = SimpleNamespace(should_retry=policy if where == "setting" else None)
    if where == "handler":
        bench.app.durable_job_handler(name="policed", should_retry=policy, shared=False)(_nothing)
    bench.app.finalize()
    _warn_of_policies(bench.app, settings)
    said = "durable_jobs_should_retry" if where == "setting" else "should_retry of policed"
    assert (f"{said} = {policy!r} can't be used" in caplog.text) is (trouble is not None)
    assert trouble is None or trouble in caplog.text


def _nothing(context):
    """A handler."""


def test_a_wrong_setting_is_a_line_for_who_types_the_command():
    app = Celery(
        "shop", set_as_current=False, changes={"durable_jobs_store": "memory://", "durable_jobs_lease_ttl": -1}
    )
    DurableJobs(app)
    worker = SimpleNamespace(app=app)
    with pytest.raises(SettingError):
        WorkerStep(worker)
    with (
        click.Context(click.Command("worker")),
        pytest.raises(click.ClickException, match="durable_jobs_lease_ttl = -1"),
    ):
        WorkerStep(worker)


def test_a_store_in_memory_is_said_to_be_out_of_reach(caplog):
    app = Celery("shop", set_as_current=False, changes={"broker_url": "memory://", "durable_jobs_store": "memory://"})
    DurableJobs(app)
    connection = SimpleNamespace(transport=None, default_channel=None)
    consumer = SimpleNamespace(app=app, strategies={}, on_decode_error=None, connection=connection)
    ConsumerStep(consumer).start(consumer)
    assert "memory://, which lives inside one process" in caplog.text
    assert "no keeper" not in caplog.text
