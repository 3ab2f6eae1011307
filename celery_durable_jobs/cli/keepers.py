"""``durable-jobs keepers``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from celery_durable_jobs.cli.common import JobsCommand, extension, json_option, say, say_error, say_json
from celery_durable_jobs.cli.moments import say_duration
from celery_durable_jobs.cli.tables import Column, table, terminal_width

if TYPE_CHECKING:
    from celery_durable_jobs.steps import KeeperEntry

COLUMNS = (
    Column("KEEPER", least=16),
    Column("ALIVE"),
    Column("LAST LOOK", right=True),
    Column("ABOUT", least=12, drop=1),
)


@click.command("keepers", cls=JobsCommand)
@json_option
@click.pass_context
def keepers(ctx: click.Context, as_json: bool) -> None:
    """Show the keepers that looked within the last hour and didn't leave politely."""
    from celery_durable_jobs.steps import Keepers

    ours = extension(ctx)
    found: tuple[KeeperEntry, ...] = ours.store.send(Keepers())
    entries = sorted(found, key=lambda entry: (not entry.alive, entry.id))
    if as_json:
        say_json([_as_dict(entry) for entry in entries])
    elif entries:
        say(table(COLUMNS, [_row(entry) for entry in entries], terminal_width()))
    if not any(entry.alive for entry in entries) and not ours.settings.store.startswith("memory:"):
        say_error(no_keeper(ours.app))


def no_keeper(app: Any) -> str:
    """A sentence with the command that starts a keeper for this app."""
    from celery_durable_jobs.observability.command import keeper_command

    return f"no keeper is alive: nothing is dispatched until one runs: {keeper_command(app)}"


def _row(entry: KeeperEntry) -> list[object]:
    about = ", ".join(f"{name} {value}" for name, value in entry.info.items() if name != "hostname")
    ago = say_duration((entry.now_us - entry.last_look_us) / 1_000_000)
    return [entry.id, "yes" if entry.alive else "NO", f"{ago} ago", about]


def _as_dict(entry: KeeperEntry) -> dict[str, Any]:
    from celery_durable_jobs.model.when import from_us

    return {
        "keeper": entry.id,
        "alive": entry.alive,
        "last_look": from_us(entry.last_look_us),
        "about": dict(entry.info),
    }
