"""From files to a verdict: reads a history, applies every rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.chaos.checker import cancelled, doubled, leftover, looks, lost, order, recovery, timing
from tests.chaos.checker.model import Call, Case, Fault, Limits, Run
from tests.chaos.checker.report import Report
from tests.chaos.history import Event, read

RULES = (lost, timing, order, doubled, cancelled, looks, recovery, leftover)


def judge(case: Case, limits: Limits) -> Report:
    """Apply every rule."""
    report = Report()
    for rule in RULES:
        rule.check(case, limits, report)
    for text in case.trouble:
        report.violate("a process ended by itself", "", text)
    return report


def load(folder: Path) -> Case:
    """Read a run's history and its export."""
    case = Case()
    reader = _Reader(case)
    for name, pid, event in read(folder):
        reader.take(name, pid, event)
    reader.finish()
    path = folder / "store.json"
    if path.exists():
        case.store = json.loads(path.read_text())
    return case


class _Reader:
    """Puts lines where they belong. Lines of one process come in order; processes in any."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._calls: dict[tuple[str, int, int], Call] = {}
        self._runs: dict[tuple[str, int, int], Run] = {}
        self._walls: list[tuple[float, str, int, str]] = []
        self._shared = True
        """Whether the broker that the tap listens to is the store: then its clock is the store's."""

    def take(self, name: str, pid: int, event: Event) -> None:
        take = getattr(self, f"_{event['k']}", None)
        if take is not None:
            take(name, pid, event)

    def finish(self) -> None:
        """What needs all lines: clocks for the tap's times, order within each job."""
        case = self._case
        clock = case.clock if self._shared else case.broker_clock
        for wall, job_id, generation, queue in self._walls:
            case.job(job_id).sent.append((clock.moment(wall), generation, queue))
        for job in case.jobs.values():
            job.runs.sort(key=lambda run: run.began)
            job.sent.sort()
            job.received.sort()
            job.changes.sort(key=lambda call: call.asked)
            job.made.sort(key=lambda call: call.asked)
        case.faults.sort(key=lambda fault: fault.since)

    # -- lines ------------------------------------------------------------------------------------------------------

    def _process(self, name: str, pid: int, event: Event) -> None:
        self._case.parents[pid] = event["ppid"]

    def _clock(self, name: str, pid: int, event: Event) -> None:
        self._case.clock.read(event["t"], event["wall"] + event.get("ahead", 0.0))
        self._case.broker_clock.read(event["t"], event["wall"])

    def _call(self, name: str, pid: int, event: Event) -> None:
        call = Call(event["op"], event["t"], event, process=name, number=event["n"])
        self._calls[name, pid, event["n"]] = call
        self._case.calls.append(call)
        if call.op in ("cancel", "reschedule"):
            self._case.job(event["id"]).changes.append(call)
        elif call.op == "get":
            self._case.job(event["id"]).looks.append(call)

    def _answer(self, name: str, pid: int, event: Event) -> None:
        call = self._calls.get((name, pid, event["n"]))
        if call is None:
            return
        call.answered, call.answer = event["t"], event
        if call.op == "apply":
            self._case.job(event["id"]).made.append(call)

    def _many(self, name: str, pid: int, event: Event) -> None:
        for tag, job_id, due in event["jobs"]:
            fields = {"tag": tag, "plan": {"do": "ok"}, "handler": event["handler"], "queue": event["queue"]}
            answer = {"id": job_id, "due": due, "created": True}
            self._case.job(job_id).made.append(Call("apply", event["t"], fields, event["t"], answer))

    def _received(self, name: str, pid: int, event: Event) -> None:
        self._case.job(event["id"]).received.append((event["t"], name, event["gen"]))

    def _start(self, name: str, pid: int, event: Event) -> None:
        run = Run(
            name, pid, event["t"], event["attempt"], event["run"], event["failures"], event["lost"], event["due"],
            event["tag"],
        )  # fmt: skip
        self._runs[name, pid, event["n"]] = run
        self._case.job(event["id"]).runs.append(run)

    def _end(self, name: str, pid: int, event: Event) -> None:
        run = self._runs.pop((name, pid, event["n"]), None)
        if run is not None:
            run.ended, run.how = event["t"], event["how"]

    def _suicide(self, name: str, pid: int, event: Event) -> None:
        self._fault(name, pid, {**event, "kind": "kill", "role": "child", "pids": [pid], "label": "suicide"})

    def _fault(self, name: str, pid: int, event: dict[str, Any]) -> None:
        self._case.faults.append(
            Fault(
                event["kind"], event["role"], event["t"], event.get("until", event["t"]), event.get("victim", ""),
                frozenset(event.get("pids", ())), event.get("label", ""),
            )
        )  # fmt: skip

    def _trouble(self, name: str, pid: int, event: Event) -> None:
        self._case.trouble.append(event["text"])

    def _tap(self, name: str, pid: int, event: Event) -> None:
        self._case.tapped = True
        self._shared = event.get("shared", True)

    def _gap(self, name: str, pid: int, event: Event) -> None:
        self._case.gaps.append((event["t"], event["until"]))

    def _well(self, name: str, pid: int, event: Event) -> None:
        self._case.ended = event["t"]

    def _sent(self, name: str, pid: int, event: Event) -> None:
        if "wall" in event:
            self._walls.append((event["wall"], event["id"], event["gen"], event["queue"]))
        else:
            self._case.job(event["id"]).sent.append((event["t"], event["gen"], event["queue"]))
