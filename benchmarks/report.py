"""What a measurement came to: figures with their spread, as a table and as JSON."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.catalog import ROWS

POINTS = 400
"""So many quantiles of a distribution are kept for its plot, the last ones close to its end."""


@dataclass
class Figure:
    """Samples of one quantity, one a round. ``row`` names what of ``catalog.ROWS`` it answers, if anything."""

    what: str
    unit: str
    samples: list[float]
    row: str = ""

    @property
    def median(self) -> float:
        """The middle one of the samples."""
        return statistics.median(self.samples)

    def shown(self) -> list[str]:
        """Its cells: what, median, lowest to highest, what is wanted."""
        spread = f"{show(min(self.samples), self.unit)} – {show(max(self.samples), self.unit)}"
        row = ROWS.get(self.row)
        wanted = ""
        if row is not None:
            verdict = "" if row.reached(self.median) else "  (not reached)"
            wanted = f"{row.sign} {show(row.bound, row.unit)}{verdict}"
        return [self.what, show(self.median, self.unit), spread if len(self.samples) > 1 else "", wanted]


@dataclass
class Report:
    """All of one benchmark. ``lags`` and ``curves`` are what plots are drawn from."""

    name: str
    title: str
    server: str = ""
    sizes: dict[str, Any] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    lags: dict[str, list[float]] = field(default_factory=dict)
    curves: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    seconds: float = 0.0

    def add(self, what: str, unit: str, samples: Sequence[float] | float, row: str = "") -> Figure:
        """Add a figure; one that answers a row has its unit."""
        given = [float(samples)] if isinstance(samples, (int, float)) else [float(each) for each in samples]
        self.figures.append(Figure(what, unit, given, row))
        return self.figures[-1]

    def ratio(self, what: str, over: Sequence[float], under: Sequence[float], row: str = "") -> Figure:
        """The quotient of two series, round by round: what disturbs one round disturbs both sides of it."""
        return self.add(what, "x", [a / b for a, b in zip(over, under, strict=True) if b], row)

    def skip(self, reason: str) -> None:
        """Say that something wasn't measured, and why."""
        self.skipped.append(reason)

    def lag(self, series: str, lags: Sequence[float]) -> None:
        """Keep a distribution for the plot."""
        ordered = sorted(lags)
        if ordered:
            self.lags[series] = [quantile(ordered, share) for share in shares_of(min(POINTS, len(ordered)))]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        figures = [
            {
                "what": each.what,
                "unit": each.unit,
                "median": each.median,
                "low": min(each.samples),
                "high": max(each.samples),
                "samples": each.samples,
                "row": each.row,
            }
            for each in self.figures
        ]
        return {
            "name": self.name,
            "title": self.title,
            "server": self.server,
            "sizes": self.sizes,
            "seconds": round(self.seconds, 1),
            "figures": figures,
            "notes": self.notes,
            "skipped": self.skipped,
            "lags": self.lags,
            "curves": self.curves,
        }

    def as_text(self) -> str:
        """A table."""
        sizes = ", ".join(f"{key} {value}" for key, value in self.sizes.items())
        lines = [f"{self.name}: {self.title}", f"({sizes}; {self.server or 'no server'}; {self.seconds:.0f} s)", ""]
        lines += table([["", "median", "spread", "wanted"], *(each.shown() for each in self.figures)])
        lines += [f"not measured: {reason}" for reason in self.skipped]
        return "\n".join([*lines, *(["", *self.notes] if self.notes else [])])


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines of aligned columns, all but the first to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return lines


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    import celery
    import kombu
    import redis

    return {
        "Python": platform.python_version(),
        "Celery": celery.__version__,
        "Kombu": kombu.__version__,
        "redis-py": redis.__version__,
        "cores": os.cpu_count(),
        "load before": round(os.getloadavg()[0], 2),
    }


def quantile(ordered: Sequence[float], share: float) -> float:
    """Of sorted values, the one below which lies that share of them."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def shares_of(points: int) -> list[float]:
    """Shares from 0 to 1, half of them in the last twentieth."""
    half = max(1, points // 2)
    return [0.95 * at / half for at in range(half)] + [0.95 + 0.05 * at / half for at in range(half + 1)]


def show(value: float, unit: str) -> str:
    """A value for people."""
    if unit == "x":
        return f"{value:.2f} ×"
    if unit == "s":
        if abs(value) < 0.001:
            return f"{value * 1e6:.1f} µs"
        return f"{value * 1e3:,.1f} ms" if abs(value) < 10 else f"{value:,.1f} s"
    if unit == "MB":
        return f"{value / 1e6:,.0f} MB"
    if unit == "%":
        return f"{value:.2f} %"
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{text}{unit}" if unit.startswith("/") else f"{text} {unit}".rstrip()
