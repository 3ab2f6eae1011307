"""``durable-jobs pause`` and ``resume``."""

from __future__ import annotations

import click

from celery_durable_jobs.cli.common import JobsCommand, extension, json_option, say, say_json
from celery_durable_jobs.cli.tables import clean


@click.command("pause", cls=JobsCommand)
@click.argument("queue")
@json_option
@click.pass_context
def pause(ctx: click.Context, queue: str, as_json: bool) -> None:
    """Hand over no more jobs to QUEUE. What it has been given runs; what falls due waits in the store."""
    extension(ctx)
    from celery_durable_jobs import durable_jobs

    _say(queue, bool(durable_jobs.pause(queue=queue)), as_json, "is paused", "was paused already")


@click.command("resume", cls=JobsCommand)
@click.argument("queue")
@json_option
@click.pass_context
def resume(ctx: click.Context, queue: str, as_json: bool) -> None:
    """Go on after a pause: what fell due meanwhile is handed over, oldest first."""
    extension(ctx)
    from celery_durable_jobs import durable_jobs

    _say(queue, bool(durable_jobs.resume(queue=queue)), as_json, "goes on", "was not paused")


def _say(queue: str, changed: bool, as_json: bool, done: str, already: str) -> None:
    if as_json:
        say_json({"queue": queue, "changed": changed})
    else:
        say(f"{clean(queue)} {done if changed else already}")
