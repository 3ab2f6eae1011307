"""What endangers jobs on a cluster, as sentences to be said at start."""

from __future__ import annotations

from celery_durable_jobs.stores.redis.checks import hazards as hazards_of_server
from celery_durable_jobs.stores.redis.cluster.connection import ClusterConnections
from celery_durable_jobs.stores.redis.cluster.topology import Topology
from celery_durable_jobs.stores.redis.replies import Trouble


def hazards(connections: ClusterConnections, topology: Topology, stripes: int, timeout: float) -> list[str]:
    """What is said of any master, each once, and what the cluster as a whole lacks; none where it can't be reached."""
    try:
        connections.refresh(timeout)
    except Trouble:
        return []
    masters = topology.masters()
    sentences = [
        sentence for place in masters for sentence in hazards_of_server(connections.node(place), timeout / len(masters))
    ]
    alone = topology.without_replica()
    if alone:
        sentences.append(
            f"Nodes without a replica: {', '.join(map(str, alone))}. When one dies, the jobs of its stripes wait until "
            "it is back. Give each master a replica."
        )
    if stripes < len(masters):
        sentences.append(
            f"durable_jobs_shard_stripes is {stripes}, and the cluster has {len(masters)} masters: jobs lie on "
            f"{'one' if stripes == 1 else stripes} of them at most. Take 16 to 64 stripes, in a new "
            "durable_jobs_namespace where this one is in use."
        )
    return list(dict.fromkeys(sentences))
