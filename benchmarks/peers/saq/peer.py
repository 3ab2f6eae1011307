"""saq: two worker processes; it looks for due jobs once a second, under a lock of as many whole seconds."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="saq",
    workers=(("{bin}/python", "worker.py"),),
    waits_in="the server",
    killed="what had begun is aborted by a sweep; it goes again only with `retries=`",
    source="saq-py.readthedocs.io (several workers; concurrency 100 instead of 10)",
)
