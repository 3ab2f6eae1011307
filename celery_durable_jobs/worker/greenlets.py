"""What differs under gevent and eventlet, where threads, locks and sockets are greenlets' own."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def kind() -> str:
    """``gevent`` or ``eventlet`` where that has patched the standard library, else an empty text."""
    if _patched("gevent.monkey", "is_module_patched"):
        return "gevent"
    if _patched("eventlet.patcher", "is_monkey_patched"):
        return "eventlet"
    return ""


def active() -> bool:
    """Whether greenlets take the place of threads here."""
    return bool(kind())


def in_native_thread(call: Callable[[], Result]) -> Result:
    """Run ``call`` in a real thread of a pool, and wait for it while other greenlets run."""
    if kind() == "gevent":
        import gevent

        return gevent.get_hub().threadpool.spawn(call).get()  # type: ignore[no-any-return]
    return importlib.import_module("eventlet.tpool").execute(call)  # type: ignore[no-any-return]


def start_native_thread(call: Callable[[], None], name: str) -> None:
    """Start a real daemon thread, whatever is patched."""
    if kind() == "gevent":
        from gevent import monkey

        # The original Thread class would still make its locks and events from patched names.
        monkey.get_original("_thread", "start_new_thread")(call, ())
    elif kind() == "eventlet":
        importlib.import_module("eventlet.patcher").original("_thread").start_new_thread(call, ())
    else:
        import threading

        threading.Thread(target=call, name=name, daemon=True).start()


def native_sleep() -> Callable[[float], None]:
    """A sleep that blocks the whole thread that calls it, and no other."""
    if kind() == "gevent":
        from gevent import monkey

        return monkey.get_original("time", "sleep")  # type: ignore[no-any-return]
    if kind() == "eventlet":
        return importlib.import_module("eventlet.patcher").original("time").sleep  # type: ignore[no-any-return]
    return time.sleep


def among_greenlets() -> Callable[[Callable[[], None]], None]:
    """A function that, called from a native thread, runs a callback where greenlets run (called here, in their hub).

    Connections and locks that are patched belong to the thread that made them.
    """
    if kind() == "gevent":
        import gevent

        loop = gevent.get_hub().loop
        return lambda call: loop.run_callback_threadsafe(gevent.spawn, call)
    return lambda call: call()


def _patched(module: str, function: str) -> bool:
    loaded = sys.modules.get(module)
    return loaded is not None and bool(getattr(loaded, function)("socket"))
