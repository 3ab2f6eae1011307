"""dramatiq: two worker processes. Delayed messages wait in the workers' memory."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="dramatiq",
    workers=(("{bin}/dramatiq", "app", "--processes", "2", "--threads", "8", "--skip-logging"),),
    waits_in="a worker's memory, a copy in the server",
    killed="at least once: comes back after 60 s without a heartbeat",
    source="dramatiq.io/guide.html (processes, its default of 8 threads each)",
    variables={"dramatiq_delay_queue_prefetch": "10000"},
)
