"""``durable-jobs schedule``."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import click

from celery_durable_jobs.cli.common import JobsCommand, extension, json_option, say, say_error, say_json
from celery_durable_jobs.cli.moments import Duration, Moment, say_duration, say_moment


class _Json(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A JSON document of one kind. (Celery's own types say no more than what the parser choked on.)"""

    def __init__(self, kind: type, expected: str) -> None:
        self.name = expected.partition(",")[0].lower()
        self._kind = kind
        self._expected = expected

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            found = json.loads(value) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(f"{value!r} is no {self._expected} ({error})", param, ctx)
        if not isinstance(found, self._kind):
            self.fail(f"{value!r} is no {self._expected}", param, ctx)
        return found


def _warn_of_unknown(app: Any, handler: str, grace: float) -> None:
    """It may live in another project, or be misspelt: only a worker will know."""
    if handler in app.tasks:
        return
    from celery_durable_jobs._options import suggestion

    known = [name for name, task in app.tasks.items() if getattr(task, "durable_job_handler", False)]
    hint = suggestion(handler, known) or "."
    say_error(
        f"Warning: this project has no handler {handler!r}{hint} "
        f"A job that no worker knows how to run is dead after {say_duration(grace)} (durable_jobs_unknown_grace)"
    )


def _metadata(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str] | None:
    pairs = {}
    for text in values:
        name, found, value = text.partition("=")
        if not found:
            raise click.BadParameter(f"{text!r} is not KEY=VALUE", ctx, param)
        pairs[name] = value
    return pairs or None


@click.command("schedule", cls=JobsCommand)
@click.argument("handler")
@click.option("--args", type=_Json(list, "JSON array, such as '[1, 2]'"), help="Positional arguments, a JSON array.")
@click.option(
    "--kwargs", type=_Json(dict, "JSON object, such as '{\"user\": 1}'"), help="Keyword arguments, a JSON object."
)
@click.option("--eta", type=Moment(), help="Due then: 2030-01-31T09:00 (the app's timezone), now, +2h.")
@click.option("--countdown", type=Duration(), help="Due after: 90 (seconds), 45s, 10m, 2h, 1d12h.")
@click.option("--name", help="A label; the handler's name by default.")
@click.option("--target", help="What the job acts on: order:42.")
@click.option("--key", help="The one job that waits under this key (within its target).")
@click.option("--on-conflict", type=click.Choice(["return", "replace", "error"]), help="When the key names a job.")
@click.option("--metadata", "-m", multiple=True, callback=_metadata, metavar="KEY=VALUE", help="May be given often.")
@click.option("--expires", type=Moment(), help="End the job instead of running it after this moment.")
@click.option("--queue", help="The queue, instead of the handler's own.")
@click.option("--exchange", help="The exchange, instead of the queue's own.")
@click.option("--routing-key", help="The routing key, instead of the queue's own.")
@click.option("--priority", type=int, help="The message's priority.")
@json_option
@click.pass_context
def schedule(ctx: click.Context, /, handler: str, as_json: bool, **options: Any) -> None:
    """Schedule a job for HANDLER, a task name such as shop.orders.expire."""
    now = datetime.now().astimezone()
    # Its tasks: the arguments of a handler that lives here are checked against its signature.
    ours = extension(ctx)
    ours.app.loader.import_default_modules()
    from celery_durable_jobs import schedule_job

    if (options["eta"] is None) == (options["countdown"] is None):
        raise click.UsageError("when? Give either --eta or --countdown")
    names = ("args", "kwargs", "eta", "countdown", "name", "target", "key", "on_conflict", "metadata", "expires",
             "queue", "exchange", "routing_key", "priority")  # fmt: skip
    given = {name: options[name] for name in names if options.get(name) is not None}
    job = schedule_job.apply(handler, **given)
    _warn_of_unknown(ours.app, handler, ours.settings.unknown_grace)
    if as_json:
        say_json(job.to_dict())
    elif job.created is False:
        say(f"{job.id}  has the key already, due {say_moment(job.due_time, now)}")
    else:
        say(f"{job.id}  due {say_moment(job.due_time, now)}")
