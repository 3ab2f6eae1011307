"""A server whose machine loses power: kill -9, and what was not fsynced is gone.

kill -9 alone takes nothing that was written: the kernel has it. So a small library is preloaded (``powercut.c``) that
notes how much of each file was fsynced, and ``cut_power`` shortens the append-only files to that.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.support.processes import ChildProcess
from tests.support.servers import Kind, Server

SOURCE = Path(__file__).with_suffix(".c")


@cache
def library() -> Path | None:
    """The library, compiled; None where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="powercut-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = folder / "powercut.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(SOURCE), "-ldl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return made if done.returncode == 0 else None


class PowerCutServer(Server):
    """A server with an append-only file, and ``cut_power``. ``policy`` is its ``appendfsync``."""

    def __init__(self, kind: Kind = "valkey", *, policy: str, options: Mapping[str, str | int] | None = None) -> None:
        super().__init__(kind, appendonly=True, options={"appendfsync": policy, **(options or {})})
        made = library()
        assert made is not None, "no compiler"
        command, log = self.process.command, self.process.log_path
        env = {"LD_PRELOAD": str(made)}
        self.process = ChildProcess(command, name=kind, log_path=log, cwd=self.folder, env=env)

    def cut_power(self) -> int:
        """Kill it and take away what was not fsynced. Answers how many bytes that was."""
        self.kill()
        lost = 0
        for path in (self.folder / "appendonlydir").glob("*.incr.aof"):
            noted = path.with_name(path.name + ".synced")
            synced = int(noted.read_text().split()[0]) if noted.exists() else 0
            lost += path.stat().st_size - synced
            os.truncate(path, synced)
        return lost

    def fsyncs(self) -> int:
        """So many times it called fsync for its append-only file, and others before."""
        return max(int(each.read_text().split()[1]) for each in (self.folder / "appendonlydir").glob("*.aof.synced"))

    def __enter__(self) -> PowerCutServer:
        super().__enter__()
        return self
