"""G6: a cancel is final and honest. And a reschedule that was answered holds."""

from __future__ import annotations

from tests.chaos.checker.doubled import AWAKENING
from tests.chaos.checker.model import NEVER, Call, Case, Job, Limits, Run
from tests.chaos.checker.report import Report

AFTER_CANCELLED = "begun after CANCELLED"
AFTER_REQUESTED = "begun after REQUESTED"
AFTER_ENDED = "begun after ENDED"
WRONG_ANSWER = "wrong answer to a cancel"
BEFORE_NEW_TIME = "begun before its new due time"


def check(case: Case, limits: Limits, report: Report) -> None:
    """Each answered cancel and reschedule against all runs that came later."""
    for job in case.jobs.values():
        said = ""
        for call in job.changes:
            if call.answered is None:
                continue
            if call.op == "cancel":
                outcome = str(call.answer["out"])
                report.counts[f"cancel: {outcome}"] += 1
                _check_cancel(case, job, call, outcome, said, report)
                said = outcome
            elif call.answer.get("due") is not None:
                _check_reschedule(case, job, call, limits, report)


def _check_cancel(case: Case, job: Job, call: Call, outcome: str, said: str, report: Report) -> None:
    assert call.answered is not None
    later = [run for run in job.runs if run.began > call.answered and not _was_frozen(case, run)]
    running = [run for run in job.runs if run.began <= call.answered < _end(case, run)]
    if outcome == "cancelled":
        for run in later:
            text = f"{run.process} {run.pid} began it {run.began - call.answered:.3f} s after the answer"
            report.violate(AFTER_CANCELLED, job.id, text)
    elif outcome == "requested":
        # The run that was asked to stop may write its first line a moment later than it began.
        if len(later) > (0 if running else 1):
            report.violate(AFTER_REQUESTED, job.id, f"{len(later)} runs began after the answer, {len(running)} ran")
    elif outcome == "ended":
        if later:
            report.violate(AFTER_ENDED, job.id, f"{len(later)} runs began after the answer")
        if said not in ("ended", "requested") and not job.runs and not _may_end_unrun(job):
            report.violate(WRONG_ANSWER, job.id, "ended, and it had never run")
    elif outcome == "not_found" and call.asked > job.acknowledged:
        report.violate(WRONG_ANSWER, job.id, "not_found, and it had been acknowledged")
    if said == "cancelled" and outcome != "cancelled":
        report.violate(WRONG_ANSWER, job.id, f"cancelled at first, then {outcome}")


def _may_end_unrun(job: Job) -> bool:
    plan = job.made[-1].fields["plan"] if job.made else {}
    return plan.get("do") == "unknown" or bool(job.made and job.made[0].fields.get("expires"))


def _end(case: Case, run: Run) -> float:
    return run.ended if run.ended is not None else case.died(run)


def _was_frozen(case: Case, run: Run) -> bool:
    """Whether its process stood still just before its first line: it may have begun long before."""
    return any(fault.until >= run.began - AWAKENING for fault in case.hits(run, NEVER * -1, run.began, ("stop",)))


def _check_reschedule(case: Case, job: Job, call: Call, limits: Limits, report: Report) -> None:
    assert call.answered is not None
    due = float(call.answer["due"])
    following = [other for other in job.changes if other.op == "reschedule" and other.asked > call.asked]
    until = following[0].asked if following else NEVER
    replaced = [made.asked for made in job.made if made.asked > call.asked]
    until = min([until, *replaced])
    for run in job.runs:
        if (
            call.answered < run.began < until
            and (shown := case.clock.latest(call.asked, run.began)) < due - limits.exact
        ):
            text = f"began {due - shown:.3f} s before the due time that the reschedule answered"
            report.violate(BEFORE_NEW_TIME, job.id, text)
