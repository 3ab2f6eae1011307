"""settle and cancel, as a worker's parent sends them: until answered, with the result of a job that they end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from celery_durable_jobs.messages.results import store_ended
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Cancel, CancelAnswer, Delivery, Settle, Settled
from celery_durable_jobs.worker.errands import Errand
from celery_durable_jobs.worker.ids import new_call_id

logger = get_logger("worker")


class Sends(Protocol):
    """What is used of a heart here."""

    extension: Any

    def run(self, errand: Errand) -> None:
        """Send it until it is answered."""


def settle(
    heart: Sends,
    delivery: Delivery,
    points: int = 0,
    reason: str | None = None,
    ended: Callable[[], bool] | None = None,
    *,
    unknown_handler: bool = False,
    if_running: bool = False,
    needed: bool = True,
    failed: Callable[[str, JobRecord], None] | None = None,
) -> None:
    """Settle a delivery that will not go on, as soon as ``ended`` says so.

    :param if_running: points are meant for a run alone.
    :param needed: the end of this process waits until it is answered.
    :param failed: writes the result of a job that this makes dead, given error and record; the usual way by default.
    """

    def settled(answer: Any) -> None:
        if not isinstance(answer, Settled) or answer.job is None or not answer.state.ended:
            return
        error = answer.job.error or reason or str(answer.state)
        logger.error("job %s is %s: %s", delivery.job_id, answer.state, error)
        if failed is not None and answer.state is JobState.DEAD:
            failed(error, answer.job)
        else:
            store_ended(heart.extension.app, delivery.job_id, answer.job.handler, answer.state, error)

    request = Settle(delivery, points, reason if points or unknown_handler else None, unknown_handler, if_running)
    heart.run(Errand(request, settled, ended or (lambda: True), needed))


def cancel(heart: Sends, job_id: str) -> None:
    """Cancel a job in a client's place: Celery was told to revoke it."""

    def cancelled(answer: Any) -> None:
        if isinstance(answer, CancelAnswer) and answer.job is not None:
            store_ended(heart.extension.app, job_id, answer.job.handler, JobState.CANCELLED, None)

    heart.run(Errand(Cancel(job_id, new_call_id()), cancelled))
