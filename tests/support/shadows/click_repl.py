"""In place of click-repl, for the processes that tests start.

Every ``celery`` command imports it for the interactive shell of ``celery amqp``, and with it prompt_toolkit: a quarter
of what a start costs. No test types into that shell.
"""

from __future__ import annotations

from typing import Any


def register_repl(group: Any, name: str = "repl") -> None:
    """Offer no shell."""
