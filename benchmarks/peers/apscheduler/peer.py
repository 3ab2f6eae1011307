"""APScheduler 3: client, scheduler and workers are one process; its documentation allows no other on one store."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="APScheduler",
    workers=(),
    waits_in="the server",
    killed="at most once: a job leaves the store when a thread takes it; one process only",
    source="apscheduler.readthedocs.io/en/3.x/userguide.html (Redis store, threads; one process)",
)
