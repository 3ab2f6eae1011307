"""The table that a run ends with."""

from __future__ import annotations

from collections import Counter

from tests.chaos.checker import Report
from tests.chaos.checker.cancelled import AFTER_CANCELLED
from tests.chaos.checker.doubled import OVERLAPPING, WITHOUT_CAUSE
from tests.chaos.checker.lost import LOST
from tests.chaos.checker.order import OUT_OF_ORDER
from tests.chaos.checker.recovery import SLOW
from tests.chaos.checker.timing import EARLY

NAMED = (LOST, EARLY, OUT_OF_ORDER, WITHOUT_CAUSE, OVERLAPPING, AFTER_CANCELLED, SLOW)
KILLS = ("killed", "stopped", "frozen", "away", "restarted")


def table(report: Report, struck: Counter[str], title: str) -> str:
    """All figures, one a line, and the first violations."""
    counts = report.counts
    rows: list[tuple[str, str]] = [("jobs", f"{counts['jobs']:,}"), ("runs", f"{counts['runs']:,}")]
    strikes = sum(count for kind, count in struck.items() if any(word in kind for word in KILLS))
    rows.append(("kills, stops and freezes", str(strikes)))
    rows.append(("cuts and other trouble of connections", str(sum(struck.values()) - strikes)))
    rows += [(f"  {kind}", str(count)) for kind, count in sorted(struck.items())]
    rows += [(rule, str(report.broken(rule))) for rule in NAMED]
    rows.append(("doubled with cause", str(counts["doubled with cause"])))
    rows += [
        (f"  {name.removeprefix('doubled ')}", str(count))
        for name, count in sorted(counts.items())
        if name.startswith("doubled after ")
    ]
    rows.append(("overlapping, its lease lost", str(counts["overlapping, its lease lost"])))
    rows.append(("pairs of a line compared in order", f"{counts['compared in order']:,}"))
    rows += [(name, f"{count:,}") for name, count in sorted(counts.items()) if name.startswith("cancel: ")]
    rows += [("dead letters", str(counts["dead letters"])), ("refused", str(counts["refused"]))]
    for kind, each in sorted(report.recoveries.items()):
        told = f"p50 {each.median:.3f} s, p100 {each.slowest:.3f} s (bound {each.bound:g} s)"
        cases = "jobs" if len(each.cases) == each.jobs else f"cases, {each.jobs:,} jobs"
        rows.append((f"{len(each.cases):,} {cases}: {kind}", told))
    others = Counter(violation.rule for violation in report.violations if violation.rule not in NAMED)
    rows += sorted((rule, str(count)) for rule, count in others.items())
    width = max(len(name) for name, _ in rows)
    lines = [title, *(f"  {name:<{width}}  {value}" for name, value in rows)]
    shown = report.violations[:20]
    lines += [f"! {each.rule}: {each.job} {each.text}" for each in shown]
    if len(report.violations) > len(shown):
        lines.append(f"! … and {len(report.violations) - len(shown)} more")
    return "\n".join(lines)
