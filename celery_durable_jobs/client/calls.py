"""One description of a call, two ways to run it.

A verb is written once, as a generator of what it needs done: a store's request (answered with its answer), ``Many``
requests, a ``Pause``, something that blocks (``Do``), the ``Next`` item of an iterable. ``run`` does these things in
order and blocks; ``arun`` awaits them. What fails is raised inside the generator.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.steps import Add
from celery_durable_jobs.steps.request import Request

if TYPE_CHECKING:
    import asyncio

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Many:
    """Requests in one round trip; answered with a list, in which a request's own failure is an exception.

    ``extension``: another one than that of the call.
    """

    requests: Sequence[Request[Any]]
    extension: Any = None


@dataclass(frozen=True, slots=True)
class Begin:
    """``Many``, not waited for: answered at once, with what ``Wait`` takes."""

    many: Many


@dataclass(frozen=True, slots=True)
class Wait:
    """The answers to a ``Many`` that was begun."""

    begun: Any


@dataclass(frozen=True, slots=True)
class Pause:
    """Do nothing for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Do:
    """Call a function that may block (a result backend's); answered with its result."""

    function: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Next:
    """The next item of an iterator (or asynchronous one, where awaited); ``END`` when there is none."""

    iterator: Any


END = object()
"""The answer to ``Next`` at the end."""

Effect = Request[Any] | Many | Begin | Wait | Pause | Do | Next
Steps = Generator[Effect, Any, Result]


def run(extension: Any, steps: Steps[Result]) -> Result:
    """Run the steps; blocks."""
    answer: Any = None
    failure: BaseException | None = None
    try:
        while True:
            effect = steps.throw(failure) if failure is not None else steps.send(answer)
            answer = failure = None
            try:
                answer = do(extension, effect)
            except Exception as error:
                failure = error
    except StopIteration as end:
        result: Result = end.value
        return result


async def arun(extension: Any, steps: Steps[Result]) -> Result:
    """Run the steps; awaits."""
    answer: Any = None
    failure: BaseException | None = None
    try:
        while True:
            effect = steps.throw(failure) if failure is not None else steps.send(answer)
            answer = failure = None
            try:
                answer = await ado(extension, effect)
            except Exception as error:
                failure = error
    except StopIteration as end:
        result: Result = end.value
        return result


def do(extension: Any, effect: Effect) -> Any:
    """Do one thing, blocking."""
    if isinstance(effect, Request):
        return extension.store.send(effect)
    if isinstance(effect, Many):
        return (effect.extension or extension).store.send_many(effect.requests)
    if isinstance(effect, Begin):
        return (effect.many.extension or extension).store.begin_many(effect.many.requests)
    if isinstance(effect, Wait):
        return effect.begun()
    if isinstance(effect, Pause):
        return time.sleep(effect.seconds)
    if isinstance(effect, Do):
        return effect.function()
    return next(effect.iterator, END)


async def ado(extension: Any, effect: Effect) -> Any:
    """Do one thing, awaiting it."""
    # Imported here: who never awaits needn't load it.
    import asyncio

    from celery_durable_jobs.client.batcher import send_together

    if isinstance(effect, Add):
        return await send_together(extension, effect)
    if isinstance(effect, Request):
        return await (await extension.aopen()).asend(effect)
    if isinstance(effect, Many):
        return await (await (effect.extension or extension).aopen()).asend_many(effect.requests)
    if isinstance(effect, Begin):
        store = await (effect.many.extension or extension).aopen()
        task = asyncio.ensure_future(store.asend_many(effect.many.requests))
        task.add_done_callback(_seen)
        await asyncio.sleep(0)  # it sends
        return task
    if isinstance(effect, Wait):
        return await effect.begun
    if isinstance(effect, Pause):
        return await asyncio.sleep(effect.seconds)
    if isinstance(effect, Do):
        return await asyncio.to_thread(effect.function)
    if hasattr(effect.iterator, "__anext__"):
        try:
            return await effect.iterator.__anext__()
        except StopAsyncIteration:
            return END
    return next(effect.iterator, END)


def _seen(task: asyncio.Future[Any]) -> None:
    """Where its caller has been cancelled, nobody asks for its error."""
    if not task.cancelled():
        task.exception()
