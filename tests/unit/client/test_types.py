"""What a type checker tells the people who use this: wrong arguments of a signature, wrong options."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytest.importorskip("mypy")

CODE = """
from datetime import datetime, timedelta
from typing import Any
from celery_durable_jobs import DurableJob, JobContext, JobRequest, JobState
from celery_durable_jobs import durable_job_handler, durable_jobs, schedule_job

@durable_job_handler
def send(context: JobContext, user: int, *, text: str = "") -> None: ...

@durable_job_handler(max_retries=3)
def two(context: JobContext, user: int) -> str: return ""

@durable_job_handler(bind=True)
def three(self: Any, context: JobContext, user: int) -> str: return ""

two.s(1); three.s(1); two(1); two.delay(user=1)

job = schedule_job.apply(send.s(1, text="x"), countdown=timedelta(hours=1), metadata={"a": "b"}, on_conflict="replace")
job.cancel()
state: JobState = job.join(timeout=5)
moved: DurableJob | None = job.reschedule(eta=datetime.now())
found: list[DurableJob] = list(durable_jobs.find(target="t", state="dead"))
counts: dict[str, int] = durable_jobs.find(handler=send).cancel()
jobs: list[DurableJob] = schedule_job.apply_many([JobRequest(send, args=(1,), countdown=5)])

async def main() -> None:
    one: DurableJob = await schedule_job.aapply(send.s(1), eta="2030-01-01T00:00Z")
    two: DurableJob | None = await durable_jobs.aget(one.id)
    async for each in durable_jobs.afind():
        each.due_time.isoformat()
"""

WRONG = """
schedule_job.apply(send.s("text"), countdown=1)  # arg-type
schedule_job.apply(send.s(), countdown=1)  # call-arg
schedule_job.apply(send.s(1, txet="x"), countdown=1)  # call-arg
schedule_job.apply(send.s(1), coutndown=1)  # call-arg
schedule_job.apply(send.s(1), countdown="1")  # arg-type
schedule_job.apply(send.s(1), countdown=1, on_conflict="repalce")  # arg-type
job.due_time = datetime.now()  # misc
JobRequest(send, coutndown=1)  # call-arg
two.s()  # call-arg
three.si(1, 2)  # call-arg
number: int = two(1)  # assignment
"""


def mypy(tmp_path: Path, code: str) -> list[str]:
    """The error codes of each line, in order."""
    file = tmp_path / "snippet.py"
    file.write_text(code)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--no-pretty", str(file)]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, timeout=110, check=False)
    return [line for line in done.stdout.splitlines() if file.name in line and ": error:" in line]


@pytest.mark.slow
def test_right_and_wrong_calls(tmp_path: Path) -> None:
    expected = [line.rpartition("# ")[2] for line in WRONG.strip().splitlines()]
    first = CODE.count("\n") + 1
    found = {}
    for line in mypy(tmp_path, CODE + WRONG.lstrip()):
        number = int(line.split(":")[1])
        found[number] = line.rpartition("[")[2].rstrip("]")
    assert min(found) >= first, textwrap.indent(str(found), "  ")  # nothing is said against the right ones
    assert [found.get(first + offset) for offset in range(len(expected))] == expected, textwrap.indent(str(found), "  ")
