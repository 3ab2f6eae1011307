"""docket: two worker processes, as for high volume."""

from benchmarks.peers.peer import Peer

_WORKER = ("{bin}/python", "worker.py")

PEER = Peer(
    title="docket",
    workers=(_WORKER, _WORKER),
    waits_in="the server",
    killed="at least once: redelivered after 5 min",
    source="docket.lol/en/latest/production (fire and forget: execution_ttl=0; concurrency 50; resolution 5 ms)",
)
