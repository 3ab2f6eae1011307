"""The command that starts a keeper, as this process's own user would spell it."""

from __future__ import annotations

import os
import sys
from typing import Any


def keeper_command(app: Any) -> str:
    """``celery -A <app> durable-shards``: with the ``-A`` that this process was started with, else the app's name."""
    return f"celery -A {_named(sys.argv) or os.environ.get('CELERY_APP') or app.main or 'proj'} durable-shards"


def _named(words: list[str]) -> str | None:
    """The value of Celery's ``-A``/``--app`` among a ``celery`` command's words; None for any other program."""
    program = os.path.basename(words[0]) if words else ""
    # ``python -m celery`` has celery/__main__.py as its first word.
    if "celery" not in program and os.path.basename(os.path.dirname(words[0] if words else "")) != "celery":
        return None
    for place, word in enumerate(words[1:], 1):
        if word in ("-A", "--app") and place + 1 < len(words):
            return words[place + 1]
        if word.startswith("--app="):
            return word.removeprefix("--app=")
        if word.startswith("-A") and len(word) > 2:
            return word[2:].removeprefix("=")
    return None
