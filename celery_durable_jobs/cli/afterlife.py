"""``durable-jobs replay`` and ``forget``: for jobs that have ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from celery_durable_jobs.cli.common import (
    NOT_DONE,
    JobsCommand,
    confirm,
    extension,
    filter_options,
    ids_or_filters,
    json_option,
    say,
    say_counts,
    say_json,
    taken_filters,
    yes_option,
)
from celery_durable_jobs.cli.moments import Duration
from celery_durable_jobs.cli.tables import clean

if TYPE_CHECKING:
    from celery_durable_jobs.jobs import DurableJob


@click.command("replay", cls=JobsCommand)
@click.argument("job_ids", nargs=-1)
@filter_options
@click.option("--countdown", type=Duration(), help="Due after: 45s, 10m, 2h; now by default.")
@yes_option
@json_option
@click.pass_context
def replay(
    ctx: click.Context,
    /,
    job_ids: tuple[str, ...],
    countdown: timedelta | None,
    yes: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Give dead letters another life: by id, or all that filters choose.

    They are due now, attempts count from nought, and `expires` is dropped. Exit code 1 when some job named by id is
    no dead letter.
    """
    from celery_durable_jobs import DuplicateKeyError, durable_jobs

    extension(ctx)
    filters = taken_filters(options)
    ids_or_filters(job_ids, filters, "replay")
    if filters:
        if filters.setdefault("state", "dead") != "dead":
            raise click.UsageError("only dead letters can be replayed: leave --state out")
        confirm("Replay all dead letters that these filters choose?", yes)
        say_counts(durable_jobs.find(**filters).replay(countdown=countdown), as_json)
        return

    def one(job: DurableJob) -> str:
        try:
            again = job.replay(countdown=countdown)
        except DuplicateKeyError as error:
            return f"its key is taken by {error.job_id}"
        return "replayed" if again is not None else f"not replayed: it is {job.state}, no dead letter"

    _each(ctx, job_ids, one, "replayed", as_json)


@click.command("forget", cls=JobsCommand)
@click.argument("job_ids", nargs=-1)
@filter_options
@yes_option
@json_option
@click.pass_context
def forget(ctx: click.Context, /, job_ids: tuple[str, ...], yes: bool, as_json: bool, **options: Any) -> None:
    """Remove every trace of jobs that have ended: by id, or all that filters choose (with --state dead, say).

    Arguments, metadata, target and error go; id and outcome stay for `durable_jobs_keep_ended`. Exit code 1 when some
    job named by id has not ended.
    """
    from celery_durable_jobs import durable_jobs

    extension(ctx)
    filters = taken_filters(options)
    ids_or_filters(job_ids, filters, "forget")
    if filters:
        confirm("Forget all jobs that these filters choose?", yes)
        say_counts(durable_jobs.find(**filters).forget(), as_json)
        return

    def one(job: DurableJob) -> str:
        return "forgotten" if job.forget() else f"not forgotten: it is {job.state}"

    _each(ctx, job_ids, one, "forgotten", as_json)


def _each(
    ctx: click.Context, job_ids: tuple[str, ...], act: Callable[[DurableJob], str], good: str, as_json: bool
) -> None:
    """Act on each job and print what came of it; exit code 1 when it isn't ``good`` for all."""
    from celery_durable_jobs import durable_jobs

    outcomes = []
    for job_id in job_ids:
        job = durable_jobs.get(job_id)
        outcomes.append((job_id, act(job) if job is not None else "no such job"))
    if as_json:
        say_json([{"id": job_id, "outcome": outcome} for job_id, outcome in outcomes])
    else:
        say(f"{clean(job_id)}  {outcome}" for job_id, outcome in outcomes)
    if any(outcome != good for _, outcome in outcomes):
        ctx.exit(NOT_DONE)
