"""Each row of README.md has a test that is named after it, and each test a row."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent
ROWS = set(range(1, 53))


def rows(section: str) -> dict[int, list[str]]:
    """The rows of a table: number -> its cells."""
    lines = re.findall(r"^\| P(\d+) \|(.*)\|$", section, re.MULTILINE)
    return {int(number): [cell.strip() for cell in rest.split("|")] for number, rest in lines}


def covered() -> dict[int, set[str]]:
    """Row -> the files that have a test of it."""
    found: dict[int, set[str]] = {}
    for path in FOLDER.glob("test_*.py"):
        for number in re.findall(r"^def test_p(\d\d)_\w+\(", path.read_text(), re.MULTILINE):
            found.setdefault(int(number), set()).add(path.name)
    return found


def test_each_row_has_a_test_where_the_table_says_or_a_reason_why_not_yet() -> None:
    table, _, later = (FOLDER / "README.md").read_text().partition("## Later")
    here, not_yet = rows(table), rows(later)
    assert set(here) | set(not_yet) == ROWS
    assert set(here) & set(not_yet) == {17}, "a row that is there in part"
    assert all(len(cells) == 2 and all(cells) for cells in not_yet.values())
    said = {number: set(re.findall(r"`(test_\w+\.py)`", cells[1])) for number, cells in here.items()}
    assert said == covered()
