"""Each benchmark at a tiny size, all in one process with one server, worker and keeper; and what is made of figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import catalog, documents
from benchmarks.compare import compare
from benchmarks.page import BEGIN, END, write
from tests.support.processes import ProcessGroup

pytestmark = [pytest.mark.xdist_group("benchmarks"), pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The document of one small run of all."""
    folder = tmp_path_factory.mktemp("benchmarks")
    group = ProcessGroup(folder)
    try:
        run = group.python("-m", "benchmarks", "run", "all", "--small", "--json", str(folder / "figures.json"))
        run.wait(280)
        document = documents.load(str(folder / "figures.json"))
        document["log"] = run.log()
        return document
    finally:
        group.close()


@pytest.mark.parametrize("name", catalog.NAMES)
def test_it_runs(figures: dict[str, Any], name: str):
    [found] = [each for each in figures["benchmarks"] if each["name"] == name] or [{}]
    assert found, figures["log"]
    assert found["figures"] or found["skipped"]
    assert all(figure["low"] <= figure["median"] <= figure["high"] for figure in found["figures"])
    assert all(figure["row"] in {"", *catalog.ROWS} or name == "start_lag" for figure in found["figures"])


def test_the_table_names_every_figure_to_reach(figures: dict[str, Any], tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    table = write(figures, str(page))
    assert all(row.what in table for row in catalog.ROWS.values())
    assert page.read_text() == f"before\n{BEGIN}\n\n{table}\n{END}\nafter\n"


def test_a_run_compared_with_itself_differs_in_nothing(figures: dict[str, Any]):
    told = compare(figures, figures)
    assert "  differs" not in told
    assert "only" not in told


def test_they_are_listed(processes: ProcessGroup):
    listed = processes.python("-m", "benchmarks")
    assert listed.wait(30) == 0
    assert [line.split()[0] for line in listed.log().splitlines()] == list(catalog.NAMES)
