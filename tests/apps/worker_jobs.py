"""Handlers for the worker's tests. Each leaves a line in the file TEST_TRACE, which outlives every process."""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery import Celery, signals
from celery.exceptions import Ignore, Reject

from celery_durable_jobs import DurableJobs, JobContext, PollAfter, RescheduleAt, durable_jobs, schedule_job
from celery_durable_jobs.worker.handler import durable_job_handler
from tests.apps.surroundings import configure, namespace, store_url

app = Celery(namespace("worker_jobs"))
configure(app)
app.conf.update(
    durable_jobs_store=store_url(),
    **json.loads(os.environ.get("TEST_SETTINGS", "{}")),
)
DurableJobs(app)


def trace(what: str, **fields: Any) -> None:
    """One line; appends of this length are atomic."""
    line = json.dumps({"what": what, "at": time.time(), "pid": os.getpid(), **fields})
    file = os.open(os.environ["TEST_TRACE"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(file, (line + "\n").encode())
    finally:
        os.close(file)


def about(context: JobContext) -> dict[str, Any]:
    """What a context says, for the trace."""
    return {
        "id": context.job.id,
        "run_id": context.run_id,
        "attempt": context.attempt,
        "failures": context.failures,
        "lost_runs": context.lost_runs,
        "previous_error": context.previous_error,
        "durable": context.durable,
        "target": context.job.target,
        "deadline": context.deadline.isoformat() if context.deadline else None,
        "thread": threading.get_ident(),
    }


@durable_job_handler
def hangs_the_loop(context: JobContext, path: str) -> None:
    """Where it is first received, its worker's main loop stands still until the file exists: see below."""
    trace("hangs the loop", **about(context))


@signals.task_received.connect(weak=False)
def _hang(request: Any = None, **_: Any) -> None:
    if not request.name.endswith(".hangs_the_loop"):
        return
    gate = Path(request.args[0])
    try:
        gate.with_suffix(".taken").touch(exist_ok=False)
    except FileExistsError:
        return
    while not gate.exists():
        time.sleep(0.02)


@durable_job_handler
def note(context: JobContext, tag: str = "") -> str:
    """Leave a line."""
    trace("note", tag=tag, **about(context))
    return tag


@app.durable_job_handler(bind=True, retry_backoff=0.2)
def fails(self: Any, context: JobContext, times: int) -> int:
    """Fail so many times, then return the attempt."""
    trace("fails", retries=self.request.retries, **about(context))
    if context.failures < times:
        raise ValueError(f"failure {context.failures + 1}")
    return context.attempt


@app.durable_job_handler(bind=True, max_retries=2)
def asks_again(self: Any, context: JobContext, times: int) -> int:
    """Call ``self.retry`` so many times."""
    trace("asks again", retries=self.request.retries, **about(context))
    if context.failures < times:
        try:
            raise ConnectionError(f"no answer {context.failures + 1}")
        except ConnectionError as error:
            raise self.retry(countdown=0.2, exc=error) from error
    return context.attempt


@app.durable_job_handler(autoretry_for=(ConnectionError,), retry_backoff=0.2, max_retries=2)
def retried_by_celerys_options(context: JobContext, error: str, times: int) -> int:
    """Raise so many times what ``autoretry_for`` names, or doesn't."""
    trace("retried", **about(context))
    if context.failures < times:
        raise {"connection": ConnectionError, "value": ValueError}[error]("no")
    return context.attempt


@durable_job_handler(acks_late=True)
def late(context: JobContext, path: str) -> str:
    """Like ``waits``, acknowledged late."""
    return wait_for_file(context, path)


@durable_job_handler(run_lease=2)
def waits(context: JobContext, path: str) -> str:
    """Run until the file exists."""
    return wait_for_file(context, path)


def wait_for_file(context: JobContext, path: str) -> str:
    trace("waits", **about(context))
    end = time.monotonic() + 60
    while not Path(path).exists() and time.monotonic() < end:
        time.sleep(0.02)
    trace("waited", stop=context.should_stop(), **about(context))
    return "waited"


@durable_job_handler
def polite(context: JobContext) -> None:
    """Run until it should stop, then leave."""
    trace("polite", **about(context))
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            context.raise_if_stopping()
        except Exception as error:
            trace("leaves", why=str(error), **about(context))
            raise
        time.sleep(0.02)


@durable_job_handler
def stubborn(context: JobContext, seconds: float = 30.0) -> str:
    """Run on, whatever anybody says."""
    trace("stubborn", **about(context))
    time.sleep(seconds)
    trace("stubborn ends", **about(context))
    return "stubborn"


@durable_job_handler(retry_backoff=0.2)
def kills_itself(context: JobContext, times: int, how: str = "SIGKILL") -> str:
    """End this process so many times, by a signal (SIGKILL: as the kernel does without memory) or ``os._exit``."""
    trace("kills", **about(context))
    if context.lost_runs < times:
        if how == "exit":
            os._exit(3)
        os.kill(os.getpid(), signal.Signals[how])
    return "alive"


@durable_job_handler(time_limit=1)
def overruns(context: JobContext, seconds: float = 30.0) -> None:
    """Run into the hard limit."""
    trace("overruns", **about(context))
    time.sleep(seconds)


@durable_job_handler(soft_time_limit=1, max_retries=0)
def overruns_softly(context: JobContext, seconds: float = 30.0) -> None:
    """Run into the soft limit."""
    trace("overruns softly", **about(context))
    time.sleep(seconds)


@durable_job_handler(soft_time_limit=1, max_retries=0)
async def overruns_asleep(context: JobContext, seconds: float = 30.0) -> None:
    """Run into the soft limit, asynchronously."""
    trace("overruns asleep", **about(context))
    try:
        await asyncio.sleep(seconds)
    finally:
        trace("cleaned up", **about(context))


@durable_job_handler
def holds_the_gil(context: JobContext, seconds: int) -> str:
    """No other thread of this process runs meanwhile."""
    trace("holds the GIL", **about(context))
    ctypes.PyDLL(None).sleep(seconds)
    trace("let go", **about(context))
    return "let go"


@durable_job_handler(bind=True, batch=50, retry_backoff=0.2)
def together(self: Any, context: JobContext, tag: str, what: str = "", *rest: Any) -> Any:
    """One of several that travel together, and what it does on its way."""
    trace("together", tag=tag, task_id=self.request.id, retries=self.request.retries, **about(context))
    if what == "waits":
        return wait_for_file(context, *rest)
    if what == "fails" and context.failures < 1:
        raise ValueError("once")
    if what == "kills" and context.lost_runs < 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return tag


@durable_job_handler
async def sleeps(context: JobContext, seconds: float) -> str:
    """An async handler."""
    await asyncio.sleep(seconds)
    assert JobContext.current() is context
    trace("slept", loop=id(asyncio.get_running_loop()), **about(context))
    return "slept"


@durable_job_handler(max_retries=0)
def ends(context: JobContext, how: str) -> Any:
    """End in one of many ways."""
    trace("ends", how=how, **about(context))
    if how == "sys.exit":
        sys.exit(3)
    if how == "cancelled":
        raise asyncio.CancelledError
    if how == "ignore":
        raise Ignore
    if how == "reject":
        raise Reject("no", requeue=False)
    if how == "requeue":
        raise Reject("not yet", requeue=True)
    if how == "reschedule":
        return RescheduleAt(0.1) if _first(context) else "rescheduled"
    if how == "poll":
        return PollAfter(timedelta(seconds=0.1)) if _first(context) else "polled"
    if how == "zero poll":
        return PollAfter(0)
    if how == "unencodable":
        return object()
    if how == "raise":
        raise ValueError("boom")
    return how


def _first(context: JobContext) -> bool:
    mark = Path(os.environ["TEST_TRACE"] + "." + context.job.id)
    seen = mark.exists()
    mark.touch()
    return not seen


@durable_job_handler
def manages(context: JobContext, other: str) -> dict[str, Any]:
    """Schedule, cancel and reschedule from inside a run; and itself."""
    new = schedule_job.apply(note.s("from inside"), countdown=0)
    later = schedule_job.apply(note.s("never"), countdown=60)
    said = {
        "new": new.id,
        "cancelled": str(later.cancel()),
        "moved": durable_jobs.reschedule(other, countdown=0) is not None,
        "itself moved": context.job.reschedule(countdown=1) is not None,
        "itself cancelled": str(context.job.cancel()),
    }
    trace("manages", said=said, **about(context))
    return said


@app.task
def total(numbers: list[int]) -> int:
    """What a chord comes to."""
    trace("total", numbers=numbers)
    return sum(numbers)


@durable_job_handler
def double(context: JobContext, number: int) -> int:
    """Twice as much."""
    trace("double", number=number, **about(context))
    return 2 * number


@app.task
def plain(tag: str) -> str:
    """An ordinary task beside the handlers."""
    trace("plain", tag=tag)
    return tag


def run_id_here() -> str | None:
    """Of the run that this code belongs to."""
    try:
        return JobContext.current().run_id
    except LookupError:
        return None


if os.environ.get("TEST_SIGNALS"):
    for _name in ("task_prerun", "task_postrun", "task_success", "task_failure", "task_retry", "task_revoked",
                  "task_received", "task_internal_error"):  # fmt: skip

        def _receiver(sender: Any = None, signal_name: str = _name, task_id: str | None = None, **kwargs: Any) -> None:
            request = kwargs.get("request") or getattr(sender, "request", None)
            trace(f"signal {signal_name}", id=task_id or getattr(request, "id", None), run_id=run_id_here())

        getattr(signals, _name).connect(_receiver, weak=False)
