"""When a keeper is needed, and for what: what a look reads, and what wakes keepers."""

from __future__ import annotations

from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.when import MAX_US
from celery_durable_jobs.steps.look import DueLine
from celery_durable_jobs.stores.memory.state import Stripe

OPEN = "open"
"""The registry's entry for jobs in flight, beside one a route."""


def registry(stripe: Stripe) -> dict[Route | str, int]:
    """One entry a route and one for what is in flight → the time from which a keeper is needed.

    A route's is the head of its lines, or the time to look again where that is later.
    """
    entries: dict[Route | str, int] = {}
    for route, shards in stripe.lines.items():
        again = stripe.again.get(route)
        entries[route] = max(min(line[0][0] for line in shards.values()), again.at_us if again else 0)
    jobs = stripe.jobs
    deadlines = [jobs[each].deadline_us for ids in stripe.open.values() for each in ids]
    if deadlines:
        entries[OPEN] = min(deadlines)
    return entries


def blocked(stripe: Stripe, route: Route, now: int) -> str:
    """Why a route isn't dispatched: "paused", "full", "resting"; "" where it is."""
    if route.queue in stripe.paused:
        return "paused"
    again = stripe.again.get(route)
    return again.why if again is not None and again.at_us > now else ""


def due_lines(stripe: Stripe, now: int) -> dict[str, list[DueLine]]:
    """By shard: the lines of open routes whose head is due, oldest first."""
    due: dict[str, list[DueLine]] = {}
    for route, shards in stripe.lines.items():
        if blocked(stripe, route, now):
            continue
        for shard, line in shards.items():
            if line[0][0] <= now:
                due.setdefault(shard, []).append(DueLine(route, line[0][0]))
    for lines in due.values():
        lines.sort(key=lambda line: (line.head_us, line.route.dumps()))
    return due


def overdue(stripe: Stripe, now: int) -> dict[str, int]:
    """Shards that have a job in flight whose deadline has passed → the smallest deadline."""
    heads = ((shard, stripe.open_head(shard)) for shard in stripe.open)
    return {shard: head for shard, head in heads if head is not None and head <= now}


def next_us(stripe: Stripe, now: int) -> int | None:
    """The first moment after now at which something becomes due, overdue or is to be looked at again."""
    times = [head for shard in stripe.open if (head := stripe.open_head(shard)) is not None]
    for route, shards in stripe.lines.items():
        again = stripe.again.get(route)
        held_up = again.at_us if again else 0
        times.extend(max(line[0][0], held_up) for line in shards.values())
    return min((time for time in times if time > now), default=None)


def next_need(stripe: Stripe, route: Route, shard_id: str, now: int) -> int:
    """What the keeper of this line can't know: now where another line of the stripe is due; else the first moment after
    now at which a keeper is needed, ``MAX_US`` for none."""
    soonest = MAX_US
    for each, shards in stripe.lines.items():
        again, mine = stripe.again.get(each), each == route
        held_up = again.at_us if again else 0
        for shard, line in shards.items():
            at = max(line[0][0], held_up)
            if at > now:
                soonest = min(soonest, at)
            elif not mine or shard != shard_id:
                return now
    heads = (stripe.open_head(shard) for shard in stripe.open)
    return min([soonest, *(head for head in heads if head is not None and head > now)])
