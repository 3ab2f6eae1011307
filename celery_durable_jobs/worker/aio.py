"""``async def`` handlers: each is run to its end, on one event loop a process or thread.

The loop is kept from run to run, so that what a handler caches on it (a connection pool) stays usable. Under gevent
and eventlet, where all greenlets share one thread and a thread has one running loop, it runs in a thread pool instead.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import os
import signal
import sys
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from celery_durable_jobs.worker import greenlets

Result = TypeVar("Result")


class _Loop(threading.local):
    """The loop of this thread; one that came along with a fork belongs to the parent."""

    loop: asyncio.AbstractEventLoop | None = None
    pid = 0

    def get(self) -> asyncio.AbstractEventLoop:
        if self.loop is None or self.loop.is_closed() or self.pid != os.getpid():
            self.loop, self.pid = asyncio.new_event_loop(), os.getpid()
        return self.loop


_local = _Loop()


def run_to_end(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run a handler's coroutine and return what it returns, or raise what it raises.

    A soft time limit cancels it, and is raised from here once it has ended. Context variables are those of the caller.
    """
    if greenlets.active():
        return _beside_greenlets(coroutine)
    if asyncio._get_running_loop() is not None:
        # Called directly from a coroutine: this thread's loop is taken.
        with ThreadPoolExecutor(1) as executor:
            return executor.submit(contextvars.copy_context().run, _run, coroutine).result()
    return _run(coroutine)


def _run(coroutine: Coroutine[Any, Any, Result], started: list[Any] | None = None) -> Result:
    loop = _local.get()
    task = loop.create_task(coroutine)
    if started is not None:
        started.append((loop, task))
    with _soft_limit_cancels(loop, task) as limit_hit:
        try:
            return loop.run_until_complete(task)
        except asyncio.CancelledError as error:
            if limit_hit:
                from billiard.exceptions import SoftTimeLimitExceeded

                raise SoftTimeLimitExceeded from error
            raise
        except BaseException:
            if not task.done():
                _end(loop, task)
            raise


def _end(loop: asyncio.AbstractEventLoop, task: asyncio.Task[Any]) -> None:
    """Something from outside (a signal's exception) left the loop in the middle of the task: let it clean up."""
    task.cancel()
    with contextlib.suppress(BaseException):
        loop.run_until_complete(task)


@contextlib.contextmanager
def _soft_limit_cancels(loop: asyncio.AbstractEventLoop, task: asyncio.Task[Any]) -> Iterator[list[bool]]:
    """While the loop runs, billiard's soft limit cancels the task; yields a list that has an item once it did.

    The exception that it raises otherwise would come out in any line of asyncio's own, and be lost there.
    """
    hit: list[bool] = []
    pool = sys.modules.get("billiard.pool")
    number = getattr(pool, "SIG_SOFT_TIMEOUT", None)
    if number is None or threading.current_thread() is not threading.main_thread():
        yield hit
        return
    usual = signal.getsignal(number)
    if usual is not getattr(pool, "soft_timeout_sighandler", None):
        yield hit
        return

    def cancel(_number: int, _frame: Any) -> None:
        hit.append(True)
        loop.call_soon_threadsafe(task.cancel)

    signal.signal(number, cancel)
    try:
        yield hit
    finally:
        signal.signal(number, usual)


def _beside_greenlets(coroutine: Coroutine[Any, Any, Result]) -> Result:
    started: list[Any] = []
    try:
        context = contextvars.copy_context()
        return greenlets.in_native_thread(lambda: context.run(_run, coroutine, started))
    except BaseException:
        # This greenlet was killed, by a hard time limit: its coroutine must not go on alone.
        for loop, task in started:
            if not task.done():
                loop.call_soon_threadsafe(task.cancel)
        raise
