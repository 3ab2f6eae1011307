"""Wrong wall clocks: processes that believe it is another time, and whose clock jumps while they run.

A few lines of C, preloaded; where there is no C compiler all clocks stay right.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from tests.chaos.history import History

SHIFTS = (-3_600.0, -90.0, 90.0, 3_600.0)
"""By how much clocks are wrong, in seconds."""

SOURCE = Path(__file__).with_name("shifted_clock.c")


class Shifts:
    """The shifted clocks of a run: one file a process.

    :param folder: where they live.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._library = _compiled(folder)

    @property
    def possible(self) -> bool:
        """Whether clocks can be shifted here."""
        return self._library is not None

    def variables(self, name: str, seconds: float = 0.0) -> Mapping[str, str]:
        """What makes the clock of a process that is to be started wrong by so many seconds; empty where it can't be."""
        if self._library is None:
            return {}
        self.jump(name, seconds)
        return {"LD_PRELOAD": str(self._library), "SHIFTED_CLOCK": str(self._path(name))}

    def knows(self, name: str) -> bool:
        """Whether the process was started with a clock of ours."""
        return self._path(name).exists()

    def jump(self, name: str, seconds: float) -> None:
        """From now on the process's clock is wrong by so many seconds."""
        path = self._path(name)
        value = struct.pack("=q", round(seconds * 1_000_000))
        if path.exists():
            with path.open("r+b") as file:
                file.write(value)
        else:
            path.write_bytes(value)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.clock"


class StoreClock:
    """The wall clock of the store's server, which may be set while the run goes on. The history is told of each step.

    :param shifts: where clocks live.
    :param history: of the harness.
    """

    NAME = "store"

    def __init__(self, shifts: Shifts, history: History) -> None:
        self._shifts = shifts
        self._history = history
        self._lock = threading.Lock()
        self.ahead = 0.0

    @property
    def possible(self) -> bool:
        """Whether the server was started with a clock that can be set."""
        return self._shifts.knows(self.NAME)

    def tell(self) -> None:
        """What it shows now."""
        with self._lock:
            self._history.write("clock", t=time.monotonic(), wall=time.time(), ahead=self.ahead)

    def set(self, ahead: float) -> None:
        """From now on it is ahead of the machine's by so many seconds."""
        with self._lock:
            self._shifts.jump(self.NAME, ahead)
            at = time.monotonic()
            step, self.ahead = ahead - self.ahead, ahead
            self._history.write("clock", t=at, wall=time.time(), ahead=ahead)
            self._history.write("fault", t=at, until=at, kind="step", role="store", label=f"{step:+g} s")


def _compiled(folder: Path) -> Path | None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    library = folder / "shifted_clock.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    return library if done.returncode == 0 else None
