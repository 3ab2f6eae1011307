"""What is known of a cluster: which node serves which slot. Shared by the blocking and the asyncio connections; it
does no I/O, and is as safe in threads as single assignments are.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from redis.crc import key_slot

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.errors import ConfigurationError
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.stores.redis.cluster.address import Place

SLOTS = [b"CLUSTER", b"SLOTS"]

AVOID_S = 10.0
"""A node that failed is asked after the others for so long."""

MOVING_S = 5.0
"""A stripe whose slot was on its way is called apart from the others for so long."""

FRESH_S = 1.0
"""A moved slot makes no reason to ask for all slots anew if that was done so recently."""


@dataclass(frozen=True, slots=True)
class Span:
    """Slots in a row, the node that serves them, and its replicas."""

    first: int
    last: int
    master: Place
    replicas: tuple[Place, ...]


class Map:
    """Who serves what, as a node once told; owners are remembered as they are found."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self.spans = spans
        self._found: dict[int, Place] = {}

    def owner(self, slot: int) -> Place | None:
        """The node that serves a slot."""
        owner = self._found.get(slot)
        if owner is None:
            owner = next((span.master for span in self.spans if span.first <= slot <= span.last), None)
            if owner is not None:
                self._found[slot] = owner
        return owner


class Topology:
    """The nodes, as they were last told. ``stale``: it is to be asked for anew before the next attempt."""

    def __init__(self, seeds: Iterable[Place], clock: Callable[[], float] = time.monotonic) -> None:
        self._seeds = tuple(seeds)
        self._clock = clock
        self._logger = get_logger("store")
        self._map = Map(())
        self._hints: dict[int, Place] = {}
        self._learned = float("-inf")
        self._failed: dict[Place, float] = {}
        self._moving: dict[int, float] = {}
        self._told: dict[Place, float] = {}
        self._slots: dict[bytes, int] = {}
        self.stale = True

    def slot(self, key: bytes) -> int:
        """The slot of a key; meant for the few keys that name stripes."""
        slot = self._slots.get(key)
        if slot is None:
            slot = self._slots[key] = int(key_slot(key))
        return slot

    def owner(self, slot: int) -> Place | None:
        """The node that serves a slot."""
        return self._hints.get(slot) or self._map.owner(slot)

    def masters(self) -> list[Place]:
        """Nodes that serve slots."""
        return list(dict.fromkeys([*(span.master for span in self._map.spans), *self._hints.values()]))

    def without_replica(self) -> list[Place]:
        """Masters that nobody follows."""
        return list(dict.fromkeys(span.master for span in self._map.spans if not span.replicas))

    def candidates(self) -> list[Place]:
        """Nodes to ask, in the order to try them: by chance, those that failed lately last."""
        known = [place for span in self._map.spans for place in (span.master, *span.replicas)]
        places = list(dict.fromkeys([*known, *self._seeds]))
        random.shuffle(places)
        return sorted(places, key=self.in_trouble)

    def in_trouble(self, place: Place) -> bool:
        """Whether it failed lately."""
        return self._clock() - self._failed.get(place, float("-inf")) < AVOID_S

    def in_trouble_of(self, part: tuple[Place, object]) -> bool:
        """The same, of something that goes to a node."""
        return self.in_trouble(part[0])

    def groups(self, prefixes: Sequence[bytes]) -> list[list[int]]:
        """Stripes (the places of their prefixes in the list) by node, those with a slot on its way each apart."""
        found: dict[object, list[int]] = {}
        for stripe, prefix in enumerate(prefixes):
            slot = self.slot(prefix)
            apart = self._clock() - self._moving.get(slot, float("-inf")) < MOVING_S
            found.setdefault((slot, stripe) if apart else self.owner(slot), []).append(stripe)
        return list(found.values())

    def learn(self, asked: Place, reply: Any) -> bool:
        """Take in a reply to ``SLOTS``; answers whether it tells of any.

        :raises ConfigurationError: the server is none of a cluster.
        """
        if isinstance(reply, Exception):
            if "cluster support disabled" in str(reply) and not self._map.spans:
                raise ConfigurationError(
                    f"durable_jobs_store names a cluster, and {asked} is a server of its own: begin the URL with "
                    "redis:// (rediss:// with TLS)"
                )
            return False
        spans = []
        for first, last, master, *replicas in reply:
            places = [_place_of(each, asked) for each in (master, *replicas)]
            if places[0] is not None:
                spans.append(Span(first, last, places[0], tuple(place for place in places[1:] if place is not None)))
        if not spans:
            return False
        self._map, self._hints, self.stale = Map(tuple(spans)), {}, False
        self._learned = self._clock()
        return True

    def moved(self, text: str, asked: Place) -> None:
        """A node said that a slot is another's: ``MOVED <slot> <host>:<port>``."""
        _, slot, where = text.split(" ")[:3]
        host, _, port = where.rpartition(":")
        self._hints = {**self._hints, int(slot): Place(host.strip("[]") or asked.host, int(port))}
        if self._clock() - self._learned > FRESH_S:
            self.stale = True

    def moving(self, text: str) -> None:
        """A node said that a slot is on its way: ``ASK <slot> <host>:<port>``."""
        self._moving = {**self._moving, int(text.split(" ")[1]): self._clock()}

    def failed(self, place: Place, why: object) -> None:
        """A node couldn't be reached, or did nothing; the log says so once, and when it is over. (No lock: this must
        work after a fork.)
        """
        self._failed[place] = self._clock()
        self.stale = True
        if self._told.setdefault(place, self._failed[place]) == self._failed[place]:
            self._logger.warning("node %s of the store's cluster unreachable: %s", place, why)

    def fine(self, place: Place) -> None:
        """A node has answered."""
        self._failed.pop(place, None)
        since = self._told.pop(place, None)
        if since is not None:
            self._logger.warning("node %s of the store's cluster is back after %.1f s", place, self._clock() - since)


def _place_of(node: Sequence[Any], asked: Place) -> Place | None:
    """A node in a reply: its address may be left out (the one that was asked), or be unknown."""
    host = node[0].decode() if isinstance(node[0], bytes) else node[0]
    if host == "?":
        return None
    return Place(host or asked.host, int(node[1]))
