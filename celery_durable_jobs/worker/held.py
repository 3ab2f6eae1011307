"""What a worker's parent has taken from its queue and not seen through: held in the store, so that it isn't sent again.

Runs that a pool child has accepted are followed from here too: a handler that holds the GIL of its child for longer
than a run lease must not be taken for dead.
"""

from __future__ import annotations

import weakref
from collections.abc import Container
from typing import Any

from celery_durable_jobs.steps import Delivery, Pulse, Refusal, Refused
from celery_durable_jobs.worker.children import is_alive

LIMIT = 1_000
"""So many messages are held; more wait for their begin timeout, as on the queue."""


class _Parked:
    """Stands for the request of a message that has none."""


_PARKED = _Parked()


class HeldDelivery:
    """One message in the parent's hands, from receipt to its end.

    ``handed``: given to the pool. ``accepted``: a child, thread or greenlet has it. ``pid``: of the process.
    ``refusal``: the store said that it is not to be begun; the parent then drops it when its turn comes.
    """

    among_others = False
    """Whether its message carries several jobs."""

    def __init__(self, delivery: Delivery, run_lease_us: int | None, request: Any) -> None:
        self.delivery = delivery
        self.run_lease_us = run_lease_us
        self.handed = False
        self.accepted = False
        self.pid: int | None = None
        self.begun = False
        self.over = False
        self.refusal: Refusal | None = None
        self._unbegun = False
        self._orphaned = False
        self._request = weakref.ref(request)

    @property
    def job_id(self) -> str:
        """The job."""
        return self.delivery.job_id

    @property
    def delivery_id(self) -> str:
        """The delivery."""
        return self.delivery.delivery_id

    @property
    def gone(self) -> bool:
        """Whether the worker has let go of the message, and nothing is left to do."""
        if self.over:
            return True
        request = self._request()
        if request is None:
            return self.handed
        if self.accepted:
            from celery.worker import state

            return request not in state.active_requests
        return False

    @property
    def dropped(self) -> bool:
        """Whether Celery has forgotten the message before its pool ever saw it: nobody will run it."""
        return not self.over and not self.handed and self._request() is None

    def orphaned(self) -> bool:
        """Whether its child is dead, and was when this was last asked: the pool had time to tell of it.

        A pool that loses its broker forgets what its children have: no outcome and no death is told of those.
        """
        if not self.accepted or self.pid is None or is_alive(self.pid):
            return False
        was, self._orphaned = self._orphaned, True
        return was

    @property
    def to_hold(self) -> bool:
        """Whether it may wait for its begin for a while yet."""
        return not self.accepted or (self._unbegun and not self.begun)

    def on_hold(self, refused: Refused | None) -> None:
        """What the store answered to a hold."""
        if refused is None:
            return
        if self.accepted:
            # Its run has finished in between, or its begin is refused: nothing to follow.
            self.over = True
        else:
            self.refusal = refused.why

    def on_pulse(self, pulse: Pulse) -> None:
        """What the store answered to a heartbeat."""
        if pulse is not Pulse.TAKEN_OVER:
            self.begun = True
        elif self.begun:
            self.over = True
        else:
            self._unbegun = True


class Held:
    """All of one parent, by job and generation."""

    def __init__(self) -> None:
        self._by_message: dict[tuple[str, int], HeldDelivery] = {}

    def __len__(self) -> int:
        return len(self._by_message)

    def add(self, held: HeldDelivery) -> None:
        """Take one in."""
        self._by_message[held.delivery.job_id, held.delivery.generation] = held

    def park(self, delivery: Delivery) -> None:
        """Take in a message that nobody will run, because the worker stops; it is given back when it has."""
        self.add(HeldDelivery(delivery, None, _PARKED))

    def discard(self, held: HeldDelivery) -> None:
        """It is seen through."""
        held.over = True
        key = (held.delivery.job_id, held.delivery.generation)
        if self._by_message.get(key) is held:
            self._by_message.pop(key, None)

    def has(self, job_id: str, generation: int) -> bool:
        """Whether this very message is in hand: a further one is a copy."""
        known = self._by_message.get((job_id, generation))
        return known is not None and not known.gone

    def all(self) -> list[HeldDelivery]:
        """Those that are in hand, oldest first."""
        known = list(self._by_message.values())
        for held in known:
            if held.gone:
                self.discard(held)
        return [held for held in known if not held.over]

    def take_dropped(self) -> list[HeldDelivery]:
        """Those that Celery has forgotten; they are out of hand then, and to be settled."""
        dropped = [held for held in self.all() if held.dropped]
        for held in dropped:
            self.discard(held)
        return dropped

    def take_orphaned(self) -> list[HeldDelivery]:
        """Those whose child has died without a word; they are out of hand then, and to be settled."""
        orphaned = [held for held in self.all() if held.orphaned()]
        for held in orphaned:
            self.discard(held)
        return orphaned

    def look(self, running_here: Container[str]) -> tuple[list[HeldDelivery], list[HeldDelivery]]:
        """What to hold now (the first 1,000), and which runs to keep alive: those that this process doesn't run itself.

        :param running_here: delivery ids.
        """
        holds: list[HeldDelivery] = []
        followed: list[HeldDelivery] = []
        for held in self.all():
            if held.refusal is not None or held.delivery_id in running_here:
                continue
            if held.to_hold and len(holds) < LIMIT:
                holds.append(held)
            if held.accepted:
                followed.append(held)
        return holds, followed
