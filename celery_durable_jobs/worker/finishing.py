"""finish, as a worker sends it: once, and where the store is away again and again behind the worker's back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from celery import states

from celery_durable_jobs.errors import StoreError, StoreUnavailableError
from celery_durable_jobs.messages.results import results_kept, store_ended
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Finish, FinishKind, Refused
from celery_durable_jobs.worker.decide import Decision
from celery_durable_jobs.worker.errands import Errand
from celery_durable_jobs.worker.heartbeat import Heart
from celery_durable_jobs.worker.later import in_pool_child
from celery_durable_jobs.worker.run import Run

logger = get_logger("worker")

FIRST_TRY = 2.0
"""Seconds that a finish may keep the worker's place; after them it goes on in the heart's thread."""


def conclude(run: Run, traced: Any, request: dict[str, Any]) -> None:
    """What Celery's tracer answered decides where the handler's own decision can't stand alone."""
    decision = run.decision
    info = traced.info if traced is not None else None
    failure = getattr(info, "retval", None)
    if decision is None:
        # The handler was not called. Something before it failed; or Celery took the message for done, which is no run.
        if isinstance(failure, BaseException):
            run.fail(failure)
            _correct_result(run, failure)
        else:
            run.decision = Decision(FinishKind.STOP)
    elif decision.kind is FinishKind.SUCCEED and decision.raising is None and isinstance(failure, BaseException):
        if _has_followers(request):
            # What follows from its return value (link, chain, chord) could not be sent: that was part of the job.
            run.fail(failure)
            _correct_result(run, failure)
        else:
            logger.warning("job %s has succeeded, but its result could not be stored: %s", run.job_id, failure)


def finish(run: Run, heart: Heart) -> None:
    """Tell the store what became of a run."""
    decision = run.decision
    if decision is None or decision.kind is None:
        if decision is not None:
            logger.warning("the outcome of job %s is not recorded: another worker has it", run.job_id)
        heart.remove(run)
        return
    request = Finish(run.job_id, run.delivery_id, decision.kind, decision.when, decision.error)
    if decision.kind is FinishKind.SUCCEED and in_pool_child():
        # Its place is free while the store takes note of it. What else may come of a run has more to be done here.
        answer = run.extension.store.post(request, timeout=_first_try(run))
        if answer is not None:
            heart.later.add(lambda: _hear(run, heart, request, answer))
            return
    _send(run, heart, request)


def _send(run: Run, heart: Heart, request: Finish) -> None:
    try:
        answer = run.extension.store.send(request, timeout=_first_try(run))
    except StoreError as error:
        answer = error
    heard(run, heart, request, answer)


def _hear(run: Run, heart: Heart, request: Finish, answer: Callable[[], Any]) -> None:
    """The answer of a finish that was sent before; where it was lost, the finish is sent again."""
    try:
        try:
            said = answer()
        except StoreUnavailableError:
            _send(run, heart, request)
        else:
            heard(run, heart, request, said)
    except BaseException:
        # A soft time limit of the next job, say. To be told twice is no harm.
        _again(run, heart, request)
        raise


def _first_try(run: Run) -> float:
    return min(FIRST_TRY, float(run.extension.settings.store_timeout))


def _again(run: Run, heart: Heart, request: Finish) -> None:
    decision = run.decision
    assert decision is not None
    heart.run(Errand(request, lambda answer: finished(run, decision, heart, answer)))


def heard(run: Run, heart: Heart, request: Finish, answer: Any) -> None:
    """The store has answered a finish, or a ``StoreError`` came in place of an answer."""
    decision = run.decision
    assert decision is not None
    if isinstance(answer, StoreUnavailableError):
        logger.warning("the finish of job %s can't be stored yet: %s; trying again", run.job_id, answer)
        _again(run, heart, request)
    elif isinstance(answer, StoreError):
        logger.error("the finish of job %s can't be stored: %s; its run will be lost", run.job_id, answer)
        heart.remove(run)
    else:
        finished(run, decision, heart, answer)


def finished(run: Run, decision: Decision, heart: Heart, answer: Any) -> None:
    """The store has answered (None: that it never will)."""
    heart.remove(run)
    if answer is None:
        return
    if isinstance(answer, Refused):
        logger.warning("the outcome of job %s was not recorded: %s (another worker had it)", run.job_id, answer.why)
        return
    app, name, state = run.extension.app, run.task.name, answer.state
    if state in (JobState.CANCELLED, JobState.EXPIRED):
        store_ended(app, run.job_id, name, state, decision.error)
    elif state is JobState.DEAD:
        logger.error("job %s is dead: %s", run.job_id, (decision.error or "").partition("\n")[0])
        if decision.rejected:
            store_ended(app, run.job_id, name, state, decision.error)


def _has_followers(request: dict[str, Any]) -> bool:
    return any(request.get(name) for name in ("callbacks", "chain", "chord"))


def _correct_result(run: Run, failure: BaseException) -> None:
    """Celery has stored FAILURE of a run that the policy will repeat."""
    if run.decision is not None and run.decision.kind is FinishKind.RETRY and results_kept(run.extension.app):
        with contextlib.suppress(Exception):
            run.task.backend.store_result(run.job_id, failure, states.RETRY)
