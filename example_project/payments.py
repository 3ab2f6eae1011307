"""Payments: what is worth another try, and what isn't."""

from __future__ import annotations

from datetime import timedelta

from celery_durable_jobs import DurableJob, JobContext, durable_job_handler, durable_jobs, schedule_job
from example_project import database, provider

RETRIES = 4


def should_retry(context: JobContext, exception: Exception) -> timedelta | None:
    """When to try again, or None: the job becomes a dead letter.

    A provider that is away comes back; a declined card stays declined.
    """
    if isinstance(exception, provider.CardDeclinedError) or context.failures >= RETRIES:
        return None
    return timedelta(seconds=0.5 * 2**context.failures)


@durable_job_handler(should_retry=should_retry)
def charge(context: JobContext, invoice: str, amount: int) -> None:
    """Charge the invoice's card. The job's id keeps the provider from charging twice, however often this runs."""
    provider.charge(invoice, amount, idempotency_key=context.job.id)
    database.set_status(invoice, "paid")


def charge_later(invoice: str, amount: int, after: timedelta) -> DurableJob:
    """Charge an invoice after some time; one charge a invoice, however often this is called."""
    return schedule_job.apply(
        charge.s(invoice, amount), countdown=after, name="Charge", target=invoice, key="charge", key_until="ended"
    )


def try_again(invoice: str) -> int:
    """The customer has given a new card: let the dead charges of this invoice run again; answers how many."""
    return durable_jobs.find(state="dead", handler=charge, target=invoice).replay().get("replayed", 0)
