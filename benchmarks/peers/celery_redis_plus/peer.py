"""celery-redis-plus: a transport of Kombu's that keeps delayed messages in the server."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="celery-redis-plus",
    python="3.13",
    workers=(("{bin}/python", "-m", "celery", "-A", "app", "worker", "-c", "2", "-l", "WARNING"),),
    waits_in="the server",
    killed="what had begun is lost (`acks_late` off); what was fetched comes back after 5 min",
    source="pypi.org/project/celery-redis-plus (quick example), and Celery's page on optimizing",
)
