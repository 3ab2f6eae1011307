"""G3: the jobs of one line (one shard, one route) are dispatched in due order.

What is seen is the broker: the tap writes down each message as the broker takes it. Two jobs of one line are compared
where their order is beyond doubt: neither was changed, and the one that is due earlier was acknowledged before the
other was due (so it stood in the line whenever the other could be claimed). Then its first message comes first.
Equal due times come in the order in which one client asked. Excused is what happened while the broker took no messages.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.chaos.checker.model import Case, Job, Limits
from tests.chaos.checker.report import Report

OUT_OF_ORDER = "out of order"
ACROSS = -1
"""Jobs that waited while the store's clock was set are compared among themselves, and so are those in between."""


@dataclass(frozen=True, order=True, slots=True)
class Entry:
    """A job of a line, as it stood in it: sorted by due time, then in the order in which its client asked."""

    due: float
    number: int
    sent: float
    job_id: str
    known: float
    """The latest time that the store's clock had shown, since they may be compared, when it was acknowledged."""
    client: str

    def surely_before(self, other: Entry) -> bool:
        """Whether it stood in the line, before the other, whenever the other could be claimed."""
        if self.known >= other.due:
            return False
        if self.due == other.due:
            return self.client == other.client and self.number < other.number
        return self.due < other.due


def check(case: Case, limits: Limits, report: Report) -> None:
    """Line by line, in the order in which messages came."""
    if not case.tapped:
        return
    lines: dict[tuple[str, str, int], list[Entry]] = {}
    for job in case.jobs.values():
        if _comparable(job):
            call = job.made[0]
            at, _, queue = job.sent[0]
            era = case.clock.steps(call.asked)
            if era != case.clock.steps(at):
                era = ACROSS
            known = case.clock.latest(call.asked if era != ACROSS else 0.0, job.acknowledged)
            entry = Entry(float(call.answer["due"]), call.number, at, job.id, known, call.process)
            lines.setdefault((job.shard, queue, era), []).append(entry)
    excuses = [(fault.since - 1, fault.until + 1) for fault in case.faults if fault.role == "broker"]
    excuses += [(since - 1, until + 1) for since, until in case.gaps]
    for line in lines.values():
        _check_line(sorted(line), excuses, report)


def _comparable(job: Job) -> bool:
    if len(job.made) != 1 or not job.made[0].answer.get("created") or not job.sent:
        return False
    if any(run.began < job.acknowledged for run in job.runs):
        return False  # a late answer tells the job's present due time, which may be a retry's
    return not any(call.op == "reschedule" for call in job.changes)


def _check_line(line: list[Entry], excuses: list[tuple[float, float]], report: Report) -> None:
    """In due order; the latest message of those that were surely before must not lie after the next one's."""
    latest: Entry | None = None
    unsure: list[Entry] = []
    for entry in line:
        report.counts["compared in order"] += 1
        still = []
        for earlier in unsure:
            if not earlier.surely_before(entry):
                still.append(earlier)
            elif earlier.due < entry.due:
                if latest is None or earlier.sent > latest.sent:
                    latest = earlier
            else:
                # Of one client at one moment: compared with this one, and kept for those of other clients.
                still.append(earlier)
                _compare(earlier, entry, excuses, report)
        unsure = still
        if latest is not None:
            _compare(latest, entry, excuses, report)
        unsure.append(entry)


def _compare(earlier: Entry, entry: Entry, excuses: list[tuple[float, float]], report: Report) -> None:
    if entry.sent >= earlier.sent or any(since <= earlier.sent and until >= entry.sent for since, until in excuses):
        return
    text = (
        f"sent {earlier.sent - entry.sent:.6f} s before {earlier.job_id}, due {entry.due - earlier.due:.6f} s earlier"
    )
    report.violate(OUT_OF_ORDER, entry.job_id, text)
