"""Plots of a file of figures: lag distributions, and rates against jobs waiting. Needs matplotlib."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.report import shares_of


def require() -> Any:
    """matplotlib, without a display. :raises SystemExit: it isn't installed."""
    try:
        import matplotlib
    except ImportError:
        raise SystemExit("plots need matplotlib: pip install matplotlib (or tox -e benchmarks, which has it)") from None
    matplotlib.use("agg")
    matplotlib.rcParams.update({"svg.hashsalt": "benchmarks", "font.size": 9, "axes.grid": True, "grid.alpha": 0.3})
    from matplotlib import pyplot

    return pyplot


def draw(document: dict[str, Any], folder: Path) -> list[Path]:
    """Draw all plots that the document has data for, each as PNG and SVG; answers the files."""
    pyplot = require()
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, title, axes_of in _plots(document):
        figure, axes = pyplot.subplots(figsize=(7, 4), layout="constrained")
        axes_of(axes)
        axes.set_title(title)
        axes.legend()
        for kind in ("png", "svg"):
            path = folder / f"{name}.{kind}"
            figure.savefig(path, dpi=120, metadata={"Date": None} if kind == "svg" else None)
            written.append(path)
        pyplot.close(figure)
    return written


def _plots(document: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for benchmark in document["benchmarks"]:
        if benchmark["lags"]:
            yield f"{benchmark['name']}_lags", benchmark["title"], lambda axes, of=benchmark["lags"]: _lags(axes, of)
        if benchmark["curves"]:
            yield benchmark["name"], benchmark["title"], lambda axes, of=benchmark["curves"]: _curves(axes, of)


def _lags(axes: Any, series: dict[str, list[float]]) -> None:
    """Each series' share of starts that came within a time."""
    for name, values in series.items():
        shares = shares_of(len(values))[: len(values)]
        axes.plot([max(1e-5, value) * 1e3 for value in values], [share * 100 for share in shares], label=name)
    axes.set_xscale("log")
    axes.set_xlabel("from due to start, ms")
    axes.set_ylabel("share that has started, %")


def _curves(axes: Any, curves: dict[str, list[tuple[float, float]]]) -> None:
    for name, points in curves.items():
        axes.plot([x for x, _ in points], [y for _, y in points], marker="o", label=name)
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("jobs waiting")
    axes.set_ylabel("a second")
