"""G1, G2: what was acknowledged ends as it should. G8: bad jobs hurt only themselves. G9: refused is not stored."""

from __future__ import annotations

from tests.chaos.checker.expected import final_states, plan_of
from tests.chaos.checker.model import Case, Job, Limits
from tests.chaos.checker.report import Report

LOST = "lost"
WRONG_END = "wrong end"
TWO_JOBS = "two jobs of one call"
REFUSED = "refused and stored"
CUTS_THAT_KILL = 3
"""So many killed children make any job a dead letter; expired leases weigh a third."""


def check(case: Case, limits: Limits, report: Report) -> None:
    """Every acknowledged job, against the final store and its own runs."""
    final = case.store.get("jobs", {})
    report.counts["jobs"] = sum(1 for job in case.jobs.values() if job.made)
    report.counts["runs"] = sum(len(job.runs) for job in case.jobs.values())
    for job in case.jobs.values():
        if job.made:
            _check_job(case, job, final.get(job.id), report)
    _one_job_a_call(case, report)
    _refused(case, report)


def _check_job(case: Case, job: Job, entry: dict[str, object] | None, report: Report) -> None:
    states = final_states(job)
    succeeded = any(run.how == "return" for run in job.runs)
    if entry is None:
        # The store forgets what has ended after a while; then the job's own word must do.
        if not succeeded and states == {"succeeded"}:
            report.violate(LOST, job.id, f"acknowledged, not in the store, and never succeeded: {plan_of(job)}")
        return
    state = str(entry["state"])
    if state in ("waiting", "claimed", "sent", "running"):
        report.violate(LOST, job.id, f"still {state} when all was well again: {plan_of(job)}; {_told(case, job)}")
    elif state == "succeeded" and not succeeded:
        report.violate(LOST, job.id, "the store says succeeded, and no run of it has returned")
    elif state not in states and not (state == "dead" and _lost_too_often(case, job)):
        text = f"ended as {state}, not as one of {sorted(states)}: {plan_of(job)}, error {entry.get('error')!r}"
        report.violate(LOST if state != "succeeded" else WRONG_END, job.id, text)


def _told(case: Case, job: Job) -> str:
    """What is known of a job that should have ended: enough to see why, where the folder is gone."""
    runs = [f"{run.attempt}. by {run.process} {run.began:.3f}–{run.ended or 0:.3f} {run.how}" for run in job.runs]
    sent = [f"{at:.3f} {generation}" for at, generation, _ in job.sent]
    rest = case.store.get("rest")
    return f"acknowledged {job.acknowledged:.3f}, runs {runs}, sent {sent}, well {case.ended:.3f}, at rest {rest}"


def _lost_too_often(case: Case, job: Job) -> bool:
    cut = [run for run in job.runs if run.ended is None and case.died(run) < float("inf")]
    return len(cut) >= CUTS_THAT_KILL


def _one_job_a_call(case: Case, report: Report) -> None:
    by_tag: dict[str, set[str]] = {}
    for job in case.jobs.values():
        for run in job.runs:
            by_tag.setdefault(run.tag, set()).add(job.id)
        for call in job.made:
            if call.answer.get("created"):
                by_tag.setdefault(call.fields["tag"], set()).add(job.id)
    for tag, ids in by_tag.items():
        if len(ids) > 1:
            report.violate(TWO_JOBS, min(ids), f"{tag} became {len(ids)} jobs: {sorted(ids)}")


def _refused(case: Case, report: Report) -> None:
    tags = {run.tag for job in case.jobs.values() for run in job.runs}
    for call in case.calls:
        if call.op != "bad" or call.answered is None:
            continue
        report.counts["refused"] += 1
        if call.answer.get("refused") is None:
            report.violate(REFUSED, str(call.answer.get("id")), f"bad input was taken: {call.fields['tag']}")
        elif call.fields["tag"] in tags:
            report.violate(REFUSED, "", f"bad input was refused, and ran: {call.fields['tag']}")
