"""A command as a real child process: its own group, its output in a file, and no way to leave it behind."""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.support.leaks import MARK_VARIABLE, OWNER, SESSION_MARK, assert_no_leak, kill_marked, marked_processes
from tests.support.waiting import PATIENCE, WaitTimeoutError, wait_until

ROOT = Path(__file__).resolve().parents[2]
"""The folder that holds ``tests`` and the package."""

_numbers = itertools.count(1)
_alive: weakref.WeakSet[ChildProcess] = weakref.WeakSet()


class ProcessDiedError(AssertionError):
    """The process ended while something was awaited from it; the message ends with the tail of its log."""


class ChildProcess:
    """One command that can be started, signalled, killed, stopped and started again.

    It dies with the test process, however that ends: by :meth:`close`, at exit, or (once it runs its own program)
    through the kernel's parent-death signal where ``setpriv`` is installed.

    :param command: program and arguments.
    :param log_path: its stdout and stderr are appended to this file.
    :param env: variables added to ours; a value of None removes one.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        log_path: Path,
        name: str = "",
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.command = list(command)
        self.name = name or Path(self.command[0]).name
        self.log_path = log_path
        self.cwd = cwd or ROOT
        self.mark = f"{SESSION_MARK}.{next(_numbers)}."
        self._env = _environment(env or {}, self.mark)
        self._popen: subprocess.Popen[bytes] | None = None
        self._log_start = 0
        _alive.add(self)

    # -- life ------------------------------------------------------------------------------------------------------

    def start(self) -> ChildProcess:
        """Start it (again); does not wait until it is ready.

        :raises RuntimeError: it is running.
        """
        if self.running:
            raise RuntimeError(f"{self.name} is already running")
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as log:
            self._log_start = log.tell()
            self._popen = subprocess.Popen(
                [*_dies_with_us(), *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.cwd,
                env=self._env,
                start_new_session=True,
            )
        return self

    @property
    def pid(self) -> int:
        """Its process id. :raises RuntimeError: it was never started."""
        if self._popen is None:
            raise RuntimeError(f"{self.name} was never started")
        return self._popen.pid

    @property
    def running(self) -> bool:
        """True between start and end (a stopped or frozen process runs)."""
        return self._popen is not None and self._popen.poll() is None

    @property
    def returncode(self) -> int | None:
        """Exit code, minus the signal's number when one ended it, None while it runs or before it was started."""
        return None if self._popen is None else self._popen.poll()

    def wait(self, timeout: float = 20.0) -> int:
        """Wait for its end and return the exit code. :raises WaitTimeoutError: it lives on after ``timeout`` s."""
        if self._popen is None:
            raise RuntimeError(f"{self.name} was never started")
        try:
            return self._popen.wait(timeout * PATIENCE)
        except subprocess.TimeoutExpired:
            raise WaitTimeoutError(f"{self.name} still runs after {timeout * PATIENCE:g} s\n{self.tail()}") from None

    def send_signal(self, number: int) -> None:
        """Send a signal to the process alone; one that has ended is left in peace."""
        if self.running:
            os.kill(self.pid, number)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Signal the process alone, not what it started; after SIGKILL wait until it is gone."""
        self.send_signal(number)
        if number == signal.SIGKILL and self._popen is not None:
            self.wait(10)

    def kill_group(self, number: int = signal.SIGKILL) -> None:
        """Signal the process and all of its group; after SIGKILL wait until the process is gone."""
        if self._popen is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)
            if number == signal.SIGKILL:
                self.wait(10)

    def freeze(self) -> None:
        """SIGSTOP the whole group: alive, but it does nothing (a long pause of the machine)."""
        self.kill_group(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT after :meth:`freeze`."""
        self.kill_group(signal.SIGCONT)

    def stop(self, timeout: float = 20.0, number: int = signal.SIGTERM) -> int:
        """Ask it to end and return the exit code. :raises WaitTimeoutError: it does not; it is then killed."""
        self.send_signal(number)
        try:
            return self.wait(timeout)
        except WaitTimeoutError:
            self.kill_group()
            raise

    def close(self) -> None:
        """Kill it and whatever of it is left, at once. Harmless when it has ended."""
        if self._popen is not None:
            self.kill_group()
            kill_marked(self.mark)

    def family(self) -> list[int]:
        """Ids of the live processes that it started, directly or not, dead parents or not (pool children)."""
        return [pid for pid in marked_processes(self.mark) if self._popen is None or pid != self.pid]

    # -- log -------------------------------------------------------------------------------------------------------

    def log(self, *, whole: bool = False) -> str:
        """What it has printed since the last start, or ever."""
        if not self.log_path.exists():
            return ""
        with self.log_path.open("rb") as log:
            log.seek(0 if whole else self._log_start)
            return log.read().decode(errors="replace")

    def tail(self, lines: int = 40) -> str:
        """The last lines of its log, headed by its name."""
        return "\n".join([f"--- log of {self.name} ---", *self.log().splitlines()[-lines:]])

    def wait_for_log(self, pattern: str, timeout: float = 20.0, *, count: int = 1) -> re.Match[str]:
        """Wait until the regular expression stands ``count`` times in the log since the last start; return that match.

        :raises ProcessDiedError: it ended without printing it.
        :raises WaitTimeoutError: it did not print it within ``timeout`` seconds.
        """
        expression = re.compile(pattern, re.MULTILINE)

        def look() -> re.Match[str] | None:
            ended = self.returncode
            matches = list(itertools.islice(expression.finditer(self.log()), count))
            if len(matches) == count:
                return matches[-1]
            if ended is not None:
                raise ProcessDiedError(f"{self.name} ended with {ended} before it logged {pattern!r}\n{self.tail()}")
            return None

        match = wait_until(look, timeout, lambda: f"{self.name} logs {pattern!r}\n{self.tail()}", interval=0.02)
        assert match is not None
        return match

    def __repr__(self) -> str:
        state = "not started" if self._popen is None else "running" if self.running else f"ended {self.returncode}"
        return f"<ChildProcess {self.name}: {state}>"


