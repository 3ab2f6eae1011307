"""BullMQ under Node: two worker processes."""

from benchmarks.peers.peer import Peer

_WORKER = ("{bin}/node", "worker.js")

PEER = Peer(
    title="BullMQ",
    node=True,
    workers=(_WORKER, _WORKER),
    waits_in="the server",
    killed="at least once: a stalled job goes again after 30 to 60 s, once",
    source="docs.bullmq.io/guide/parallelism-and-concurrency (two processes, concurrency 100; jobs removed at once)",
)
