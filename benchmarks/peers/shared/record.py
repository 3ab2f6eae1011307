"""What every handler does: write down its number and the moment at which it started. Standard library only."""

from __future__ import annotations

import os
import struct
import time

_file = -1
_owner = 0


def started(number: int) -> None:
    """Append 16 bytes to a file of this process: the job's number, and now in nanoseconds since 1970."""
    now = time.time_ns()
    global _file, _owner
    if _owner != os.getpid():  # a fork of a process that has run jobs
        _owner = os.getpid()
        path = os.path.join(os.environ["PEER_FOLDER"], f"{_owner}.starts")
        _file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(_file, struct.pack("<qq", number, now))
