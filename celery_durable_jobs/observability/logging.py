"""Loggers, and outages that are told once: when they begin and when they are over.

All loggers lie below ``celery_durable_jobs``; nothing here adds a handler. In a Celery process they come out through
Celery's own handlers, at ``--loglevel``.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

ROOT = "celery_durable_jobs"


def get_logger(name: str) -> logging.Logger:
    """The logger of a part of the library: ``get_logger("keeper")``."""
    return logging.getLogger(f"{ROOT}.{name}")


class Outage:
    """Something that is reachable or not. Says so at each change, once, however many notice it. Safe in threads.

    :param what: as it stands in the log: ``"store"`` gives "store unreachable: …" and "store is back after …".
    """

    def __init__(self, logger: logging.Logger, what: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._logger = logger
        self._what = what
        self._clock = clock
        self._lock = threading.Lock()
        self._since: float | None = None
        self._reason = ""

    @property
    def since(self) -> float | None:
        """When it began by the clock given, or None: it is reachable."""
        return self._since

    @property
    def reason(self) -> str:
        """Why it was unreachable last."""
        return self._reason

    def seconds(self) -> float:
        """How long it has lasted; 0 when there is none."""
        since = self._since
        return 0.0 if since is None else self._clock() - since

    def begin(self, reason: object) -> None:
        """It can't be reached."""
        with self._lock:
            self._reason = str(reason)
            if self._since is not None:
                return
            self._since = self._clock()
        self._logger.warning("%s unreachable: %s; trying again until it is back", self._what, reason)

    def end(self) -> None:
        """It was reached."""
        if self._since is None:
            return
        with self._lock:
            since, self._since = self._since, None
        if since is not None:
            self._logger.warning("%s is back after %.1f s", self._what, self._clock() - since)
