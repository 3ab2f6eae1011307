"""The figures of a namespace: those of its stripes added up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.client.calls import Many, Steps
from celery_durable_jobs.client.verbs import raised
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.when import from_us
from celery_durable_jobs.steps import Keepers, RouteStats, Stats, StripeStats


@dataclass(frozen=True)
class RouteTotal:
    """One route: its backlog, the due time of its oldest waiting job, and what holds it up ("paused", "full",
    "resting"; nothing: an empty tuple).
    """

    route: Route
    backlog: int
    next_due: datetime | None
    held_up: tuple[str, ...]


@dataclass(frozen=True)
class JobStats:
    """What there is, and what holds it up.

    ``counts`` by state (waiting, claimed, sent, running, dead). ``ended``: jobs remembered as succeeded, cancelled or
    expired. ``overdue``: how late the oldest waiting job is, where its queue isn't paused. ``aside``: records of a
    newer version, which this one doesn't touch. ``paused``: queues. ``shards``: those with something in them.
    ``keepers``: how many are alive.
    """

    counts: Mapping[str, int]
    ended: int
    overdue: timedelta
    aside: int
    paused: tuple[str, ...]
    shards: int
    keepers: int
    routes: tuple[RouteTotal, ...]


def stats(extension: Any) -> Steps[JobStats]:
    """One round trip; from counters and small sets, never by counting jobs."""
    answers = yield Many([Keepers(), *(Stats(stripe) for stripe in range(extension.stripes))])
    keepers, *stripes = raised(answers)
    return total(stripes, sum(1 for keeper in keepers if keeper.alive))


def total(stripes: list[StripeStats], keepers: int) -> JobStats:
    """The stripes' figures added up."""
    counts: dict[str, int] = {}
    by_route: dict[Route, list[RouteStats]] = {}
    for stripe in stripes:
        for state, count in stripe.counts.items():
            counts[state] = counts.get(state, 0) + count
        for each in stripe.routes:
            by_route.setdefault(each.route, []).append(each)
    paused = tuple(sorted({queue for stripe in stripes for queue in stripe.paused}))
    now = max(stripe.now_us for stripe in stripes)
    heads = {route: _head(parts) for route, parts in by_route.items()}
    late = [now - head for route, head in heads.items() if head is not None and route.queue not in paused]
    return JobStats(
        counts=counts,
        ended=sum(stripe.ended for stripe in stripes),
        overdue=timedelta(microseconds=max(0, *late, 0)),
        aside=sum(stripe.aside for stripe in stripes),
        paused=paused,
        shards=sum(stripe.shards for stripe in stripes),
        keepers=keepers,
        routes=tuple(_route_total(route, parts, heads[route]) for route, parts in by_route.items()),
    )


def _head(parts: list[RouteStats]) -> int | None:
    return min((part.head_us for part in parts if part.head_us is not None), default=None)


def _route_total(route: Route, parts: list[RouteStats], head: int | None) -> RouteTotal:
    return RouteTotal(
        route=route,
        backlog=sum(part.backlog for part in parts),
        next_due=None if head is None else from_us(head),
        held_up=tuple(dict.fromkeys(part.blocked for part in parts if part.blocked)),
    )
