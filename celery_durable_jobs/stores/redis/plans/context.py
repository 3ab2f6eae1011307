"""What all plans need: keys, options and clock of the store, and how values become arguments."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any, TypeVar

from celery_durable_jobs.errors import StoreBrokenError
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import MAX_US, When
from celery_durable_jobs.steps.common import KeyRef, Refusal, Refused
from celery_durable_jobs.stores.codec import to_bytes
from celery_durable_jobs.stores.contract import Clock
from celery_durable_jobs.stores.redis.keys import key_field, stripe_prefix
from celery_durable_jobs.stores.redis.records import job_of, names_of, state_of
from celery_durable_jobs.stores.redis.together import Pace
from celery_durable_jobs.stores.redis.wire import Wire

Plan = Generator["list[Wire]", "list[Any]", Any]
"""Yields script calls that may travel together, is sent their replies, and returns the answer of the request. An error
of a call is thrown into it.
"""

LEFT: Any = object()
"""In a plan's answer for several requests: this one is to be sent by itself."""

R = TypeVar("R")
Planner = Callable[["Context", R], Plan]

NOTHING: tuple[bytes, ...] = ()

Groups = Callable[[], Sequence[Sequence[int]]]
"""Answers all stripes, those together that can share a call."""


class Context:
    """One store's namespace, options and clock.

    :param groups: answers which stripes can share a call: all, where there is one server.
    """

    def __init__(self, options: StoreOptions, clock: Clock | None, groups: Groups | None = None) -> None:
        self.options = options
        self.clock = clock
        self.groups: Groups = groups or (lambda: [range(options.stripes)])
        self.pace = Pace()
        self._packed = pack_options(options)
        self._prefixes: dict[int, bytes] = {}

    def prefix(self, stripe: int) -> bytes:
        """What the stripe's keys begin with."""
        prefix = self._prefixes.get(stripe)
        if prefix is None:
            prefix = self._prefixes[stripe] = stripe_prefix(self.options.namespace, stripe)
        return prefix

    def wire(
        self,
        script: str,
        stripe: int,
        args: Iterable[bytes] = NOTHING,
        *,
        resendable: bool = True,
        may_fail: bool = False,
    ) -> Wire:
        """A call of a script of one stripe."""
        return Wire(script, (self.prefix(stripe),), (self.now(), self._packed, *args), resendable, may_fail)

    def wire_of_group(self, script: str, stripes: Sequence[int], args: Iterable[bytes], *, may_fail: bool) -> Wire:
        """A call of a script of several stripes; the first one's place is where it goes."""
        first, *further = [self.prefix(stripe) for stripe in stripes]
        return Wire(script, (first,), (self.now(), self._packed, *args, *further), may_fail=may_fail)

    def now(self) -> bytes:
        """The injected time, or nothing: then the server's own counts."""
        return b"" if self.clock is None else b"%d" % self.clock()


def pack_options(options: StoreOptions) -> bytes:
    """What scripts go by, 7 bytes each, in the order that ``lua/lib/base.lua`` names."""
    numbers = (
        options.lease_ttl_us,
        options.run_lease_us,
        options.begin_timeout_us,
        options.backlog_bound or 0,
        options.poll_interval_us,
        options.max_lost_runs,
        options.unknown_grace_us,
        options.keep_ended_us,
        options.keep_dead_us,
    )
    return b"".join([min(number, MAX_US).to_bytes(7, "big") for number in numbers])


def moment(when: When) -> bytes:
    """A time as the scripts take it: they judge it by their own now."""
    return b"@%d" % when.at_us if when.at_us is not None else b"+%d" % (when.after_us or 0)


def maybe(text: str | None) -> bytes:
    """An optional text: nothing for None, and ``+`` in front of any other."""
    return b"" if text is None else b"+" + to_bytes(text)


def with_length(metadata: bytes) -> bytes:
    """The metadata part of a record: nothing, or its length and itself."""
    return len(metadata).to_bytes(3, "big") + metadata if metadata else b""


def named(job: str | KeyRef) -> tuple[bytes, bytes]:
    """The arguments for a job named by id or key."""
    return (job.encode(), b"") if isinstance(job, str) else (b"", key_field(job.key, job.target))


def time_or_none(us: int) -> int | None:
    """A time in an answer, where -1 is none."""
    return None if us < 0 else us


def need(us: int) -> int:
    """When a keeper is needed next; where that is never, a time that doesn't come."""
    return MAX_US if us < 0 else us


def refused(reply: list[Any]) -> Refused:
    """``{"refused", why, state, view of what it ended as expired, texts}``."""
    _, why, state, view, texts = reply
    return Refused(
        Refusal(why.decode()), state_of(state) if state else None, job_of(view, names_of(texts)) if view else None
    )


def newer(reply: list[Any]) -> bool:
    """Whether a script met a record of a newer version."""
    return reply[:1] == [b"newer"]


def newer_error() -> StoreBrokenError:
    """The job's record can't be read here."""
    return StoreBrokenError("the job's record was written by a newer version of this library")


def state(number: int) -> JobState:
    """The state of a script's number."""
    return state_of(number)
