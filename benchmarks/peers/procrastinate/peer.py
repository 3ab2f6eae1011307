"""procrastinate, on the PostgreSQL that the usual PG… variables name, in a database of its own."""

from benchmarks.peers.peer import Peer

_WORKER = ("{bin}/python", "worker.py")

PEER = Peer(
    title="procrastinate",
    workers=(_WORKER, _WORKER),
    waits_in="PostgreSQL",
    killed="what had begun stays `doing` until a task of your own retries stalled jobs",
    source="procrastinate.readthedocs.io/en/stable/howto/production/concurrency.html (30, pool 31, looks every 20 ms)",
    setup=("{bin}/python", "database.py", "create"),
    teardown=("{bin}/python", "database.py", "drop"),
)
