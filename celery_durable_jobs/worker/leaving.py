"""A prefork pool that stops: its parent listens to the children until all of them have left.

Celery's listens only as long as it awaits a result, and forgets what no child has said to have begun. A child that has
such a message in its pipe answers all the same (it drops it: the worker stops), and then waits until its answer is
heard: for 30 s, and the worker with it. Seen in one of ten warm shutdowns of plain Celery 5.7 amid a stream of tasks.
"""

from __future__ import annotations

from typing import Any

_AWAITED = {"the end of every child": None}


def listen_to_the_end(pool: Any) -> None:
    """Have a prefork pool hear its children out when it stops; other pools are left alone."""
    handler: Any = getattr(getattr(pool, "_pool", None), "_result_handler", None)
    if handler is not None and hasattr(handler, "fileno_to_outq"):
        # What it awaits, as far as its last loop asks: that ends by itself when all children have been joined.
        handler.cache = _AWAITED
