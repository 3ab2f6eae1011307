"""The one header of our own that a job's message carries, beside Celery's.

It is text, ``1:<generation>:<kind>:<namespace>``: the same in JSON and in an AMQP table, and easy to splice. Nothing
else that changes from run to run travels: a worker asks the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from celery_durable_jobs._dataclasses import dataclass

HEADER = "durable_job"
VERSION = 1
KIND_HANDLER = "handler"
"""The message runs a handler, and the store follows it."""


@dataclass(frozen=True, slots=True)
class DurableHeader:
    """What the header says. ``problem`` is None where it can be trusted, else a sentence; then the rest is empty."""

    namespace: str = ""
    generation: int = 0
    kind: str = ""
    version: int = 0
    problem: str | None = None

    @property
    def valid(self) -> bool:
        """True where the header could be read, and this release knows its version."""
        return self.problem is None


def make_header(namespace: str, generation: int, kind: str = KIND_HANDLER) -> str:
    """The header's value. ``kind`` has no colon; the namespace may have."""
    return f"{VERSION}:{generation}:{kind}:{namespace}"


def read_header(headers: object) -> DurableHeader | None:
    """What a message's headers say about us: None where it is no message of ours. Never raises.

    A header that can't be read, or is of a later version, comes with ``problem`` set.
    """
    if not isinstance(headers, Mapping) or HEADER not in headers:
        return None
    value: Any = headers[HEADER]
    if isinstance(value, (bytes, bytearray)):
        value = bytes(value).decode("utf-8", "replace")
    if not isinstance(value, str):
        return DurableHeader(problem=f"the header {HEADER} is no text but {type(value).__name__}")
    parts = value.split(":", 3)
    if not _is_number(parts[0]):
        return DurableHeader(problem=f"the header {HEADER} can't be read: {value[:80]!r}")
    version = int(parts[0])
    if version != VERSION:
        return DurableHeader(
            version=version,
            problem=f"the header {HEADER} has version {version}; this release knows version {VERSION}",
        )
    if len(parts) != 4 or not _is_number(parts[1]) or not parts[2] or not parts[3]:
        return DurableHeader(version=version, problem=f"the header {HEADER} can't be read: {value[:80]!r}")
    return DurableHeader(parts[3], int(parts[1]), parts[2], version)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
