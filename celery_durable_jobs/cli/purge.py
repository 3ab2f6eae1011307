"""``durable-jobs purge``."""

from __future__ import annotations

from typing import Any

import click

from celery_durable_jobs.cli.common import (
    JobsCommand,
    confirm,
    extension,
    json_option,
    plural,
    say,
    say_json,
    yes_option,
)

ASKED = {"waiting": "all waiting jobs", "ended": "what is remembered of ended jobs", "dead": "all dead letters"}


@click.command("purge", cls=JobsCommand)
@click.option("--waiting", is_flag=True, help="Jobs that wait.")
@click.option("--ended", is_flag=True, help="What is remembered of ended jobs.")
@click.option("--dead", is_flag=True, help="Dead letters.")
@click.option("--all", "everything", is_flag=True, help="All three of them.")
@yes_option
@json_option
@click.pass_context
def purge(ctx: click.Context, /, everything: bool, yes: bool, as_json: bool, **given: Any) -> None:
    """Remove jobs without a trace. Jobs that were claimed or sent, or that are running, stay."""
    from celery_durable_jobs.steps import Purge

    chosen = [what for what in ASKED if everything or given[what]]
    if not chosen:
        raise click.UsageError("what? Give --waiting, --ended, --dead or --all")
    ours = extension(ctx)
    names = " and ".join(ASKED[what] for what in chosen)
    confirm(f"Remove {names} of {ours.settings.namespace!r}? This can't be undone.", yes)
    counts = dict.fromkeys(chosen, 0)
    for what in chosen:
        for stripe in range(ours.stripes):
            more = True
            while more:
                done = ours.store.send(Purge(stripe, what))
                counts[what] += done.count
                more = done.more
    if as_json:
        say_json(counts)
    else:
        say(", ".join(f"{plural(count, 'job')} {what}" for what, count in counts.items()) + " removed")
