"""G7: how soon it goes on.

Dispatch: each first message against the moment from which the job could be sent, and against every fault that may
hold it up: a keeper killed or frozen (lease ttl + 1 s), asked to stop (1 s), a server or a connection away. Runs: what
a killed worker ran or held against its run lease and begin timeout, a killed child against a second.
"""

from __future__ import annotations

from tests.chaos.checker.model import NEVER, Case, Fault, Job, Limits, Run
from tests.chaos.checker.report import Report

SLOW = "recovery too slow"
POLITE = 1.0
MARGIN = 1.0
HELD = 1.0
"""A message is held within a second of its receipt; one that its worker took with it before waits for its timeout."""
LONGEST_REST = 60.0
NO_CONTACT = ("store away", "store's clock set", "machine late", "keeper cut off")
"""After these nothing is rescued or sent again for a while: the contact rule."""


def check(case: Case, limits: Limits, report: Report) -> None:
    """Where the tap listened."""
    if not case.tapped:
        return
    holds = _holds(case, limits)
    for job in case.jobs.values():
        if job.made and job.sent:
            _check_dispatch(case, job, holds, limits, report)
    by_pid: dict[int, list[Job]] = {}
    by_worker: dict[str, list[Job]] = {}
    for job in case.jobs.values():
        for pid in {run.pid for run in job.runs}:
            by_pid.setdefault(pid, []).append(job)
        for name in {name for _, name, _ in job.received}:
            by_worker.setdefault(name, []).append(job)
    for fault in case.faults:
        if fault.kind == "kill" and fault.role in ("worker", "child"):
            touched = [job for pid in fault.pids for job in by_pid.get(pid, ())] + by_worker.get(fault.victim, [])
            _check_worker(case, fault, {job.id: job for job in touched}, holds, limits, report)


Hold = tuple[float, float, str, Fault]
"""From when, for how long after it, called what."""


def _holds(case: Case, limits: Limits) -> list[Hold]:
    """What may hold up dispatch."""
    holds: list[Hold] = []
    for fault in case.faults:
        lease = limits.lease_ttl + MARGIN + limits.slack
        if fault.role == "keeper" and fault.kind == "kill":
            holds.append((fault.since, lease, "keeper killed", fault))
        elif fault.role == "keeper" and fault.kind == "stop":
            holds.append((fault.since, lease, "keeper frozen", fault))
        elif fault.role == "keeper" and fault.kind == "term":
            holds.append((fault.since, POLITE + limits.slack, "keeper stopped", fault))
        elif fault.role == "keeper" and fault.kind == "cut":
            holds.append((fault.until, lease, "keeper cut off", fault))
        elif fault.role == "store" and fault.kind == "step":
            holds.append((fault.until, lease, "store's clock set", fault))
        elif fault.role == "store":
            holds.append((fault.until, lease, "store away", fault))
        elif fault.role == "broker":
            rest = min(LONGEST_REST, 2 * (fault.until - fault.since) + 2)
            holds.append((fault.until, rest + lease, "broker away", fault))
        elif fault.kind == "stall":
            holds.append((fault.until, POLITE + limits.slack, "machine late", fault))
    return holds


def _check_dispatch(case: Case, job: Job, holds: list[Hold], limits: Limits, report: Report) -> None:
    if any(call.op == "reschedule" for call in job.changes) or len(job.made) != 1:
        return
    due = job.made[0].answer.get("due")
    if due is None or any(since <= job.sent[0][0] <= until for since, until in case.gaps):
        return
    ready = max(case.clock.reached(float(due), job.made[0].asked), job.acknowledged)
    at = job.sent[0][0]
    if any(fault.role in ("store", "broker") and fault.since <= at <= fault.until for *_, fault in holds):
        return  # what isn't over yet has no bound
    first = limits.poll_interval + limits.slack
    allowed, why = ready + first, "undisturbed"
    touching = [hold for hold in holds if hold[0] < at and hold[3].since <= at and hold[0] + hold[1] > ready]
    for since, length, name, _ in touching:
        if since + length > allowed:
            allowed, why = since + length, name
    # Measured from the first of them that may still hold it up: the longest time that can be said.
    still = [hold for hold in touching if hold[0] + hold[1] >= (at if at <= allowed else allowed)]
    if still:
        since, length, name, fault = still[0]
        report.recovered(f"dispatch: {name}", fault, max(0.0, at - max(ready, since)), length)
    else:
        report.recovered("dispatch: undisturbed", job.id, max(0.0, at - ready), first)
    if at > allowed:
        text = f"sent {at - ready:.3f} s after it could be, {at - allowed:.3f} s later than allowed ({why})"
        report.violate(SLOW, job.id, text)


