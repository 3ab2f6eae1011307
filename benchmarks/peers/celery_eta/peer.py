"""Celery's own ``eta``: the message waits in a worker's memory."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="Celery eta",
    workers=(("{bin}/python", "-m", "celery", "-A", "app", "worker", "-c", "2", "-l", "WARNING"),),
    source="docs.celeryq.dev/en/stable/userguide/optimizing.html (prefetch of 128 for short tasks, no results)",
)
