"""Finding every process that a test session has started, whatever became of its parents.

Each child gets an environment variable with the session's mark. Whatever it starts inherits it: pool children whose
parent was killed, daemons that left their process group, a server that was forgotten.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
from pathlib import Path

from tests.support.waiting import WaitTimeoutError, wait_until

MARK_VARIABLE = "DURABLE_JOBS_TEST_MARK"
OWNER = os.getpid()
SESSION_MARK = f"{os.environ.get(MARK_VARIABLE, '')}{OWNER}-{secrets.token_hex(6)}"
"""The mark of this Python process (with xdist: of this xdist worker). A test session inside a test extends the outer
one's mark, so that the outer one finds what the inner one leaves behind."""


def marked_processes(mark: str = SESSION_MARK) -> list[int]:
    """Ids of the live processes whose environment carries a mark that starts with ``mark``; never our own."""
    needle = f"\0{MARK_VARIABLE}={mark}".encode()
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):  # gone meanwhile, or somebody else's
            if needle in b"\0" + (entry / "environ").read_bytes() and not _is_zombie(entry):
                found.append(int(entry.name))
    return sorted(found)


def _is_zombie(entry: Path) -> bool:
    return (entry / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"


def describe(pids: list[int]) -> str:
    """One line a process: its id and command line."""
    lines = []
    for pid in pids:
        command = "(gone)"
        with contextlib.suppress(OSError):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        lines.append(f"  {pid} {command}")
    return "\n".join(lines)


def kill_marked(mark: str = SESSION_MARK, timeout: float = 5.0) -> None:
    """SIGKILL every process with the mark, until none is left (they may start others meanwhile).

    :raises WaitTimeoutError: some are still there after ``timeout`` seconds.
    """

    def none_left() -> bool:
        pids = marked_processes(mark)
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return not pids

    wait_until(none_left, timeout, lambda: f"these go away after SIGKILL:\n{describe(marked_processes(mark))}")


def assert_no_leak(mark: str = SESSION_MARK, grace: float = 5.0) -> None:
    """Fail, naming the processes, when some with the mark live on; they are killed all the same.

    :param grace: seconds in which pool children may notice that their parent has gone.
    """
    try:
        wait_until(lambda: not marked_processes(mark), grace)
    except WaitTimeoutError:
        listing = describe(marked_processes(mark))
        kill_marked(mark)
        raise AssertionError(f"processes left behind:\n{listing}") from None
