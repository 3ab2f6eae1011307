"""The registry rule, seen from outside: heads are true, counters count, and nothing empty stays."""

from __future__ import annotations

from collections import Counter

from celery_durable_jobs import steps
from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.stores.contract import Store


def recount(store: Store, stripe: int) -> None:
    """Compare what Stats and Shards say of a stripe with all its jobs, as Find lists them.

    The store must be at rest. AssertionError says what differs.
    """
    waiting = _all(store, stripe, steps.Source.WAITING)
    in_flight = _all(store, stripe, steps.Source.IN_FLIGHT)
    dead = _all(store, stripe, steps.Source.DEAD)
    stats = store.send(steps.Stats(stripe))

    _same("states", Counter({name: n for name, n in stats.counts.items() if n}), _states(waiting + in_flight + dead))
    order = [(job.due_us, job.id) for job in waiting]
    _same("order of what waits", order, sorted(order))
    backlogs = Counter(_route(job) for job in in_flight if job.state is not JobState.RUNNING)
    _same("backlogs", Counter({row.route: row.backlog for row in stats.routes if row.backlog}), backlogs)
    heads: dict[Route, int] = {}
    lines: dict[tuple[str, Route], int] = {}
    for job in waiting:
        heads.setdefault(_route(job), job.due_us)
        lines.setdefault((_shard(job), _route(job)), job.due_us)
    _same("heads", {row.route: row.head_us for row in stats.routes if row.head_us is not None}, heads)

    shards = store.send(steps.Shards(stripe, limit=100_000))
    _same("lines", {(each.shard_id, route): head for each in shards for route, head in each.lines}, lines)
    open_shards = {each.shard_id for each in shards if each.open_head_us is not None}
    _same("shards with something in flight", open_shards, {_shard(job) for job in in_flight})
    _same("empty shards", [each for each in shards if not each.lines and each.open_head_us is None], [])


def _all(store: Store, stripe: int, source: steps.Source) -> list[JobRecord]:
    jobs: list[JobRecord] = []
    cursor: str | None = None
    while True:
        page = store.send(steps.Find(stripe, source, cursor=cursor))
        jobs.extend(page.jobs)
        cursor = page.cursor
        if cursor is None:
            return jobs


def _states(jobs: list[JobRecord]) -> Counter[str]:
    return Counter(job.state.value for job in jobs)


def _route(job: JobRecord) -> Route:
    assert job.route is not None
    return job.route


def _shard(job: JobRecord) -> str:
    return parse_job_id(job.id).shard_id


def _same(what: str, told: object, counted: object) -> None:
    assert told == counted, f"{what}: the store tells {told}, its jobs say {counted}"
