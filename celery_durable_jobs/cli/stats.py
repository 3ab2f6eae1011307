"""``durable-jobs stats``."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import click

from celery_durable_jobs.cli.common import JobsCommand, extension, json_option, say, say_error, say_json
from celery_durable_jobs.cli.keepers import no_keeper
from celery_durable_jobs.cli.moments import say_distance, say_duration
from celery_durable_jobs.cli.shards import route_dict, route_label
from celery_durable_jobs.cli.tables import Column, fields, table, terminal_width

if TYPE_CHECKING:
    from celery_durable_jobs.client.stats import JobStats, RouteTotal

COUNTS = ("waiting", "claimed", "sent", "running", "dead")
COLUMNS = (
    Column("QUEUE", least=12),
    Column("BACKLOG", right=True),
    Column("NEXT DUE", right=True),
    Column("HELD UP BY", drop=1),
)
HELD_UP = {"paused": "a pause", "full": "its backlog: workers are slow or gone", "resting": "failed publishes"}


@click.command("stats", cls=JobsCommand)
@json_option
@click.pass_context
def stats(ctx: click.Context, as_json: bool) -> None:
    """Show how many jobs there are in which state, and what each queue has before it."""
    from celery_durable_jobs import durable_jobs

    ours = extension(ctx)
    told = durable_jobs.stats()
    if as_json:
        say_json(_as_dict(told))
        return
    say(fields(_pairs(told)))
    if told.routes:
        now = datetime.now(timezone.utc)
        rows = [_row(each, now, told.keepers) for each in sorted(told.routes, key=lambda each: route_label(each.route))]
        say(["", *table(COLUMNS, rows, terminal_width())])
    if not told.keepers and not ours.settings.store.startswith("memory:"):
        say_error(no_keeper(ours.app))


def _pairs(told: JobStats) -> list[tuple[str, object]]:
    return [
        *((name, f"{told.counts.get(name, 0):,}") for name in COUNTS),
        ("ended", f"{told.ended:,} (remembered)"),
        ("overdue", say_duration(told.overdue.total_seconds())),
        ("shards", f"{told.shards:,}"),
        ("keepers alive", told.keepers),
        ("paused", ", ".join(told.paused) or None),
        ("set aside", f"{told.aside:,} (written by a newer version)" if told.aside else None),
    ]


def _row(each: RouteTotal, now: datetime, keepers: int) -> list[object]:
    due = say_distance(each.next_due, now) if each.next_due is not None else "-"
    held_up = [HELD_UP.get(why, why) for why in each.held_up]
    if not keepers and each.next_due is not None:
        held_up.insert(0, "no keeper")
    return [route_label(each.route), f"{each.backlog:,}", due, ", ".join(held_up)]


def _as_dict(told: JobStats) -> dict[str, Any]:
    return {
        "counts": {name: told.counts.get(name, 0) for name in COUNTS},
        "ended": told.ended,
        "overdue_seconds": told.overdue.total_seconds(),
        "shards": told.shards,
        "keepers_alive": told.keepers,
        "paused": list(told.paused),
        "aside": told.aside,
        "routes": [
            {
                **route_dict(each.route),
                "backlog": each.backlog,
                "next_due": each.next_due,
                "held_up_by": list(each.held_up),
            }
            for each in told.routes
        ],
    }
