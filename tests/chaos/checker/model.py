"""What the rules look at: jobs with their calls, runs and messages, and what was done to processes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.checker.clock import WallClock

NEVER = float("inf")


@dataclass(frozen=True)
class Limits:
    """The settings that bounds are made of, in seconds, and how exact clocks are.

    :param slack: added to each bound of recovery: what a busy machine may take. 0 for figures.
    :param exact: how far two readings of one moment may lie apart.
    """

    lease_ttl: float = 5.0
    run_lease: float = 30.0
    begin_timeout: float = 30.0
    poll_interval: float = 1.0
    contact: float = 20.0
    slack: float = 0.0
    exact: float = 0.002


@dataclass(frozen=True)
class Violation:
    """A promise that was broken: by which rule, of which job (or none), and how."""

    rule: str
    job: str
    text: str


@dataclass(slots=True)
class Run:
    """One execution of a handler, as it wrote it down. ``ended`` None: it wrote no end."""

    process: str
    pid: int
    began: float
    attempt: int
    run_id: str
    failures: int
    lost: int
    due: float
    tag: str = ""
    ended: float | None = None
    how: str = ""


@dataclass(slots=True)
class Call:
    """A client's call: when it was made, when it was answered (None: never), and what was said."""

    op: str
    asked: float
    fields: dict[str, Any]
    answered: float | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    process: str = ""
    number: int = 0
    """Calls of one process have rising numbers."""


@dataclass(slots=True)
class Job:
    """All that is known of one job."""

    id: str
    made: list[Call] = field(default_factory=list)
    """Applies that were answered with this job, oldest first."""
    changes: list[Call] = field(default_factory=list)
    """Cancels and reschedules, in the order in which they were asked."""
    looks: list[Call] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    sent: list[tuple[float, int, str]] = field(default_factory=list)
    """Messages as the broker took them: when, generation, queue."""
    received: list[tuple[float, str, int]] = field(default_factory=list)
    """Messages as a worker's parent took them: when, process, generation."""

    @property
    def acknowledged(self) -> float:
        """When the first answer that named it had come."""
        return min((call.answered for call in self.made if call.answered is not None), default=NEVER)

    @property
    def shard(self) -> str:
        """The shard it was born into: stripe and window stand in its id."""
        return self.id[1:9]


@dataclass(frozen=True)
class Fault:
    """Something that was done to processes or connections, from ``since`` to ``until``.

    ``kind``: ``kill`` (dead at once), ``term`` (asked to end), ``stop`` (frozen, then let go), ``away`` (a server that
    didn't answer), ``failover`` (another took its place), ``step`` (its clock was set), ``cut`` (connections),
    ``stall`` (the machine itself was late). ``role``: keeper, worker, child, client, store, broker, machine. ``pids``:
    the processes that it hit.
    """

    kind: str
    role: str
    since: float
    until: float
    victim: str = ""
    pids: frozenset[int] = frozenset()
    label: str = ""


class Case:
    """A whole run: jobs, calls, faults, clocks, and the final store."""

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}
        self.calls: list[Call] = []
        """All, in no particular order."""
        self.faults: list[Fault] = []
        self.parents: dict[int, int] = {}
        """Process id → its parent's."""
        self.trouble: list[str] = []
        """What the harness saw that should not be: a process that ended by itself, with its last words."""
        self.tapped = False
        """Whether the broker's messages were listened to."""
        self.gaps: list[tuple[float, float]] = []
        """When the tap heard nothing."""
        self.store: dict[str, Any] = {}
        self.ended = NEVER
        """When the last fault was over and all was well again."""
        self.clock = WallClock()
        """The store's."""
        self.broker_clock = WallClock()
        """That by which the tap tells the time."""

    def job(self, job_id: str) -> Job:
        """The job; made when it is heard of first."""
        found = self.jobs.get(job_id)
        if found is None:
            found = self.jobs[job_id] = Job(job_id)
        return found

    # -- faults -------------------------------------------------------------------------------------------------------

    def hits(self, run: Run, since: float, until: float, kinds: Iterable[str]) -> list[Fault]:
        """What was done, between two moments, to the process of a run or to its worker."""
        wanted = set(kinds)
        family = {run.pid, self.parents.get(run.pid, -1)}
        return [
            fault
            for fault in self.faults
            if fault.kind in wanted
            and fault.since <= until
            and fault.until >= since
            and (fault.pids & family or (fault.victim and fault.victim == run.process and not fault.pids))
        ]

    def died(self, run: Run) -> float:
        """When the process that ran it was killed; NEVER when it wasn't."""
        return min(
            (
                fault.until
                for fault in self.faults
                if fault.kind == "kill" and run.pid in fault.pids and fault.until >= run.began
            ),
            default=NEVER,
        )
