"""Options that nobody knows: what is said of them, by every call of the public face alike."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from celery_durable_jobs.errors import InvalidArgumentsError, UnknownOptionError

Face = TypeVar("Face", bound=type)


def suggestion(value: Any, known: Iterable[str], cutoff: float = 0.6) -> str:
    """``; did you mean x?`` for the closest of ``known``, or nothing."""
    import difflib  # imported where something is wrong

    close = difflib.get_close_matches(value, list(known), 1, cutoff) if isinstance(value, str) else []
    return f"; did you mean {close[0]!r}?" if close else ""


def refuse_unknown(given: Mapping[str, Any], known: Iterable[str], verb: str) -> None:
    """:raises UnknownOptionError: one of ``given`` isn't ``known``."""
    names = list(known)
    for name in given:
        if name not in names:
            hint = suggestion(name, names) or (f"; there are {', '.join(names)}" if names else "; it has none")
            raise UnknownOptionError(f"{verb} has no option {name!r}{hint}", argument=name, value=given[name])


def named_calls(face: Face) -> Face:
    """A class whose public methods refuse wrong arguments in this library's own words.

    Python's own TypeError would name an internal class, and wouldn't know what was meant. The signatures stay as they
    are, for people and type checkers; a call that fits costs no look at them.
    """
    for name, method in list(vars(face).items()):
        if inspect.isfunction(method) and not name.startswith("_"):
            setattr(face, name, _named(method, name))
    return face


def named_init(face: Face) -> Face:
    """``named_calls`` for the making of one: a dataclass's ``__init__``."""
    face.__init__ = _named(face.__init__, face.__name__)  # type: ignore[misc]
    return face


def _named(method: Callable[..., Any], verb: str) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except TypeError as error:
            if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                raise  # from inside the call, not of it
            raise _misfit(method, verb, args, kwargs, error) from None

    if not inspect.iscoroutinefunction(method):
        return call

    @functools.wraps(method)
    async def acall(*args: Any, **kwargs: Any) -> Any:  # frameworks ask whether it is a coroutine function
        return await call(*args, **kwargs)

    return acall


def _misfit(
    method: Callable[..., Any], verb: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], error: TypeError
) -> Exception:
    parameters = list(inspect.signature(method).parameters.values())[1:]
    known = [each.name for each in parameters if each.kind not in (each.VAR_KEYWORD, each.POSITIONAL_ONLY)]
    if any(each.kind is each.VAR_KEYWORD for each in parameters):
        known.append("options by name")
    else:
        try:
            refuse_unknown(kwargs, known, verb)
        except UnknownOptionError as unknown:
            return unknown
    said = str(error).partition("() ")[2] or str(error)
    return InvalidArgumentsError(
        f"{verb}() {said}; it takes {', '.join(known) or 'none'}", argument=verb, value=(args[1:], dict(kwargs))
    )
