"""Warnings that a process gives once."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Hashable

logger = logging.getLogger("celery_durable_jobs")

_given: set[tuple[int, Hashable]] = set()


def warn_once(what: Hashable, message: str | Callable[[], str]) -> bool:
    """Log a warning unless this process has given one about ``what``; answers whether it did now."""
    entry = (os.getpid(), what)  # a forked child is a process of its own
    if entry in _given:
        return False
    _given.add(entry)
    logger.warning(message if isinstance(message, str) else message())
    return True
