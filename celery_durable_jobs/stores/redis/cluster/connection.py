"""Blocking connections to a cluster: each call goes to the node that has its stripe."""

from __future__ import annotations

import time
from typing import Any

from redis import exceptions

from celery_durable_jobs.stores.redis.cluster.address import ClusterAddress, Place
from celery_durable_jobs.stores.redis.cluster.batch import ClusterBatch
from celery_durable_jobs.stores.redis.cluster.topology import SLOTS, Topology
from celery_durable_jobs.stores.redis.connection import NOT_SENT, Connections
from celery_durable_jobs.stores.redis.durability import Durability
from celery_durable_jobs.stores.redis.effort import Batch, Effort
from celery_durable_jobs.stores.redis.replies import Reply, Trouble, is_reply
from celery_durable_jobs.stores.redis.wire import Wire

REDIRECTS = 3
"""So often in a row a call follows a redirection at once."""

ASKING_S = 1.0
"""A node that doesn't tell its slots in so many seconds isn't waited for."""


class ClusterConnections(Connections):
    """Idle connections of this process to all nodes. Safe in threads, and after a fork."""

    def __init__(self, address: ClusterAddress, timeout: float, durability: Durability, topology: Topology) -> None:
        super().__init__(address.at(address.seeds[0]), timeout, durability)
        self._cluster = address
        self._topology = topology
        self._nodes: dict[Place, Connections] = {}

    def run(self, batch: Batch, effort: Effort) -> None:
        """As ``Connections.run``; takes a ``ClusterBatch``."""
        assert isinstance(batch, ClusterBatch)
        redirects, started = 0, time.monotonic()
        while batch.pending:
            if self._topology.stale:
                self._refresh(batch, effort)
            batch.redirected = frozenset()
            parts = batch.parts(self._topology)
            attempts = [self.node(part.place).attempting(part, effort) for part, _ in parts]
            for attempt in attempts:
                next(attempt, None)  # all nodes work before the first one is waited for
            for attempt in attempts:
                for _ in attempt:
                    pass
            for part, places in parts:
                batch.take_in(part, places)
                part.settle()
            if batch.pending and batch.goes_on and redirects < REDIRECTS:
                redirects += 1
                continue
            batch.let_fail(time.monotonic() - started)
            if batch.pending:
                pause = effort.pause()
                if pause is None:
                    batch.give_up()
                else:
                    time.sleep(pause)

    def quickly(self, wire: Wire, timeout: float) -> Any:
        """Never: the ordinary way finds the node."""
        return NOT_SENT

    def node(self, place: Place) -> Connections:
        """Connections to one node."""
        node = self._nodes.get(place)
        if node is None:
            made = Connections(self._cluster.at(place), self._timeout, self._durability)
            node = self._nodes.setdefault(place, made)
        return node

    def refresh(self, timeout: float) -> None:
        """Ask for all slots, if need be.

        :raises Trouble: no node told.
        """
        if self._topology.stale:
            error = self._ask_around(time.monotonic() + timeout)
            if error is not None:
                raise exceptions.ConnectionError(str(error)) from error

    def connect(self, timeout: float) -> Any:
        """A new connection to some node, for the caller alone: what one publishes, all get to hear."""
        until = time.monotonic() + timeout
        error: Exception = exceptions.TimeoutError("no answer in time")
        for place in self._topology.candidates():
            left = until - time.monotonic()
            if left <= 0:
                break
            try:
                return self.node(place).connect(min(left, max(ASKING_S, left / 2)))
            except Trouble as failed:
                error = failed
                self._topology.failed(place, failed)
        raise error

    def close(self) -> None:
        super().close()
        for node in list(self._nodes.values()):
            node.close()

    def _refresh(self, batch: ClusterBatch, effort: Effort) -> None:
        error = self._ask_around(time.monotonic() + effort.left)
        if isinstance(error, Reply):
            batch.received([error] * len(batch.pending))
        elif error is not None:
            batch.not_sent(error)

    def _ask_around(self, until: float) -> Exception | None:
        """Ask one node after the other for all slots, until one tells; else answers why none did."""
        error: Exception = exceptions.TimeoutError("no answer in time")
        for place in self._topology.candidates():
            left = until - time.monotonic()
            if left <= 0:
                break
            try:
                reply = self.node(place).ask(SLOTS, min(left, ASKING_S))
            except Trouble as failed:
                error = Reply.of(failed) if is_reply(failed) else failed
                self._topology.failed(place, failed)
                continue
            if self._topology.learn(place, reply):
                self._drop_unknown()
                return None
            error = reply if isinstance(reply, Reply) else Reply(f"CLUSTERDOWN {place} knows of no slots")
        return error

    def _drop_unknown(self) -> None:
        known = {*self._topology.candidates(), *self._topology.masters()}
        for place in [place for place in list(self._nodes) if place not in known]:
            self._nodes.pop(place).close()
