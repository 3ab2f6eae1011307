"""The memory store: which function answers which request, the lock around it, and who is woken by it."""

from __future__ import annotations

import os
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from celery_durable_jobs import steps
from celery_durable_jobs.errors import StoreBrokenError, StoreError
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.contract import Clock, Store, Wakeups
from celery_durable_jobs.stores.memory.add import add
from celery_durable_jobs.stores.memory.begin import begin
from celery_durable_jobs.stores.memory.bury import bury
from celery_durable_jobs.stores.memory.cancel import cancel
from celery_durable_jobs.stores.memory.change import change
from celery_durable_jobs.stores.memory.claim import claim
from celery_durable_jobs.stores.memory.dispatch import dispatch
from celery_durable_jobs.stores.memory.find import find
from celery_durable_jobs.stores.memory.finish import finish
from celery_durable_jobs.stores.memory.forget import forget
from celery_durable_jobs.stores.memory.get import get
from celery_durable_jobs.stores.memory.heartbeat import heartbeat
from celery_durable_jobs.stores.memory.hold import hold
from celery_durable_jobs.stores.memory.identify import identify
from celery_durable_jobs.stores.memory.look import look
from celery_durable_jobs.stores.memory.mark_sent import mark_sent
from celery_durable_jobs.stores.memory.pause import pause, resume
from celery_durable_jobs.stores.memory.purge import purge
from celery_durable_jobs.stores.memory.put_back import put_back
from celery_durable_jobs.stores.memory.recover import rescue, resend
from celery_durable_jobs.stores.memory.registry import registry
from celery_durable_jobs.stores.memory.release import release
from celery_durable_jobs.stores.memory.replay import replay
from celery_durable_jobs.stores.memory.settle import settle
from celery_durable_jobs.stores.memory.state import State
from celery_durable_jobs.stores.memory.stats import keepers, shards, stats
from celery_durable_jobs.stores.memory.wake import Bell

Answer = TypeVar("Answer")

STEPS: dict[type[Request[Any]], Callable[[State, Any, int], Any]] = {
    steps.Add: add,
    steps.Begin: begin,
    steps.Bury: bury,
    steps.Cancel: cancel,
    steps.Change: change,
    steps.Claim: claim,
    steps.Dispatch: dispatch,
    steps.Find: find,
    steps.Finish: finish,
    steps.Forget: forget,
    steps.Get: get,
    steps.Heartbeat: heartbeat,
    steps.Hold: hold,
    steps.Identify: identify,
    steps.Keepers: keepers,
    steps.Look: look,
    steps.MarkSent: mark_sent,
    steps.Pause: pause,
    steps.Purge: purge,
    steps.PutBack: put_back,
    steps.Release: release,
    steps.Replay: replay,
    steps.Rescue: rescue,
    steps.Resend: resend,
    steps.Resume: resume,
    steps.Settle: settle,
    steps.Shards: shards,
    steps.Stats: stats,
}

READS = (steps.Find, steps.Get, steps.Keepers, steps.Shards, steps.Stats)
"""These write nothing, so they wake nobody."""


def now_us() -> int:
    """The machine's clock."""
    return time.time_ns() // 1_000


class MemoryStore(Store):
    """Jobs in this process's memory. See ``stores/contract.py``.

    ``clock`` answers the time in µs since 1970; only tests give one.
    """

    def __init__(self, options: StoreOptions, *, clock: Clock | None = None) -> None:
        self.options = options
        self._clock = clock or now_us
        self._state = State(options)
        self._bell = Bell()
        self._registries: dict[int, dict[Route | str, int]] = {}
        self._lock = threading.Lock()
        _stores.add(self)

    def send(self, request: Request[Answer], *, timeout: float | None = None) -> Answer:
        step = STEPS.get(type(request))
        if step is None:
            raise StoreBrokenError(f"no such request: {request!r}", request=request)
        with self._lock:
            now = self._clock()
            self._state.touched.clear()
            answer = step(self._state, request, now)
            wake = not isinstance(request, READS) and self._sooner(now)
        if wake or isinstance(request, steps.Release) or (isinstance(request, steps.Look) and request.let_go):
            self._bell.ring()
        return cast(Answer, answer)

    def _sooner(self, now: int) -> bool:
        """Whether this step made a registry entry lower, and sooner than one poll interval from now."""
        soon, sooner = now + self.options.poll_interval_us, False
        for number in self._state.touched:
            before = self._registries.get(number, {})
            after = self._registries[number] = registry(self._state.stripes[number])
            sooner |= any(at < soon and (name not in before or at < before[name]) for name, at in after.items())
        return sooner

    async def asend(self, request: Request[Answer], *, timeout: float | None = None) -> Answer:
        return self.send(request)

    def send_many(self, requests: Sequence[Request[Any]], *, timeout: float | None = None) -> list[Any]:
        return [self._try(request) for request in requests]

    async def asend_many(self, requests: Sequence[Request[Any]], *, timeout: float | None = None) -> list[Any]:
        return self.send_many(requests)

    def _try(self, request: Request[Any]) -> Any:
        try:
            return self.send(request)
        except StoreError as error:
            return error

    def wakeups(self) -> Wakeups:
        return self._bell.subscribe()

    def close(self) -> None:
        """Nothing to let go: the jobs stay as long as the store does."""

    def _after_fork(self) -> None:
        self._lock = threading.Lock()
        self._bell = Bell()


_stores: weakref.WeakSet[MemoryStore] = weakref.WeakSet()


def _renew_locks() -> None:
    """A thread of the parent may have held a lock when the child was forked."""
    for store in list(_stores):
        store._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_locks)
