"""What must become of a job, known from what its handler was told to do, and from the calls about it."""

from __future__ import annotations

from tests.chaos.checker.model import Call, Job

DEAD = ("hopeless", "unknown")


def plan_of(job: Job) -> dict[str, object]:
    """What its handler was last told to do."""
    return dict(job.made[-1].fields["plan"]) if job.made else {"do": "ok"}


def final_states(job: Job) -> set[str]:
    """The states in which it may end."""
    plan = plan_of(job)
    poison = plan["do"] == "kill" and plan.get("times") == 0
    states = {"dead"} if plan["do"] in DEAD or poison else {"succeeded"}
    for call in job.changes:
        if call.op != "cancel":
            continue
        outcome = call.answer.get("out")
        if call.answered is None or outcome == "requested":
            states |= {"cancelled", "dead", "succeeded"} if outcome == "requested" else {"cancelled"}
        elif outcome == "cancelled":
            return {"cancelled"}
    if expires_at(job) is not None:
        states.add("expired")
    return states


def expires_at(job: Job) -> float | None:
    """The sum of countdown and margin after which it may end unrun, or None: it has none, or lost it surely."""
    if not job.made:
        return None
    expires = job.made[0].fields.get("expires")
    if expires is None or any(moved(call) for call in job.changes):
        return None
    return float(expires)


def moved(call: Call) -> bool:
    """Whether a reschedule was answered with a new due time."""
    return call.op == "reschedule" and call.answered is not None and call.answer.get("due") is not None
