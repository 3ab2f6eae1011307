"""What the commands share: the app's extension, errors as exit codes, output as text or JSON, filters."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click
from celery.bin.base import CeleryCommand

from celery_durable_jobs.cli.moments import Moment
from celery_durable_jobs.cli.tables import clean, clean_lines
from celery_durable_jobs.errors import DurableJobsError, InvalidJobError

if TYPE_CHECKING:
    from celery_durable_jobs.app import DurableJobs

Command = TypeVar("Command", bound=Callable[..., Any])

DONE, NOT_DONE, USAGE = 0, 1, 2
"""Exit codes."""

STATES = ("waiting", "claimed", "sent", "running", "succeeded", "cancelled", "expired", "dead")


class NotDoneError(click.ClickException):
    """The command could not do what it was asked; exit code 1."""

    exit_code = NOT_DONE

    def show(self, file: Any = None) -> None:
        say_error(f"Error: {self.message}")


class JobsCommand(CeleryCommand):
    """A command whose library errors become a sentence and an exit code instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        make_current(ctx)
        try:
            _say_memory(ctx)
            return super().invoke(ctx)
        except InvalidJobError as error:
            failure = click.UsageError(" ".join(clean_lines(error)), ctx)
            raise failure from error
        except DurableJobsError as error:
            raise NotDoneError(str(error)) from error


def _say_memory(ctx: click.Context) -> None:
    from celery_durable_jobs._current import extension_of

    found: DurableJobs | None = extension_of(ctx.obj.app)
    if found is not None and found.settings.store.startswith("memory:"):
        say_error(
            "durable_jobs_store is memory://, which lives inside one process: this command sees none of the jobs of "
            "others, and its own end with it"
        )


def make_current(ctx: click.Context) -> None:
    """Make the app that ``-A`` named the one that ``durable_jobs`` and ``schedule_job`` belong to."""
    app = ctx.obj.app
    app.set_current()
    app.set_default()


def extension(ctx: click.Context) -> DurableJobs:
    """The extension of the app that ``-A`` named.

    :raises NotDoneError: it has none.
    """
    from celery_durable_jobs._current import extension_of

    found: DurableJobs | None = extension_of(ctx.obj.app)
    if found is None:
        raise NotDoneError(
            f"the app {ctx.obj.app.main or 'that -A names'!s} has no durable jobs: "
            "give it the extension, DurableJobs(app), or name another app with `celery -A`"
        )
    return found


# -- output ------------------------------------------------------------------------------------------------------------


def say(lines: str | Iterable[str]) -> None:
    """Print lines that are clean already, whatever the terminal's encoding lacks."""
    for line in [lines] if isinstance(lines, str) else lines:
        click.echo(_encodable(line, sys.stdout))


def say_error(text: str) -> None:
    """Print on stderr, cleaned."""
    for line in clean_lines(text):
        click.echo(_encodable(line, sys.stderr), err=True)


def _encodable(text: str, stream: Any) -> str:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def say_json(value: Any) -> None:
    """Print one JSON document. Characters beyond ASCII are escaped, so that it is safe on a terminal too."""
    click.echo(json.dumps(value, indent=2, default=_jsonable))


def say_json_lines(values: Iterable[Any]) -> int:
    """Print a JSON array while it comes, one element a line; answers how many they were."""
    count = 0
    for value in values:
        click.echo(("[" if count == 0 else ",") + "\n  " + json.dumps(value, default=_jsonable), nl=False)
        count += 1
    click.echo("[]" if count == 0 else "\n]")
    return count


def _jsonable(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return str(value)


def fail(message: str) -> NoReturn:
    """End with exit code 1 and a sentence on stderr."""
    raise NotDoneError(message)


def plural(count: int, noun: str) -> str:
    """``1 job``, ``2 jobs``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def say_counts(counts: Mapping[Any, int], as_json: bool) -> None:
    """Print what a bulk verb came to: counts by outcome."""
    plain = {str(getattr(outcome, "value", outcome)): count for outcome, count in counts.items()}
    if as_json:
        say_json(plain)
        return
    say(", ".join(f"{count:,} {clean(outcome)}" for outcome, count in plain.items()) or "no job matched")


# -- options -----------------------------------------------------------------------------------------------------------

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
yes_option = click.option("--yes", "-y", is_flag=True, help="Don't ask.")

_FILTERS = (
    click.option("--state", type=click.Choice(STATES), help="Only jobs in this state."),
    click.option("--target", help="Only jobs of this target."),
    click.option("--name", help="Only jobs of this name."),
    click.option("--handler", help="Only jobs of this handler (its task name)."),
    click.option(
        "--due-before", type=Moment(dates=True), help="Only jobs due before: 2030-01-31T09:00, now, +2h, -30m."
    ),
    click.option("--ended-after", type=Moment(dates=True), help="Only jobs that ended after: as --due-before."),
)

FILTER_NAMES = ("state", "target", "name", "handler", "due_before", "ended_after")


def filter_options(command: Command) -> Command:
    """Add the options that choose jobs."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def taken_filters(options: Mapping[str, Any]) -> dict[str, Any]:
    """The filters among a command's options that were given."""
    return {name: options[name] for name in FILTER_NAMES if options.get(name) is not None}


def ids_or_filters(ids: tuple[str, ...], filters: Mapping[str, Any], verb: str) -> None:
    """Refuse both, and neither.

    :raises click.UsageError: it isn't exactly one of them.
    """
    if ids and filters:
        raise click.UsageError("give either job ids or filters, not both")
    if not ids and not filters:
        raise click.UsageError(f"which jobs? Give ids, or filters such as --target or --handler, to {verb}")


def confirm(question: str, yes: bool) -> None:
    """Ask, unless ``--yes`` was given; without a terminal to ask on, say that it is needed."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("nobody can be asked here: give --yes")
    click.confirm(question, abort=True)
