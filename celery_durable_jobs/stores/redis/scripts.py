"""The Lua scripts: one file an atomic step in ``lua/``, shared code in ``lua/lib/``, put together here.

A server that has functions (Redis 7, Valkey) gets the most frequent steps as one library (``lua_library.py``), named by
a hash of its code: several versions of this package can use a server at a time. Else a step is a script of its own: a
line ``--! include lib/registry.lua`` stands for what the step needs of that file (``lua_parts.py``). What a server is
told beside the code (flags, which Redis 7 and Valkey know) depends on the step:

- what grows (add, change, replay, the first try of a claim or dispatch) is refused on a full server;
- everything else goes through (``allow-oom``): it frees memory or is small;
- what only reads says so (``no-writes``).

A server before 7 knows no such line. A full one refuses a script's commands until one that writes has run. So what goes
through begins with a DEL, and what is refused with a SETRANGE: both of a key that never exists, and without effect.
"""

from __future__ import annotations

import hashlib
from enum import Enum
from functools import cache
from importlib import resources

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.stores.redis.lua_library import build
from celery_durable_jobs.stores.redis.lua_parts import assemble

_GROW = frozenset({"add", "add_many", "change", "replay", "claim", "dispatch"})
_READ = frozenset({"get", "find_lines", "find_ids", "find_jobs", "find_ended", "stats", "keepers", "shards"})
_ALL_STRIPES = frozenset({"look"})

FUNCTIONS = frozenset({"add", "begin", "finish", "heartbeat", "hold", "look"})
"""What is called for each job, or all the time. What moves many jobs at once gains nothing; and all that a library
holds costs its calls a little: the server's Lua looks through it for garbage.
"""

LAYOUT = 1
"""Of the keys, as it stands in their names (``keys.py``)."""

FREE_FIRST = "redis.call('DEL', KEYS[1] .. 'none')\n"
GROW_FIRST = "redis.call('SETRANGE', KEYS[1] .. 'none', 0, '')\n"
TRICKLE = "claim_trickle"
"""``claim`` as it is sent to a full server."""

DISPATCH_TRICKLE = "dispatch_trickle"
"""Likewise."""


class Form(Enum):
    """How a server gets the steps."""

    PLAIN = "scripts as a server before Redis 7 takes them"
    FLAGGED = "scripts with a #!lua line"
    FUNCTIONS = "functions of a library, where that gains anything; else the same"


@dataclass(frozen=True, slots=True)
class Script:
    """A step as a server knows it: the command that runs it, its name there, and what is to be loaded for that."""

    verb: bytes
    name: bytes
    source: bytes

    @property
    def loading(self) -> list[bytes]:
        """The command that loads it; a library stays what it is where it is there already."""
        return [b"FUNCTION" if self.verb == b"FCALL" else b"SCRIPT", b"LOAD", self.source]


def source(name: str) -> str:
    """The code of ``lua/<name>.lua`` with what it needs of all that it includes."""
    return assemble(_read(f"{name}.lua"), _read)


def flags(name: str) -> tuple[str, ...]:
    """What a server is told of a step."""
    if name in _GROW:
        return ()
    if name in _READ:
        return ("no-writes",)
    return ("allow-oom", "allow-cross-slot-keys") if name in _ALL_STRIPES else ("allow-oom",)


@cache
def library() -> tuple[str, str]:
    """The name and the code of the function library."""
    steps = {name: _read(f"{name}.lua") for name in sorted(FUNCTIONS)}
    return build(steps, {name: flags(name) for name in steps}, _read, f"dj{LAYOUT}")


@cache
def script(name: str, form: Form) -> Script:
    """A step for a server that gets them in this form."""
    if form is Form.FUNCTIONS and name in FUNCTIONS:
        of, text = library()
        return Script(b"FCALL", f"{of}_{name}".encode(), text.encode())
    code = source(name.removesuffix("_trickle"))
    if form is not Form.PLAIN:
        line = f" flags={','.join(flags(name))}" if flags(name) else ""
        code = f"#!lua{line}\n{code}"
    elif name not in _READ:
        code = (GROW_FIRST if name in _GROW else FREE_FIRST) + code
    data = code.encode()
    return Script(b"EVALSHA", hashlib.sha1(data, usedforsecurity=False).hexdigest().encode(), data)


def _read(file: str) -> str:
    folder = resources.files("celery_durable_jobs.stores.redis").joinpath("lua")
    return folder.joinpath(*file.split("/")).read_text(encoding="utf-8")
