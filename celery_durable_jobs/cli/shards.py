"""``durable-jobs shards``."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import click

from celery_durable_jobs.cli.common import JobsCommand, extension, json_option, plural, say, say_error, say_json
from celery_durable_jobs.cli.moments import say_distance, say_duration
from celery_durable_jobs.cli.tables import Column, table, terminal_width

if TYPE_CHECKING:
    from celery_durable_jobs.model.route import Route
    from celery_durable_jobs.steps import ShardEntry

COLUMNS = (
    Column("SHARD"),
    Column("KEEPER", least=12),
    Column("LEASE", right=True),
    Column("NEXT DUE", right=True),
    Column("NEXT OVERDUE", right=True, drop=1),
    Column("QUEUES", least=8, drop=2),
)


@click.command("shards", cls=JobsCommand)
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="At most so many.")
@json_option
@click.pass_context
def shards(ctx: click.Context, limit: int, as_json: bool) -> None:
    """Show shards that hold jobs, those that need a keeper soonest first, and who holds them.

    A shard is the jobs that were scheduled for one window of time, and the unit of ownership. Nobody holds one in
    which nothing is due.
    """
    from celery_durable_jobs.steps import Shards

    ours = extension(ctx)
    answers = ours.store.send_many([Shards(stripe, limit + 1) for stripe in range(ours.stripes)])
    entries = sorted((entry for answer in raised(answers) for entry in answer), key=_head)
    shown = entries[:limit]
    if as_json:
        say_json([_as_dict(entry) for entry in shown])
    else:
        now = datetime.now(timezone.utc)
        say(table(COLUMNS, [_row(entry, now) for entry in shown], terminal_width()))
        say_error(plural(len(shown), "shard"))
    if len(entries) > limit:
        say_error(f"the first {limit:,}; there are more: --limit")


def raised(answers: list[Any]) -> list[Any]:
    """The answers of ``send_many``; the first error among them is raised."""
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return answers


def _head(entry: ShardEntry) -> int:
    heads = [head for _, head in entry.lines]
    if entry.open_head_us is not None:
        heads.append(entry.open_head_us)
    return min(heads, default=0)


def _row(entry: ShardEntry, now: datetime) -> list[object]:
    from celery_durable_jobs.model.when import from_us

    heads = [head for _, head in entry.lines]
    return [
        entry.shard_id,
        entry.keeper or "-",
        say_duration((from_us(entry.lease_until_us) - now).total_seconds()) if entry.keeper else "-",
        say_distance(from_us(min(heads)), now) if heads else "-",
        say_distance(from_us(entry.open_head_us), now) if entry.open_head_us is not None else "-",
        ", ".join(dict.fromkeys(route_label(route) for route, _ in entry.lines)),
    ]


def route_label(route: Route) -> str:
    """A route's queue, or its exchange and routing key where it has none; with its priority."""
    where = route.queue if route.queue is not None else f"{route.exchange or ''}/{route.routing_key or ''}"
    return where if route.priority is None else f"{where} (priority {route.priority})"


def _as_dict(entry: ShardEntry) -> dict[str, Any]:
    from celery_durable_jobs.model.when import from_us

    return {
        "shard": entry.shard_id,
        "keeper": entry.keeper,
        "lease_until": from_us(entry.lease_until_us) if entry.keeper else None,
        "lines": [{**route_dict(route), "next_due": from_us(head)} for route, head in entry.lines],
        "next_overdue": from_us(entry.open_head_us) if entry.open_head_us is not None else None,
    }


def route_dict(route: Route) -> dict[str, Any]:
    """A route for JSON."""
    return {
        "queue": route.queue,
        "exchange": route.exchange,
        "routing_key": route.routing_key,
        "priority": route.priority,
    }
