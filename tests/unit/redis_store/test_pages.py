"""Pages over many lines: each job once, in due order, whatever goes meanwhile; no call without a bound."""

from __future__ import annotations

import random
from typing import Any

import pytest

from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps import Find, Source
from celery_durable_jobs.stores.redis import RedisStore
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


MANY_LINES = 1_300


def add_to_many_lines(jobs: StoreDriver) -> tuple[list[str], list[str]]:
    """Each line has a job that is due soon, and one that is due much later than all of the former."""
    early = [jobs.request(60 * number) for number in range(MANY_LINES)]
    late = [
        jobs.request(1_000_000 + number * 7 % MANY_LINES, job_id=jobs.new_id(each.due.at_us))
        for number, each in enumerate(early)
    ]
    jobs.store.send_many([*early, *late])
    late.sort(key=lambda each: each.due.at_us)
    return [each.job_id for each in early], [each.job_id for each in late]


@pytest.mark.parametrize("limit", [100, 1_000])
def test_lines_whose_heads_lie_before_the_place(jobs: StoreDriver, limit: int) -> None:
    early, late = add_to_many_lines(jobs)
    assert jobs.find(Source.WAITING, limit=limit) == early + late


@pytest.mark.parametrize("limit", [100, 1_000])
def test_heads_that_move_within_a_page(jobs: StoreDriver, store: RedisStore, limit: int) -> None:
    """Between the calls of a page heads go to the front, or to the end: the lines' other jobs are seen all the same."""
    early, late = add_to_many_lines(jobs)
    left = list(early)
    run = store._connections.run
    moving = False

    def run_and_move(*args: Any, **options: Any) -> Any:
        nonlocal moving
        answer = run(*args, **options)
        if not moving and len(left) > 20:
            moving = True
            for job_id in left[-20:-10]:
                jobs.send(jobs.request(-1, job_id=jobs.new_id(jobs.get(job_id).due_us)))
            for job_id in left[:10]:
                jobs.cancel(job_id)
            del left[-20:], left[:10]
            moving = False
        return answer

    store._connections.run = run_and_move  # type: ignore[method-assign]
    seen = jobs.find(Source.WAITING, limit=limit)
    assert [each for each in seen if each in set(late)] == late
    assert len(seen) == len(set(seen))


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
