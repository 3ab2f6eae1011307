"""Pages over many lines: each job once, in due order, whatever goes meanwhile; no call without a bound."""

from __future__ import annotations

import random

from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps import Find, Source
from celery_durable_jobs.testing import StoreDriver


def test_many_lines_of_many_routes(jobs: StoreDriver) -> None:
    shuffled = random.Random(7)
    requests = [
        jobs.request(shuffled.randrange(0, 200_000), route=Route(shuffled.choice(["a", "b", "c"])))
        for _ in range(3_000)
    ]
    jobs.store.send_many(requests)
    wanted = [each.job_id for each in sorted(requests, key=lambda each: (each.due.at_us, each.job_id))]
    assert jobs.find(Source.WAITING) == wanted
    assert jobs.find(Source.WAITING, limit=7 * 100) == wanted


def test_equal_due_times(jobs: StoreDriver) -> None:
    requests = [jobs.request(60) for _ in range(2_500)]
    jobs.store.send_many(requests)
    assert jobs.find(Source.WAITING, limit=400) == [each.job_id for each in requests]


def test_the_last_of_a_page_goes_before_the_next(jobs: StoreDriver) -> None:
    """Its cursor's own job is no more: the next page begins behind it all the same."""
    requests = [jobs.request(60 + number // 50) for number in range(500)]
    jobs.store.send_many(requests)
    wanted = [each.job_id for each in requests]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = jobs.send(Find(0, Source.WAITING, cursor=cursor, limit=30))
        seen += [job.id for job in page.jobs]
        if page.jobs:
            jobs.cancel(page.jobs[-1].id)
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == wanted


def test_large_jobs_come_in_more_than_one_reply(jobs: StoreDriver) -> None:
    from celery_durable_jobs.model.record import Content

    ids = [jobs.add(60, content=Content(b"x" * 200_000)) for _ in range(12)]
    assert jobs.find(Source.WAITING) == ids


def test_ended_ones_are_seen_once(jobs: StoreDriver) -> None:
    ids = [jobs.add(60) for _ in range(700)]
    for job_id in ids:
        jobs.cancel(job_id)
    seen = jobs.find(Source.ENDED, limit=50)
    assert sorted(seen) == sorted(ids)
