"""huey: a consumer with two worker processes."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="huey",
    workers=(("{bin}/huey_consumer", "app.huey", "-k", "process", "-w", "2", "-s", "1", "-n", "-q"),),
    waits_in="the server",
    killed="at most once: what had begun, and what the scheduler had just taken, is lost",
    source="huey.readthedocs.io/en/latest/consumer.html (processes, no periodic tasks, the shortest interval)",
)
