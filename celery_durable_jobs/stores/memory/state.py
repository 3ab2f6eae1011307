"""All that the memory store holds, as plain data, and the one place that keeps its indexes true."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.identity import parse_job_id, stripe_of_label, stripe_of_shard
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import NOT_BEGUN, JobState
from celery_durable_jobs.steps.common import KeyRef

Last = tuple[str, JobState, "int | None"]
"""The last delivery that was finished or settled, and its answer: state and due time."""


@dataclass(slots=True)
class Job:
    """A job that is stored: alive, or a dead letter. Fields as in ``JobRecord``, and what only the steps look at."""

    id: str
    shard_id: str
    handler: str
    route: Route
    due_us: int
    content: Content
    digest: bytes
    name: str | None
    target: str | None
    metadata: Mapping[str, str] | None
    key: str | None
    key_until: str
    expires_us: int | None
    state: JobState = JobState.WAITING
    attempt: int = 0
    failures: int = 0
    lost_runs: int = 0
    lost_points: int = 0
    generation: int = 0
    run_id: str | None = None
    cancel_requested: bool = False
    error: str | None = None
    ended_us: int | None = None

    deadline_us: int = 0
    """When a keeper is needed; means something while the job is in flight."""
    token: str = ""
    """Under which it was claimed."""
    held: bool = False
    """A worker's parent has held it since it was claimed."""
    delivery_id: str = ""
    """Under which it runs."""
    sends: int = 0
    """How often its message of this generation was sent."""
    poll_next: bool = False
    """The next begin continues the run."""
    polled: bool = False
    """The present run is such a continuation."""
    unknown_since_us: int | None = None
    last: Last | None = None

    @property
    def key_field(self) -> tuple[str | None, str] | None:
        """Under which the job's key stands in ``Stripe.keys``."""
        return None if self.key is None else (self.target, self.key)


@dataclass(slots=True)
class Ended:
    """What is left of a job that has ended. ``handler`` None: forgotten, so that nothing but the outcome is left."""

    outcome: JobState
    ended_us: int
    digest: bytes | None
    handler: str | None
    name: str | None = None
    due_us: int = 0
    attempt: int = 0
    error: str | None = None
    last: Last | None = None


@dataclass(slots=True)
class Lease:
    """The last term of a shard. One that was let go has run out at that moment."""

    token: str
    keeper: str
    until_us: int


@dataclass(slots=True)
class KeeperSeen:
    """A keeper as its looks tell of it. ``joined_us``: since when it has come without a gap of a lease ttl, and could
    publish; ``ill``: it can't."""

    info: Mapping[str, str]
    joined_us: int
    last_look_us: int
    ill: bool = False


@dataclass(slots=True)
class Call:
    """A kept answer: of a client's call under its call id, or of an add that met its key under the job's id.

    ``answer`` is what the step needs to say it again.
    """

    answer: Any
    at_us: int


@dataclass(slots=True)
class Again:
    """A route that is not to be looked at before ``at_us``; ``why`` is "paused", "full" or "resting".

    ``wake_at``: of a full one, the backlog at which this is over.
    """

    at_us: int
    why: str
    wake_at: int | None = None


