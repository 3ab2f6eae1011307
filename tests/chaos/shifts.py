"""Wrong wall clocks: processes that believe it is another time, by libfaketime where it is installed."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

LIBRARY_VARIABLE = "CHAOS_FAKETIME"
"""The path of libfaketime, where it isn't in one of the usual places."""


@cache
def library() -> str:
    """Where libfaketime is; empty where it isn't."""
    usual = [os.environ.get(LIBRARY_VARIABLE, ""), *map(str, Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))]
    return next((path for path in usual if path and Path(path).exists()), "")


def shifted(seconds: int) -> dict[str, str]:
    """Variables under which a process's wall clock is wrong by so many seconds; its monotonic clock stays right."""
    if not seconds or not library():
        return {}
    return {
        "LD_PRELOAD": library(),
        "FAKETIME": f"{seconds:+d}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DONT_RESET": "1",
    }
