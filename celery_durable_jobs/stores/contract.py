"""What a store is: ``send(request) -> answer``, its awaitable twin, and its batch.

Errors of every call: ``StoreUnavailableError`` (carries the request; ``maybe_done`` says whether it may have taken
effect), ``StoreFullError`` (requests with ``grows`` only), ``StoreBrokenError``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from celery_durable_jobs.errors import StoreError
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.steps.request import Request

Answer = TypeVar("Answer")

Clock = Callable[[], int]
"""Answers the time in µs since 1970. Only tests inject one; a store's own clock is its server's."""


class Wakeups(ABC):
    """Wake-ups of one namespace, for one keeper."""

    @abstractmethod
    def wait(self, timeout: float) -> bool:
        """Block until a wake-up came or ``timeout`` seconds passed; answers whether one came. Never raises for a lost
        connection: it then just waits, and subscribes again.
        """

    @abstractmethod
    def wake(self) -> None:
        """Make a ``wait`` in this process return now (from another thread)."""

    @abstractmethod
    def close(self) -> None:
        """Let the connection go."""


class Store(ABC):
    """A store of one namespace. Safe in threads; usable after a fork."""

    options: StoreOptions

    @abstractmethod
    def send(self, request: Request[Answer], *, timeout: float | None = None) -> Answer:
        """One request, one answer; it is sent again after a lost reply where that is safe.

        ``timeout`` in seconds bounds it in all, repeats included (None: the store's own ``store_timeout``).
        """

    def post(self, request: Request[Answer], *, timeout: float | None = None) -> Callable[[], Answer] | None:
        """``send`` in two halves, for a request that may arrive twice: this one sends, and what it answers reads the
        answer (to be called once), or raises ``StoreUnavailableError`` where that was lost: ``send`` asks again. None:
        this store has no such way, or not for this request, or not now; ``send`` is to be used.
        """
        return None

    @abstractmethod
    async def asend(self, request: Request[Answer], *, timeout: float | None = None) -> Answer:
        """``send`` for asyncio, on the running loop's own connections."""

    @abstractmethod
    def send_many(self, requests: Sequence[Request[Any]], *, timeout: float | None = None) -> list[Any]:
        """Many requests in one round trip; each is a step of its own. Answers in order.

        A request that failed by itself has its exception (a ``StoreError``) in the list in place of an answer; the
        others are answered. Raises only where nothing is known of any.
        """

    def begin_many(self, requests: Sequence[Request[Any]]) -> Callable[[], list[Any]]:
        """``send_many`` in two halves: this one sends, what it answers waits for the answers, and raises the errors.
        The caller does something else in between, in no hurry, and calls that once.
        """
        try:
            answers = self.send_many(requests)
        except StoreError as error:
            return _raiser(error)
        return lambda: answers

    @abstractmethod
    async def asend_many(self, requests: Sequence[Request[Any]], *, timeout: float | None = None) -> list[Any]:
        """``send_many`` for asyncio."""

    async def asend_each(self, requests: Sequence[Request[Any]]) -> list[Any]:
        """``asend_many``, where each request that failed has its own exception, also when all did."""
        return [await self._answer_of(request) for request in requests]

    async def _answer_of(self, request: Request[Any]) -> Any:
        try:
            return await self.asend(request)
        except StoreError as error:
            return error

    @abstractmethod
    def wakeups(self) -> Wakeups:
        """Subscribe to wake-ups."""

    @abstractmethod
    def close(self) -> None:
        """Let connections go. A later call opens new ones."""


def _raiser(error: StoreError) -> Callable[[], list[Any]]:
    def finish() -> list[Any]:
        raise error

    return finish
