"""A keeper as a process: banner, log, pidfile, signals. What ``celery durable-shards`` runs."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click
from celery import platforms
from celery.utils.imports import qualname
from celery.utils.log import LOG_LEVELS

from celery_durable_jobs import __version__
from celery_durable_jobs._broker_url import mask_url
from celery_durable_jobs._current import Extension
from celery_durable_jobs.errors import StoreError
from celery_durable_jobs.keeper.keeper import Keeper
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.settings import SETTINGS

logger = get_logger("keeper")

BANNER = """\
LocalTime -> {now}
Configuration ->
    . app -> {app}
    . broker -> {broker}
    . store -> {store}
    . namespace -> {namespace}
    . keeper -> {keeper}
    . version -> {version}
    . loader -> {loader}
    . logfile -> {logfile}@%{loglevel}
Settings ->
{settings}"""

_ELSEWHERE = ("store", "namespace")
"""Settings that stand above."""


class KeeperProgram:
    """Runs one keeper in this process until a signal ends it. SIGTERM and SIGINT: release and end; once more: end at
    once. SIGHUP: release and start anew, with new code and configuration.
    """

    def __init__(
        self,
        app: Any,
        extension: Extension,
        *,
        hostname: str,
        loglevel: int,
        logfile: str | None,
        pidfile: str | None,
        quiet: bool,
        no_color: bool,
    ) -> None:
        self._app = app
        self._extension = extension
        self._hostname = hostname
        self._loglevel = loglevel
        self._logfile = logfile
        self._pidfile = pidfile
        self._quiet = quiet
        self._no_color = no_color
        self._pidlock: Any = None
        self._keeper: Keeper | None = None
        self._ending = False
        self._restart = False

    def run(self, *, once: bool) -> int:
        """Answers the exit code. Restarts the process in place of an answer after SIGHUP."""
        if self._pidfile:
            self._pidlock = platforms.create_pidlock(self._pidfile)
        self._app.loader.init_worker()
        self._app.finalize()
        platforms.set_process_title("celery", info=f"durable-shards {self._hostname}")
        self._install_signals()
        self._keeper = Keeper(self._app, self._extension, hostname=self._hostname)
        if not self._quiet:
            click.echo(self._banner(self._keeper))
        self._set_up_logging()
        if self._ending:
            return 0
        code = self._run_in_thread(self._keeper, once=once)
        if self._restart:
            self._start_anew()
        return code

    def _run_in_thread(self, keeper: Keeper, *, once: bool) -> int:
        """The main thread is left to signals: a handler must not meet a lock that its own thread holds."""
        failure: list[BaseException] = []

        def work() -> None:
            try:
                if once:
                    logger.info("%s dispatched %d jobs", self._hostname, keeper.run_once())
                else:
                    keeper.run()
            except BaseException as error:
                failure.append(error)

        thread = threading.Thread(target=work, name="durable-shards")
        thread.start()
        thread.join()
        if not failure:
            return 0
        if isinstance(failure[0], StoreError):
            logger.critical("%s could not do its work: %s", self._hostname, failure[0])
            return 1
        raise failure[0]

    # -- signals ---------------------------------------------------------------------------------------------------

    def _install_signals(self) -> None:
        platforms.signals.update(SIGTERM=self._on_end, SIGINT=self._on_end, SIGHUP=self._on_restart)

    def _on_end(self, number: int, frame: object) -> None:
        if self._ending:
            if self._pidlock is not None:
                self._pidlock.release()
            os._exit(128 + number)
        self._ending = True
        self._restart = False
        if self._keeper is not None:
            self._keeper.stop()

    def _on_restart(self, number: int, frame: object) -> None:
        if not self._ending:
            self._restart = True
            if self._keeper is not None:
                self._keeper.stop()

    def _start_anew(self) -> None:
        logger.info("%s starts anew", self._hostname)
        arguments = [argument for argument in sys.orig_argv[1:] if argument != "--detach"]
        if self._pidlock is not None:
            self._pidlock.release()  # Celery before 5.5 takes its own process for another one
        # (Files and sockets of Python are not inherited.)
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(sys.executable, [sys.executable, *arguments])

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _set_up_logging(self) -> None:
        conf = self._app.conf
        self._app.log.setup(
            self._loglevel,
            self._logfile,
            conf.worker_redirect_stdouts,
            conf.worker_redirect_stdouts_level,
            colorize=False if self._no_color else None,
            hostname=self._hostname,
        )

    def _banner(self, keeper: Keeper) -> str:
        settings = self._extension.settings
        shown = BANNER.format(
            now=datetime.now().replace(microsecond=0),
            app=self._app.main,
            broker=self._app.connection_for_write().as_uri(),
            store=mask_url(settings.store),
            namespace=settings.namespace,
            keeper=keeper.id,
            version=f"celery-durable-jobs {__version__}",
            loader=qualname(self._app.loader),
            logfile=self._logfile or "[stderr]",
            loglevel=LOG_LEVELS[self._loglevel],
            settings="\n".join(f"    . {line}" for line in _in_force(settings)),
        )
        colored = self._app.log.colored(self._logfile, enabled=False if self._no_color else None)
        heading = colored.cyan(f"celery durable-shards v{__version__} is starting.")
        return f"{heading}\n{colored.reset(shown)}"


def _in_force(settings: Any) -> list[str]:
    values: Mapping[str, Any] = {each.name: getattr(settings, each.name) for each in SETTINGS}
    return [
        f"{each.name} -> {_shown(values[each.name], each.unit)}" for each in SETTINGS if each.name not in _ELSEWHERE
    ]


def _shown(value: Any, unit: str) -> str:
    if isinstance(value, float):
        return f"{value:.10g} {unit}".rstrip()
    if callable(value):
        return str(qualname(value))
    return f"{value} {unit}".rstrip() if unit and value is not None else str(value)
