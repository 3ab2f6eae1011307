"""The recipes of docs/guides/recipes.md: an app that the tests start as real processes.

What stands between a title's comment and the next end is the page's code, word for word; a test compares them.
"""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime, timedelta

from celery import Celery

from celery_durable_jobs import (
    DurableJobs,
    JobContext,
    PollAfter,
    durable_job_handler,
    durable_jobs,
    schedule_job,
)
from celery_durable_jobs.testing import moved_time
from tests.apps.surroundings import configure, namespace, store_url

app = Celery(namespace("recipes"), set_as_current=False)
configure(app)
app.conf.durable_jobs_store = store_url()
DurableJobs(app)


# -- what the recipes call: the project's own code, here a table of facts --------------------------


def _facts(sql: str, *values: object) -> list[tuple[str, ...]]:
    database = sqlite3.connect(os.environ["RECIPES_DATABASE"], timeout=10)
    try:
        with database:
            database.execute("CREATE TABLE IF NOT EXISTS facts (name TEXT, value TEXT, once TEXT UNIQUE)")
            return database.execute(sql, values).fetchall()
    finally:
        database.close()


def note(name: str, value: str, once: str | None = None) -> None:
    """Write a fact down; with ``once`` a second one under it is ignored."""
    _facts("INSERT OR IGNORE INTO facts VALUES (?, ?, ?)", name, value, once)


def noted(name: str) -> list[str]:
    """All facts of that name, in order."""
    return [row[0] for row in _facts("SELECT value FROM facts WHERE name = ? ORDER BY rowid", name)]


def send_mail(to: str, text: str, once: str | None = None) -> None:
    note(f"mail {to}", text, once)


def is_paid(order_id: int) -> bool:
    return bool(noted(f"order {order_id} paid"))


def set_paid(order_id: int) -> None:
    note(f"order {order_id} paid", "yes")


def refund(order_id: int) -> None:
    note(f"order {order_id} refunded", "yes")


def close_order(order_id: int) -> None:
    note(f"order {order_id} closed", "yes")


def is_closed(order_id: int) -> bool:
    return bool(noted(f"order {order_id} closed"))


def build_index(document_id: int) -> None:
    note(f"index {document_id}", "built")


class WarehouseAway(Exception):
    """Try again later."""


class UnknownArticle(Exception):
    """Trying again is no use."""


def order_from_warehouse(article: str, once: str) -> None:
    note(f"ordered {article}", "tried")
    if article == "dodo":
        raise UnknownArticle(article)
    if len(noted(f"ordered {article}")) < 3:
        raise WarehouseAway("503")


class exports:
    """An external service that takes a while."""

    @staticmethod
    def start(report_id: int, once: str) -> str:
        note(f"export {report_id}", once, once)
        return once

    @staticmethod
    def is_done(report_id: int) -> bool:
        note(f"export {report_id} looks", "look")
        return len(noted(f"export {report_id} looks")) >= 3


# -- the recipes -----------------------------------------------------------------------------------


# recipe: A reminder
@durable_job_handler
def remind(context: JobContext, user_id: int, text: str) -> None:
    send_mail(f"user:{user_id}", text, once=context.job.id)


def remind_at(user_id: int, when: datetime, text: str) -> str:
    job = schedule_job.apply(remind.s(user_id, text), eta=when, target=f"user:{user_id}", name="Reminder")
    return job.id  # whoever has it may cancel, move, or wait for it


# end


# recipe: An order that expires, and the payment that cancels it
@durable_job_handler
def expire_order(context: JobContext, order_id: int) -> None:
    if not is_paid(order_id):
        close_order(order_id)


def place_order(order_id: int, pay_within: timedelta) -> None:
    order = f"order:{order_id}"
    schedule_job.apply(expire_order.s(order_id), countdown=pay_within, target=order, key="expiry", key_until="ended")


def payment_received(order_id: int) -> None:
    if durable_jobs.cancel(key="expiry", target=f"order:{order_id}"):
        set_paid(order_id)  # no run of the expiry will begin
    elif not is_paid(order_id):  # (a payment may be told twice)
        refund(order_id)  # it runs, or has run


# end


# recipe: Debounce
@durable_job_handler
def reindex(context: JobContext, document_id: int) -> None:
    build_index(document_id)


def document_changed(document_id: int, quiet: timedelta = timedelta(seconds=30)) -> None:
    """Index when there was no change for a while, however many came before."""
    schedule_job.apply(
        reindex.s(document_id), countdown=quiet, target=f"document:{document_id}", key="reindex", on_conflict="replace"
    )


# end


# recipe: Retry what is worth it
def should_retry(context: JobContext, exception: Exception) -> float | None:
    if isinstance(exception, UnknownArticle) or context.failures >= 8:
        return None  # a dead letter: kept for inspection and replay
    return 0.5 * 2**context.failures


@durable_job_handler(should_retry=should_retry)
def order_article(context: JobContext, article: str) -> None:
    order_from_warehouse(article, once=context.job.id)


# end


# recipe: Poll an external job
@durable_job_handler
def export(context: JobContext, report_id: int) -> PollAfter | None:
    exports.start(report_id, once=context.run_id)  # the same run id through all polls
    if not exports.is_done(report_id):
        return PollAfter(0.5)  # seconds; the worker's place is free meanwhile
    note(f"report {report_id}", "ready")
    return None


# end


# recipe: A deleted account
def account_deleted(user_id: int) -> None:
    """Let nothing run for the account any more, and keep nothing of it."""
    target = f"user:{user_id}"
    for job in durable_jobs.find(target=target):
        if job.cancel():
            job.forget()
    durable_jobs.find(state="dead", target=target).forget()


# end


# recipe: What waits
def agenda(user_id: int) -> list[str]:
    """What lies before a user, in due order."""
    return [f"{job.due_time:%d %b %H:%M} {job.name}" for job in durable_jobs.find(target=f"user:{user_id}")]


# end


# recipe: Replay after an outage
def warehouse_is_back(since: datetime) -> int:
    """Give all orders that died during the outage another life; answers how many."""
    counts = durable_jobs.find(state="dead", handler=order_article, ended_after=since).replay()
    return counts.get("replayed", 0)


# end


# recipe: A test with a moved clock
def test_an_order_expires_after_a_day() -> None:
    with moved_time(app) as time:  # no server, no worker: jobs in memory, and what falls due runs here
        place_order(1, pay_within=timedelta(hours=24))
        time.move(timedelta(hours=23, minutes=59))
        assert not is_closed(1)
        time.move(timedelta(minutes=1))
        assert is_closed(1)


# end
