"""The stage: a folder, a server, a keeper and a worker, made for one show and gone after it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from example_project.demo.interrupts import Interrupts
from example_project.demo.servers import HELP, find_server

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds that a process may take until it is ready."""


class StageError(Exception):
    """Something didn't start; the message says what, and ends with what it printed."""


class Stage:
    """Starts processes, and ends all of them at the end. Use it in ``with``."""

    def __init__(self, interrupts: Interrupts) -> None:
        self._interrupts = interrupts
        self._stack = contextlib.ExitStack()
        self._processes: list[tuple[str, subprocess.Popen[bytes]]] = []
        self.folder = Path()
        self.url = ""

    def __enter__(self) -> Stage:
        try:
            with self._interrupts.postponed():
                self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="durable-jobs-demo-")))
                self._stack.callback(self._end_all)
        except KeyboardInterrupt:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with self._interrupts.postponed():
            self._stack.close()

    def start_server(self) -> str:
        """Start a server on a free port of this machine alone; answers what it is.

        :raises StageError: there is none, or it doesn't start.
        """
        program = find_server()
        if program is None:
            raise StageError(HELP)
        port = _free_port()
        options = {"bind": "127.0.0.1", "port": str(port), "dir": str(self.folder), "save": "", "appendonly": "no"}
        arguments = [text for name, value in options.items() for text in (f"--{name}", value)]
        self.start("server", [str(program), *arguments])
        self.url = f"redis://127.0.0.1:{port}/0"
        version = self.wait("server", self._server_version)
        return f"{version}, {self.url}"

    def _server_version(self) -> str:
        import redis

        with contextlib.suppress(redis.RedisError), redis.Redis.from_url(self.url) as client:
            told = client.info("server")
            return f"Valkey {told['valkey_version']}" if "valkey_version" in told else f"Redis {told['redis_version']}"
        return ""

    def start(self, name: str, command: list[str], environment: dict[str, str] | None = None) -> None:
        """Start a process. It gets a session of its own: Ctrl-C reaches us alone, and we end it in good order."""
        with self._interrupts.postponed(), (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
            )
            self._processes.append((name, process))

    def start_celery(self, name: str, *arguments: str) -> None:
        """Start ``celery -A example_project …``, which inherits our environment."""
        paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
        command = [sys.executable, "-m", "celery", "-A", "example_project", *arguments]
        self.start(name, command, {"PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"})

    def wait_for_log(self, name: str, text: str) -> None:
        """Wait until the process has printed ``text``."""
        self.wait(name, lambda: text if text in self.log(name) else "")

    def wait(self, name: str, ready: Callable[[], str]) -> str:
        """Wait until ``ready`` answers something, and answer it.

        :raises StageError: the process ended, or took too long.
        """
        process = dict(self._processes)[name]
        limit = time.monotonic() + PATIENCE
        while not (answer := ready()):
            if process.poll() is not None:
                raise StageError(f"the {name} ended with exit code {process.returncode}:\n{self.log(name)[-3000:]}")
            if time.monotonic() > limit:
                raise StageError(f"the {name} was not ready within {PATIENCE:g} s:\n{self.log(name)[-3000:]}")
            time.sleep(0.02)
        return answer

    def ended(self) -> list[str]:
        """The names of processes that have ended though nobody asked them to."""
        return [name for name, process in self._processes if process.poll() is not None]

    def log(self, name: str) -> str:
        """What the process has printed."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def _end_all(self) -> None:
        """Ask each to end, the last one first; what doesn't within ten seconds is killed with all that it started."""
        for _, process in reversed(self._processes):
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                pass
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
