"""Memory of the store for a waiting small job: the server's used_memory, in busy windows and with one job a window."""

from __future__ import annotations

from benchmarks.filling import Due, Filler, ahead
from benchmarks.lab import Lab
from benchmarks.report import Report

SMALL = {"count": 500}
BUSY_SPAN = 3_600
"""Seconds over which the jobs of the busy windows (of a minute) are spread."""


def run(lab: Lab, report: Report, *, count: int = 1_000_000) -> None:
    """``count`` jobs of one integer argument, no metadata."""
    _measure(lab, report, "busy windows", count, ahead(3_600, BUSY_SPAN, count), "memory_busy")
    _measure(lab, report, "one job a window", count, ahead(3_600, 60.0 * count, count), "memory_sparse")


def _measure(lab: Lab, report: Report, what: str, count: int, due: Due, row: str) -> None:
    with lab.place() as place, place.client() as client:
        filler = Filler(place)
        before = client.info("memory")["used_memory"]
        filler.fill(count, due)
        after = client.info("memory")
        report.add(f"{what}: used_memory a job", "B", (after["used_memory"] - before) / count, row)
        report.add(f"{what}: the server's resident memory", "MB", float(after["used_memory_rss"]))
