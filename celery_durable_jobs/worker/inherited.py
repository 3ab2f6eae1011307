"""A pool child that is forked while its parent consumes from Redis doesn't keep the parent's socket to the broker.

It inherits the socket, and an epoll goes on reporting one that is closed here and open there. Where the broker ends the
connection while the prefetch is full, Kombu (5.7 at least) closes and reopens it without a word and with the same
number; the end of the old one is then taken for an answer of the new one, and the worker's main loop waits for ever for
an answer that it never asked for: it takes nothing any more, and doesn't stop. Ordinary Celery has that too.
"""

from __future__ import annotations

import contextlib
import os
import sys
import weakref
from typing import Any

_pollers: weakref.WeakSet[Any] = weakref.WeakSet()


def not_inherited(connection: Any) -> None:
    """Children that are forked from now on close what they have of the sockets by which this connection consumes."""
    redis = sys.modules.get("kombu.transport.redis")
    poller = getattr(connection.transport, "cycle", None)
    if redis is not None and isinstance(poller, redis.MultiChannelPoller):
        _pollers.add(poller)


def _after_in_child() -> None:
    for poller in list(_pollers):
        # Kombu's own affair: one that keeps its sockets elsewhere is left as it is.
        for sock in list(getattr(poller, "_chan_to_sock", {}).values()):
            with contextlib.suppress(Exception):
                sock.close()  # and no shutdown, which would end the parent's connection
    _pollers.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_in_child)
