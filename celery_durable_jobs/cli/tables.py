"""Tables and texts for a terminal: nothing that a job's name holds can move its cursor."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from celery_durable_jobs._dataclasses import dataclass

GAP = "  "
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    ``least`` is how many cells it may be cut down to (None: it is never cut). ``drop`` above 0: it is left out where
    the terminal is too narrow, the greatest number first. ``cut_left``: what is cut is the beginning.
    """

    title: str
    least: int | None = None
    drop: int = 0
    right: bool = False
    cut_left: bool = False


def clean(text: object) -> str:
    """``text`` on one line, with every character that a terminal would act on written as an escape.

    Newlines, escape sequences, direction marks and lone surrogates become ``\\n``, ``\\x1b``, ``\\u202e`` …
    """
    said = str(text)
    if said.isprintable():
        return said
    return "".join(char if char.isprintable() else _escaped(char) for char in said)


def clean_lines(text: object) -> list[str]:
    """``text`` as lines, each of them ``clean``: for a traceback, whose newlines are wanted."""
    return [clean(line.replace("\t", "    ")) for line in str(text).splitlines()] or [""]


def _escaped(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def cells(text: str) -> int:
    """How many cells of a terminal ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(_cells_of(char) for char in text)


def _cells_of(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, width: int, *, left: bool = False) -> str:
    """``text`` in at most ``width`` cells; what was cut shows as an ellipsis."""
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    room, kept = width - 1, []
    for char in reversed(text) if left else text:
        room -= _cells_of(char)
        if room < 0:
            break
        kept.append(char)
    return ELLIPSIS + "".join(reversed(kept)) if left else "".join(kept) + ELLIPSIS


def pad(text: str, width: int, *, right: bool = False) -> str:
    """``text`` filled with spaces to ``width`` cells."""
    fill = " " * max(0, width - cells(text))
    return fill + text if right else text + fill


def terminal_width() -> int | None:
    """Columns of the terminal that stdout is, or None where it is none: nothing is cut then."""
    if not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def table(columns: Sequence[Column], rows: Iterable[Sequence[object]], width: int | None = None) -> list[str]:
    """The lines of a table, its titles first; every cell is cleaned, and cut where ``width`` asks for it."""
    texts = [[clean(cell) for cell in row] for row in rows]
    shown = list(range(len(columns)))
    while width is not None and _least_total([_sized(columns, texts, at) for at in shown]) > width:
        droppable = [at for at in shown if columns[at].drop]
        if not droppable:
            break
        shown.remove(max(droppable, key=lambda at: columns[at].drop))
    widths = _fit([_sized(columns, texts, at) for at in shown], width)
    heads = [columns[at].title for at in shown]
    lines = [_line([columns[at] for at in shown], heads, widths)]
    lines += [_line([columns[at] for at in shown], [row[at] for at in shown], widths) for row in texts]
    return lines


@dataclass(frozen=True, slots=True)
class _Size:
    full: int
    least: int


def _sized(columns: Sequence[Column], rows: Sequence[Sequence[str]], at: int) -> _Size:
    column = columns[at]
    full = max([cells(column.title), *(cells(row[at]) for row in rows)])
    return _Size(full, full if column.least is None else min(full, max(column.least, cells(column.title))))


def _least_total(sizes: Sequence[_Size]) -> int:
    return sum(size.least for size in sizes) + len(GAP) * (len(sizes) - 1)


def _fit(sizes: list[_Size], width: int | None) -> list[int]:
    """Take what is too much from the widest columns that may be cut."""
    if width is None:
        return [size.full for size in sizes]
    excess = sum(size.full for size in sizes) + len(GAP) * (len(sizes) - 1) - width
    while excess > 0:
        cuttable = [at for at, size in enumerate(sizes) if size.full > size.least]
        if not cuttable:
            break
        widest = max(cuttable, key=lambda at: sizes[at].full)
        sizes[widest] = replace(sizes[widest], full=sizes[widest].full - 1)
        excess -= 1
    return [size.full for size in sizes]


def _line(columns: Sequence[Column], texts: Sequence[str], widths: Sequence[int]) -> str:
    parts = [
        pad(cut(text, width, left=column.cut_left), width, right=column.right)
        for column, text, width in zip(columns, texts, widths, strict=True)
    ]
    return GAP.join(parts).rstrip()


def fields(pairs: Iterable[tuple[str, object]]) -> list[str]:
    """Aligned ``title  value`` lines; a list goes on under its first line. None is left out."""
    kept = [(title, value) for title, value in pairs if value is not None]
    width = max((cells(title) for title, _ in kept), default=0)
    lines = []
    for title, value in kept:
        texts = value if isinstance(value, list) else [value]
        for number, text in enumerate(texts):
            lines.append(f"{pad(title if number == 0 else '', width)}{GAP}{clean(text)}".rstrip())
    return lines
