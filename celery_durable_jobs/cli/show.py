"""``durable-jobs show``."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import click

from celery_durable_jobs.cli.common import JobsCommand, extension, fail, json_option, say, say_json
from celery_durable_jobs.cli.moments import say_moment
from celery_durable_jobs.cli.tables import clean_lines, fields

if TYPE_CHECKING:
    from celery_durable_jobs.model.record import Content, JobRecord


@click.command("show", cls=JobsCommand)
@click.argument("job_id", required=False)
@click.option("--key", help="The job that holds this key, instead of an id.")
@click.option("--target", help="The target within which the key is unique.")
@json_option
@click.pass_context
def show(ctx: click.Context, job_id: str | None, key: str | None, target: str | None, as_json: bool) -> None:
    """Show all that is known of one job."""
    record = find_record(ctx, job_id, key, target)
    if as_json:
        say_json(as_dict(record, extension(ctx).settings.namespace))
    else:
        say(fields(_pairs(record, datetime.now(timezone.utc))))


def find_record(ctx: click.Context, job_id: str | None, key: str | None, target: str | None) -> JobRecord:
    """The record of a job by its id or key.

    :raises click.UsageError: not exactly one of the two was given.
    :raises NotDoneError: there is no such job.
    """
    from celery_durable_jobs.model.identity import parse_job_id
    from celery_durable_jobs.steps import Get, KeyRef

    if (job_id is None) == (key is None):
        raise click.UsageError("give either a job id or --key")
    if job_id is not None and target is not None:
        raise click.UsageError("--target goes with --key")
    if job_id is not None:
        try:
            parse_job_id(job_id)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    store = extension(ctx).store
    record: JobRecord | None = store.send(Get(job_id if job_id is not None else KeyRef(key or "", target)))
    if record is None:
        fail(f"no job {job_id}" if job_id else f"no job holds the key {key!r}" + (f" of {target!r}" if target else ""))
    return record


def as_dict(record: JobRecord, namespace: str) -> dict[str, Any]:
    """The job as ``DurableJob.to_dict`` tells it, and what only a store's record knows."""
    from celery_durable_jobs.jobs import DurableJob

    route, told = record.route, DurableJob.from_record(record, None, namespace).to_dict()
    told.update(
        expires=_iso(record.expires_us),
        ended=_iso(record.ended_us),
        failures=record.failures,
        lost_runs=record.lost_runs,
        run_id=record.run_id,
        cancel_requested=record.cancel_requested,
        queue=route.queue if route else None,
        exchange=route.exchange if route else None,
        routing_key=route.routing_key if route else None,
        priority=route.priority if route else None,
        arguments=_arguments(record.content),
    )
    return told


def _iso(us: int | None) -> str | None:
    from celery_durable_jobs.model.when import from_us

    return None if us is None else from_us(us).isoformat()


def _arguments(content: Content | None) -> str | None:
    """The arguments as JSON text; what is no JSON (a pickle, say) is told by its size and never decoded."""
    import json

    if content is None:
        return None
    if content.content_type == "application/json":
        try:
            args, kwargs, _ = json.loads(content.body)
            return json.dumps([args, kwargs], ensure_ascii=False)
        except (ValueError, TypeError):
            pass
    return f"{len(content.body)} bytes of {content.content_type}"


def _pairs(record: JobRecord, now: datetime) -> list[tuple[str, object]]:
    from celery_durable_jobs.jobs import DurableJob
    from celery_durable_jobs.model.when import from_us

    job, route = DurableJob.from_record(record), record.route

    def moment(us: int | None) -> str | None:
        return None if us is None else say_moment(from_us(us), now)

    state = f"{job.state}, its cancel is requested" if record.cancel_requested and not job.state.ended else job.state
    return [
        ("id", job.id),
        ("state", state),
        ("due", moment(record.due_us)),
        ("ended", moment(record.ended_us)),
        ("expires", moment(record.expires_us)),
        ("handler", job.handler),
        ("name", job.name if job.name != job.handler else None),
        ("target", job.target),
        ("key", job.key),
        ("queue", route and route.queue),
        ("exchange", route and route.exchange),
        ("routing key", route and route.routing_key),
        ("priority", route and route.priority),
        ("arguments", _arguments(record.content)),
        ("metadata", [f"{name} = {value}" for name, value in (job.metadata or {}).items()] or None),
        ("attempt", record.attempt),
        ("failures", record.failures or None),
        ("lost runs", record.lost_runs or None),
        ("run", record.run_id),
        ("shard", job.shard_id),
        ("error", clean_lines(record.error) if record.error else None),
    ]
