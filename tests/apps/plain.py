"""A Celery app without durable jobs: proves the harness, and is what benchmarks compare with."""

from __future__ import annotations

import os
import time
from pathlib import Path

from celery import Celery

from tests.apps.surroundings import configure, namespace

app = Celery(namespace("plain"), set_as_current=False)
configure(app)


@app.task
def add(x: float, y: float) -> float:
    """The sum."""
    return x + y


@app.task
def which_process() -> tuple[int, int]:
    """Process id of the pool child and of its parent."""
    return os.getpid(), os.getppid()


@app.task
def append_line(path: str, line: str) -> None:
    """Append a line to a file: a trace that outlives every process."""
    with Path(path).open("a") as file:
        file.write(line + "\n")


@app.task(acks_late=True, reject_on_worker_lost=True)
def wait_for_file(path: str, limit: float = 60.0) -> bool:
    """Run until the file exists, or ``limit`` seconds."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if Path(path).exists():
            return True
        time.sleep(0.02)
    return False
