"""Processes of the pool, as their parent sees them."""

from __future__ import annotations

import contextlib
import os


def is_alive(pid: int) -> bool:
    """Whether a process still runs: this one, or a child. One that is dead and not yet reaped doesn't."""
    if pid == os.getpid():
        return True
    with contextlib.suppress(ChildProcessError, OSError, AttributeError):
        found = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return found is None
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
