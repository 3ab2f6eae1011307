"""``durable-jobs stats``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from celery_durable_jobs.cli.common import JobsCommand, extension, json_option, say, say_error, say_json
from celery_durable_jobs.cli.keepers import keeper_command
from celery_durable_jobs.cli.moments import say_duration
from celery_durable_jobs.cli.shards import raised, route_dict, route_label
from celery_durable_jobs.cli.tables import Column, fields, table, terminal_width

if TYPE_CHECKING:
    from celery_durable_jobs.model.route import Route
    from celery_durable_jobs.steps import StripeStats

COUNTS = ("waiting", "claimed", "sent", "running", "dead")
COLUMNS = (
    Column("QUEUE", least=12),
    Column("BACKLOG", right=True),
    Column("NEXT DUE", right=True),
    Column("HELD UP BY", drop=1),
)
HELD_UP = {"": "", "paused": "a pause", "full": "its backlog (workers are slow or gone)", "resting": "failed publishes"}


@dataclass
class RouteTotal:
    """A route over all stripes."""

    route: Route
    backlog: int = 0
    head_us: int | None = None
    blocked: list[str] = field(default_factory=list)


@dataclass
class Totals:
    """The stripes' figures added up."""

    now_us: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    ended: int = 0
    aside: int = 0
    shards: int = 0
    paused: set[str] = field(default_factory=set)
    routes: dict[Route, RouteTotal] = field(default_factory=dict)

    def add(self, stripe: StripeStats) -> None:
        """Take a stripe's figures in."""
        self.now_us = max(self.now_us, stripe.now_us)
        self.counts.update(stripe.counts)
        self.ended += stripe.ended
        self.aside += stripe.aside
        self.shards += stripe.shards
        self.paused.update(stripe.paused)
        for each in stripe.routes:
            total = self.routes.setdefault(each.route, RouteTotal(each.route))
            total.backlog += each.backlog
            if each.head_us is not None:
                total.head_us = each.head_us if total.head_us is None else min(total.head_us, each.head_us)
            if each.blocked and each.blocked not in total.blocked:
                total.blocked.append(each.blocked)

    @property
    def overdue_us(self) -> int:
        """How late the oldest waiting job of a queue that isn't paused is."""
        heads = [each.head_us for each in self.routes.values() if each.head_us is not None and not self._paused(each)]
        return max(0, self.now_us - min(heads)) if heads else 0

    def _paused(self, each: RouteTotal) -> bool:
        return each.route.queue in self.paused


@click.command("stats", cls=JobsCommand)
@json_option
@click.pass_context
def stats(ctx: click.Context, as_json: bool) -> None:
    """Show how many jobs there are in which state, and what each queue has before it."""
    from celery_durable_jobs.steps import Keepers, Stats

    ours = extension(ctx)
    keepers, *stripes = raised(ours.store.send_many([Keepers(), *(Stats(number) for number in range(ours.stripes))]))
    totals = Totals()
    for stripe in stripes:
        totals.add(stripe)
    alive = sum(1 for keeper in keepers if keeper.alive)
    if as_json:
        say_json(_as_dict(totals, alive))
        return
    say(fields(_pairs(totals, alive)))
    if totals.routes:
        ordered = sorted(totals.routes.values(), key=lambda each: route_label(each.route))
        say(["", *table(COLUMNS, [_row(each, totals.now_us) for each in ordered], terminal_width())])
    if not alive:
        say_error(f"no keeper is alive: nothing is dispatched until one runs: {keeper_command(ours.app)}")


def _pairs(totals: Totals, alive: int) -> list[tuple[str, object]]:
    return [
        *((name, f"{totals.counts[name]:,}") for name in COUNTS),
        ("ended", f"{totals.ended:,} (remembered)"),
        ("overdue", say_duration(totals.overdue_us / 1_000_000)),
        ("shards", f"{totals.shards:,}"),
        ("keepers alive", alive),
        ("paused", ", ".join(sorted(totals.paused)) or None),
        ("set aside", f"{totals.aside:,} (written by a newer version)" if totals.aside else None),
    ]


def _row(each: RouteTotal, now_us: int) -> list[object]:
    due = "-"
    if each.head_us is not None:
        distance = say_duration(abs(each.head_us - now_us) / 1_000_000)
        due = f"in {distance}" if each.head_us > now_us else f"{distance} ago"
    return [route_label(each.route), f"{each.backlog:,}", due, ", ".join(HELD_UP.get(why, why) for why in each.blocked)]


def _as_dict(totals: Totals, alive: int) -> dict[str, Any]:
    from celery_durable_jobs.model.when import from_us

    return {
        "counts": {name: totals.counts[name] for name in COUNTS},
        "ended": totals.ended,
        "overdue_seconds": totals.overdue_us / 1_000_000,
        "shards": totals.shards,
        "keepers_alive": alive,
        "paused": sorted(totals.paused),
        "aside": totals.aside,
        "routes": [
            {
                **route_dict(each.route),
                "backlog": each.backlog,
                "next_due": None if each.head_us is None else from_us(each.head_us),
                "held_up_by": each.blocked,
            }
            for each in totals.routes.values()
        ],
    }
