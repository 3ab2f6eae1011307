"""The Redis store on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.contract import Clock, Store
from celery_durable_jobs.stores.redis.cluster.aconnection import AsyncClusterConnections
from celery_durable_jobs.stores.redis.cluster.address import ClusterAddress
from celery_durable_jobs.stores.redis.cluster.batch import ClusterBatch
from celery_durable_jobs.stores.redis.cluster.connection import ClusterConnections
from celery_durable_jobs.stores.redis.cluster.topology import Topology
from celery_durable_jobs.stores.redis.plans.context import Context
from celery_durable_jobs.stores.redis.rounds import Rounds
from celery_durable_jobs.stores.redis.store import RedisStore
from celery_durable_jobs.stores.redis.wire import Wire


class ClusterStore(RedisStore):
    """Jobs on a Redis Cluster, or Valkey's: each stripe on one node. See ``stores/contract.py``.

    :param url: ``redis+cluster://host:port,host2:port2``, ``rediss+cluster://``, or the same with ``valkey``.
    :raises SettingError: the URL is none.
    """

    def _connect(self, url: str, connection_options: Mapping[str, Any] | None, clock: Clock | None) -> None:
        address = ClusterAddress(url, connection_options)
        self._topology = Topology(address.seeds)
        self._where = address.where
        self._context = Context(self.options, clock, self._groups)
        self._nodes = ClusterConnections(address, self._timeout, self._durability, self._topology)
        self._connections = self._nodes
        self._aconnections = AsyncClusterConnections(address, self._timeout, self._durability, self._topology)

    def begin_many(self, requests: Sequence[Request[Any]]) -> Callable[[], list[Any]]:
        return Store.begin_many(self, requests)  # several nodes are to be waited for

    def hazards(self) -> list[str]:
        from celery_durable_jobs.stores.redis.cluster.checks import hazards

        return hazards(self._nodes, self._topology, self.options.stripes, self._timeout)

    def _groups(self) -> Sequence[Sequence[int]]:
        return self._topology.groups([self._context.prefix(stripe) for stripe in range(self.options.stripes)])

    def _batch(self, rounds: Rounds, wires: Sequence[Wire]) -> ClusterBatch:
        durable = rounds.durable() if self._durability.waits else ()
        return ClusterBatch(wires, self._where, self._durability, durable)
