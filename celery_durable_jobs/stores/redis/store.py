"""The Redis store: requests become script calls, several in one round trip where several are sent."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from celery_durable_jobs.errors import StoreBrokenError, StoreError, StoreUnavailableError
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.contract import Clock, Store, Wakeups
from celery_durable_jobs.stores.redis.aconnection import AsyncConnections
from celery_durable_jobs.stores.redis.address import Address
from celery_durable_jobs.stores.redis.connection import NOT_SENT, Connections
from celery_durable_jobs.stores.redis.direct import CALLS, Direct, Unusual
from celery_durable_jobs.stores.redis.durability import Durability
from celery_durable_jobs.stores.redis.effort import Batch, Effort
from celery_durable_jobs.stores.redis.keys import wake_channel
from celery_durable_jobs.stores.redis.plans import PLANS
from celery_durable_jobs.stores.redis.plans.clients import add_many
from celery_durable_jobs.stores.redis.plans.context import Context, Plan
from celery_durable_jobs.stores.redis.rounds import Rounds
from celery_durable_jobs.stores.redis.sentinel import AsyncSentinelConnections, SentinelAddress, SentinelConnections
from celery_durable_jobs.stores.redis.together import together
from celery_durable_jobs.stores.redis.wake import RedisWakeups
from celery_durable_jobs.stores.redis.wire import Wire

Answer = TypeVar("Answer")

AT_ONCE = 1_000
"""So many requests travel in one round trip."""


class RedisStore(Store):
    """Jobs on a Redis or Valkey server. See ``stores/contract.py``.

    :param url: ``redis://``, ``rediss://``, ``unix://``, ``valkey://``, ``valkeys://``, ``sentinel://`` or Kombu's
        ``redis+socket://``.
    :param timeout: seconds that a call may take in all, where it names no other.
    :param connection_options: further arguments for redis-py's connections (TLS files, user name …).
    :param clock: answers the time in µs since 1970; only tests give one, else the server's own counts.
    :param durability: what clients' requests wait for: "memory", "fsync" or ("replicas", n).
    :raises SettingError: the URL is none.
    """

    _direct: Direct | None = None
    """Not where the server isn't always the same: its own connections see to that."""

    def __init__(
        self,
        url: str,
        options: StoreOptions,
        *,
        clock: Clock | None = None,
        timeout: float = 5.0,
        connection_options: Mapping[str, Any] | None = None,
        durability: str | tuple[str, int] = "memory",
    ) -> None:
        self.options = options
        self._timeout = timeout
        self._durability = Durability.of(durability)
        self._streams = False
        self._connect(url, connection_options, clock)

    def _connect(self, url: str, connection_options: Mapping[str, Any] | None, clock: Clock | None) -> None:
        """Make what leads to the server; nothing is connected yet."""
        self._context = Context(self.options, clock)
        if url.startswith("sentinel://"):
            sentinels = SentinelAddress(url, connection_options)
            self._where = sentinels.where
            self._connections: Connections = SentinelConnections(sentinels, self._timeout, self._durability)
            self._aconnections: AsyncConnections = AsyncSentinelConnections(sentinels, self._timeout, self._durability)
            return
        address = Address(url, connection_options)
        self._where = address.where
        self._connections = Connections(address, self._timeout, self._durability)
        self._direct = Direct(self._context, self._connections)
        self._aconnections = AsyncConnections(address, self._timeout, self._durability)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._where}, namespace {self.options.namespace!r}>"

    def send(self, request: Request[Answer], *, timeout: float | None = None) -> Answer:
        if type(request) in CALLS:
            [answer] = self._send_few((request,), timeout)
        elif self._durability.waits and request.durable:
            [answer] = self._send((request,), timeout)
        else:
            answer = self._send_one(request, timeout)
        if isinstance(answer, StoreError):
            raise answer
        return cast(Answer, answer)

    async def asend(self, request: Request[Answer], *, timeout: float | None = None) -> Answer:
        [answer] = await self._asend((request,), timeout)
        if isinstance(answer, StoreError):
            raise answer
        return cast(Answer, answer)

    def post(self, request: Request[Answer], *, timeout: float | None = None) -> Callable[[], Answer] | None:
        if self._direct is None or type(request) not in CALLS:
            return None
        try:
            answer = self._direct.post(cast(Any, request), self._timeout if timeout is None else timeout)
        except Unusual:
            return None

        def read() -> Answer:
            try:
                return cast(Answer, answer())
            except Unusual as unusual:
                raise StoreUnavailableError("its answer was lost", request=request) from unusual

        return read

    def send_many(self, requests: Sequence[Request[Any]], *, timeout: float | None = None) -> list[Any]:
        if len(requests) == 2:  # a worker's, of a run that ends and the next one
            return _some(self._send_few(requests, timeout))
        answers: list[Any] = []
        for start in range(0, len(requests), AT_ONCE):
            answers += self._send(requests[start : start + AT_ONCE], timeout)
        return _some(answers)

    def begin_many(self, requests: Sequence[Request[Any]]) -> Callable[[], list[Any]]:
        if len(requests) > AT_ONCE or not self._streams:
            self._streams = True  # the server has the scripts from now on, most likely
            return super().begin_many(requests)
        rounds = self._rounds(requests)
        wires = rounds.wires()
        batch = self._batch(rounds, wires)
        reading = self._connections.begin(batch, Effort(self._timeout)) if wires else iter(())

        def finish() -> list[Any]:
            for _ in reading:
                pass
            effort = Effort(self._timeout)  # what passed in between was the caller's
            if wires:
                self._connections.run(batch, effort)
                rounds.answered(batch.results)
            return _some(self._finish(rounds, effort))

        return finish

    async def asend_many(self, requests: Sequence[Request[Any]], *, timeout: float | None = None) -> list[Any]:
        answers: list[Any] = []
        for start in range(0, len(requests), AT_ONCE):
            answers += await self._asend(requests[start : start + AT_ONCE], timeout)
        return _some(answers)

    async def asend_each(self, requests: Sequence[Request[Any]]) -> list[Any]:
        return await self._asend(requests, None)

    def wakeups(self) -> Wakeups:
        return RedisWakeups(self._connections, wake_channel(self.options.namespace))

    def hazards(self) -> list[str]:
        """Sentences about what endangers jobs on this server (``checks.py``)."""
        from celery_durable_jobs.stores.redis.checks import hazards

        return hazards(self._connections, self._timeout)

    def close(self) -> None:
        self._connections.close()
        self._aconnections.close()

    def _send_few(self, requests: Sequence[Request[Any]], timeout: float | None) -> list[Any]:
        """By hand where that can be."""
        sent = False
        if self._direct is not None and all(type(request) in CALLS for request in requests):
            timeout = self._timeout if timeout is None else timeout
            end = time.monotonic() + timeout
            try:
                return self._direct.send_all(cast(Any, requests), timeout)
            except Unusual as unusual:
                timeout, sent = end - time.monotonic(), unusual.sent
        return self._send(requests, timeout, sent_before=sent)

    def _send_one(self, request: Request[Any], timeout: float | None) -> Any:
        """``_send`` of one request, without what several need, for as long as all goes well."""
        seconds = self._timeout if timeout is None else timeout
        plan = self._plan(request)
        met: Any = None
        try:
            wires = next(plan)
            while len(wires) <= 1:
                if not wires:  # a call of nothing has no replies
                    wires = plan.send([])
                    continue
                met = self._connections.quickly(wires[0], seconds)
                if met is NOT_SENT or isinstance(met, Exception):
                    break
                wires = plan.send([met])
        except StopIteration as end:
            return end.value
        except StoreError as failed:
            failed.request = request
            return failed
        rounds, effort = Rounds((request,), [(plan, (0,))], self._plan, begun=wires), Effort(seconds)
        if isinstance(met, Exception):
            batch = self._batch(rounds, wires)
            self._connections.go_on(batch, effort, met)
            rounds.answered(batch.results)
        return self._finish(rounds, effort)[0]

    def _send(self, requests: Sequence[Request[Any]], timeout: float | None, *, sent_before: bool = False) -> list[Any]:
        effort = Effort(self._timeout if timeout is None else timeout)
        return self._finish(self._rounds(requests), effort, sent_before=sent_before)

    def _finish(self, rounds: Rounds, effort: Effort, *, sent_before: bool = False) -> list[Any]:
        while wires := rounds.wires():
            batch = self._batch(rounds, wires)
            if sent_before:
                batch.sent_before()
            self._connections.run(batch, effort)
            rounds.answered(batch.results)
        return rounds.answers

    async def _asend(self, requests: Sequence[Request[Any]], timeout: float | None) -> list[Any]:
        rounds, effort = self._rounds(requests), Effort(self._timeout if timeout is None else timeout)
        while wires := rounds.wires():
            batch = self._batch(rounds, wires)
            await self._aconnections.run(batch, effort)
            rounds.answered(batch.results)
        return rounds.answers

    def _batch(self, rounds: Rounds, wires: Sequence[Wire]) -> Batch:
        durable = rounds.durable() if self._durability.waits else ()
        return Batch(wires, self._where, self._durability, durable)

    def _rounds(self, requests: Sequence[Request[Any]]) -> Rounds:
        groups, left = together(requests, self._context.pace.jobs)
        runs = [(self._plan_of([requests[place] for place in group]), group) for group in groups]
        return Rounds(requests, runs, self._plan, left)

    def _plan_of(self, requests: Sequence[Any]) -> Plan:
        return self._plan(requests[0]) if len(requests) == 1 else add_many(self._context, requests)

    def _plan(self, request: Request[Any]) -> Plan:
        plan = PLANS.get(type(request))
        if plan is None:
            raise StoreBrokenError(f"no such request: {request!r}", request=request)
        return plan(self._context, request)


def _some(answers: list[Any]) -> list[Any]:
    """The answers; the first error, where nothing is known of any."""
    if answers and all(isinstance(answer, StoreUnavailableError) for answer in answers):
        raise answers[0]
    return answers
