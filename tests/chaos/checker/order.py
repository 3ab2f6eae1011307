"""G3: the jobs of one line (one shard, one route) are dispatched in due order.

What is seen is the broker: the tap writes down each message as the broker takes it. Two jobs of one line are compared
where their order is beyond doubt: neither was changed, and the one that is due earlier was acknowledged before the
other was due (so it stood in the line whenever the other could be claimed). Then its first message comes first.
Excused is what happened while the broker didn't take messages.
"""

from __future__ import annotations

from tests.chaos.checker.model import Case, Job, Limits
from tests.chaos.checker.report import Report

OUT_OF_ORDER = "out of order"


def check(case: Case, limits: Limits, report: Report) -> None:
    """Line by line, in the order in which messages came."""
    if not case.tapped:
        return
    lines: dict[tuple[str, str], list[tuple[float, float, str, float]]] = {}
    for job in case.jobs.values():
        if _comparable(job):
            due = float(job.made[0].answer["due"])
            at, _, queue = job.sent[0]
            lines.setdefault((job.shard, queue), []).append((due, at, job.id, case.wall(job.acknowledged)))
    excuses = [(fault.since - 1, fault.until + 1) for fault in case.faults if fault.role == "broker"]
    excuses += [(since - 1, until + 1) for since, until in case.gaps]
    for line in lines.values():
        _check_line(case, sorted(line), excuses, report)


def _comparable(job: Job) -> bool:
    return (
        len(job.made) == 1
        and bool(job.made[0].answer.get("created"))
        and bool(job.sent)
        and not any(call.op == "reschedule" for call in job.changes)
    )


def _check_line(
    case: Case,
    line: list[tuple[float, float, str, float]],
    excuses: list[tuple[float, float]],
    report: Report,
) -> None:
    """In due order; the latest message so far of those that were surely there must not lie after the next one's."""
    latest: tuple[float, str, float] | None = None
    waiting: list[tuple[float, float, str, float]] = []
    for due, at, job_id, known in line:
        report.counts["compared in order"] += 1
        # Those that are due earlier count once it is sure that they were in the line before this one was due.
        still = []
        for entry in waiting:
            if entry[3] < due and entry[0] < due:
                if latest is None or entry[1] > latest[0]:
                    latest = (entry[1], entry[2], entry[0])
            else:
                still.append(entry)
        waiting = still
        if latest is not None and at < latest[0] and not _excused(at, latest[0], excuses):
            text = f"sent {latest[0] - at:.3f} s before {latest[1]}, which was due {due - latest[2]:.6f} s earlier"
            report.violate(OUT_OF_ORDER, job_id, text)
        waiting.append((due, at, job_id, known))


def _excused(first: float, last: float, excuses: list[tuple[float, float]]) -> bool:
    return any(since <= last and until >= first for since, until in excuses)
