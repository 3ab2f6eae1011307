"""Follows every job of the show and prints what becomes of it."""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import dataclass, field

from celery_durable_jobs import DurableJob, durable_jobs
from example_project.demo import journal
from example_project.demo.terminal import Terminal

LOOK_AROUND = 0.25
"""Seconds between two looks at jobs in which nothing is known to happen."""


@dataclass
class Followed:
    """A job as last seen, whether it runs, and its attempts so far (replays begin anew)."""

    job: DurableJob
    running: bool = False
    attempts: list[int] = field(default_factory=list)
    replayed: bool = False


class Watch:
    """Prints events as they come; ``jobs`` is what was seen."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._looked = 0.0
        self.jobs: dict[str, Followed] = {}
        self.lags: list[float] = []
        self.polls = 0

    def look(self) -> None:
        """Take in what the journal says, and look at the jobs that it makes interesting, now and then at all."""
        for entry in journal.read():
            if entry["event"] == "scheduled":
                self._scheduled(entry["id"], entry["at"])
            else:
                self._started(entry)
        all_of_them = time.monotonic() - self._looked > LOOK_AROUND
        if all_of_them:
            self._looked = time.monotonic()
        for followed in self.jobs.values():
            if followed.running or (all_of_them and not self._ended(followed.job)):
                self._see(followed)

    def all_ended(self) -> bool:
        """Whether there are jobs, and all of them have ended."""
        return bool(self.jobs) and all(self._ended(followed.job) for followed in self.jobs.values())

    def revived(self, job_id: str) -> None:
        """A dead letter was replayed: follow it again."""
        job = durable_jobs.get(job_id)
        if job is not None:
            self.jobs[job_id].job = job
            self.jobs[job_id].replayed = True

    @property
    def median_lag(self) -> float:
        """Seconds from due to start, in the middle."""
        return statistics.median(self.lags) if self.lags else 0.0

    def by_state(self) -> dict[str, int]:
        """How many jobs ended how."""
        counts: dict[str, int] = {}
        for followed in self.jobs.values():
            state = followed.job.state.value
            counts[state] = counts.get(state, 0) + 1
        return counts

    @staticmethod
    def _ended(job: DurableJob) -> bool:
        return job.state.ended

    def _scheduled(self, job_id: str, moment: float) -> None:
        job = durable_jobs.get(job_id)
        if job is None or job_id in self.jobs:
            return
        self.jobs[job_id] = Followed(job)
        due = job.due_time.timestamp()
        when = "due at once" if due <= moment + 0.05 else f"due at {self._terminal.since(due)}"
        self._terminal.event(moment, "scheduled", job.name, job.target or "", when)

    def _started(self, entry: dict[str, object]) -> None:
        job_id, moment, due = str(entry["id"]), float(str(entry["at"])), float(str(entry["due"]))
        if job_id not in self.jobs:
            self._scheduled(job_id, moment)
        followed = self.jobs[job_id]
        lag = moment - due
        self.lags.append(lag)
        detail = f"{lag * 1_000:.0f} ms after due"
        attempt = int(str(entry["attempt"]))
        if followed.replayed:
            followed.replayed = False
            followed.attempts.append(attempt)
            detail += ", replayed"
        elif followed.attempts and followed.attempts[-1] == attempt:
            self.polls += 1
            detail += ", same run"
        else:
            followed.attempts.append(attempt)
            detail += f", attempt {attempt}" if len(followed.attempts) > 1 else ""
        followed.running = True
        self._terminal.event(moment, "started", followed.job.name, followed.job.target or "", detail)

    def _see(self, followed: Followed) -> None:
        job = followed.job.refresh()
        if job is None:
            return
        if not followed.running and job.state.value in ("succeeded", "dead"):
            return  # it was quicker than the journal, which is about to tell of its start
        before, followed.job = followed.job, job
        if job.state.value == "running" or (job.state == before.state and not followed.running):
            return
        if job.state.ended:
            self._say(job, job.state.value, _short_error(job))
        elif followed.running and job.state.value in ("waiting", "claimed", "sent"):
            due = self._terminal.since(job.due_time.timestamp())
            error = _short_error(job)
            self._say(job, "waiting", f"{error}; again at {due}" if error else f"looks again at {due}")
        elif followed.running:
            return
        followed.running = False

    def _say(self, job: DurableJob, event: str, detail: str) -> None:
        self._terminal.event(time.time(), event, job.name, job.target or "", detail)


def _short_error(job: DurableJob) -> str:
    """The error's first line, its class without the module."""
    first, *_ = (job.error or "").strip().splitlines() or [""]
    return re.sub(r"^(?:\w+\.)+(\w+)", r"\1", first)
