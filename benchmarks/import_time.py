"""Importing the package on top of Celery: CPU time, each time in a new process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.lab import Lab
from benchmarks.report import Report
from tests.support.processes import ROOT

SMALL = {"repeats": 1}
PROGRAM = """
import json, time
begun = time.process_time()
from celery import Celery, shared_task
app = Celery("a", broker="redis://localhost:6379/0")
@app.task
def plain(number): pass
plain.name, app.conf.broker_url
celery = time.process_time()
from celery_durable_jobs import DurableJobs, JobRequest, durable_job_handler, durable_jobs, schedule_job
DurableJobs(app)
@durable_job_handler
def handler(context, number): pass
schedule_job.apply, durable_jobs.get
print(json.dumps([celery - begun, time.process_time() - celery]))
"""


def run(lab: Lab, report: Report, *, repeats: int = 15) -> None:
    """``repeats`` processes."""
    # The first one compiles: an installed package is compiled too.
    with tempfile.TemporaryDirectory(prefix="benchmark-") as cache:
        samples = [_once(cache) for _ in range(repeats + 1)][1:]
    report.add("Celery, an app with a task", "s", [each[0] for each in samples])
    report.add("the package, its names, an extension, a handler", "s", [each[1] for each in samples], "import")


def _once(cache: str) -> list[float]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "PYTHONPYCACHEPREFIX": cache,
        "PYTHONDONTWRITEBYTECODE": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, env=environment, check=True, timeout=60
    )
    told: list[float] = json.loads(done.stdout)
    return told
