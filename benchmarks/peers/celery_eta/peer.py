"""Celery's own ``eta``: the message waits in a worker's memory."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="Celery eta",
    workers=(("{bin}/python", "-m", "celery", "-A", "app", "worker", "-c", "2", "-l", "WARNING"),),
    waits_in="a worker's memory, a copy in the server",
    killed="what had begun is lost (`acks_late` off); what waited comes back after the visibility timeout (an "
    "hour), and what waits longer than that runs twice",
    source="docs.celeryq.dev/en/stable/userguide/optimizing.html (prefetch of 128 for short tasks, no results)",
)
