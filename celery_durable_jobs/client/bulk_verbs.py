"""Verbs on many jobs: a request for each, with a call id of its own, a thousand in a round trip."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from celery_durable_jobs.client import times, verbs
from celery_durable_jobs.client.calls import Do, Many, Steps
from celery_durable_jobs.errors import StoreError, StoreUnavailableError
from celery_durable_jobs.messages.results import results_kept
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.when import NOW
from celery_durable_jobs.steps import Cancel, Change, Forget, ForgetOutcome, Replay, ReplayOutcome, Request

FAILED = "failed"
"""The count of jobs for which the store had an error (a full server, say); it is raised where all of a batch failed."""


class Verb:
    """Base: which request a job gets, what its answer is called, and what is to be done afterwards.

    ``moves``: it may move a job to another place in the order.
    """

    moves = False

    def __init__(self, extension: Any) -> None:
        self.extension = extension

    def request(self, job: JobRecord) -> Request[Any]:
        """The request for one job."""
        raise NotImplementedError

    def outcome(self, answer: Any) -> str:
        """Under what it is counted."""
        return str(answer.outcome.value)

    def afterwards(self, jobs: list[JobRecord], answers: list[Any]) -> Callable[[], None] | None:
        """What the result backend is to be told, if anything."""
        return None


class Cancels(Verb):
    """``cancel``."""

    def request(self, job: JobRecord) -> Request[Any]:
        return Cancel(job.id, verbs.call_id())

    def afterwards(self, jobs: list[JobRecord], answers: list[Any]) -> Callable[[], None] | None:
        ended = [answer.job for answer in answers if getattr(answer, "job", None) is not None]
        return functools.partial(verbs.tell_cancelled, self.extension, ended) if ended else None


class Reschedules(Verb):
    """``reschedule``."""

    moves = True

    def __init__(self, extension: Any, eta: Any, countdown: Any) -> None:
        super().__init__(extension)
        self._due = times.due_when(extension.app, eta, countdown, now=times.now_us())

    def request(self, job: JobRecord) -> Request[Any]:
        return Change(job.id, verbs.call_id(), due=self._due)


class Replays(Verb):
    """``replay``."""

    def __init__(self, extension: Any, eta: Any, countdown: Any, expires: Any) -> None:
        super().__init__(extension)
        now = times.now_us()
        self._due = times.due_if_given(extension.app, eta, countdown, now=now) or NOW
        self._expires = times.expires_when(extension.app, expires, now=now)
        times.refuse_expired(self._due, self._expires, now=now)

    def request(self, job: JobRecord) -> Request[Any]:
        return Replay(job.id, verbs.call_id(), due=self._due, expires=self._expires)

    def afterwards(self, jobs: list[JobRecord], answers: list[Any]) -> Callable[[], None] | None:
        done = [
            job.id
            for job, answer in zip(jobs, answers, strict=True)
            if getattr(answer, "outcome", None) is ReplayOutcome.REPLAYED
        ]
        return functools.partial(verbs.forget_results, self.extension, done) if done else None


class Forgets(Verb):
    """``forget``."""

    def request(self, job: JobRecord) -> Request[Any]:
        return Forget(job.id, verbs.call_id())

    def outcome(self, answer: Any) -> str:
        return str(answer.value)

    def afterwards(self, jobs: list[JobRecord], answers: list[Any]) -> Callable[[], None] | None:
        done = [job.id for job, answer in zip(jobs, answers, strict=True) if answer is ForgetOutcome.FORGOTTEN]
        return functools.partial(verbs.forget_results, self.extension, done) if done else None


def send(verb: Verb, jobs: list[JobRecord], counts: dict[str, int]) -> Steps[None]:
    """Send the requests of a batch, and count what they came to.

    :raises StoreUnavailableError: the store went away; the message tells what had been counted before.
    """
    if not jobs:
        return
    try:
        answers = yield Many([verb.request(job) for job in jobs])
    except StoreUnavailableError as error:
        raise _cut(error, counts) from error
    for answer in answers:
        if not isinstance(answer, StoreUnavailableError):
            outcome = FAILED if isinstance(answer, Exception) else verb.outcome(answer)
            counts[outcome] = counts.get(outcome, 0) + 1
    failures = [answer for answer in answers if isinstance(answer, StoreError)]
    for failure in failures:
        if isinstance(failure, StoreUnavailableError):
            raise _cut(failure, counts) from failure
    if len(failures) == len(answers):
        raise failures[0]
    then = verb.afterwards(jobs, answers)
    if then is not None and results_kept(verb.extension.app):
        yield Do(then)


def _cut(error: StoreUnavailableError, counts: dict[str, int]) -> StoreUnavailableError:
    done = ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items()) or "nothing"
    return StoreUnavailableError(
        f"{error}; known so far: {done}", request=error.request, maybe_done=error.maybe_done or bool(counts)
    )
