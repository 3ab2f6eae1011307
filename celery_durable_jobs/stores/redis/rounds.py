"""Several plans at a time, in common round trips. Pure: the store sends what it is handed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

from celery_durable_jobs.errors import StoreError
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.redis.plans.context import LEFT, Plan
from celery_durable_jobs.stores.redis.wire import Wire

Run = tuple[Plan, Sequence[int]]
"""A plan and the places of the requests that it answers: with a list, where these are several."""


class Rounds:
    """``answers`` fills up, in the order of the requests; a request that failed has its ``StoreError`` there.

    :param left: the places of requests that are sent by themselves when all else is answered; and so is what a plan of
        several leaves. ``alone`` makes the plan of such a one.
    :param begun: of a single plan: what it has yielded last.
    """

    def __init__(
        self,
        requests: Sequence[Request[Any]],
        runs: Sequence[Run],
        alone: Callable[[Request[Any]], Plan],
        left: Sequence[int] = (),
        begun: list[Wire] | None = None,
    ) -> None:
        self.answers: list[Any] = [None] * len(requests)
        self._requests = requests
        self._alone = alone
        self._left = list(left)
        self._waiting: list[tuple[Run, list[Wire]]] = []
        if begun is not None:
            self._waiting.append((runs[0], begun))
            return
        for run in runs:
            self._step(run, None)
        self._go_on()

    def wires(self) -> list[Wire]:
        """What the next round trip carries; nothing when all is answered."""
        return [wire for _, wires in self._waiting for wire in wires]

    def durable(self) -> list[int]:
        """The places in ``wires()`` of what belongs to a durable request."""
        flags = [self._requests[places[0]].durable for (_, places), wires in self._waiting for _ in wires]
        return [place for place, durable in enumerate(flags) if durable]

    def answered(self, results: Sequence[Any]) -> None:
        """The results of ``wires()``, in its order."""
        waiting, self._waiting = self._waiting, []
        at = 0
        for run, wires in waiting:
            replies = results[at : at + len(wires)]
            errors = (
                reply
                for wire, reply in zip(wires, replies, strict=True)
                if isinstance(reply, StoreError) and not wire.may_fail
            )
            self._step(run, replies, next(errors, None))
            at += len(wires)
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting or not self._left:
            return
        left, self._left = sorted(self._left), []
        for place in left:
            self._step((self._alone(self._requests[place]), (place,)), None)

    def _step(self, run: Run, replies: Sequence[Any] | None, error: StoreError | None = None) -> None:
        plan, places = run
        try:
            if replies is None:
                wires = next(plan)
            elif error is not None:
                wires = plan.throw(error)
            else:
                wires = plan.send(list(replies))
            while not wires:  # a call of nothing has no replies
                wires = plan.send([])
            self._waiting.append((run, wires))
        except StopIteration as end:
            self._settle(places, end.value if len(places) > 1 else [end.value])
        except StoreError as failed:
            self._settle(places, [failed, *(copy.copy(failed) for _ in places[1:])])

    def _settle(self, places: Sequence[int], answers: Sequence[Any]) -> None:
        for place, answer in zip(places, answers, strict=True):
            if answer is LEFT:
                self._left.append(place)
                continue
            if isinstance(answer, StoreError):
                answer.request = self._requests[place]
            self.answers[place] = answer
