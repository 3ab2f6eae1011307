"""``durable-jobs cancel``, ``reschedule`` and ``run-now``."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from celery_durable_jobs.cli.common import (
    NOT_DONE,
    JobsCommand,
    confirm,
    extension,
    fail,
    filter_options,
    ids_or_filters,
    json_option,
    say,
    say_counts,
    say_json,
    taken_filters,
    yes_option,
)
from celery_durable_jobs.cli.moments import Duration, Moment, say_moment

if TYPE_CHECKING:
    from celery_durable_jobs.jobs import DurableJob

SAID = {
    "cancelled": "cancelled: no run of it will begin",
    "requested": "running: it was asked to stop, and will not run again",
    "ended": "had ended already",
    "not_found": "no such job",
}


@click.command("cancel", cls=JobsCommand)
@click.argument("job_ids", nargs=-1)
@click.option("--key", help="The job that holds this key, instead of ids (--target says within which target).")
@filter_options
@yes_option
@json_option
@click.pass_context
def cancel(
    ctx: click.Context, /, job_ids: tuple[str, ...], key: str | None, yes: bool, as_json: bool, **options: Any
) -> None:
    """Cancel jobs: by id, by --key, or all that filters choose.

    Exit code 1 when some job named by id or key could not be cancelled: it runs (it is then asked to stop), has ended,
    or doesn't exist.
    """
    extension(ctx)
    from celery_durable_jobs import durable_jobs

    filters = taken_filters(options)
    if key is not None:
        if job_ids or set(filters) - {"target"}:
            raise click.UsageError("--key goes with --target alone")
        outcomes = [(key, durable_jobs.cancel(key=key, target=filters.get("target")))]
    else:
        ids_or_filters(job_ids, filters, "cancel")
        if filters:
            confirm("Cancel all jobs that these filters choose?", yes)
            say_counts(durable_jobs.find(**filters).cancel(), as_json)
            return
        outcomes = [(job_id, durable_jobs.cancel(job_id)) for job_id in job_ids]
    if as_json:
        label = "key" if key is not None else "id"
        say_json([{label: named, "outcome": outcome.value} for named, outcome in outcomes])
    else:
        for named, outcome in outcomes:
            from celery_durable_jobs.cli.tables import clean

            say(f"{clean(named)}  {SAID[outcome.value]}")
    if not all(outcome for _, outcome in outcomes):
        ctx.exit(NOT_DONE)


@click.command("reschedule", cls=JobsCommand)
@click.argument("job_id")
@click.option("--eta", type=Moment(), help="Due then: 2030-01-31T09:00 (the app's timezone), now, +2h.")
@click.option("--countdown", type=Duration(), help="Due after: 90 (seconds), 45s, 10m, 2h, 1d12h.")
@json_option
@click.pass_context
def reschedule(
    ctx: click.Context, /, job_id: str, eta: datetime | None, countdown: timedelta | None, as_json: bool, **_: Any
) -> None:
    """Give a job that has not begun another due time."""
    if (eta is None) == (countdown is None):
        raise click.UsageError("when? Give either --eta or --countdown")
    job = _found(ctx, job_id)
    _say_moved(job, job.reschedule(eta=eta) if eta is not None else job.reschedule(countdown=countdown), as_json)


@click.command("run-now", cls=JobsCommand)
@click.argument("job_ids", nargs=-1, required=True)
@json_option
@click.pass_context
def run_now(ctx: click.Context, job_ids: tuple[str, ...], as_json: bool) -> None:
    """Make jobs that have not begun due now."""
    for job_id in job_ids:
        job = _found(ctx, job_id)
        _say_moved(job, job.reschedule(countdown=0), as_json)


def _found(ctx: click.Context, job_id: str) -> DurableJob:
    extension(ctx)
    from celery_durable_jobs import durable_jobs

    job = durable_jobs.get(job_id)
    if job is None:
        fail(f"no job {job_id}")
    return job


def _say_moved(before: DurableJob, after: DurableJob | None, as_json: bool) -> None:
    if after is None:
        now = before.refresh()
        replay = f" (another life for a dead letter: durable-jobs replay {before.id})"
        fail(
            f"{before.id} is {now.state if now else 'gone'}: only what has not begun can be moved"
            f"{replay if now and now.state == 'dead' else ''}"
        )
    if as_json:
        say_json(after.to_dict())
    else:
        say(f"{after.id}  due {say_moment(after.due_time, datetime.now().astimezone())}")
