"""What a measurement came to, as a table and as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """Rows of figures: ``what`` is the first column, durations are in seconds."""

    title: str
    server: str
    columns: tuple[str, ...]
    rows: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, what: str, **figures: Any) -> None:
        """Add a row."""
        self.rows.append({"what": what, **figures})

    def as_json(self) -> str:
        """All figures, with what they were measured on."""
        return json.dumps(
            {"title": self.title, "machine": machine(self.server), "rows": self.rows, "notes": self.notes}
        )

    def as_text(self) -> str:
        """A table."""
        heads = ("", *self.columns)
        cells = [[row["what"], *(_shown(row.get(column)) for column in self.columns)] for row in self.rows]
        widths = [max(len(line[at]) for line in [list(heads), *cells]) for at in range(len(heads))]
        lines = [self.title, ", ".join(f"{name} {value}" for name, value in machine(self.server).items()), ""]
        for row in [list(heads), *cells]:
            first, *others = (
                text.ljust(width) if at == 0 else text.rjust(width)
                for at, (text, width) in enumerate(zip(row, widths, strict=True))
            )
            lines.append("  ".join([first, *others]).rstrip())
        return "\n".join([*lines, *(["", *self.notes] if self.notes else [])])


def machine(server: str) -> dict[str, Any]:
    """What the figures were measured on."""
    import celery

    return {
        "Python": platform.python_version(),
        "Celery": celery.__version__,
        "server": server,
        "cores": os.cpu_count(),
    }


def lags(starts: list[tuple[float, float]]) -> dict[str, float]:
    """From due to start: p50, p99, max, and the smallest (never below nought), in seconds."""
    sorted_lags = sorted(start - due for due, start in starts)
    if not sorted_lags:
        return {}
    return {
        "p50": _quantile(sorted_lags, 0.5),
        "p99": _quantile(sorted_lags, 0.99),
        "max": sorted_lags[-1],
        "min": sorted_lags[0],
    }


def _quantile(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value * 1_000:,.1f} ms" if abs(value) < 10 else f"{value:,.1f} s"
    return f"{value:,}" if isinstance(value, int) else str(value)
