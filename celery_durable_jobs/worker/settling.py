"""settle, as a worker's parent sends it: until it is answered, with the result written where that ends the job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from celery_durable_jobs.messages.results import store_ended
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Delivery, Settle, Settled
from celery_durable_jobs.worker.errands import Errand

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
) -> None:
    """Settle a delivery that will not go on, as soon as ``ended`` says so."""

    def settled(answer: Any) -> None:
        if not isinstance(answer, Settled) or answer.job is None or not answer.state.ended:
            return
        error = answer.job.error or reason
        store_ended(heart.extension.app, delivery.job_id, answer.job.handler, answer.state, error)
        logger.error("job %s is %s: %s", delivery.job_id, answer.state, error)

    request = Settle(delivery, points, reason if points or unknown_handler else None, unknown_handler)
    heart.run(Errand(request, settled, ended or (lambda: True)))
