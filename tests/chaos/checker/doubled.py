"""G4, G5: a job runs once per attempt, unless its run was cut; never twice at one time, unless a lease was lost."""

from __future__ import annotations

from tests.chaos.checker.model import NEVER, Case, Job, Limits, Run
from tests.chaos.checker.report import Report

WITHOUT_CAUSE = "doubled without cause"
OVERLAPPING = "two at once"
UNREPLICATED = 1.0
"""Seconds of writes that a failover may forget."""

AWAKENING = 3.0
"""So soon after a freeze a process writes what it was about to."""

GOES_ON = ("raise", "poll", "again", "stop")
"""How a run ends that is followed by another."""


def check(case: Case, limits: Limits, report: Report) -> None:
    """Each two runs of a job that follow one another; each two at the same time."""
    for job in case.jobs.values():
        for before, after in zip(job.runs, job.runs[1:], strict=False):
            _check_pair(case, job, before, after, limits, report)
        _check_overlap(case, job, limits, report)


def _check_pair(case: Case, job: Job, before: Run, after: Run, limits: Limits, report: Report) -> None:
    if before.how in GOES_ON and (_follows(before, after) or _lost_unseen(case, before, after)):
        return
    cause = _cause(case, before, after.began, limits) or _begun_before(case, before, after, limits)
    if cause:
        report.counts["doubled with cause"] += 1
        report.counts[f"doubled after {cause}"] += 1
        return
    ended = f"which ended with {before.how}" if before.how else "which wrote no end"
    apart = f"{after.began - before.began:.3f} s"
    text = f"{_named(after)} {apart} after {_named(before)}, {ended}, and nothing was done to it"
    report.violate(WITHOUT_CAUSE, job.id, text)


def _named(run: Run) -> str:
    return f"run {run.run_id} (attempt {run.attempt}, {run.process} {run.pid})"


def _follows(before: Run, after: Run) -> bool:
    """Whether the next run is what the end of the one before asked for."""
    if before.how == "poll":
        return after.run_id == before.run_id
    if before.how == "again":
        return after.attempt == 1 and after.run_id != before.run_id
    if before.how == "stop":
        return after.failures == before.failures
    return after.failures == before.failures + 1


def _lost_unseen(case: Case, before: Run, after: Run) -> bool:
    """Whether a run between the two began and was cut before its first statement: the next one says it was lost."""
    lost = after.lost - (0 if before.how == "again" else before.lost)
    if lost <= 0:
        return False
    cuts = [fault for fault in case.faults if fault.role in ("worker", "child") and fault.kind in ("kill", "stop")]
    return any(before.began < fault.until < after.began for fault in cuts)


def _begun_before(case: Case, before: Run, after: Run, limits: Limits) -> str:
    """The one that wrote its start later is the earlier attempt: its process was frozen in between."""
    for fault in case.hits(after, after.began - AWAKENING, after.began, ("stop",)):
        if after.attempt < before.attempt and fault.until - fault.since >= limits.run_lease - 2:
            return f"{fault.role} {fault.kind} beyond its lease"
    return ""


def _cause(case: Case, run: Run, until: float, limits: Limits) -> str:
    """What cut a run: its process or its worker died; or stood still, or was cut off, for as long as a run lease."""
    # A process that is frozen between its begin and its first statement writes its start when it is let go.
    for fault in case.hits(run, run.began - AWAKENING, until, ("kill", "term", "stop", "cut")):
        if fault.kind in ("kill", "term") and fault.until < run.began:
            continue
        if fault.kind == "kill":
            return fault.label or f"{fault.role} killed"
        if fault.kind == "term" and run.ended is None:
            continue  # a warm shutdown lets it end
        if fault.kind in ("stop", "cut") and fault.until - fault.since >= limits.run_lease - 2:
            return f"{fault.role} {fault.kind} beyond its lease"
    for fault in case.faults:
        # The store's new primary may not know that it began, or that it ended.
        if fault.kind == "failover" and run.began <= fault.until and (run.ended or until) >= fault.since - UNREPLICATED:
            return "a failover of the store"
    since = run.began
    stalled = sum(
        fault.until - fault.since
        for fault in case.faults
        if fault.kind == "stall" and fault.since <= until and fault.until >= since
    )
    return "the machine stood still" if stalled >= limits.run_lease - 2 else ""


def _check_overlap(case: Case, job: Job, limits: Limits, report: Report) -> None:
    for index, run in enumerate(job.runs):
        end = run.ended if run.ended is not None else case.died(run)
        for later in job.runs[index + 1 :]:
            if later.began >= end:
                continue
            # Both were running at that moment.
            if _lease_lost(case, run, later.began, limits):
                report.counts["overlapping, its lease lost"] += 1
                continue
            until = "its end" if end < NEVER else "no end that was seen"
            text = f"{later.process} {later.pid} began it while {run.process} {run.pid} ran it (until {until})"
            report.violate(OVERLAPPING, job.id, text)


def _lease_lost(case: Case, run: Run, until: float, limits: Limits) -> bool:
    return any(
        fault.until - fault.since >= limits.run_lease - 2
        for fault in case.hits(run, run.began - AWAKENING, until, ("stop", "cut"))
    ) or _cause(case, run, until, limits) in ("the machine stood still", "a failover of the store")
