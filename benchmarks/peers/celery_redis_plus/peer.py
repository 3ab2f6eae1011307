"""celery-redis-plus: a transport of Kombu that keeps messages in the server until a minute before they are due."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="celery-redis-plus",
    python="3.13",
    workers=(("{bin}/python", "-m", "celery", "-A", "app", "worker", "-c", "2", "-l", "WARNING"),),
    waits_in="the server; a worker's memory, with a copy in the server, for its last minute",
    killed="what had begun is lost (`acks_late` off); what was fetched comes back after 5 min",
    source="pypi.org/project/celery-redis-plus (quick example), and Celery's page on optimizing",
)
