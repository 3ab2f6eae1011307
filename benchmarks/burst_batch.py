"""A burst of no-op jobs with batch=50, until the last has run; beside plain messages, and the same without batch."""

from __future__ import annotations

from celery import Celery

from benchmarks.burst import drain, drain_plain
from benchmarks.lab import Lab
from benchmarks.report import Report
from benchmarks.rounds import by_turns
from celery_durable_jobs import DurableJobs
from celery_durable_jobs.errors import DurableJobsError

SMALL = {"count": 100, "repeats": 1, "ahead": 0.5}


def run(lab: Lab, report: Report, *, count: int = 10_000, repeats: int = 3, ahead: float = 2.0) -> None:
    """``ahead``: seconds between the end of scheduling and the due time."""
    if not _known():
        report.skip("@durable_job_handler has no option batch= in this version")
        return
    with lab.place() as place:
        place.start_worker()
        place.start_keeper()
        few = min(count, 200)
        drain(place, few, ahead, "batched")
        drain(place, few, ahead, "durable")
        drain_plain(place, few)
        sides = {
            "plain messages": lambda: count / drain_plain(place, count),
            "batch=50": lambda: count / drain(place, count, ahead, "batched"),
            "without batch": lambda: count / drain(place, count, ahead, "durable"),
        }
        rates = by_turns(sides, repeats, warm_up=False)
        for what, samples in rates.items():
            report.add(what, "/s", samples)
        report.ratio("batch=50, against plain messages", rates["batch=50"], rates["plain messages"], "burst_batch")
        report.ratio("batch=50, against the same without", rates["batch=50"], rates["without batch"])


def _known() -> bool:
    """Whether the option is one: a version that knows it refuses nonsense, others take it for Celery's."""
    app = Celery("probe", set_as_current=False)
    DurableJobs(app)
    try:
        app.durable_job_handler(batch="nonsense", shared=False)(lambda context: None)
    except DurableJobsError:
        return True
    return False
