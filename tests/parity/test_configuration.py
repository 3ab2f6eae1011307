"""Rows about settings, and about whose jobs are whose."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import Celery, _state

from celery_durable_jobs import DurableJobs, JobState, SettingError, StoreIdentityError, durable_jobs, schedule_job
from tests.parity.staging import APP, Stage
from tests.support.processes import ProcessGroup
from tests.support.site import Site
from tests.support.workers import keeper_arguments, worker_arguments

SUCCEEDED = JobState.SUCCEEDED
WRONG = [
    ("shard_duration", 0, r"durable_jobs_shard_duration = 0: .*allowed: 1 to 86,400 s"),
    ("max_backlog", -1, r"durable_jobs_max_backlog = -1: .*allowed: 1 to "),
    ("should_retry", 3, r"durable_jobs_should_retry = 3: "),
    ("shard_strips", 2, r"unknown setting durable_jobs_shard_strips = 2; did you mean durable_jobs_shard_stripes\?"),
]


@pytest.fixture
def make_app() -> Iterator[Callable[..., Any]]:
    """``make_app("shop", durable_jobs_…=…)``: another app of this process; not the current one."""
    made = []

    def make(name: str, **settings: Any) -> DurableJobs:
        before = getattr(_state._tls, "current_app", None), _state.default_app
        app = Celery(name, changes={"broker_url": "memory://", **settings}, set_as_current=False)
        _state._tls.current_app, _state.default_app = before
        made.append(DurableJobs(app))
        return made[-1]

    yield make
    for extension in made:
        extension.close()
        extension.app.close()


@pytest.mark.parametrize(("name", "value", "said"), WRONG, ids=[name for name, _, _ in WRONG])
def test_p18_a_wrong_setting_names_itself_and_what_is_allowed(
    make_app: Callable[..., DurableJobs], name: str, value: object, said: str
) -> None:
    extension = make_app("shop", durable_jobs_store="memory://", **{f"durable_jobs_{name}": value})
    with pytest.raises(SettingError, match=said):
        extension.schedule_job.apply("any", countdown=0)


def test_p18_checked_when_keeper_and_worker_start(processes: ProcessGroup, site: Site) -> None:
    variables = {**site.variables(), "TEST_SETTINGS": json.dumps({"durable_jobs_lease_ttl": "soon"})}
    keeper = processes.celery(APP, *keeper_arguments(), env=variables, name="keeper")
    worker = processes.celery(APP, *worker_arguments(), env=variables, name="worker")
    for process in (keeper, worker):
        assert process.wait(30) != 0
        assert "durable_jobs_lease_ttl = 'soon': " in process.log()
        assert "allowed: " in process.log()


def test_p51_settings_are_checked_at_first_use_and_frozen_then(make_app: Callable[..., DurableJobs]) -> None:
    wrong = make_app("shop", durable_jobs_store="memory://", durable_jobs_keep_ended=1)
    with pytest.raises(SettingError, match="durable_jobs_keep_ended = 1: "):
        wrong.get("1" + "-" * 29)
    right = make_app("shop", durable_jobs_store="memory://", durable_jobs_max_payload=2_000)
    right.app.conf.durable_jobs_max_payload = 3_000  # not used yet
    assert right.settings.max_payload == 3_000
    right.app.conf.durable_jobs_max_payload = "nonsense"
    right.schedule_job.apply("any", countdown=60)
    assert right.settings.max_payload == 3_000
    with pytest.raises(AttributeError):
        right.settings.max_payload = 4_000  # type: ignore[misc]


def test_p47_two_applications_on_one_store_dont_mix(stage: Stage, make_app: Callable[..., DurableJobs]) -> None:
    where = {"broker_url": stage.site.broker_url, "durable_jobs_store": stage.site.store_url}
    other = make_app(f"{stage.site.namespace}-other", **where)
    ours = stage.job("note", countdown=0.3, target="t", key="k")
    theirs = other.schedule_job.apply(stage.module.note.name, countdown=0, target="t", key="k")
    # No keeper of theirs runs, and ours doesn't see it.
    assert [job.id for job in durable_jobs.find(target="t")] == [ours.id]
    assert [job.id for job in other.find(target="t")] == [theirs.id]
    assert ours.join(timeout=20) is SUCCEEDED
    assert [event["id"] for event in stage.events("note")] == [ours.id]
    now = other.get(theirs.id)
    assert now is not None
    assert now.state is JobState.WAITING
    assert durable_jobs.get(theirs.id) is None
    assert other.cancel(key="k", target="t")


def test_p47_another_app_under_the_namespace_is_refused(stage: Stage, make_app: Callable[..., DurableJobs]) -> None:
    stage.job("note", countdown=60)
    where = {"broker_url": stage.site.broker_url, "durable_jobs_store": stage.site.store_url}
    intruder = make_app("intruder", durable_jobs_namespace=stage.site.namespace, **where)
    with pytest.raises(StoreIdentityError, match=r"intruder.*set durable_jobs_namespace"):
        intruder.schedule_job.apply("any", countdown=60)
    assert len(list(durable_jobs.find())) == 1
    assert schedule_job.apply(stage.module.note, countdown=0).join(timeout=20) is SUCCEEDED
