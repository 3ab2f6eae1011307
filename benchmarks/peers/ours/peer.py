"""celery-durable-jobs as it comes: one keeper, a prefork worker of two."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="celery-durable-jobs",
    workers=(
        ("{bin}/python", "-m", "celery", "-A", "app", "worker", "-c", "2", "-l", "WARNING"),
        ("{bin}/python", "keeper.py", "-A", "app", "durable-shards", "-l", "WARNING"),
    ),
    waits_in="the store",
    killed="at least once: what it ran goes again within 31 s",
    source="README.md (all defaults)",
    requirements="celery_eta",
)
