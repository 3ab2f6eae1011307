"""Several plans at a time, in common round trips. Pure: the store sends what it is handed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from celery_durable_jobs.errors import StoreError
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.redis.plans.context import Plan
from celery_durable_jobs.stores.redis.wire import Wire


class Rounds:
    """``answers`` fills up, in the order of the requests; a request that failed has its ``StoreError`` there."""

    def __init__(self, requests: Sequence[Request[Any]], plans: Sequence[Plan]) -> None:
        self.answers: list[Any] = [None] * len(requests)
        self._requests = requests
        self._plans = plans
        self._waiting: list[tuple[int, list[Wire]]] = []
        for place in range(len(plans)):
            self._step(place, None)

    def wires(self) -> list[Wire]:
        """What the next round trip carries; nothing when all is answered."""
        return [wire for _, wires in self._waiting for wire in wires]

    def durable(self) -> list[int]:
        """The places in ``wires()`` of what belongs to a durable request."""
        flags = [self._requests[place].durable for place, wires in self._waiting for _ in wires]
        return [place for place, durable in enumerate(flags) if durable]

    def answered(self, results: Sequence[Any]) -> None:
        """The results of ``wires()``, in its order."""
        waiting, self._waiting = self._waiting, []
        at = 0
        for place, wires in waiting:
            replies = results[at : at + len(wires)]
            errors = (
                reply
                for wire, reply in zip(wires, replies, strict=True)
                if isinstance(reply, StoreError) and not wire.may_fail
            )
            self._step(place, replies, next(errors, None))
            at += len(wires)

    def _step(self, place: int, replies: Sequence[Any] | None, error: StoreError | None = None) -> None:
        plan = self._plans[place]
        try:
            if replies is None:
                wires = next(plan)
            elif error is not None:
                wires = plan.throw(error)
            else:
                wires = plan.send(list(replies))
            while not wires:  # a call of nothing has no replies
                wires = plan.send([])
            self._waiting.append((place, wires))
        except StopIteration as end:
            self.answers[place] = end.value
        except StoreError as failed:
            failed.request = self._requests[place]
            self.answers[place] = failed
