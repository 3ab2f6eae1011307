"""A batch whose calls lie on several nodes: its parts, and what redirections say about them."""

from __future__ import annotations

from collections.abc import Sequence

from celery_durable_jobs.stores.redis.cluster.address import Place
from celery_durable_jobs.stores.redis.cluster.topology import Topology
from celery_durable_jobs.stores.redis.effort import Batch

MOMENT_S = 0.5
"""For so long what a node claimed waits for what another one may claim."""

_MOVING = (
    "its slot is on its way to another node: calls wait until it has arrived; an interrupted move is mended by "
    "redis-cli --cluster fix"
)


class StoreMoving(Exception):
    """Why a call waits while no node has its slot whole."""


class ClusterBatch(Batch):
    """``redirected``: places in ``pending`` whose calls belong to another node, by a node's word."""

    redirected: frozenset[int] = frozenset()
    trouble: BaseException | None = None
    """What was wrong with the node, apart from single calls."""

    def parts(self, topology: Topology) -> list[tuple[Part, list[int]]]:
        """What is pending, by node, and the places of its calls here; nodes in trouble last. Nothing of it is pending
        here until it is taken in again, but what no node serves.
        """
        by_node: dict[Place | None, list[int]] = {}
        for place in self.pending:
            by_node.setdefault(topology.owner(topology.slot(self.wires[place].keys[0])), []).append(place)
        self.pending = by_node.pop(None, [])
        for place in self.pending:
            self._why.setdefault(place, StoreMoving("no node of the cluster serves its slot"))
        nodes = sorted(((node, places) for node, places in by_node.items() if node), key=topology.in_trouble_of)
        return [(self._part(node, places, topology), places) for node, places in nodes]

    def _part(self, node: Place, places: Sequence[int], topology: Topology) -> Part:
        part = Part([self.wires[each] for each in places], f"the store's node {node}", self.durability)
        part.place, part.topology = node, topology
        part.copy(self, {each: number for number, each in enumerate(places)})
        return part

    def take_in(self, part: Part, places: Sequence[int]) -> None:
        """What became of a part."""
        for number, place in enumerate(places):
            if number not in part.pending:
                self.results[place] = part.results[number]
        self.copy(part, dict(enumerate(places)))
        self.pending = sorted([*self.pending, *(places[number] for number in part.pending)])
        self.redirected |= {places[number] for number in part.redirected}

    def copy(self, other: ClusterBatch, places: dict[int, int]) -> None:
        """Take over what another batch knows of single calls; ``places``: its places, and what they are here."""
        self._durable |= {places[each] for each in other._durable if each in places}
        self._stored |= {places[each] for each in other._stored if each in places}
        self._maybe_done |= {places[each] for each in other._maybe_done if each in places}
        self._why.update({places[each]: why for each, why in other._why.items() if each in places})

    @property
    def goes_on(self) -> bool:
        """Whether all that is pending was redirected, and may follow at once."""
        return all(place in self.redirected for place in self.pending)

    def let_fail(self, waited: float) -> None:
        """Give up what isn't worth waiting for, except what a node has just sent elsewhere: what may fail; and after a
        moment a claim, where another node has answered: the jobs of that answer are due.

        :param waited: seconds since the first attempt.
        """
        claims_too = waited > MOMENT_S and any(result is not None for result in self.results)
        for place in [each for each in self.pending if each not in self.redirected]:
            if self.wires[place].may_fail or (claims_too and not self.wires[place].resendable):
                self.pending.remove(place)
                self.results[place] = self._unavailable(place, maybe_done=place in self._maybe_done)


class Part(ClusterBatch):
    """The calls of a batch that go to one node."""

    place: Place
    topology: Topology

    def _refused(self, place: int, text: str, error: Exception) -> None:
        if text.startswith("MOVED "):
            self.topology.moved(text, self.place)
            self._why[place] = error
            self.redirected |= {place}
            self.pending.append(place)
        elif text.startswith("ASK "):
            # What is half here and half there is nowhere: each script takes a key that it doesn't find for one that
            # doesn't exist. The name of a stripe is no key, so the node that the slot leaves always replies this, and
            # nobody runs a script on either until the slot has arrived.
            self.topology.moving(text)
            self._why[place] = StoreMoving(f"{text}: {_MOVING}")
            self.pending.append(place)
        else:
            super()._refused(place, text, error)
            if self.not_now:
                self.trouble = error

    def not_sent(self, error: Exception) -> None:
        super().not_sent(error)
        self.trouble = error

    def lost(self, error: Exception) -> None:
        super().lost(error)
        self.trouble = error

    def settle(self) -> None:
        """Tell what this attempt says of the node."""
        if self.trouble is not None:
            self.topology.failed(self.place, self.trouble)
        else:
            self.topology.fine(self.place)
