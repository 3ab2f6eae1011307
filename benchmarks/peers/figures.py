"""Figures from starts, medians of rounds, and the table that compares them."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

COLUMNS = (
    ("calls_per_s", "calls/s", True),
    ("bulk_per_s", "bulk jobs/s", True),
    ("burst_s", "burst s", False),
    ("burst_per_s", "burst jobs/s", True),
    ("cpu_us", "CPU µs/job", False),
    ("p50_ms", "p50 ms", False),
    ("p99_ms", "p99 ms", False),
    ("max_ms", "max ms", False),
)
"""Key, heading, and whether more is better."""

TROUBLES = ("missing", "twice", "early")

Starts = Sequence[tuple[int, float]]


def burst(starts: Starts, count: int, due: float) -> dict[str, Any]:
    """How long from the moment at which all were due until the last one started."""
    found = {f"burst_{key}": value for key, value in troubles(starts, dict.fromkeys(range(count), due)).items()}
    last = max((at for _, at in starts), default=due)
    ran = count - found["burst_missing"]
    if ran and last > due:
        found |= {"burst_per_s": ran / (last - due)}
        if not found["burst_missing"]:
            found |= {"burst_s": last - due}
    return found


def lag(starts: Starts, dues: Sequence[float]) -> dict[str, Any]:
    """From due to start, in milliseconds: p50, p99 and the longest. A job that ran twice counts by its first start."""
    found = {f"lag_{key}": value for key, value in troubles(starts, dict(enumerate(dues))).items()}
    first: dict[int, float] = {}
    for number, at in starts:
        first[number] = min(at, first.get(number, at))
    lags = sorted((at - dues[number]) * 1_000 for number, at in first.items() if number < len(dues))
    if lags:
        found |= {"p50_ms": quantile(lags, 0.5), "p99_ms": quantile(lags, 0.99), "max_ms": lags[-1]}
    return found


def troubles(starts: Starts, dues: Mapping[int, float]) -> dict[str, int]:
    """How many jobs never started, started more than once, or before their time (by more than a millisecond)."""
    times = Counter(number for number, _ in starts)
    return {
        "missing": sum(1 for number in dues if number not in times),
        "twice": sum(1 for number in dues if times[number] > 1),
        "early": len({number for number, at in starts if number in dues and at < dues[number] - 0.001}),
    }


def quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that so large a share doesn't exceed."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def combined(rounds: Sequence[Mapping[str, Any]], failed: Sequence[str] = ()) -> dict[str, Any]:
    """Each figure's median over the rounds, with its smallest and largest; of troubles the sum."""
    if failed and not rounds:
        return {"not_measured": failed[0]}
    found: dict[str, Any] = {"rounds": len(rounds)}
    if failed:
        found["failed"] = f"{len(failed)} more rounds failed: {failed[0]}"
    for key in dict.fromkeys(key for one in rounds for key in one):
        values = [one[key] for one in rounds if one.get(key) is not None]
        if key.endswith(TROUBLES):
            found[key] = sum(values)
        elif isinstance(values[0], bool):
            found[key] = all(values)
        elif isinstance(values[0], (int, float)):
            found[key] = statistics.median(values)
            found[f"{key}_range"] = [min(values), max(values)]
        else:
            found[key] = values[0]
    return found


def table(results: Mapping[str, Mapping[str, Any]], titles: Mapping[str, str], ours: str) -> str:
    """One row a peer, each figure with ours as a multiple of it: above 1 we are ahead."""
    base = results.get(ours, {})
    head = ["", *(heading for _, heading, _ in COLUMNS), "remarks"]
    rows = [head]
    for name, found in results.items():
        cells = [titles.get(name, name)]
        for key, _, more in COLUMNS:
            cells.append(shown(found.get(key), None if name == ours else ratio(base.get(key), found.get(key), more)))
        rows.append([*cells, remarks(found)])
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    lines = []
    for row in rows:
        first, *middle, last = (
            text.ljust(width) if at in (0, len(row) - 1) else text.rjust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join([first, *middle, last]).rstrip())
    return "\n".join(lines)


def ratio(ours: float | None, theirs: float | None, more_is_better: bool) -> float | None:
    """How many times better ours is."""
    if not ours or not theirs or ours < 0 or theirs < 0:
        return None
    return ours / theirs if more_is_better else theirs / ours


def shown(value: float | None, times: float | None) -> str:
    """A figure, and behind it how many times better ours is."""
    if value is None:
        return "-"
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return text if times is None else f"{text} ({times:.2f}x)" if times < 10 else f"{text} ({times:.0f}x)"


def remarks(found: Mapping[str, Any]) -> str:
    """What else there is to say of a peer."""
    if "not_measured" in found:
        return f"not measured: {found['not_measured']}"
    said = [found["failed"]] if "failed" in found else []
    for work in ("burst", "lag"):
        for trouble in TROUBLES:
            if found.get(f"{work}_{trouble}"):
                said.append(f"{work}: {found[f'{work}_{trouble}']:,} {trouble}")
    if found.get("scheduled_in_time") is False:
        said.append("burst: due before the last call ended")
    if found.get("bulk_by") == "gather":
        said.append("bulk: many calls at once")
    return "; ".join(said)
