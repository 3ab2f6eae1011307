"""Files of figures."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from benchmarks.catalog import NAMES
from benchmarks.report import machine


def new(small: bool) -> dict[str, Any]:
    """An empty document, with what is measured on."""
    return {
        "date": time.strftime("%Y-%m-%d"),
        "small": small,
        "machine": machine(),
        "benchmarks": [],
    }


def save(document: dict[str, Any], file: str) -> None:
    """Write it; what was in the file before is replaced at once, or stays."""
    path = Path(file)
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    os.replace(draft, path)


def load(file: str) -> dict[str, Any]:
    """Read it."""
    document: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"))
    return document


def figures(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """All figures by benchmark and name."""
    return {
        (benchmark["name"], figure["what"]): figure
        for benchmark in document["benchmarks"]
        for figure in benchmark["figures"]
    }


def add(document: dict[str, Any], benchmark: dict[str, Any]) -> None:
    """Put a benchmark's figures in, in place of older ones."""
    others = [each for each in document["benchmarks"] if each["name"] != benchmark["name"]]
    order = {name: number for number, name in enumerate(NAMES)}
    document["benchmarks"] = sorted([*others, benchmark], key=lambda each: order.get(each["name"], len(order)))
