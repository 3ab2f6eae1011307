"""The Lua scripts: one file an atomic step in ``lua/``, shared code in ``lua/lib/``, put together here.

A line ``--! include lib/registry.lua`` stands for what the step needs of that file (``lua_parts.py``). What a server is
told beside the code (the ``#!lua`` line of Redis 7 and Valkey) depends on the step:

- what grows (add, change, replay, the first try of a claim or dispatch) is refused on a full server;
- everything else goes through (``allow-oom``): it frees memory or is small;
- what only reads says so (``no-writes``).

A server before 7 knows no such line. A full one refuses a script's commands until one that writes has run. So what goes
through begins with a DEL, and what is refused with a SETRANGE: both of a key that never exists, and without effect.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from celery_durable_jobs.stores.redis.lua_parts import assemble

_GROW = frozenset({"add", "change", "replay", "claim", "dispatch"})
_READ = frozenset({"get", "find_lines", "find_ids", "find_jobs", "find_ended", "stats", "keepers", "shards"})
_ALL_STRIPES = frozenset({"look"})

FREE_FIRST = "redis.call('DEL', KEYS[1] .. 'none')\n"
GROW_FIRST = "redis.call('SETRANGE', KEYS[1] .. 'none', 0, '')\n"
TRICKLE = "claim_trickle"
"""``claim`` as it is sent to a full server."""

DISPATCH_TRICKLE = "dispatch_trickle"
"""Likewise."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script as a server gets it, and its name there."""

    source: bytes
    sha: bytes


def source(name: str) -> str:
    """The code of ``lua/<name>.lua`` with what it needs of all that it includes."""
    return assemble(_read(f"{name}.lua"), _read)


def flags(name: str) -> str:
    """The ``#!lua`` line's flags for a step."""
    if name in _GROW:
        return ""
    if name in _READ:
        return " flags=no-writes"
    return " flags=allow-oom,allow-cross-slot-keys" if name in _ALL_STRIPES else " flags=allow-oom"


@cache
def script(name: str, with_flags: bool) -> Script:
    """A step's script for a server that knows the ``#!lua`` line (Redis 7, Valkey), or for one that doesn't."""
    code = source(name.removesuffix("_trickle"))
    if with_flags:
        code = f"#!lua{flags(name)}\n{code}"
    elif name not in _READ:
        code = (GROW_FIRST if name in _GROW else FREE_FIRST) + code
    data = code.encode()
    return Script(data, hashlib.sha1(data, usedforsecurity=False).hexdigest().encode())


def _read(file: str) -> str:
    folder = resources.files("celery_durable_jobs.stores.redis").joinpath("lua")
    return folder.joinpath(*file.split("/")).read_text(encoding="utf-8")
