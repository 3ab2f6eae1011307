"""Each recipe at work, on a real worker and keeper."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from types import ModuleType

import pytest

from celery_durable_jobs import JobState, durable_jobs
from tests.support.waiting import wait_until

pytestmark = pytest.mark.xdist_group("recipes")  # they share a worker and a keeper


def soon(seconds: float = 0.3) -> datetime:
    return datetime.now(timezone.utc) + timedelta(seconds=seconds)


def test_a_reminder(recipes: ModuleType):
    job = durable_jobs.get(recipes.remind_at(1, soon(), "stand-up"))
    assert job is not None
    assert (job.name, job.target) == ("Reminder", "user:1")
    assert job.join(timeout=20) is JobState.SUCCEEDED
    assert recipes.noted("mail user:1") == ["stand-up"]


def test_an_order_expires_unless_it_is_paid(recipes: ModuleType):
    recipes.place_order(1, timedelta(seconds=0.2))
    wait_until(lambda: recipes.noted("order 1 closed"))
    recipes.payment_received(1)
    assert recipes.noted("order 1 refunded") == ["yes"]

    recipes.place_order(2, timedelta(hours=24))
    expiry = durable_jobs.get(key="expiry", target="order:2")
    recipes.payment_received(2)
    assert recipes.noted("order 2 paid") == ["yes"]
    assert expiry is not None
    assert expiry.join(timeout=5) is JobState.CANCELLED


def test_debounce(recipes: ModuleType):
    for _ in range(20):
        recipes.document_changed(7, quiet=timedelta(seconds=0.5))
    (job,) = durable_jobs.find(target="document:7")
    assert job.join(timeout=20) is JobState.SUCCEEDED
    assert recipes.noted("index 7") == ["built"]
    assert recipes.noted("mail nobody") == []


def test_retry_what_is_worth_it(recipes: ModuleType):
    from celery_durable_jobs import schedule_job

    good = schedule_job.apply(recipes.order_article.s("milk"), countdown=0)
    bad = schedule_job.apply(recipes.order_article.s("dodo"), countdown=0)
    assert good.join(timeout=20) is JobState.SUCCEEDED
    assert bad.join(timeout=20) is JobState.DEAD
    assert recipes.noted("ordered milk") == ["tried"] * 3
    assert recipes.noted("ordered dodo") == ["tried"]


def test_poll_an_external_job(recipes: ModuleType):
    from celery_durable_jobs import schedule_job

    job = schedule_job.apply(recipes.export.s(3), countdown=0)
    assert job.join(timeout=20) is JobState.SUCCEEDED
    assert len(recipes.noted("export 3")) == 1, "one run, however often it looked"
    assert len(recipes.noted("export 3 looks")) == 3
    assert recipes.noted("report 3") == ["ready"]


def test_a_deleted_account(recipes: ModuleType):
    job_id = recipes.remind_at(13, soon(3600), "never")
    recipes.account_deleted(13)
    assert list(durable_jobs.find(target="user:13")) == []
    assert durable_jobs.get(job_id) is None


def test_what_waits(recipes: ModuleType):
    late, early = soon(7200), soon(3600)
    recipes.remind_at(5, late, "second")
    recipes.remind_at(5, early, "first")
    assert recipes.agenda(5) == [f"{early:%d %b %H:%M} Reminder", f"{late:%d %b %H:%M} Reminder"]
    assert durable_jobs.find(target="user:5").cancel() == {"cancelled": 2}


def test_replay_after_an_outage(recipes: ModuleType):
    from celery_durable_jobs import schedule_job

    before = datetime.now(timezone.utc) - timedelta(minutes=1)
    durable_jobs.find(state="dead").forget()
    job = schedule_job.apply(recipes.order_article.s("dodo"), countdown=0)
    assert job.join(timeout=20) is JobState.DEAD
    assert recipes.warehouse_is_back(since=before) == 1
    again = job.refresh()
    assert again is not None
    assert again.join(timeout=20) is JobState.DEAD, "the dodo is still extinct"
    assert recipes.noted("ordered dodo")[-2:] == ["tried", "tried"]
