"""Ctrl-C in good order: it ends the show once, and never between starting a process and knowing of it."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """Turns the first of these signals into KeyboardInterrupt; further ones, while we clean up, change nothing."""

    def __init__(self) -> None:
        self._depth = 0
        self._waiting = False
        self._raised = False

    def install(self) -> None:
        """Handle the signals from now on."""
        for number in NUMBERS:
            signal.signal(number, self._on_signal)

    @contextlib.contextmanager
    def postponed(self) -> Iterator[None]:
        """An interrupt that comes within is raised at the end."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
        if self._waiting:
            self._raise_once()

    def _on_signal(self, *_: object) -> None:
        if self._depth:
            self._waiting = True
        else:
            self._raise_once()

    def _raise_once(self) -> None:
        if not self._raised:
            self._raised = True
            raise KeyboardInterrupt
