"""Bad input is refused where it is given: each kind with its own exception, that names the argument and the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from celery_durable_jobs._options import suggestion
from celery_durable_jobs.errors import (
    InvalidArgumentsError,
    InvalidJobIdError,
    InvalidLabelError,
    InvalidMetadataError,
    InvalidRouteError,
    UnknownOptionError,
)
from celery_durable_jobs.jobs import DurableJob
from celery_durable_jobs.messages.checks import check_queue
from celery_durable_jobs.model.identity import parse_job_id

LABEL_LIMIT = 255
"""Characters of a name, target or key."""

CONFLICTS = ("return", "replace", "error")
KEY_UNTIL = ("started", "ended")


def label(argument: str, value: Any) -> str | None:
    """A name, target or key; None is none.

    :raises InvalidLabelError: no string, empty, blank, too long, or no text that UTF-8 can hold.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidLabelError(
            f"{argument} is a string, not {type(value).__name__}: {short(value)}", argument=argument, value=value
        )
    if not value.strip():
        what = "blank" if value else "empty"
        raise InvalidLabelError(
            f"{argument} is {what}: leave it out, or give it a text", argument=argument, value=value
        )
    if len(value) > LABEL_LIMIT:
        raise InvalidLabelError(
            f"{argument} has {len(value):,} characters, and {LABEL_LIMIT} is the limit: {short(value)}",
            argument=argument,
            value=value,
            limit=LABEL_LIMIT,
        )
    if not _encodable(value):
        raise InvalidLabelError(
            f"{argument} holds half a surrogate pair, which no UTF-8 can: {short(value)}",
            argument=argument,
            value=value,
        )
    return str(value)


def metadata(value: Any, *, most_entries: int, most_bytes: int) -> dict[str, str] | None:
    """Metadata as it will be stored: None stays None, empty stays empty.

    :raises InvalidMetadataError: it isn't ``str -> str``, or exceeds a limit.
    """
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise _bad_metadata(f"metadata is a mapping, not {type(value).__name__}: {short(value)}", value)
    if len(value) > most_entries:
        raise _bad_metadata(
            f"metadata has {len(value):,} entries, and {most_entries:,} is the limit", value, most_entries
        )
    size, taken = 0, {}
    for key, text in value.items():
        for part, what in ((key, "key"), (text, f"value of {short(key)}")):
            if not isinstance(part, str):
                raise _bad_metadata(
                    f"metadata is str -> str, and the {what} is {type(part).__name__}: {short(part)}", value
                )
            if not _encodable(part):
                raise _bad_metadata(f"the {what} holds half a surrogate pair, which no UTF-8 can: {short(part)}", value)
            size += len(part.encode())
        taken[str(key)] = str(text)
    if size > most_bytes:
        raise _bad_metadata(f"metadata has {size:,} bytes, and {most_bytes:,} is the limit", value, most_bytes)
    return taken


def arguments(args: Any, kwargs: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """``args`` and ``kwargs`` as a tuple and a dict; None is none.

    :raises InvalidArgumentsError: they are something else.
    """
    if args is None:
        args = ()
    elif not isinstance(args, Sequence) or isinstance(args, (str, bytes, bytearray, memoryview)):
        raise InvalidArgumentsError(
            f"args is a list or tuple of arguments, not {type(args).__name__}: {short(args)} (one argument: args=(x,))",
            argument="args",
            value=args,
        )
    if kwargs is None:
        kwargs = {}
    elif not isinstance(kwargs, Mapping):
        raise InvalidArgumentsError(
            f"kwargs is a mapping of names to arguments, not {type(kwargs).__name__}: {short(kwargs)}",
            argument="kwargs",
            value=kwargs,
        )
    for name in kwargs:
        if not isinstance(name, str):
            raise InvalidArgumentsError(
                f"kwargs has a name that is no string: {short(name)}", argument="kwargs", value=kwargs
            )
    return tuple(args), dict(kwargs)


def bind(task: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Check that the arguments bind to the handler's signature, as Celery's ``apply_async`` does.

    :raises InvalidArgumentsError: they don't; the text is Python's own.
    """
    header = getattr(task, "__header__", None) if getattr(task, "typing", False) else None
    if header is None:
        return
    try:
        header(*args, **kwargs)
    except TypeError as error:
        raise InvalidArgumentsError(
            f"the arguments don't fit {task.name}: {error}", argument="args", value=(args, kwargs)
        ) from None


def headers(value: Any) -> dict[str, Any] | None:
    """:raises InvalidArgumentsError: ``headers`` is no mapping from strings."""
    if value is None:
        return None
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise InvalidArgumentsError(
            f"headers is a mapping of str to values: {short(value)}", argument="headers", value=value
        )
    return dict(value)


def choice(argument: str, value: Any, allowed: Sequence[str]) -> str:
    """:raises UnknownOptionError: ``value`` is none of ``allowed``."""
    if value in allowed:
        return str(value)
    raise UnknownOptionError(
        f"{argument} is {' or '.join(map(repr, allowed))}, not {short(value)}{suggestion(value, allowed)}",
        argument=argument,
        value=value,
        limit=tuple(allowed),
    )


def queue_name(value: Any) -> str:
    """:raises InvalidRouteError: no name of a queue that a job may go to."""
    name = getattr(value, "name", value)
    if not isinstance(name, str) or not name.strip():
        raise InvalidRouteError(f"queue is a name, not {short(value)}", argument="queue", value=value)
    check_queue(name)
    return name


def job_id(value: Any, *, namespace: str, stripes: int) -> str:
    """A job's id, from the id or the job itself.

    :raises InvalidJobIdError: it is no id of this library, or of another namespace or number of stripes.
    """
    if isinstance(value, DurableJob):
        if value.namespace and value.namespace != namespace:
            raise InvalidJobIdError(
                f"job {value.id} belongs to the namespace {value.namespace!r}, not {namespace!r}",
                argument="job",
                value=value,
            )
        value = value.id
    try:
        parsed = parse_job_id(value)
    except ValueError as error:
        raise InvalidJobIdError(str(error), argument="job", value=value) from None
    if parsed.stripe >= stripes:
        raise InvalidJobIdError(
            f"job {value} belongs to stripe {parsed.stripe}, and {namespace!r} has {stripes}: it is another system's",
            argument="job",
            value=value,
            limit=stripes,
        )
    return parsed.text


def short(value: Any, limit: int = 100) -> str:
    """A repr that fits into a sentence, and never fails."""
    try:
        text = repr(value)
    except Exception:  # a user's object with a broken repr is still to be refused with our own error
        text = f"<{type(value).__name__}>"
    return text if len(text) <= limit else text[: limit - 3] + "..."


def _bad_metadata(message: str, value: Any, limit: int | None = None) -> InvalidMetadataError:
    return InvalidMetadataError(message, argument="metadata", value=value, limit=limit)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
