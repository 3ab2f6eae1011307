"""celery-redis-plus: a transport of Kombu's that keeps delayed messages in the server."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="celery-redis-plus",
    python="3.13",
    workers=(("{bin}/python", "-m", "celery", "-A", "app", "worker", "-c", "2", "-l", "WARNING"),),
    source="pypi.org/project/celery-redis-plus (quick example), and Celery's page on optimizing",
)
