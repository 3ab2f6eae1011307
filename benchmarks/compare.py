"""Two files of figures, side by side."""

from __future__ import annotations

from typing import Any

from benchmarks.documents import figures
from benchmarks.report import show, table


def compare(before: dict[str, Any], after: dict[str, Any]) -> str:
    """A table of all figures that both have, with what lies beyond both spreads marked; then what only one has."""
    old, new = figures(before), figures(after)
    rows = [["", "before", "after", "after/before", ""]]
    for key, a in old.items():
        b = new.get(key)
        if b is None:
            continue
        ratio = f"{b['median'] / a['median']:.2f}" if a["median"] else "-"
        several = len(a["samples"]) > 1 and len(b["samples"]) > 1
        apart = several and (b["low"] > a["high"] or b["high"] < a["low"])
        rows.append(
            [
                f"{key[0]}: {key[1]}",
                show(a["median"], a["unit"]),
                show(b["median"], b["unit"]),
                ratio,
                "differs" if apart else "",
            ]
        )
    lines = table(rows)
    for name, these, others in (("before", old, new), ("after", new, old)):
        lines += [f"only {name}: {key[0]}: {key[1]}" for key in these if key not in others]
    machines = {str({k: v for k, v in each["machine"].items() if k != "load before"}) for each in (before, after)}
    if len(machines) > 1:
        lines.append(f"other machines or versions: {before['machine']} and {after['machine']}")
    return "\n".join([*lines, "", "differs: the samples of the two don't overlap."])
