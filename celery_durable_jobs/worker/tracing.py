"""Around Celery's tracer: begin, the tracer as it is, finish.

Finish comes after the result is stored and callbacks are published: what dies in between is run again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from billiard.einfo import ExceptionInfo
from celery.app.trace import TraceInfo, trace_ok_t

from celery_durable_jobs._current import extension_of
from celery_durable_jobs.messages.headers import DurableHeader, read_header
from celery_durable_jobs.steps import Delivery
from celery_durable_jobs.worker import run as runs
from celery_durable_jobs.worker import shutdown
from celery_durable_jobs.worker.begin import AWAY, begin, refusal_of
from celery_durable_jobs.worker.context import present
from celery_durable_jobs.worker.decide import RunDropped
from celery_durable_jobs.worker.finishing import conclude, finish
from celery_durable_jobs.worker.heartbeat import Heart, heart_of
from celery_durable_jobs.worker.ids import DELIVERY, new_delivery_id
from celery_durable_jobs.worker.run import Run
from celery_durable_jobs.worker.settling import settle
from celery_durable_jobs.worker.shutdown import StopReason

Tracer = Callable[..., Any]


def around(task: Any, tracer: Tracer) -> Tracer:
    """``tracer`` with begin and finish around it for messages of jobs, and as it is for all others."""

    def trace(uuid: str, args: Any, kwargs: Any, request: dict[str, Any] | None = None) -> Any:
        header = read_header(request)
        if header is None or request is None:
            return tracer(uuid, args, kwargs, request)
        return _deliver(task, tracer, uuid, args, kwargs, request, header)

    return trace


def _deliver(
    task: Any, tracer: Tracer, job_id: str, args: Any, kwargs: Any, request: dict[str, Any], header: DurableHeader
) -> Any:
    extension = extension_of(task.app)
    refusal = refusal_of(header, extension, job_id)
    if refusal is not None:
        return dropped(refusal)
    delivery_id = request.get(DELIVERY) or new_delivery_id()
    heart = heart_of(extension)
    delivery = Delivery(job_id, header.generation, delivery_id)
    if shutdown.begun():
        # Taken before the worker was told to stop: somebody else runs it.
        _give_back(heart, delivery)
        return dropped(str(StopReason.SHUTDOWN))
    try:
        begun = begin(heart, task, job_id, header.generation, delivery_id)
    except Exception as error:
        # A soft time limit, while the store was away: whether it has begun isn't known.
        _give_back(heart, delivery)
        return dropped(repr(error))
    if isinstance(begun, str):
        if begun == AWAY:
            _give_back(heart, delivery)
        return dropped(begun)
    run = Run(task, extension, begun, delivery_id, runs.limits_of(task, request))
    request["retries"] = begun.job.failures
    if request.get("delivery_info"):
        # Else Celery may take a message that came twice for done (worker_deduplicate_successful_tasks).
        request["delivery_info"] = {**request["delivery_info"], "redelivered": False}
    heart.add(run)
    token = runs._current.set(run)
    traced = None
    try:
        with present(run.context, None):  # for receivers of Celery's signals, and hooks of the handler's base class
            traced = tracer(job_id, args, kwargs, request)
        conclude(run, traced, request)
        finish(run, heart)
    except BaseException as error:
        # The tracer itself failed, or a soft time limit came when the handler had ended. An Exception doesn't undo
        # what the handler did; anything else is the pool's doing, and the parent settles the run.
        if run.decision is None and isinstance(error, Exception):
            run.fail(error)
        if run.decision is None:
            heart.remove(run)
        else:
            finish(run, heart)
        if traced is None or not isinstance(error, Exception):
            raise
    finally:
        runs._current.reset(token)
    return traced


def _give_back(heart: Heart, delivery: Delivery) -> None:
    """It isn't run here. A process doesn't put off its end for that while the store is away: its time runs out too."""
    settle(heart, delivery, needed=heart.outage.since is None)


def dropped(reason: str) -> Any:
    """Celery's answer for a message that is not run: no signal, no result, no line in the log."""
    try:
        raise RunDropped(reason)
    except RunDropped as error:
        return trace_ok_t(ExceptionInfo(internal=True), TraceInfo("IGNORED", error), 0.0, None)
