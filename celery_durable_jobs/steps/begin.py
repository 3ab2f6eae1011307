"""begin: a worker starts a run."""

from __future__ import annotations

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.steps.common import Refused
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class Begun:
    """The job as it now is: all that changes (attempt, failures, lost runs, run id, metadata, cancel request, previous
    error in ``job.error``); ``job.content`` and ``job.route`` are None, unless they were asked for: the message has
    the arguments. ``polled``: this begin continues a run that asked to be called again. ``lease_until_us``: of the
    store's clock.
    """

    job: JobRecord
    now_us: int
    lease_until_us: int
    polled: bool = False


@dataclass(frozen=True, slots=True)
class Begin(Request[Begun | Refused]):
    """Move a job from claimed or sent to running, with a deadline of now + run lease.

    By: worker. Guard: ``claimed`` or ``sent``, generation; or already running under this delivery id: the same answer,
    however late. Of an unknown id: refused (UNKNOWN). Past ``expires``: ended, and refused with the record.
    Attempt + 1, and the run id is the delivery id, unless it is a poll, which keeps both. Frees the key ("started"),
    and the job's place in the backlog. ``content``: answer content and route as well (a carrier's jobs).
    """

    job_id: str
    generation: int
    delivery_id: str
    run_lease_us: int | None = None
    content: bool = False
