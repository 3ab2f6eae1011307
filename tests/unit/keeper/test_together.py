"""Which jobs a keeper sends together, in one step and in two."""

from __future__ import annotations

import json
from typing import Any

import pytest
from celery import Celery

from celery_durable_jobs import DurableJobs
from celery_durable_jobs.keeper.together import Together
from celery_durable_jobs.model.carrier import CARRIER, aboard
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Dispatch
from celery_durable_jobs.testing import StoreDriver
from tests.unit.keeper.bench import CELERY, Bench
from tests.unit.keeper.test_onestep import OneStepBench, requests


def app_with(**options: Any) -> Celery:
    """An app with two handlers, of which one has ``batch``."""
    app = Celery("shop", broker="memory://", set_as_current=False)
    app.conf.update(durable_jobs_store="memory://", **options)
    DurableJobs(app)

    def handler(context: Any, *args: Any) -> None: ...

    app.durable_job_handler(name="small", batch=3, shared=False)(handler)
    app.durable_job_handler(name="large", shared=False)(handler)
    return app


def jobs_of(driver: StoreDriver, *handlers: str, content: Content | None = None) -> list[JobRecord]:
    """Claimed jobs."""
    given = {"content": content} if content is not None else {}
    return [driver.claimed(handler=handler, **given) for handler in handlers]


@pytest.fixture
def driver() -> StoreDriver:
    return Bench().jobs


def test_those_of_one_handler_that_follow_each_other(driver):
    together = Together(app_with(), "shop")
    jobs = jobs_of(driver, *["small"] * 4, "large", "large", "small", "elsewhere")
    jobs[6:6] = jobs_of(driver, "small", content=Content(b"[[], {}, {}]", headers={"timelimit": [5, None]}))
    loads = together.load(jobs)
    assert [len(part) for part, _ in loads] == [3, 1, 2, 1, 1, 1]
    assert [envelope is not None for _, envelope in loads] == [True, True, False, False, True, False]
    assert [job for part, _ in loads for job in part] == jobs
    first = loads[0][1]
    assert first is not None
    assert (first.headers["task"], first.headers["shadow"]) == (CARRIER, "small")
    assert first.headers["id"] == f"carrier-{jobs[0].id}-{jobs[0].generation}"
    assert first.route == CELERY


@pytest.mark.parametrize(
    "setting", [{"task_time_limit": 5}, {"task_soft_time_limit": 5}, {"task_default_rate_limit": "5/m"}]
)
def test_not_where_celery_would_keep_a_limit_for_all_of_them(driver, setting, caplog):
    together = Together(app_with(**setting), "shop")
    assert together.most("small") == together.most("small") == 0
    assert together.load(jobs_of(driver, "small", "small"))[0][1] is None
    assert caplog.text.count("its jobs go one by one") == 1


@pytest.fixture
def bench() -> OneStepBench:
    bench = OneStepBench()
    bench.app = app_with()
    return bench


def test_in_one_step(bench):
    keeper = bench.keeper()
    ids = [
        bench.jobs.add(-9 + place, handler="small", content=Content(b'[["\xc3\xbc"], {}, {}]')) for place in range(4)
    ]
    last = bench.jobs.add(-1, handler="large")
    bench.round(keeper)
    assert [bench.jobs.state(job_id) for job_id in [*ids, last]] == [JobState.SENT] * 5
    messages = bench.pushed()
    assert [message["headers"]["task"] for message in messages] == [CARRIER, CARRIER, "large"]

    carried = [aboard(json.loads(message["body"])[0]) for message in messages[:2]]
    generations = [(job_id, bench.jobs.get(job_id).generation) for job_id in ids]
    assert carried == [("small", generations[:3]), ("small", generations[3:])]
    assert requests(bench, Dispatch) >= 2
    assert keeper.dispatch.dispatched == 5


def test_a_lost_carriers_jobs_come_back_one_by_one(bench):
    keeper = bench.keeper()
    ids = [bench.jobs.add(-9, handler="small"), bench.jobs.add(-8, handler="small")]
    bench.round(keeper)
    assert len(bench.pushed()) == 1
    bench.pass_time(31, keeper)
    assert sorted(bench.recorders["k1"].ids) == sorted(ids)
