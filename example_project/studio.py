"""Somebody else's rendering farm: takes an order for a step, and has it done hours later."""

from __future__ import annotations

import time

from example_project import database
from example_project.clock import hours

WORK = hours(2.5)


def start_once(film: str, step: str, *, job_id: str) -> None:
    """Order the step, unless this run has ordered it already."""
    if database.status(f"{job_id} ordered") is None:
        database.set_status(f"{job_id} ordered", "yes")
        database.set_status(f"{film} {step}", str(time.time() + WORK.total_seconds()))


def finished(film: str, step: str) -> bool:
    """Whether the step is done."""
    return time.time() >= float(database.status(f"{film} {step}") or "inf")
