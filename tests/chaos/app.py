"""The app under chaos: handlers that write down their start first and their end last."""

from __future__ import annotations

import asyncio
import ctypes
import importlib
import itertools
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

from celery import Celery, signals

from celery_durable_jobs import DurableJobs, JobContext, PollAfter, RescheduleAt, durable_job_handler, schedule_job
from tests.apps.surroundings import configure, namespace, store_url
from tests.chaos.history import FOLDER_VARIABLE, NAME_VARIABLE, QUEUES, History, ready_file

app = Celery(namespace("chaos"))
configure(app)
app.conf.durable_jobs_store = store_url()
app.conf.update(json.loads(os.environ.get("TEST_SETTINGS") or "{}"))
if str(app.conf.broker_url).startswith("amqp"):
    # Topic exchanges, beside whose queues the tap can bind its own: with direct ones Celery goes by the default one.
    kombu: Any = importlib.import_module("kombu")
    app.conf.task_queues = [kombu.Queue(name, kombu.Exchange(name, type="topic"), routing_key=name) for name in QUEUES]
DurableJobs(app)

history = History.from_environment() if FOLDER_VARIABLE in os.environ else History(Path(), "nobody")
_numbers = itertools.count(1)

Plan = dict[str, Any]


def _start(context: JobContext, tag: str) -> int:
    number = next(_numbers)
    history.write(
        "start",
        n=number,
        id=context.job.id,
        tag=tag,
        attempt=context.attempt,
        run=context.run_id,
        failures=context.failures,
        lost=context.lost_runs,
        due=context.job.due_time.timestamp(),
    )
    return number


def _end(number: int, context: JobContext, how: str) -> None:
    history.write("end", n=number, id=context.job.id, how=how)


def _how(value: object) -> str:
    return {PollAfter: "poll", RescheduleAt: "again"}.get(type(value), "return")


def _run(context: JobContext, tag: str, plan: Plan) -> Any:
    number = _start(context, tag)
    try:
        value = _act(context, tag, plan)
    except BaseException as error:
        _end(number, context, "stop" if type(error).__name__ == "RunStopped" else "raise")
        raise
    _end(number, context, _how(value))
    return value


def _act(context: JobContext, tag: str, plan: Plan) -> Any:
    do, times = plan["do"], plan.get("times", 0)
    if do == "sleep":
        time.sleep(plan["s"])
    elif do == "cpu":
        _burn(plan["s"])
    elif do == "fail" and context.failures < times:
        raise ValueError(f"failure {context.failures + 1} of {times}")
    elif do == "hopeless":
        raise ValueError("it never works")
    elif do == "poll" and _count(tag) <= times:
        return PollAfter(plan["s"])
    elif do == "again" and _count(tag) <= times:
        return RescheduleAt(plan["s"])
    elif do == "polite":
        _leave_when_asked(context, plan["s"])
    elif do == "gil":
        ctypes.PyDLL(None).sleep(max(1, round(plan["s"])))
    elif do == "kill" and (times == 0 or context.lost_runs < times):
        history.write("suicide", id=context.job.id)
        os.kill(os.getpid(), signal.SIGKILL)
    elif do == "child":
        _schedule_another(context, tag)
    return None


def _burn(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(1_000))


def _leave_when_asked(context: JobContext, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        context.raise_if_stopping()
        time.sleep(0.02)


def _count(tag: str) -> int:
    """How often this was asked for the tag, in whatever process."""
    path = Path(os.environ[FOLDER_VARIABLE]) / "marks" / tag.replace("/", "_")
    with path.open("ab") as file:
        file.write(b".")
        return file.tell()


def _schedule_another(context: JobContext, tag: str) -> None:
    name = f"{tag}/{context.run_id}"
    plan = {"do": "ok"}
    number = next(_numbers)
    history.write("call", op="apply", n=number, tag=name, plan=plan, cd=0.5, handler="work")
    job = schedule_job.apply(work, args=(name, plan), countdown=0.5)
    due = job.due_time.timestamp()
    history.write("answer", op="apply", n=number, tag=name, id=job.id, due=due, created=job.created)


@durable_job_handler(retry_backoff=0.3)
def work(context: JobContext, tag: str, plan: Plan) -> Any:
    """Do as planned."""
    return _run(context, tag, plan)


@durable_job_handler(retry_backoff=0.3, max_retries=1)
def hopeless(context: JobContext, tag: str, plan: Plan) -> Any:
    """Fail twice: a dead letter."""
    return _run(context, tag, plan)


@durable_job_handler(batch=20, retry_backoff=0.3)
def small(context: JobContext, tag: str, plan: Plan) -> Any:
    """Travels with others."""
    return _run(context, tag, plan)


@durable_job_handler(acks_late=True, retry_backoff=0.3)
def late(context: JobContext, tag: str, plan: Plan) -> Any:
    """Acknowledged late."""
    return _run(context, tag, plan)


@durable_job_handler(retry_backoff=0.3)
async def asleep(context: JobContext, tag: str, plan: Plan) -> None:
    """An async handler."""
    number = _start(context, tag)
    try:
        await asyncio.sleep(plan["s"])
    except BaseException as error:
        _end(number, context, "stop" if type(error).__name__ in ("RunStopped", "CancelledError") else "raise")
        raise
    _end(number, context, "return")


@signals.worker_ready.connect
def _ready(**_: Any) -> None:
    """The worker consumes: told by a file, since a quiet worker's log doesn't say so."""
    ready_file(Path(os.environ[FOLDER_VARIABLE]), os.environ[NAME_VARIABLE]).touch()


@signals.task_received.connect
def _received(sender: Any = None, request: Any = None, **_: Any) -> None:
    """The worker's parent took a message from the queue."""
    headers = getattr(request, "_request_dict", None) or {}
    ours = headers.get("durable_job")
    if ours is not None and request.id.startswith("carrier-"):
        for job_id, generation in headers["args"][1]:
            history.write("received", id=job_id, gen=generation)
    elif ours is not None:
        history.write("received", id=request.id, gen=int(str(ours).split(":")[1]))
