"""A request: one step of a job's life as a frozen value, with its guard in prose on it.

A store is one function over requests: ``send(request) -> answer``. Every call may arrive twice: a request repeated as
the same value gets its first answer (rule 1 of DESIGN section 5), except where ``resendable`` is False.
"""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

Answer = TypeVar("Answer")


class Request(Generic[Answer]):
    """Base of all requests; the type parameter is the answer's type."""

    __slots__ = ()

    resendable: ClassVar[bool] = True
    """Whether a client library may send it again by itself after a lost reply."""

    durable: ClassVar[bool] = False
    """Whether its answer is a promise to a client, and so waits for what ``durable_jobs_durability`` asks. Repeated, it
    waits again.
    """

    grows: ClassVar[bool] = False
    """Whether a full server refuses it (``StoreFullError``); everything else frees memory or is small."""
