"""The table of docs/explanation/benchmarks.md, from a file of figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.catalog import ROWS, Row
from benchmarks.report import show

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def write(document: dict[str, Any], page: str | None = None) -> str:
    """The table as Markdown; with ``page`` it is put between that file's marks.

    :raises ValueError: the page has no marks.
    """
    text = markdown(document)
    if page is not None:
        path = Path(page)
        before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            raise ValueError(f"{page} has no {BEGIN} … {END}")
        path.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")
    return text


def markdown(document: dict[str, Any]) -> str:
    """What is wanted and what was measured, a line each; then what was not measured, and why."""
    found: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for benchmark in document["benchmarks"]:
        for figure in benchmark["figures"]:
            if figure["row"] in ROWS:
                found.setdefault(figure["row"], (benchmark, figure))
    lines = ["| what | wanted | measured | spread | command |", "|---|---|---|---|---|"]
    lines += [_line(row, *found.get(name, (None, None))) for name, row in ROWS.items()]
    lines += ["", _measured_on(document)]
    skipped = [f"- {each['name']}: {reason}" for each in document["benchmarks"] for reason in each["skipped"]]
    return "\n".join([*lines, *(["", "Not measured:", "", *skipped] if skipped else [])]) + "\n"


def _line(row: Row, benchmark: dict[str, Any] | None, figure: dict[str, Any] | None) -> str:
    sign = {">=": "≥", "<=": "≤"}[row.sign]
    wanted = f"{sign} {show(row.bound, row.unit)}"
    if benchmark is None or figure is None:
        return f"| {row.what} | {wanted} | not measured | | |"
    value = show(figure["median"], figure["unit"])
    if row.reached(figure["median"]):
        value = f"**{value}**"
    spread = ""
    if len(figure["samples"]) > 1:
        spread = f"{show(figure['low'], figure['unit'])} to {show(figure['high'], figure['unit'])}"
    return f"| {row.what} | {wanted} | {value} | {spread} | `run {benchmark['name']}` |"


def _measured_on(document: dict[str, Any]) -> str:
    told = document["machine"]
    servers = sorted({each["server"] for each in document["benchmarks"] if each["server"]})
    words = [f"{name} {told[name]}" for name in ("Python", "Celery", "Kombu", "redis-py")] + servers
    small = " Tiny sizes, for a smoke test: these figures mean nothing." if document["small"] else ""
    return f"Measured on {document['date']}: {', '.join(words)}, {told['cores']} cores for all processes.{small}"