def _check_worker(
    case: Case, fault: Fault, jobs: dict[str, Job], holds: list[Hold], limits: Limits, report: Report
) -> None:
    """What it ran, and what it held."""
    for job in jobs.values():
        cut = [run for run in job.runs if run.pid in fault.pids and run.began <= fault.since and _open(run, fault)]
        if cut and cut[-1].lost == 0:
            alone = fault.role == "child" and not _worker_died(case, cut[-1], fault)
            bound = POLITE if alone else limits.run_lease + MARGIN
            kind = "run of a killed child" if alone else "run of a killed worker"
            _check_sign(case, job, fault, bound, kind, holds, limits, report)
        elif not cut and fault.role == "worker":
            held = [entry for entry in job.received if entry[1] == fault.victim and entry[0] <= fault.since - HELD]
            last = max((entry for entry in job.sent if entry[0] <= fault.since), default=None)
            # A copy of an earlier generation is dropped: nothing waits for it.
            if held and last and held[-1][2] == last[1] and not _went_on(job, held[-1][0], fault.since):
                bound = max(limits.run_lease, limits.begin_timeout) + MARGIN
                _check_sign(case, job, fault, bound, "prefetched by a killed worker", holds, limits, report)


def _worker_died(case: Case, run: Run, fault: Fault) -> bool:
    """Whether its worker was killed before it could tell of its child's death."""
    return any(other.role == "worker" for other in case.hits(run, fault.since, fault.since + POLITE, ("kill",)))


def _open(run: Run, fault: Fault) -> bool:
    return run.ended is None or run.ended > fault.since


def _went_on(job: Job, since: float, until: float) -> bool:
    """Whether something became of a message that was received: begun, changed, sent anew."""
    return (
        any(since <= run.began <= until for run in job.runs)
        or any(since < at <= until for at, _, _ in job.sent)
        or bool(job.changes)
        or len(job.made) > 1
    )


def _check_sign(
    case: Case, job: Job, fault: Fault, bound: float, kind: str, holds: list[Hold], limits: Limits, report: Report
) -> None:
    """The next message or run of the job after a kill."""
    signs = [at for at, _, _ in job.sent if at > fault.since] + [
        run.began for run in job.runs if run.began > fault.since
    ]
    if job.changes or len(job.made) != 1 or job.made[0].fields.get("expires"):
        return  # its client may have ended or moved it
    at = min(signs, default=NEVER)
    own = allowed = fault.since + bound + limits.slack
    for since, length, name, hold in holds:
        if hold.since < allowed and since + length > fault.since:
            extra = limits.contact if name in NO_CONTACT else 0.0
            allowed = max(allowed, since + length + extra)
            if hold.kind == "step":  # deadlines begin anew: how much of them was over isn't known any more
                allowed = max(allowed, since + bound + limits.slack)
    for other in case.faults if fault.role == "child" else ():
        # It is the worker's parent that tells of a dead child: as soon as it can.
        parent = other.role == "worker" and other.kind in ("cut", "stop")
        if parent and other.since < allowed and other.until > fault.since:
            allowed = max(allowed, other.until + POLITE + MARGIN + limits.slack)
    if at == NEVER:
        return  # if it never came back it is lost, and that is another rule's matter
    if allowed == own:
        report.recovered(kind, fault, at - fault.since, bound + limits.slack)
    if at > allowed:
        text = f"{kind}: went on {at - fault.since:.3f} s after {fault.label or fault.victim}, allowed were {bound:g} s"
        report.violate(SLOW, job.id, text)
