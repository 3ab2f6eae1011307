"""The history of a run: one append-only file a process, a JSON line an event.

Lines are whole and in order, also when their process is killed: each is one ``write`` to a file opened with O_APPEND,
and only processes die, not the machine. ``t`` is the monotonic clock, which is one for all processes of a machine,
whatever becomes of the wall clock; lines of kind ``clock`` say what a wall clock showed.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER_VARIABLE = "CHAOS_FOLDER"
NAME_VARIABLE = "CHAOS_NAME"

QUEUES = ("chaos", "chaos-second")
"""The second one is taken by prefork workers alone: jobs that kill their process go there."""

Event = dict[str, Any]


def ready_file(folder: Path, name: str) -> Path:
    """What a worker makes when it consumes."""
    return folder / "marks" / f"ready {name}"


class History:
    """Where this process writes. A forked child writes into a file of its own.

    :param folder: the run's.
    :param name: of the process: role, number and incarnation, ``worker-1.3``.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._pid = 0
        self._file = -1
        self._lock = threading.Lock()

    @classmethod
    def from_environment(cls) -> History:
        """The one that the harness gave this process."""
        return cls(Path(os.environ[FOLDER_VARIABLE]), os.environ[NAME_VARIABLE])

    def write(self, event: str, /, t: float | None = None, **fields: Any) -> None:
        """One line, there when this returns."""
        line_of = {"k": event, "t": round(time.monotonic() if t is None else t, 6), **fields}
        line = json.dumps(line_of, separators=(",", ":")).encode() + b"\n"
        if os.getpid() != self._pid:
            self._open()
        os.write(self._file, line)

    def _open(self) -> None:
        with self._lock:
            pid = os.getpid()
            if pid == self._pid:
                return
            path = self._folder / f"{self._name}-{pid}.jsonl"
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            os.set_inheritable(self._file, False)
            first = {"k": "process", "t": round(time.monotonic(), 6), "name": self._name, "pid": pid}
            os.write(self._file, json.dumps({**first, "ppid": os.getppid()}, separators=(",", ":")).encode() + b"\n")
            self._pid = pid


def read(folder: Path) -> Iterator[tuple[str, int, Event]]:
    """All lines of all files: the process's name, its pid, the event. A line that was cut short is left out."""
    for path in sorted(folder.glob("*.jsonl")):
        name, _, pid = path.stem.rpartition("-")
        with path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield name, int(pid), json.loads(line)
