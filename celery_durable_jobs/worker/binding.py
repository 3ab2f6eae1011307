"""A handler's function, wrapped so that Celery sees it without its context parameter.

Celery checks arguments, validates models and documents tasks by a function's signature; the context comes from the
run, not from the message. So the parameter is left out of the signature, and given when the function is called.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from celery_durable_jobs.errors import NotAHandlerError
from celery_durable_jobs.worker.context import JobContext, context_of, present

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def bind_context(fun: Callable[..., Any], *, bound: bool) -> Callable[..., Any]:
    """Wrap ``fun``: its first parameter (the second one where ``bound``, after ``self``) becomes the context.

    An ``async def`` is run to its end.

    :raises NotAHandlerError: it is a generator, no function, or has no such parameter.
    """
    if not callable(fun) or isinstance(fun, type) or not hasattr(fun, "__name__"):
        raise NotAHandlerError(f"a durable job handler is a function, not {fun!r}", argument="handler", value=fun)
    name = getattr(fun, "__qualname__", repr(fun))
    if inspect.isgeneratorfunction(fun) or inspect.isasyncgenfunction(fun):
        raise NotAHandlerError(
            f"{name} is a generator: none of its lines would run. Make it a function, or an async def without yield",
            argument="handler",
            value=fun,
        )
    signature = inspect.signature(fun)
    parameters = list(signature.parameters.values())
    index = 1 if bound else 0
    if len(parameters) <= index or parameters[index].kind not in _POSITIONAL:
        written = f"{name}(self, context, …)" if bound else f"{name}(context, …)"
        raise NotAHandlerError(
            f"{name} takes no context: a durable job handler's parameters are {written}", argument="handler", value=fun
        )
    if not fun.__name__.isidentifier():
        raise NotAHandlerError(f"a durable job handler has a name, unlike {fun!r}", argument="handler", value=fun)
    taken = parameters.pop(index)

    def call(context: JobContext, args: Any, kwargs: Any) -> Any:
        try:
            result = fun(*args[:index], context, *args[index:], **kwargs)
            if not inspect.iscoroutine(result):
                return result
            from celery_durable_jobs.worker import aio  # asyncio with it, which few need

            return aio.run_to_end(result)
        except BaseException as error:
            # Celery's autoretry, further out, hands this on to ``Task.retry``: there it is known for what it is.
            context._raised = error
            raise

    @functools.wraps(fun)
    def handler(*args: Any, **kwargs: Any) -> Any:
        context = context_of(handler)
        if context is not None:
            return call(context, args, kwargs)
        from celery_durable_jobs.worker.plain import plain_context  # what runs need, which clients don't

        with present(plain_context(name), handler) as made:
            return call(made, args, kwargs)

    # Celery reads these; a context would be asked from whoever sends the message.
    handler.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    handler.__annotations__ = {
        key: value for key, value in getattr(fun, "__annotations__", {}).items() if key != taken.name
    }
    return handler
