"""What the show prints: one line an event, in columns; colours only where a person looks at a terminal."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import time

COLOURS = {"dim": "2", "bold": "1", "red": "31", "green": "32", "yellow": "33", "magenta": "35", "cyan": "36"}
EVENTS = {
    "scheduled": "dim",
    "started": "cyan",
    "waiting": "yellow",
    "succeeded": "green",
    "cancelled": "magenta",
    "expired": "magenta",
    "dead": "red",
}
NAME_WIDTH, TARGET_WIDTH = 17, 13


class Terminal:
    """Prints the show. Times are seconds since the curtain."""

    def __init__(self) -> None:
        self._colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        self._width = max(72, min(shutil.get_terminal_size((100, 24)).columns, 110))
        encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
        self.tick, self.cross, self.arrow = ("✓", "✗", "▸") if encoding == "utf8" else ("ok", "!!", ">")
        self.curtain = time.time()

    def since(self, moment: float) -> str:
        """A moment (seconds since 1970) on the show's clock."""
        return f"{moment - self.curtain:.2f} s"

    def title(self, text: str) -> None:
        """A headline."""
        print(f"\n{self.paint(text, 'bold')}", flush=True)

    def text(self, text: str) -> None:
        """A paragraph."""
        print(textwrap.fill(text, self._width - 2, initial_indent="  ", subsequent_indent="  "), flush=True)

    def fact(self, name: str, what: str, detail: str = "") -> None:
        """A line about what was started."""
        print(f"  {name:<9}{what}{'  ' + self.paint(detail, 'dim') if detail else ''}", flush=True)

    def start_clock(self, text: str) -> None:
        """The curtain rises."""
        print(f"\n  {self.paint(text, 'dim')}\n", flush=True)
        self.curtain = time.time()

    def action(self, what: str) -> None:
        """Something that a person or another system did."""
        print(f"{self._clock(time.time())} {self.paint(f'{self.arrow} {what}', 'bold')}", flush=True)

    def event(self, moment: float, event: str, name: str, target: str, detail: str = "") -> None:
        """Something that became of a job."""
        head = f"{self._clock(moment)}   {event:<9}  {name:<{NAME_WIDTH}} {target:<{TARGET_WIDTH}}"
        room = max(20, self._width - len(head) - 1)
        lines = textwrap.wrap(detail, room) or [""]
        colour = EVENTS.get(event, "dim")
        print(head.replace(event, self.paint(event, colour), 1) + " " + lines[0], flush=True)
        for line in lines[1:]:
            print(" " * (len(head) + 1) + line, flush=True)

    def verdict(self, good: bool, text: str) -> None:
        """A line of the closing summary."""
        mark = self.paint(self.tick, "green") if good else self.paint(self.cross, "red")
        print(textwrap.fill(text, self._width - 4, initial_indent=f"  {mark} ", subsequent_indent="    "), flush=True)

    def paint(self, text: str, colour: str) -> str:
        """Coloured, where there are colours."""
        return f"\x1b[{COLOURS[colour]}m{text}\x1b[0m" if self._colours else text

    def _clock(self, moment: float) -> str:
        return f"{moment - self.curtain:6.2f} s"
