"""Adds of many awaiting callers share a round trip; each gets its own answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from celery_durable_jobs.client.batcher import Batcher
from celery_durable_jobs.errors import StoreFullError


class Recorder:
    """A store that keeps what travelled together, and answers when it is told to."""

    def __init__(self) -> None:
        self.flights: list[list[Any]] = []
        self.go = asyncio.Event()

    async def asend(self, request: Any) -> Any:
        self.flights.append([request])
        await self.go.wait()
        if isinstance(request, Exception):
            raise request
        return f"answer {request}"

    async def asend_each(self, requests: list[Any]) -> list[Any]:
        self.flights.append(list(requests))
        await self.go.wait()
        return [each if isinstance(each, Exception) else f"answer {each}" for each in requests]


async def started(batcher: Batcher, *requests: Any) -> list[asyncio.Task[Any]]:
    """The callers, once they have had two turns of the loop."""
    tasks = [asyncio.ensure_future(batcher.send(request)) for request in requests]
    for _ in range(3):
        await asyncio.sleep(0)
    return tasks


def run(scenario: Any) -> Any:
    async def whole() -> Any:
        store: Any = Recorder()
        return await asyncio.wait_for(scenario(store, Batcher(store)), 10)

    return asyncio.run(whole())


def test_who_is_alone_sends_for_itself() -> None:
    async def scenario(store: Recorder, batcher: Any) -> None:
        [task] = await started(batcher, 1)
        assert store.flights == [[1]]
        store.go.set()
        assert await task == "answer 1"

    run(scenario)


def test_who_comes_in_one_turn_travels_together_and_gets_its_own() -> None:
    async def scenario(store: Recorder, batcher: Any) -> None:
        tasks = await started(batcher, 1, StoreFullError("full"), 3)
        store.go.set()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(each) for each in answers] == [str, StoreFullError, str]
        assert [len(flight) for flight in store.flights] == [3]

    run(scenario)


def test_who_comes_later_waits_for_a_moment_only() -> None:
    async def scenario(store: Recorder, batcher: Any) -> None:
        first = await started(batcher, 1)
        others = await started(batcher, 2, 3)
        assert store.flights == [[1]]
        while len(store.flights) < 2:  # the first one isn't answered meanwhile
            await asyncio.sleep(0.0005)
        assert store.flights == [[1], [2, 3]]
        store.go.set()
        assert await asyncio.gather(*first, *others) == ["answer 1", "answer 2", "answer 3"]

    run(scenario)


@pytest.mark.parametrize("gone", [0, 1, 2])
@pytest.mark.parametrize("flying", [False, True])
def test_one_that_is_cancelled_disturbs_none(gone: int, flying: bool) -> None:
    async def scenario(store: Recorder, batcher: Any) -> None:
        tasks = [asyncio.ensure_future(batcher.send(number)) for number in range(3)]
        for _ in range(4 if flying else 1):
            await asyncio.sleep(0)
        tasks[gone].cancel()
        store.go.set()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(each) for place, each in enumerate(answers) if place != gone] == [str, str]
        assert isinstance(answers[gone], asyncio.CancelledError)
        assert any(gone in flight for flight in store.flights) is flying

    run(scenario)


class Particular(Exception):
    """A driver's error that can't be made from its text."""

    def __init__(self, *, code: int) -> None:
        super().__init__(f"error {code}")


@pytest.mark.parametrize("error", [StoreFullError("full"), Particular(code=1)])
def test_what_befalls_all_reaches_each(error: Exception) -> None:
    """Also an error that can't be copied: nobody waits for ever."""

    async def scenario(store: Any, batcher: Any) -> None:
        async def fails(requests: list[Any]) -> list[Any]:
            raise error

        store.asend_each = fails
        tasks = await started(batcher, 1, 2, 3)
        met = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(each) for each in met] == [type(error)] * 3

    run(scenario)


def test_a_loop_of_its_own() -> None:
    """Batchers are kept by event loop, and go with it."""
    import gc
    import weakref

    kept: Any = weakref.WeakKeyDictionary()

    async def scenario() -> None:
        store: Any = Recorder()
        store.go.set()
        batcher = kept[asyncio.get_running_loop()] = Batcher(store)
        assert await asyncio.gather(*(batcher.send(number) for number in range(5)))  # type: ignore[arg-type]

    for _ in range(2):
        asyncio.run(scenario())
    gc.collect()
    assert len(kept) == 0
