"""What keeper and worker do to jobs, by hand."""

from __future__ import annotations

import itertools

from celery_durable_jobs import durable_jobs
from celery_durable_jobs.steps import Begin, Begun, Claim, Finish, FinishKind, Look

_deliveries = itertools.count()


def run_due(*, finish: FinishKind | None = FinishKind.SUCCEED) -> list[str]:
    """Claim what is due, begin it, and finish it (None: leave it running); answers the ids in that order."""
    store, done = durable_jobs.store, []
    for held in store.send(Look("by hand", {})).held:
        for line in held.lines:
            for job in store.send(Claim(held.term, line.route)).jobs:
                delivery = f"delivery-{next(_deliveries)}"
                assert isinstance(store.send(Begin(job.id, job.generation, delivery)), Begun)
                if finish is not None:
                    error = "broken" if finish is FinishKind.DIE else None
                    store.send(Finish(job.id, delivery, finish, error=error))
                done.append(job.id)
    return done
