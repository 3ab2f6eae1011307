"""The asyncio twin of ``connection.py``: nodes are called at the same time."""

from __future__ import annotations

import asyncio
import time

from redis import exceptions

from celery_durable_jobs.stores.redis.aconnection import AsyncConnections
from celery_durable_jobs.stores.redis.cluster.address import ClusterAddress, Place
from celery_durable_jobs.stores.redis.cluster.batch import ClusterBatch
from celery_durable_jobs.stores.redis.cluster.connection import ASKING_S, REDIRECTS
from celery_durable_jobs.stores.redis.cluster.topology import SLOTS, Topology
from celery_durable_jobs.stores.redis.durability import Durability
from celery_durable_jobs.stores.redis.effort import Batch, Effort
from celery_durable_jobs.stores.redis.replies import Reply, Trouble, is_reply


class AsyncClusterConnections(AsyncConnections):
    """As ``ClusterConnections``, for running loops."""

    def __init__(self, address: ClusterAddress, timeout: float, durability: Durability, topology: Topology) -> None:
        super().__init__(address.at(address.seeds[0]), timeout, durability)
        self._cluster = address
        self._topology = topology
        self._nodes: dict[Place, AsyncConnections] = {}

    async def run(self, batch: Batch, effort: Effort) -> None:
        """As ``ClusterConnections.run``."""
        assert isinstance(batch, ClusterBatch)
        redirects, started = 0, time.monotonic()
        while batch.pending:
            if self._topology.stale:
                await self._refresh(batch, effort)
            batch.redirected = frozenset()
            parts = batch.parts(self._topology)
            attempts = [self.node(part.place).attempt(part, effort) for part, _ in parts]
            failures = await asyncio.gather(*attempts, return_exceptions=True)
            for part, places in parts:
                batch.take_in(part, places)
                part.settle()
            for failure in failures:
                if failure is not None:
                    raise failure
            if batch.pending and batch.goes_on and redirects < REDIRECTS:
                redirects += 1
                continue
            batch.let_fail(time.monotonic() - started)
            if batch.pending:
                pause = effort.pause()
                if pause is None:
                    batch.give_up()
                else:
                    await asyncio.sleep(pause)

    def node(self, place: Place) -> AsyncConnections:
        """Connections to one node."""
        node = self._nodes.get(place)
        if node is None:
            made = AsyncConnections(self._cluster.at(place), self._timeout, self._durability)
            node = self._nodes.setdefault(place, made)
        return node

    def close(self) -> None:
        super().close()
        for node in list(self._nodes.values()):
            node.close()

    async def _refresh(self, batch: ClusterBatch, effort: Effort) -> None:
        error = await self._ask_around(time.monotonic() + effort.left)
        if isinstance(error, Reply):
            batch.received([error] * len(batch.pending))
        elif error is not None:
            batch.not_sent(error)

    async def _ask_around(self, until: float) -> Exception | None:
        error: Exception = exceptions.TimeoutError("no answer in time")
        for place in self._topology.candidates():
            left = until - time.monotonic()
            if left <= 0:
                break
            try:
                reply = await self.node(place).ask(SLOTS, min(left, ASKING_S))
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
