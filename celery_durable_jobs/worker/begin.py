"""begin, as a worker asks for it: patient while the store is away, silent when it is refused."""

from __future__ import annotations

import time
from typing import Any

from celery_durable_jobs.errors import StoreError, StoreUnavailableError
from celery_durable_jobs.messages.headers import KIND_HANDLER, DurableHeader
from celery_durable_jobs.messages.results import store_ended
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Begin, Begun, Refused
from celery_durable_jobs.worker import shutdown
from celery_durable_jobs.worker.heartbeat import Heart

logger = get_logger("worker")

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0

AWAY = "the store is away"
"""What ``begin`` answers where it doesn't know whether it has begun."""


def refusal_of(header: DurableHeader, extension: Any, job_id: str, kind: str = KIND_HANDLER) -> str | None:
    """Why a message is not even asked for, or None. Logs what somebody has to mend."""
    if not header.valid:
        logger.error("job %s is not run: %s", job_id, header.problem)
        return header.problem
    if extension is None:
        logger.error("job %s is not run: this worker's app has no durable jobs: DurableJobs(app)", job_id)
        return "no extension"
    namespace = extension.settings.namespace
    if header.namespace != namespace:
        logger.error(
            "job %s belongs to the namespace %r, and this worker to %r: it is not run here, and stays in its store. "
            "Let the two apps use different queues",
            job_id, header.namespace, namespace,
        )  # fmt: skip
        return "another namespace"
    if header.kind != kind:
        logger.error("job %s is not run: a message of the unknown kind %r", job_id, header.kind)
        return "unknown kind"
    return None


def begin(
    heart: Heart, task: Any, job_id: str, generation: int, delivery_id: str, *, content: bool = False
) -> Begun | str:
    """Begin, repeated with the same delivery id until the begin timeout or the worker stops; or why not."""
    extension = heart.extension
    request = Begin(job_id, generation, delivery_id, task.durable_run_lease_us, content)
    end = time.monotonic() + extension.settings.begin_timeout
    pause = FIRST_PAUSE
    heart.later.hear()
    while True:
        try:
            answer = extension.store.send(request)
            heart.outage.end()
            break
        except StoreUnavailableError as error:
            heart.outage.begin(error)
            if time.monotonic() + pause > end or shutdown.begun():
                logger.warning("job %s is not begun: the store is away; it is given back when that answers", job_id)
                return AWAY
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        except StoreError as error:
            logger.error("job %s is not begun: %s", job_id, error)
            return str(error)
    return heard(extension.app, task, job_id, answer)


def heard(app: Any, task: Any, job_id: str, answer: Begun | Refused) -> Begun | str:
    """What the store has answered: a run, or why there is none."""
    if not isinstance(answer, Refused):
        return answer
    logger.debug("job %s is not begun: %s", job_id, answer.why)
    if answer.expired is not None:
        store_ended(app, job_id, task.name, JobState.EXPIRED, answer.expired.error)
    return str(answer.why)
