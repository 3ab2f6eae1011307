"""G3: never early. A due time is what the caller asked for, by the store's clock; nothing starts before it.

Where the store's own clock was set back, what it had shown before counts: a job that was due stays due.
"""

from __future__ import annotations

from tests.chaos.checker.expected import expires_at
from tests.chaos.checker.model import NEVER, Call, Case, Job, Limits
from tests.chaos.checker.report import Report

EARLY = "early"
WRONG_DUE = "due time not as asked"
TOO_LATE = "begun after it had expired"


def check(case: Case, limits: Limits, report: Report) -> None:
    """Every run and message against the due time at that moment, and every answer against what was asked."""
    for job in case.jobs.values():
        since = min((call.asked for call in job.made), default=NEVER)
        for run in job.runs:
            at = case.clock.latest(min(since, run.began), run.began)
            since = run.began
            if at < run.due - limits.exact:
                report.violate(EARLY, job.id, f"began {run.due - at:.3f} s before the due time it was told")
        if not job.made:
            continue
        _as_asked(case, job, limits, report)
        moments = [run.began for run in job.runs[:1]]
        if not any(call.op == "reschedule" for call in job.changes):
            # A message of before a reschedule may come late: it is refused at begin.
            moments += [at for at, _, _ in job.sent[:1]]
        for began in moments:
            due = _earliest(case, job, began)
            shown = case.clock.latest(min(job.made[0].asked, began), began)
            if due is not None and shown < due - limits.exact:
                report.violate(EARLY, job.id, f"sent or begun {due - shown:.3f} s before its due time")
        _expired(case, job, limits, report)


def _as_asked(case: Case, job: Job, limits: Limits, report: Report) -> None:
    for call in [*job.made, *job.changes]:
        due = call.answer.get("due")
        if call.answered is None or due is None or call.answer.get("created") is False:
            continue
        if any(run.began < call.answered for run in job.runs):
            continue  # a late answer tells the job's present due time, which may be a retry's
        if call.fields.get("eta") is not None:
            low = high = float(call.fields["eta"])
        elif call.fields.get("cd") is not None:
            low = case.clock.earliest(call.asked, call.answered) + call.fields["cd"]
            high = case.clock.latest(call.asked, call.answered) + call.fields["cd"]
        else:
            continue
        if not low - limits.exact <= due <= high + limits.exact:
            text = f"{call.op} answered the due time {due:.3f}, asked was {low:.3f} to {high:.3f}"
            report.violate(WRONG_DUE, job.id, text)


def _earliest(case: Case, job: Job, at: float) -> float | None:
    """The earliest due time that the job may have had at a moment, before its first run. None: not known.

    Each call that had been answered then settles it; one that was under way, or never answered, may have or not.
    """
    due: float | None = None
    for call in sorted([*job.made, *job.changes], key=lambda call: call.asked):
        if call.op == "cancel" or call.asked > at:
            continue
        asked = _lower_bound(case, call)
        if call.answered is not None and call.answered <= at:
            told = call.answer.get("due")
            if told is None or (call.answer.get("created") is False and call.fields.get("conflict") != "replace"):
                continue
            due = float(told)
        elif due is not None and asked is not None:
            due = min(due, asked)
        elif due is None:
            due = asked
    return due


def _lower_bound(case: Case, call: Call) -> float | None:
    if call.fields.get("eta") is not None:
        return float(call.fields["eta"])
    if call.fields.get("cd") is not None:
        until = call.asked if call.answered is None else call.answered
        return case.clock.earliest(call.asked, until) + float(call.fields["cd"])
    return None


def _expired(case: Case, job: Job, limits: Limits, report: Report) -> None:
    """It begins before it expires; its first line may come a little later."""
    expires = expires_at(job)
    if expires is None or job.made[0].answered is None:
        return
    end = case.clock.latest(job.made[0].asked, job.made[0].answered) + expires
    for run in job.runs:
        if case.clock.shown(run.began) > end + 1 + limits.slack and not case.hits(
            run, run.began - 60, run.began, ("stop", "stall")
        ):
            report.violate(TOO_LATE, job.id, f"began {case.clock.shown(run.began) - end:.3f} s after it had expired")
