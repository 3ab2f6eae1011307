"""find: pages of jobs, in bounded calls. A page is put together here; see ``steps/find.py`` and ``lua/find_*.lua``."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Sequence
from typing import Any

from celery_durable_jobs.model.options import CALL_LIMIT_BYTES
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Find, Page, Source
from celery_durable_jobs.stores.redis.plans.context import Context, Plan
from celery_durable_jobs.stores.redis.records import jobs_of, names_of
from celery_durable_jobs.stores.redis.wire import Wire, flat, raw

AT_ONCE = 1_000
"""Ids in one call for records."""

_BEHIND_ALL = "~"
"""Stands behind all ids."""

Part = Generator["list[Wire]", "list[Any]", Any]


def find(context: Context, request: Find) -> Plan:
    """One page of one stripe."""
    if request.source is Source.ENDED:
        return (yield from _ended(context, request))
    if request.source is Source.WAITING:
        return (yield from _waiting(context, request))
    if request.source is Source.DEAD:
        return (yield from _dead(context, request))
    what = b"target" if request.source is Source.TARGET else b"open"
    [ids] = yield [context.wire("find_ids", request.stripe, (what, raw(request.target or "")))]
    jobs = yield from _records(context, request.stripe, ids)
    if request.source is Source.TARGET:
        found = [job for job in jobs if job.target == request.target and not job.state.ended]
    else:
        found = [job for job in jobs if job.state.in_flight]
    return Page(tuple(sorted(found, key=lambda job: (job.due_us, job.id))))


def _waiting(context: Context, request: Find) -> Part:
    """The lines of all routes, merged. Each route is asked for what lies before the last that is wanted so far.

    A route's jobs are told by one call, so that no line can move past it unseen; all of them up to the moment that it
    tells. Where it reaches no job that way (there are very many lines whose heads lie before the place), all lines are
    gone through, in an order that has nothing to do with heads.
    """
    at, job_id = _place(request.cursor)
    [routes] = yield [_lines(context, request.stripe, b"", at, job_id, 0, b"", b"")]
    found: list[tuple[int, bytes]] = []
    until: int | None = None
    for route in routes:
        reply = yield from _of_route(context, request, raw(route), found, b"")
        marks = _marks(reply[0])
        missing = reply[1] if len(reply) > 1 else None
        if missing is not None:
            marks = {mark for mark in marks if mark[0] < missing}
            if marks:
                until = missing if until is None else min(until, missing)
            else:
                place = b"0"
                while True:
                    reply = yield from _of_route(context, request, raw(route), found, place)
                    found = heapq.nsmallest(request.limit, _marks(reply[0]).union(found))
                    place = reply[1]
                    if place == b"0":
                        break
        found = heapq.nsmallest(request.limit, marks.union(found))
    if until is not None:
        found = [mark for mark in found if mark[0] < until]
    cursor = None
    if len(found) == request.limit:
        cursor = f"{found[-1][0]}.{found[-1][1].decode()}"
    elif until is not None:
        cursor = f"{until - 1}.{_BEHIND_ALL}"
    jobs = yield from _records(context, request.stripe, [each for _, each in found])
    return Page(tuple(job for job in jobs if job.state is JobState.WAITING), cursor)


def _of_route(context: Context, request: Find, route: bytes, found: list[tuple[int, bytes]], place: bytes) -> Part:
    bound = raw(found[-1][0]) if len(found) == request.limit else b""
    at, job_id = _place(request.cursor)
    [reply] = yield [_lines(context, request.stripe, route, at, job_id, request.limit, bound, place)]
    return reply


def _marks(pairs: Sequence[Any]) -> set[tuple[int, bytes]]:
    return {(due, each) for each, due in zip(pairs[::2], pairs[1::2], strict=True)}


def _lines(context: Context, stripe: int, route: bytes, at: bytes, job_id: bytes, limit: int, *rest: bytes) -> Wire:
    return context.wire("find_lines", stripe, (route, at, job_id, raw(limit), *rest))


def _dead(context: Context, request: Find) -> Part:
    at, job_id = _place(request.cursor)
    [reply] = yield [context.wire("find_ids", request.stripe, (b"dead", at, job_id, raw(request.limit)))]
    jobs = yield from _records(context, request.stripe, reply[::2])
    cursor = f"{reply[-1]}.{reply[-2].decode()}" if len(reply) == 2 * request.limit else None
    return Page(tuple(job for job in jobs if job.state is JobState.DEAD), cursor)


def _ended(context: Context, request: Find) -> Part:
    """As the hashes have them; a page is one part of one hash."""
    place = request.cursor.split(":") if request.cursor else ["", "", ""]
    args = (*(each.encode() for each in place), raw(request.limit))
    [reply] = yield [context.wire("find_ended", request.stripe, args)]
    views, texts, *further = reply
    cursor = ":".join(part.decode() for part in flat([further])) if further else None
    return Page(jobs_of(views, names_of(texts)), cursor)


def _records(context: Context, stripe: int, ids: Sequence[bytes]) -> Part:
    """The jobs of these ids, in this order; those that have gone meanwhile are left out."""
    jobs: list[JobRecord] = []
    done = 0
    while done < len(ids):
        some = ids[done : done + AT_ONCE]
        [reply] = yield [context.wire("find_jobs", stripe, (raw(CALL_LIMIT_BYTES), *some))]
        seen, views, texts = reply
        jobs += jobs_of(views, names_of(texts))
        done += seen
    return jobs


def _place(cursor: str | None) -> tuple[bytes, bytes]:
    """The moment and id after which the page begins."""
    if cursor is None:
        return b"", b""
    at, _, job_id = cursor.partition(".")
    return at.encode(), job_id.encode()
