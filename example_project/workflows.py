"""A workflow whose steps take hours elsewhere, waited for without holding a worker's place."""

from __future__ import annotations

from datetime import timedelta

from celery_durable_jobs import DurableJob, JobContext, PollAfter, durable_job_handler, schedule_job
from example_project import studio
from example_project.clock import hours

STEPS = ("Render", "Subtitle", "Publish")


def start(film: str) -> DurableJob:
    """Begin with the first step."""
    return schedule_step(film, STEPS[0])


def schedule_step(film: str, step: str, after: timedelta = timedelta(0)) -> DurableJob:
    """Schedule one step. Its key makes it one step, should the one before it run twice."""
    return schedule_job.apply(
        run_step.s(film, step), countdown=after, name=step, target=film, key=step, key_until="ended"
    )


@durable_job_handler
def run_step(context: JobContext, film: str, step: str) -> PollAfter | None:
    """Have the studio do the step, look after it every hour, and go on to the next.

    ``PollAfter`` ends this call, not the run: in an hour the handler is called again as the same run and attempt.
    """
    studio.start_once(film, step, job_id=context.run_id)
    if not studio.finished(film, step):
        return PollAfter(hours(1))
    following = STEPS[STEPS.index(step) + 1 :]
    if following:
        schedule_step(film, following[0])
    return None
