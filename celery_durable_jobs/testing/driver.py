"""Drives a store by hand, in few words: each verb brings a job to a state by the steps that lead there.

A test of a store reads ``job = jobs.sent(max_lost...)`` instead of six requests. Nothing is faked: every verb sends the
requests that clients, keepers and workers send. The clock is the test's own.
"""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from celery_durable_jobs import steps
from celery_durable_jobs.model.identity import JobIds, parse_job_id
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.contract import Store
from celery_durable_jobs.testing.clock import MovedClock
from celery_durable_jobs.testing.recount import recount

Answer = TypeVar("Answer")

SHARD_DURATION_US = 60 * SECOND
CELERY = Route()
"""The route that jobs take where a test doesn't say."""


class StoreDriver:
    """One store under one moved clock, with the keepers, workers and clients that a test plays."""

    def __init__(self, store: Store, clock: MovedClock) -> None:
        self.store = store
        self.clock = clock
        self.options = store.options
        self.terms: dict[str, dict[str, steps.Term]] = {}
        """By keeper: the terms it was given and has not lost, by shard."""
        self._claimed: dict[str, JobRecord] = {}
        self._ids = JobIds()
        self._deliveries = itertools.count(1)

    def send(self, request: Request[Answer]) -> Answer:
        """One request, one answer."""
        return self.store.send(request)

    def when(self, seconds: float) -> int:
        """The time in µs that lies so many seconds from now."""
        return self.clock() + round(seconds * SECOND)

    # -- the client's part

    def new_id(self, due_us: int | None = None, target: str | None = None, key: str | None = None) -> str:
        """A job id for a job due then (None: now)."""
        return self._ids.new(
            due_us=self.clock() if due_us is None else due_us,
            shard_duration_us=SHARD_DURATION_US,
            stripes=self.options.stripes,
            target=target,
            key=key,
        )

    def request(self, due: float | When = 0, *, job_id: str | None = None, **fields: Any) -> steps.Add:
        """An add, as a client makes it: due so many seconds from now, with a digest over all but the id."""
        when = due if isinstance(due, When) else When(at_us=self.when(due))
        fields = {"handler": "shop.tasks.remind", "route": CELERY, "content": Content(b"[[], {}, {}]"), **fields}
        digest = hashlib.sha1(repr((when, sorted(fields.items()))).encode()).digest()[:8]
        if job_id is None:
            job_id = self.new_id(when.resolve(self.clock()), fields.get("target"), fields.get("key"))
        return steps.Add(job_id=job_id, due=when, digest=digest, **fields)

    def add(self, due: float | When = 0, **fields: Any) -> str:
        """A stored job's id."""
        request = self.request(due, **fields)
        added = self.send(request)
        assert added.outcome is steps.AddOutcome.STORED, added
        return request.job_id

    def get(self, job: str | steps.KeyRef) -> JobRecord:
        """The job's record; it must be known."""
        record = self.send(steps.Get(job))
        assert record is not None, f"{job} is not known"
        return record

    def state(self, job_id: str) -> JobState:
        """Where the job stands."""
        return self.get(job_id).state

    def cancel(self, job: str | steps.KeyRef) -> steps.CancelAnswer:
        """A cancel under a new call id."""
        return self.send(steps.Cancel(job, self.call_id()))

    def change(self, job: str | steps.KeyRef, **parts: Any) -> steps.ChangeAnswer:
        """A change under a new call id."""
        return self.send(steps.Change(job, self.call_id(), **parts))

    def call_id(self) -> bytes:
        """A new call id."""
        return os.urandom(16)

    # -- the keeper's part

    def look(self, keeper: str = "k1", terms: Iterable[steps.Term] | None = None, **fields: Any) -> steps.Looked:
        """A look that names the keeper's terms (or ``terms``), and remembers what it then holds."""
        mine = self.terms.setdefault(keeper, {})
        named = tuple(mine.values()) if terms is None else tuple(terms)
        let_go = fields.get("let_go", ())
        named = tuple(term for term in named if term not in let_go)
        looked = self.send(steps.Look(keeper, fields.pop("info", {}), named, **fields))
        for term in (*looked.lost, *let_go):
            if mine.get(term.shard_id) == term:
                del mine[term.shard_id]
        mine.update({held.term.shard_id: held.term for held in looked.held})
        return looked

    def lease(self, job_id: str, keeper: str = "k1") -> steps.Term:
        """The keeper's term of the job's shard, granted by a look where it has none that holds."""
        shard_id = parse_job_id(job_id).shard_id
        self.look(keeper)
        assert shard_id in self.terms[keeper], f"{keeper} was not granted {shard_id}"
        return self.terms[keeper][shard_id]

    def claim(self, job_id: str, keeper: str = "k1", **fields: Any) -> JobRecord:
        """The claimed job. What stands beside it in its line is claimed with it, and is there when it is asked for."""
        before = self.get(job_id)
        if before.state is JobState.CLAIMED:
            return self._claimed[job_id]
        assert before.route is not None
        claimed = self.send(steps.Claim(self.lease(job_id, keeper), before.route, **fields))
        self._claimed.update({job.id: job for job in claimed.jobs})
        assert job_id in {job.id for job in claimed.jobs}, f"{job_id} was not claimed: {claimed}"
        return self._claimed[job_id]

    def mark_sent(self, *jobs: JobRecord, keeper: str = "k1") -> tuple[steps.Mark, ...]:
        """Mark jobs of one shard as sent, under the keeper's term."""
        term = self.terms[keeper][parse_job_id(jobs[0].id).shard_id]
        return self.send(steps.MarkSent(term, tuple((job.id, job.generation) for job in jobs))).marks

    def keep_looking(self, seconds: float, keeper: str = "k1", **fields: Any) -> steps.Looked:
        """Let time pass while the keeper looks every second; answers its last look."""
        until = self.when(seconds)
        looked = self.look(keeper, **fields)
        while self.clock() < until:
            self.clock.move(us=min(SECOND, until - self.clock()))
            looked = self.look(keeper, **fields)
        return looked

    # -- the worker's part

    def delivery_id(self) -> str:
        """A new delivery id."""
        return f"delivery-{next(self._deliveries)}"

    def begin(self, job: JobRecord, delivery_id: str | None = None, **fields: Any) -> steps.Begun:
        """Begin the message of this record; it must not be refused."""
        begun = self.send(steps.Begin(job.id, job.generation, delivery_id or self.delivery_id(), **fields))
        assert isinstance(begun, steps.Begun), begun
        return begun

    def finish(
        self, job_id: str, delivery_id: str, kind: steps.FinishKind, after: float = 0, error: str | None = None
    ) -> steps.Finished:
        """Finish a run, ``after`` so many seconds from now; it must not be refused."""
        when = When(after_us=round(after * SECOND))
        finished = self.send(steps.Finish(job_id, delivery_id, kind, when, error))
        assert isinstance(finished, steps.Finished), finished
        return finished

    # -- a job in a state, by the steps that lead there

    def claimed(self, keeper: str = "k1", **fields: Any) -> JobRecord:
        """A claimed job."""
        return self.claim(self.add(**fields), keeper)

    def sent(self, keeper: str = "k1", **fields: Any) -> JobRecord:
        """A sent job: its record as the message carries it."""
        job = self.claimed(keeper, **fields)
        assert self.mark_sent(job, keeper=keeper) == (steps.Mark.SENT,)
        return job

    def running(self, delivery_id: str = "run", keeper: str = "k1", **fields: Any) -> JobRecord:
        """A running job: its record as the message carried it."""
        job = self.sent(keeper, **fields)
        self.begin(job, delivery_id)
        return job

    def again(self, job_id: str, delivery_id: str, keeper: str = "k1") -> steps.Begun:
        """Bring a waiting job that is due to a new run."""
        job = self.claim(job_id, keeper)
        self.mark_sent(job, keeper=keeper)
        return self.begin(job, delivery_id)

    def succeeded(self, **fields: Any) -> str:
        """A job whose run has succeeded."""
        job = self.running(**fields)
        self.finish(job.id, fields.get("delivery_id", "run"), steps.FinishKind.SUCCEED)
        return job.id

    def dead(self, error: str = "it died", **fields: Any) -> str:
        """A dead letter."""
        job = self.running(**fields)
        self.finish(job.id, fields.get("delivery_id", "run"), steps.FinishKind.DIE, error=error)
        return job.id

    # -- for people, and for checks

    def find(self, source: steps.Source, **fields: Any) -> list[str]:
        """All ids of a source, page by page; arguments as of ``pages``."""
        return [job.id for job in self.pages(source, **fields)]

    def pages(
        self, source: steps.Source, *, stripe: int = 0, target: str | None = None, limit: int = 1_000
    ) -> Iterator[JobRecord]:
        """All records of a source, page by page."""
        cursor: str | None = None
        while True:
            page = self.send(steps.Find(stripe, source, target, cursor, limit))
            yield from page.jobs
            cursor = page.cursor
            if cursor is None:
                return

    def stats(self, stripe: int = 0) -> steps.StripeStats:
        """Figures of a stripe."""
        return self.send(steps.Stats(stripe))

    def backlog(self, route: Route = CELERY, stripe: int = 0) -> int:
        """How many jobs of the route are claimed or sent."""
        return sum(row.backlog for row in self.stats(stripe).routes if row.route == route)

    def deadline(self, job_id: str) -> int | None:
        """The smallest deadline in the job's shard: the job's own, where it is the only one in flight."""
        job = parse_job_id(job_id)
        entries = [entry for entry in self.send(steps.Shards(job.stripe)) if entry.shard_id == job.shard_id]
        return entries[0].open_head_us if entries else None

    def recount(self) -> None:
        """Check that counters, heads and backlogs say what the jobs themselves say."""
        for stripe in range(self.options.stripes):
            recount(self.store, stripe)