class ProcessGroup:
    """The processes of one test: starts them with logs in one folder, ends them all, and looks for leaks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[ChildProcess] = []

    def python(
        self, *arguments: str, name: str = "python", env: Mapping[str, str | None] | None = None
    ) -> ChildProcess:
        """Start ``python *arguments`` with the interpreter that runs the tests."""
        return self.run([sys.executable, *arguments], name=name, env=env)

    def celery(
        self, app: str, *arguments: str, name: str = "celery", env: Mapping[str, str | None] | None = None
    ) -> ChildProcess:
        """Start ``celery -A app *arguments``."""
        return self.python("-m", "celery", "-A", app, *arguments, name=name, env=env)

    def run(
        self, command: Sequence[str], *, name: str = "", env: Mapping[str, str | None] | None = None
    ) -> ChildProcess:
        """Start any command."""
        label = name or Path(command[0]).name
        log_path = self.folder / f"{label}-{len(self.started) + 1}.log"
        process = ChildProcess(command, name=label, log_path=log_path, env=env)
        self.started.append(process)
        return process.start()

    def adopt(self, process: ChildProcess) -> ChildProcess:
        """Take care of a process that was made elsewhere."""
        self.started.append(process)
        return process

    def logs(self) -> str:
        """The tails of all logs, for a failed test's report."""
        return "\n".join(process.tail() for process in self.started)

    def close(self) -> None:
        """End all of them at once, then fail when something that they started lives on."""
        for process in self.started:
            if process.running:
                process.kill_group()
        for process in self.started:
            assert_no_leak(process.mark)


def _environment(changes: Mapping[str, str | None], mark: str) -> dict[str, str]:
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    merged: dict[str, str | None] = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUNBUFFERED": "1",
        **changes,
        MARK_VARIABLE: mark,
    }
    return {key: value for key, value in merged.items() if value is not None}


def _dies_with_us() -> list[str]:
    """A prefix that has the kernel kill the child when the thread that starts it ends: right for the main thread."""
    setpriv = shutil.which("setpriv")
    if setpriv is None or threading.current_thread() is not threading.main_thread():
        return []
    return [setpriv, "--pdeathsig", "KILL", "--"]


@atexit.register
def _close_all() -> None:
    """Last resort: what was not closed dies with the interpreter that started it, not with a fork of it."""
    if os.getpid() != OWNER:
        return
    for process in list(_alive):
        with contextlib.suppress(Exception):
            process.close()
