"""find: see ``steps/find.py``."""

from __future__ import annotations

from collections.abc import Iterable

from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.steps.find import Find, Page, Source
from celery_durable_jobs.stores.memory.state import Job, State, Stripe
from celery_durable_jobs.stores.memory.views import ended_record, record


def find(state: State, request: Find, now: int) -> Page:
    """One page of one stripe."""
    stripe = state.stripe(request.stripe)
    if request.source is Source.ENDED:
        return _ended(stripe, request, now, state.options.keep_ended_us)
    if request.source is Source.TARGET:
        ids = stripe.targets.get(request.target or "", set())
        return Page(tuple(record(job) for job in _sorted(stripe, ids)))
    if request.source is Source.IN_FLIGHT:
        return Page(tuple(record(job) for job in _sorted(stripe, set().union(*stripe.open.values()))))
    if request.source is Source.DEAD:
        marks = [(stripe.jobs[job_id].ended_us or 0, job_id) for job_id in stripe.dead]
    else:
        marks = [mark for shards in stripe.lines.values() for line in shards.values() for mark in line]
    return _page(stripe, marks, request)


def _sorted(stripe: Stripe, ids: Iterable[str]) -> list[Job]:
    return sorted((stripe.jobs[job_id] for job_id in ids), key=lambda job: (job.due_us, job.id))


def _page(stripe: Stripe, marks: list[tuple[int, str]], request: Find) -> Page:
    """What comes after the cursor ``"<time>.<id>"`` in order of (time, id)."""
    marks.sort()
    if request.cursor is not None:
        time, _, job_id = request.cursor.partition(".")
        marks = [mark for mark in marks if mark > (int(time), job_id)]
    page = marks[: request.limit]
    cursor = f"{page[-1][0]}.{page[-1][1]}" if len(marks) > len(page) else None
    return Page(tuple(record(stripe.jobs[job_id]) for _, job_id in page), cursor)


def _ended(stripe: Stripe, request: Find, now: int, keep_ended_us: int) -> Page:
    """By id; what was forgotten is not shown."""
    found = list[JobRecord]()
    for job_id in sorted(job_id for job_id in stripe.ended if job_id > (request.cursor or "")):
        ended = stripe.ended[job_id]
        shown = ended_record(job_id, ended) if now < ended.ended_us + keep_ended_us else None
        if shown is not None:
            found.append(shown)
    page = found[: request.limit]
    return Page(tuple(page), page[-1].id if len(found) > len(page) else None)
