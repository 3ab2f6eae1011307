"""The documentation's table: what each library promises, next to its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers import figures
from benchmarks.peers.peer import NAMES, Peer

BEGIN = "<!-- figures: python -m benchmarks.peers -->"
END = "<!-- end of figures -->"


def write(document: Mapping[str, Any], peers: Sequence[Peer], path: Path) -> None:
    """Put the tables of a run between the page's marks.

    :raises ValueError: the page has no marks.
    """
    text = path.read_text()
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} has no marks: {BEGIN} and {END}")
    path.write_text(f"{before}{BEGIN}\n{markdown(document, peers)}\n{END}{after}")


def markdown(document: Mapping[str, Any], peers: Sequence[Peer]) -> str:
    """One row a library: promises and medians, ours as a multiple of each in brackets."""
    results = document["results"]
    base = results.get(NAMES[0], {})
    heads = ["", "a job waits in", "when its worker is killed", *(head for _, head, _ in figures.COLUMNS), "remarks"]
    lines = [_row(heads), _row(["---"] * 3 + ["--:"] * len(figures.COLUMNS) + ["---"])]
    for peer in peers:
        found = results.get(peer.name)
        if found is None:
            continue
        cells = [
            figures.shown(
                found.get(key), None if peer.name == NAMES[0] else figures.ratio(base.get(key), found.get(key), more)
            )
            for key, _, more in figures.COLUMNS
        ]
        lines.append(_row([peer.title, peer.waits_in, peer.killed, *cells, figures.remarks(found)]))
    told = ", ".join(f"{key} {value}" for key, value in document["machine"].items())
    return "\n".join([*lines, "", f"Medians of rounds; in brackets how many times better this library is. {told}."])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
