"""Requests that must reach the store however long it is away: finishes, settles, cancels and burials.

Each is sent at once, and again with every heartbeat until it is answered. All of them may arrive twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from celery_durable_jobs.errors import StoreError, StoreUnavailableError
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Request

logger = get_logger("worker")

BATCH = 200
"""Errands in one round trip."""


def _at_once() -> bool:
    return True


def _nothing(_answer: Any) -> None:
    return None


@dataclass(eq=False)
class Errand:
    """``request``, what to do with its answer, and from when it may be sent (asked again and again until it is true).

    ``answered`` gets None where the store says that the request can't be carried out at all. A process doesn't put off
    its end for an errand that isn't ``needed``.
    """

    request: Request[Any]
    answered: Callable[[Any], None] = _nothing
    ready: Callable[[], bool] = _at_once
    needed: bool = True
    tried: bool = field(default=False, init=False)


class Errands:
    """Those of one process, in order. Only the heart's thread touches them."""

    def __init__(self) -> None:
        self._pending: dict[int, Errand] = {}

    def add(self, errand: Errand) -> None:
        """Take one on."""
        self._pending[id(errand)] = errand

    def waiting(self) -> bool:
        """Whether one is there that may not be sent yet."""
        return any(not errand.ready() for errand in self._pending.values())

    def fresh(self) -> bool:
        """Whether one is there that may be sent and never was."""
        return any(not errand.tried and errand.ready() for errand in self._pending.values())

    def to_send(self, *, again: bool) -> list[Errand]:
        """The next ones: new ones, and where ``again`` those that were sent without an answer."""
        chosen = []
        for errand in self._pending.values():
            if (again or not errand.tried) and errand.ready():
                errand.tried = True
                chosen.append(errand)
                if len(chosen) == BATCH:
                    break
        return chosen

    def go_on(self, errands: list[Errand]) -> None:
        """The store answers: what was tried before and is not among ``errands`` needn't wait for the next heartbeat."""
        just_sent = set(map(id, errands))
        for number, errand in self._pending.items():
            if number not in just_sent:
                errand.tried = False

    def settle(self, errands: list[Errand], answers: list[Any]) -> list[tuple[Errand, Any]]:
        """Take note of answers (exceptions among them); returns those that are through, with what they are told."""
        through = []
        for errand, answer in zip(errands, answers, strict=True):
            if isinstance(answer, StoreUnavailableError):
                continue
            if isinstance(answer, StoreError):
                logger.error("the store refuses %r for good: %s", errand.request, answer)
                answer = None
            self._pending.pop(id(errand), None)
            through.append((errand, answer))
        return through