@dataclass(slots=True)
class Stripe:
    """One slice of the jobs, with all that belongs to them. Every step but a look happens within one."""

    jobs: dict[str, Job] = field(default_factory=dict)
    ended: dict[str, Ended] = field(default_factory=dict)
    calls: dict[str | bytes, Call] = field(default_factory=dict)
    keys: dict[tuple[str | None, str], str] = field(default_factory=dict)
    paused: set[str] = field(default_factory=set)
    seq: int = 0
    leases: dict[str, Lease] = field(default_factory=dict)
    keepers: dict[str, KeeperSeen] = field(default_factory=dict)
    last_look_us: int | None = None
    contact_since_us: int = 0
    again: dict[Route, Again] = field(default_factory=dict)

    # Indexes: what the fields above say, so that nobody has to read all jobs. ``place`` and ``displace`` keep them.
    lines: dict[Route, dict[str, list[tuple[int, str]]]] = field(default_factory=dict)
    open: dict[str, set[str]] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)
    targets: dict[str, set[str]] = field(default_factory=dict)
    counts: Counter[JobState] = field(default_factory=Counter)
    backlogs: Counter[Route] = field(default_factory=Counter)

    def next(self) -> int:
        """A number that is never given again: for generations and tokens."""
        self.seq += 1
        return self.seq

    def place(self, job: Job) -> None:
        """Enter the job into the indexes that its state puts it into."""
        self.jobs[job.id] = job
        self.counts[job.state] += 1
        if job.state is JobState.WAITING:
            insort(self.lines.setdefault(job.route, {}).setdefault(job.shard_id, []), (job.due_us, job.id))
        elif job.state.in_flight:
            self.open.setdefault(job.shard_id, set()).add(job.id)
            if job.state is not JobState.RUNNING:
                self.backlogs[job.route] += 1
        else:
            self.dead.add(job.id)
        if job.target is not None and not job.state.ended:
            self.targets.setdefault(job.target, set()).add(job.id)

    def displace(self, job: Job) -> None:
        """The inverse of ``place``, with the state and due time that it was placed with. Empty sets leave."""
        del self.jobs[job.id]
        self.counts[job.state] -= 1
        if job.state is JobState.WAITING:
            shards = self.lines[job.route]
            line = shards[job.shard_id]
            del line[bisect_left(line, (job.due_us, job.id))]
            if not line:
                del shards[job.shard_id]
            if not shards:
                del self.lines[job.route]
        elif job.state.in_flight:
            self.open[job.shard_id].discard(job.id)
            if not self.open[job.shard_id]:
                del self.open[job.shard_id]
            if job.state in NOT_BEGUN:
                self.backlogs[job.route] -= 1
        else:
            self.dead.discard(job.id)
        if job.target is not None and not job.state.ended:
            self.targets[job.target].discard(job.id)
            if not self.targets[job.target]:
                del self.targets[job.target]

    def in_flight(self, shard_id: str, state: JobState) -> Iterator[Job]:
        """The shard's jobs in this state, by deadline and id."""
        jobs = (self.jobs[job_id] for job_id in self.open.get(shard_id, ()))
        return iter(sorted((job for job in jobs if job.state is state), key=lambda job: (job.deadline_us, job.id)))

    def open_head(self, shard_id: str) -> int | None:
        """The smallest deadline of the shard's jobs in flight."""
        return min((self.jobs[job_id].deadline_us for job_id in self.open.get(shard_id, ())), default=None)


@dataclass(slots=True)
class State:
    """A namespace."""

    options: StoreOptions
    stripes: dict[int, Stripe] = field(default_factory=dict)
    identity: str | None = None
    stripe_count: int = 0
    lists: dict[bytes, list[bytes] | None] = field(default_factory=dict)
    """What dispatch in one step has pushed, the last message first; None: something that is no list."""
    marks: set[bytes] = field(default_factory=set)
    """What keepers have left through their connections to the broker. (Nothing does but tests.)"""
    touched: set[int] = field(default_factory=set)
    """Stripes that the present step has looked at."""

    def stripe(self, number: int) -> Stripe:
        """The stripe of this number."""
        self.touched.add(number)
        return self.stripes.setdefault(number, Stripe())

    def stripe_of_job(self, job_id: str) -> Stripe:
        """The stripe that a job's id names."""
        return self.stripe(parse_job_id(job_id).stripe)

    def stripe_of_shard(self, shard_id: str) -> Stripe:
        """The stripe that a shard's id names."""
        return self.stripe(stripe_of_shard(shard_id))

    def find(self, ref: str | KeyRef) -> tuple[Stripe, str | None]:
        """The stripe of a job named by id or key, and its id: None where nobody holds the key."""
        if isinstance(ref, str):
            return self.stripe_of_job(ref), ref
        label = ref.target if ref.target is not None else ref.key
        stripe = self.stripe(stripe_of_label(label, self.options.stripes))
        return stripe, stripe.keys.get((ref.target, ref.key))

    def numbers(self) -> range:
        """The numbers of all stripes."""
        return range(self.stripe_count or self.options.stripes)
