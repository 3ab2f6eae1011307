"""G3 to G6, checked on what a store answers: whoever asked, whatever came twice, however late."""

from __future__ import annotations

from typing import Any

from celery_durable_jobs import steps
from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.steps import KeyRef
from celery_durable_jobs.steps.request import Request


class Ledger:
    """Remembers what was promised, and objects when it is broken."""

    def __init__(self) -> None:
        self.running: dict[str, str] = {}
        """Job → the delivery id under which it runs."""
        self.cancelled: set[str] = set()
        self.requested: set[str] = set()
        self._generations: set[tuple[str, int]] = set()
        self._present: dict[str, int] = {}
        """Job → the generation of the messages that may begin."""
        self._tokens: dict[str, int] = {}
        self._latest = 0

    def note(self, request: Request[Any], answer: Any, now: int) -> None:
        """A request was answered. AssertionError names the guarantee that is broken."""
        # What was due once stays so, though the clock goes back before the run begins.
        self._latest = max(self._latest, now)
        handle = getattr(self, f"_{type(request).__name__.lower()}", None)
        if handle is not None:
            handle(request, answer, now)

    def _look(self, request: steps.Look, answer: steps.Looked, now: int) -> None:
        for held in answer.held:
            number = int(held.term.token.split(".", 1)[0])
            before = self._tokens.get(held.term.shard_id, 0)
            assert number > before if held.granted else number == before, f"G5: {held} after token {before}"
            assert held.lease_until_us > now, f"G5: {held} at {now}"
            self._tokens[held.term.shard_id] = number

    def _claim(self, request: steps.Claim, answer: steps.Claimed, now: int) -> None:
        order = [(job.due_us, job.id) for job in answer.jobs]
        assert order == sorted(order), f"G3: not in order {order}"
        for job in answer.jobs:
            assert job.due_us <= now, f"G3: early {job}"
            assert job.id not in self.running, f"G4: it runs {job}"
            assert job.id not in self.cancelled | self.requested, f"G6: its cancel was answered {job}"
            assert (job.id, job.generation) not in self._generations, f"G4: generation given twice {job}"
            self._generations.add((job.id, job.generation))
            self._present[job.id] = job.generation
        if answer.jobs:
            number = int(request.term.token.split(".", 1)[0])
            assert number == self._tokens[request.term.shard_id], f"G5: an old token claimed {request}"

    def _dispatch(self, request: steps.Dispatch, answer: steps.Dispatched, now: int) -> None:
        for job_id, generation in answer.jobs:
            assert job_id not in self.running, f"G4: it runs {job_id}"
            assert job_id not in self.cancelled | self.requested, f"G6: its cancel was answered {job_id}"
            assert (job_id, generation) not in self._generations, f"G4: generation given twice {job_id}"
            self._generations.add((job_id, generation))
            self._present[job_id] = generation
        if answer.jobs:
            number = int(request.term.token.split(".", 1)[0])
            assert number == self._tokens[request.term.shard_id], f"G5: an old token dispatched {request}"

    def _begin(self, request: steps.Begin, answer: steps.Begun | steps.Refused, now: int) -> None:
        if not isinstance(answer, steps.Begun) or self.running.get(request.job_id) == request.delivery_id:
            return
        assert answer.job.due_us <= self._latest, f"G3: early {answer}"
        assert request.job_id not in self.running, f"G4: it runs under {self.running[request.job_id]}, {request}"
        assert request.generation == self._present.get(request.job_id), f"G4: a stale message began {request}"
        assert request.job_id not in self.cancelled | self.requested, f"G6: {request}"
        self.running[request.job_id] = request.delivery_id

    def _finish(self, request: steps.Finish, answer: steps.Finished | steps.Refused, now: int) -> None:
        if isinstance(answer, steps.Finished) and self.running.get(request.job_id) == request.delivery_id:
            self._over(request.job_id, answer.state)

    def _settle(self, request: steps.Settle, answer: steps.Settled | steps.Refused, now: int) -> None:
        delivery = request.delivery
        if isinstance(answer, steps.Settled) and self.running.get(delivery.job_id) == delivery.delivery_id:
            self._over(delivery.job_id, answer.state)

    def _rescue(self, request: steps.Rescue, answer: steps.Rescued, now: int) -> None:
        for job_id in answer.returned:
            self._over(job_id, JobState.WAITING)
        for job in (*answer.dead, *answer.cancelled, *answer.expired):
            self._over(job.id, job.state)

    def _over(self, job_id: str, state: JobState) -> None:
        """A run is over."""
        del self.running[job_id]
        self._present.pop(job_id, None)
        assert state is not JobState.WAITING or job_id not in self.requested, f"G6: put back {job_id}"

    def _cancel(self, request: steps.Cancel, answer: steps.CancelAnswer, now: int) -> None:
        if answer.job is not None:
            self.cancelled.add(answer.job.id)
        if isinstance(request.job, KeyRef):
            return
        if answer.outcome is CancelOutcome.CANCELLED:
            assert request.job not in self.running, f"G6: it runs {request}"
        elif answer.outcome is CancelOutcome.REQUESTED and request.job in self.running:
            self.requested.add(request.job)

    def _change(self, request: steps.Change, answer: steps.ChangeAnswer, now: int) -> None:
        """What is out has the old arguments. (The answer of a call that came again may be as old as the call.)"""
        if answer.job is not None and answer.job.state is JobState.WAITING:
            self._present.pop(answer.job.id, None)

    def _add(self, request: steps.Add, answer: steps.Added, now: int) -> None:
        """An id that is known no more may be stored anew."""
        if answer.outcome is steps.AddOutcome.STORED and answer.state is JobState.WAITING:
            self.cancelled.discard(request.job_id)
            self.requested.discard(request.job_id)

    def _replay(self, request: steps.Replay, answer: steps.ReplayAnswer, now: int) -> None:
        if answer.outcome is steps.ReplayOutcome.REPLAYED:
            self.requested.discard(request.job_id)
