"""A message later, and the right to change one's mind."""

from __future__ import annotations

from datetime import timedelta

from celery_durable_jobs import CancelOutcome, DurableJob, JobContext, durable_job_handler, schedule_job
from example_project import database


@durable_job_handler
def send_notification(context: JobContext, user_id: int, message: str) -> None:
    """Send a message to a user.

    A handler runs at least once: should a worker die right after sending, it runs again. The job's id is the same
    then, and whoever sends the mail can tell by it that it was sent already.
    """
    database.send_mail(context.job.id, f"user:{user_id}", message)


def notify_later(user_id: int, message: str, after: timedelta) -> DurableJob:
    """Send ``message`` to the user after some time."""
    return schedule_job.apply(
        send_notification.s(user_id, message),
        countdown=after,
        name="SendNotification",
        target=f"user:{user_id}",
        metadata={"channel": "mail"},
    )


def never_mind(job: DurableJob) -> CancelOutcome:
    """Don't send it. The outcome is true only when it surely will not be sent."""
    return job.cancel()
