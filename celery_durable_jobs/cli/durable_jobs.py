"""``celery -A proj durable-jobs``: look at jobs, and act on them.

Every ``celery`` call imports this module, so that it imports next to nothing: a command's own module is loaded when
that command, or the list of them, is asked for.
"""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "list": ("look", "list_jobs"),
    "show": ("show", "show"),
    "schedule": ("schedule", "schedule"),
    "cancel": ("change", "cancel"),
    "reschedule": ("change", "reschedule"),
    "run-now": ("change", "run_now"),
    "pause": ("queues", "pause"),
    "resume": ("queues", "resume"),
    "replay": ("afterlife", "replay"),
    "forget": ("afterlife", "forget"),
    "shards": ("shards", "shards"),
    "keepers": ("keepers", "keepers"),
    "stats": ("stats", "stats"),
    "purge": ("purge", "purge"),
}
"""The commands in the order in which help shows them: name → module beside this one, and the command in it."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"celery_durable_jobs.cli.{module}"), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, n=1) if args else []
            if close:
                raise click.UsageError(f"{error.message} Did you mean {close[0]!r}?", ctx) from error
            raise


@click.group(cls=LazyGroup)
@click.pass_context
def durable_jobs(ctx: click.Context, /, **_: object) -> None:
    """Look at durable jobs, and act on them.

    Exit codes: 0 done; 1 not done (no such job, a cancel that came too late, the store is away); 2 wrong usage.
    """
