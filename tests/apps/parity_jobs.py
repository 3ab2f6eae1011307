"""Handlers for the parity rows. Each call leaves a line in the file TEST_TRACE, which outlives every process."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery import Celery, current_task

from celery_durable_jobs import (
    DurableJobs,
    JobContext,
    PollAfter,
    RescheduleAt,
    durable_jobs,
    schedule_job,
)
from tests.apps.surroundings import configure, namespace, store_url

TRACE = os.environ.get("TEST_TRACE", os.devnull)
SECOND_QUEUE = os.environ.get("TEST_QUEUE", "celery") + "-second"

app = Celery(namespace("parity_jobs"))
configure(app)
app.conf.update(durable_jobs_store=store_url(), **json.loads(os.environ.get("TEST_SETTINGS") or "{}"))
DurableJobs(app)
handler = functools.partial(app.durable_job_handler, shared=False)
"""For this app alone: there may be several of it in the tests' process."""


def leave(what: str, context: JobContext, **fields: Any) -> None:
    """One line about this call; appends of this length are atomic."""
    job = context.job
    line = {
        "what": what,
        "at": time.time(),
        "due": job.due_time.timestamp(),
        "pid": os.getpid(),
        "thread": threading.get_ident(),
        "id": job.id,
        "name": job.name,
        "target": job.target,
        "metadata": job.metadata,
        "shard": job.shard_id,
        "run_id": context.run_id,
        "attempt": context.attempt,
        "failures": context.failures,
        "lost_runs": context.lost_runs,
        "previous_error": context.previous_error,
        "headers": current_task.request.headers,
        **fields,
    }
    text = json.dumps(line, default=str) + "\n"
    file = os.open(TRACE, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def calls_so_far(context: JobContext, way: str = "calls") -> int:
    """How often this job's handler was called before, polls included."""
    path = f"{TRACE}.{way}.{context.job.id}"
    with open(path, "a") as file:
        file.write(".")
    return Path(path).stat().st_size - 1


def wait_for(path: str, limit: float = 60.0) -> None:
    """Run until the file exists."""
    end = time.monotonic() + limit
    while not Path(path).exists() and time.monotonic() < end:
        time.sleep(0.01)


@handler
def note(context: JobContext, *args: Any, **kwargs: Any) -> Any:
    """Leave a line."""
    leave("note", context, args=args, kwargs=kwargs)
    return args[0] if args else None


@handler
def holds(context: JobContext, gate: str) -> str:
    """Run until the file exists."""
    leave("holds", context)
    wait_for(gate)
    leave("held", context)
    return "held"


@handler(run_lease=2)
def holds_on_a_short_lease(context: JobContext, gate: str) -> str:
    """Run until the file exists or it should stop; taken for lost after 2 s without a heartbeat."""
    leave("holds", context)
    while not Path(gate).exists() and not context.should_stop():
        time.sleep(0.01)
    leave("held", context, stop=context.should_stop())
    return f"held by attempt {context.attempt}"


@handler
def polls_until(context: JobContext, gate: str) -> Any:
    """Be polled until the file exists."""
    leave("polled", context)
    return "there" if Path(gate).exists() else PollAfter(0.1)


@handler
def naps(context: JobContext, seconds: float) -> None:
    """Take a place for a while."""
    leave("begins", context)
    time.sleep(seconds)
    leave("ends", context)


class Shouting(app.Task):  # type: ignore[name-defined]
    """A task class of the project's own."""

    abstract = True

    def shout(self, text: str) -> str:
        """The text, louder."""
        return text.upper()


@handler(
    bind=True,
    base=Shouting,
    name="parity.with_options",
    queue=SECOND_QUEUE,
    time_limit=40,
    soft_time_limit=30,
    rate_limit="1000/s",
    ignore_result=True,
)
def with_options(self: Any, context: JobContext, text: str, *, times: int = 1) -> str:
    """Celery's options pass through."""
    leave(
        "options",
        context,
        said=self.shout(text) * times,
        task=self.name,
        task_id=self.request.id,
        routing_key=self.request.delivery_info.get("routing_key"),
        rate_limit=self.rate_limit,
        limits=[self.time_limit, self.soft_time_limit],
    )
    return "ignored"


@handler
async def asynchronous(context: JobContext, seconds: float) -> str:
    """An ``async def``, run to its end."""
    leave("before", context)
    await asyncio.sleep(seconds)
    leave("after", context)
    return "slept"


@handler(retry_backoff=0.1, retry_jitter=False)
def fails(context: JobContext, times: int) -> int:
    """Fail so many times."""
    leave("fails", context)
    if context.failures < times:
        raise ValueError(f"failure {context.failures + 1}")
    return context.attempt


@handler
def always_fails(context: JobContext) -> None:
    """Say nothing of retries: the default, or the app's policy."""
    leave("always", context)
    raise ValueError(f"failure {context.failures + 1}")


@handler(max_retries=0)
def never_retried(context: JobContext, gate: str | None = None) -> str:
    """Fail for good, until the file exists."""
    leave("never", context)
    if gate is not None and Path(gate).exists():
        return "well"
    raise ValueError("no use")


def hourly_when_busy(context: JobContext, exception: BaseException) -> timedelta | None:
    """A handler's own policy: a refusal is final, anything else is tried again."""
    leave("asked", context, error=str(exception))
    if isinstance(exception, PermissionError):
        return None
    return timedelta(hours=1) if isinstance(exception, ConnectionError) else timedelta(seconds=0.1)


@handler(should_retry=hourly_when_busy)
def asks_its_policy(context: JobContext, errors: list[str]) -> str:
    """Raise these errors, one a run."""
    leave("asks", context)
    if context.failures < len(errors):
        kinds = {"busy": ConnectionError, "refused": PermissionError, "broken": RuntimeError}
        raise kinds[errors[context.failures]](errors[context.failures])
    return "well"


def broken_policy(context: JobContext, exception: BaseException) -> None:
    """A policy with a bug."""
    raise KeyError("bug in the policy")


@handler(should_retry=broken_policy)
def has_a_broken_policy(context: JobContext) -> None:
    """Fail, and have nobody who knows what then."""
    raise ValueError("first trouble")


def app_policy(context: JobContext, exception: BaseException) -> float | None:
    """The app's policy: two more tries, at once."""
    leave("app policy", context, error=str(exception))
    return 0.05 if context.failures < 2 else None


OUTCOMES: dict[str, Callable[[], Any]] = {
    "return": lambda: "returned",
    "poll": lambda: PollAfter(0.15),
    "poll later": lambda: PollAfter(3600),
    "reschedule": lambda: RescheduleAt(0.15),
    "reschedule later": lambda: RescheduleAt(timedelta(hours=1)),
    "poll now": lambda: PollAfter(0),
    "reschedule nowhen": lambda: RescheduleAt(None),  # type: ignore[arg-type]
    "no time at all": lambda: PollAfter,
    "generator": lambda: (number for number in range(3)),
}


def end(how: str) -> Any:
    """End a run in this way."""
    if how == "raise":
        raise ValueError("raised")
    if how == "cancelled error":
        raise asyncio.CancelledError
    if how == "timeout error":
        raise TimeoutError("the request to the provider timed out")
    return OUTCOMES[how]()


def at_once(context: JobContext, exception: BaseException) -> float:
    """A policy that tries again for ever."""
    leave("asked", context, error=str(exception))
    return 0.1


@handler(should_retry=at_once)
def ends(context: JobContext, outcomes: list[str], gate: str | None = None) -> Any:
    """End in these ways, one a call; wait for the gate first."""
    number = calls_so_far(context)
    leave("call", context, number=number)
    if gate is not None:
        wait_for(gate)
    return end(outcomes[min(number, len(outcomes) - 1)])


@handler
def listens(context: JobContext, gate: str, leave_politely: bool) -> str:
    """Run until it should stop; then let the library decide, or return."""
    leave("listens", context)
    limit = time.monotonic() + 60
    while not context.should_stop() and not Path(gate).exists() and time.monotonic() < limit:
        time.sleep(0.01)
    leave("heard", context, stop=context.should_stop())
    if leave_politely:
        context.raise_if_stopping()
    return "done all the same"


@handler
def schedules(context: JobContext, targets: list[str | None], each: int = 1) -> list[str]:
    """Schedule ``note`` for each target."""
    jobs = [schedule_job.apply(note.s("from inside"), countdown=0, target=t) for t in targets for _ in range(each)]
    leave("schedules", context, children=[job.id for job in jobs])
    return [job.id for job in jobs]


@handler
def cancels(context: JobContext, job_id: str) -> str:
    """Cancel another job, by its id."""
    outcome = durable_jobs.cancel(job_id)
    leave("cancels", context, outcome=outcome.value)
    return outcome.value


@handler
def approves(context: JobContext) -> str:
    """One handler for all of a target's jobs: what is to be done stands in name and metadata."""
    metadata = context.job.metadata or {}
    leave("approves", context, step=f"{context.job.name}:{metadata.get('level')}")
    return context.job.name


@handler
def kills_its_process(context: JobContext, gate: str) -> str:
    """Have the kernel kill this process, until the file exists."""
    leave("kills", context)
    if not Path(gate).exists():
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


@app.task(shared=False)
def ordinary(path: str) -> None:
    """An ordinary task: make a file."""
    Path(path).touch()
