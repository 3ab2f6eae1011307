"""What is acknowledged can be found: get and find say what is true."""

from __future__ import annotations

from tests.chaos.checker.model import Call, Case, Job, Limits
from tests.chaos.checker.report import Report

NOT_FOUND = "not found"
FOUND_TWICE = "found twice"
FOUND_CANCELLED = "found though it was cancelled"


def check(case: Case, limits: Limits, report: Report) -> None:
    """Each get and find."""
    targets: dict[str, list[Job]] = {}
    for job in case.jobs.values():
        for call in job.looks:
            if call.answered is not None and call.asked > job.acknowledged and call.answer.get("state") is None:
                report.violate(NOT_FOUND, job.id, "get answered None")
        target = job.made[0].answer.get("target") if job.made else None
        if target:
            targets.setdefault(target, []).append(job)
    for call in case.calls:
        if call.op == "find" and call.answered is not None:
            report.counts["finds"] += 1
            _check_find(case, call, targets.get(call.fields["target"], []), limits, report)


def _check_find(case: Case, call: Call, jobs: list[Job], limits: Limits, report: Report) -> None:
    assert call.answered is not None
    ids = call.answer["ids"]
    for job_id in {job_id for job_id in ids if ids.count(job_id) > 1}:
        report.violate(FOUND_TWICE, job_id, f"find listed it {ids.count(job_id)} times")
    found = set(ids)
    for job in jobs:
        before = [other for other in job.changes if other.asked < call.answered]
        gone = [other for other in before if other.answer.get("out") == "cancelled"]
        if job.id in found and any(other.answered is not None and other.answered < call.asked for other in gone):
            report.violate(FOUND_CANCELLED, job.id, "find listed it after CANCELLED")
        untouched = not before and len(job.made) == 1 and job.acknowledged < call.asked
        due = float(job.made[0].answer["due"])
        shown = case.clock.latest(job.made[0].asked, call.answered) if untouched else due
        if shown < due - limits.exact and job.id not in found:
            report.violate(NOT_FOUND, job.id, f"find did not list it {due - shown:.3f} s before it was due")
