"""``celery -A proj durable-shards``: a keeper; with ``--healthcheck`` a probe of one."""

from __future__ import annotations

from typing import Any

import click
from celery.bin.base import LOG_LEVEL, CeleryDaemonCommand, CeleryOption, handle_preload_options

GROUP = "Keeper Options"


@click.command(
    "durable-shards",
    cls=CeleryDaemonCommand,
    context_settings={"allow_extra_args": True},
    short_help="Start a keeper: owns shards, dispatches due jobs.",
)
@click.option(
    "-n",
    "--hostname",
    cls=CeleryOption,
    default=None,
    help_group=GROUP,
    help="The keeper's name, in logs and for --healthcheck.  %h is the machine's name.  "
    "Defaults to `durable-shards@%h`; two keepers on one machine should have two names.",
)
@click.option(
    "-l", "--loglevel", default="INFO", cls=CeleryOption, type=LOG_LEVEL, help_group=GROUP, help="Logging level."
)
@click.option(
    "--once",
    is_flag=True,
    default=False,
    cls=CeleryOption,
    help_group=GROUP,
    help="Dispatch what is due now, then end.",
)
@click.option(
    "--healthcheck",
    is_flag=True,
    default=False,
    cls=CeleryOption,
    help_group=GROUP,
    help="Start nothing: tell whether the keeper named --hostname does its work.  Exit code 0 or 1.",
)
@click.option(
    "-D",
    "--detach",
    is_flag=True,
    default=False,
    cls=CeleryOption,
    help_group=GROUP,
    help="Detach and run in the background as a daemon.",
)
@click.pass_context
@handle_preload_options
def durable_shards(
    ctx: click.Context,
    hostname: str | None = None,
    loglevel: int = 20,
    once: bool = False,
    healthcheck: bool = False,
    detach: bool = False,
    logfile: str | None = None,
    pidfile: str | None = None,
    uid: str | None = None,
    gid: str | None = None,
    umask: str | None = None,
    **_: Any,
) -> None:
    """Start a keeper.

    A keeper owns shards of durable jobs: it moves their due jobs onto their Celery queues and recovers what was lost.
    Run at least one; run two, so that one may fail.
    """
    from celery.platforms import detached, maybe_drop_privileges

    from celery_durable_jobs._current import extension_of
    from celery_durable_jobs.errors import ConfigurationError

    app = ctx.obj.app
    if ctx.args:
        try:
            app.config_from_cmdline(ctx.args)
        except (KeyError, ValueError) as error:
            raise click.UsageError(f"can't read the configuration given last: {error}", ctx) from error
    app.set_current()
    app.set_default()
    try:
        extension = extension_of(app)
        if extension is None:
            raise ConfigurationError(f"the app {app.main!r} has no durable jobs: DurableJobs(app)")
        _refuse_memory(extension.settings.store)
        if healthcheck:
            _probe(ctx, extension, _node_name(hostname))
        if not detach:
            maybe_drop_privileges(uid=uid, gid=gid)

        def run() -> int:
            from celery_durable_jobs.keeper.program import KeeperProgram

            program = KeeperProgram(
                app,
                extension,
                hostname=_node_name(hostname),
                loglevel=loglevel,
                logfile=logfile,
                pidfile=pidfile,
                quiet=ctx.obj.quiet,
                no_color=ctx.obj.no_color,
            )
            return program.run(once=once)

        if detach:
            with detached(logfile, pidfile, uid, gid, umask):
                ctx.exit(run())
        ctx.exit(run())
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from error


def _refuse_memory(store_url: str) -> None:
    from celery_durable_jobs.errors import ConfigurationError

    if store_url.startswith("memory:"):
        raise ConfigurationError(
            "durable_jobs_store is memory://, which lives inside one process: a keeper of its own can't see its jobs. "
            "The process that schedules them keeps them itself; for a keeper set durable_jobs_store to a server, "
            'for instance "redis://localhost:6379/0"'
        )


def _node_name(hostname: str | None) -> str:
    from celery.utils.nodenames import host_format

    return str(host_format(hostname or "durable-shards@%h"))


def _probe(ctx: click.Context, extension: Any, hostname: str) -> None:
    from celery_durable_jobs.keeper.probe import probe

    health = probe(extension, hostname)
    click.echo(health.message)
    ctx.exit(0 if health.healthy else 1)
