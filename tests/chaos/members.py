"""The processes of a run: each can die, stand still, and be started anew under the name of its next incarnation."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.chaos.history import FOLDER_VARIABLE, NAME_VARIABLE, QUEUES, ready_file
from tests.chaos.world import World
from tests.support.processes import ChildProcess
from tests.support.workers import KEEPER_READY, keeper_arguments, worker_arguments

APP = "tests.chaos.app"


class Member:
    """One keeper, worker or client, through all its incarnations.

    :param command: makes the command from the incarnation's name.
    :param env: likewise, what it has beside the site of its role.
    """

    def __init__(
        self,
        world: World,
        folder: Path,
        role: str,
        number: int,
        command: Callable[[str], list[str]],
        env: Callable[[str], Mapping[str, str]] = lambda name: {},
        *,
        pool: str = "",
    ) -> None:
        self._world = world
        self._folder = folder
        self._command = command
        self._env = env
        self.role = role
        self.label = f"{role}-{number}"
        self.pool = pool
        self.incarnation = 0
        self.frozen = False
        self._ready = False
        self.leaving = False
        """Was asked to end, or was killed: its end is no surprise."""
        self.process: ChildProcess | None = None
        self._past: list[ChildProcess] = []
        """Earlier incarnations: children of a killed parent may live on for a while."""

    @property
    def name(self) -> str:
        """That of the present incarnation."""
        return f"{self.label}.{self.incarnation}"

    @property
    def running(self) -> bool:
        """Whether it lives."""
        return self.process is not None and self.process.running

    @property
    def whole(self) -> bool:
        """Whether it lives, isn't frozen, isn't about to end, and is ready."""
        return self.running and not self.frozen and not self.leaving and self.ready

    @property
    def ready(self) -> bool:
        """Whether it is at work: a keeper's log says so, a worker leaves a file."""
        if not self._ready and self.process is not None:
            if self.role == "worker":
                self._ready = ready_file(self._folder, self.name).exists()
            else:
                self._ready = self.role == "client" or bool(re.search(KEEPER_READY, self.process.log(), re.MULTILINE))
        return self._ready

    def start(self) -> None:
        """A new incarnation."""
        if self.process is not None:
            self._past.append(self.process)
        self.incarnation += 1
        self.frozen = self.leaving = self._ready = False
        env = {
            **self._world.site(self.role).variables(),
            FOLDER_VARIABLE: str(self._folder),
            NAME_VARIABLE: self.name,
            **self._env(self.name),
        }
        log = self._folder / "logs" / f"{self.name}.log"
        self.process = ChildProcess(self._command(self.name), log_path=log, name=self.name, env=env)
        self.process.start()

    def pids(self) -> list[int]:
        """Its process and all that it started."""
        if self.process is None:
            return []
        return [*([self.process.pid] if self.process.running else []), *self.process.family()]

    def children(self) -> list[int]:
        """What it started: pool children."""
        return self.process.family() if self.process is not None else []

    def kill(self, *, group: bool) -> None:
        """SIGKILL; the group, or the process alone."""
        self.leaving = True
        if self.process is not None and self.process.running:
            self.process.kill_group() if group else self.process.kill()

    def terminate(self) -> None:
        """SIGTERM to the process alone."""
        self.leaving = True
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)

    def last_words(self, lines: int = 80) -> str:
        """The end of its log; of a worker that lives: where its threads stand (Celery tells on SIGUSR1)."""
        assert self.process is not None
        if self.role == "worker" and self.process.running:
            self.process.send_signal(signal.SIGUSR1)
            time.sleep(1)
        return self.process.tail(lines)[-8_000:]

    def freeze(self) -> None:
        """SIGSTOP to all of it."""
        self.frozen = True
        assert self.process is not None
        self.process.freeze()

    def thaw(self) -> None:
        """SIGCONT to all of it."""
        self.frozen = False
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                self.process.thaw()

    def close(self) -> None:
        """Kill whatever is left of all incarnations."""
        for process in [*self._past, *([self.process] if self.process is not None else [])]:
            process.close()


def kill_one(pid: int) -> bool:
    """SIGKILL to one process; whether it was there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def keeper(world: World, folder: Path, number: int, shift: Callable[[str], Mapping[str, str]]) -> Member:
    """A keeper."""

    def command(name: str) -> list[str]:
        arguments = keeper_arguments(hostname=f"{name}@chaos")
        return [sys.executable, "-m", "celery", "-A", APP, *arguments]

    return Member(world, folder, "keeper", number, command, shift)


def worker(
    world: World,
    folder: Path,
    number: int,
    shift: Callable[[str], Mapping[str, str]],
    pool: str,
    concurrency: int,
    *,
    loglevel: str = "INFO",
) -> Member:
    """A worker."""

    def command(name: str) -> list[str]:
        arguments = worker_arguments(
            pool=pool,
            concurrency=concurrency,
            queues=QUEUES if pool == "prefork" else QUEUES[:1],
            hostname=f"{name}@chaos",
            loglevel=loglevel,
        )
        return [sys.executable, "-m", "celery", "-A", APP, *arguments]

    return Member(world, folder, "worker", number, command, shift, pool=pool)


def client(
    world: World, folder: Path, number: int, shift: Callable[[str], Mapping[str, str]], orders: dict[str, Any]
) -> Member:
    """A client."""

    def env(name: str) -> dict[str, str]:
        return {**shift(name), "CHAOS_ORDERS": json.dumps({**orders, "queues": QUEUES})}

    return Member(world, folder, "client", number, lambda name: [sys.executable, "-m", "tests.chaos.client"], env)
