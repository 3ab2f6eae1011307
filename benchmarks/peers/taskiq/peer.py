"""taskiq: two worker processes and the scheduler, which looks once a second."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="taskiq",
    workers=(
        ("{bin}/taskiq", "worker", "app:broker", "--workers", "2", "--log-level", "WARNING"),
        (
            "{bin}/taskiq",
            "scheduler",
            "app:scheduler",
            "--update-interval",
            "1",
            "--loop-interval",
            "1",
            "--log-level",
            "WARNING",
        ),
    ),
    waits_in="the server",
    killed="at least once: comes back after 10 min; one scheduler only, which sends and then forgets",
    source="taskiq-python.github.io/guide/scheduling-tasks.html (ListRedisScheduleSource, looking every second)",
)
