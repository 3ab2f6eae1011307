"""procrastinate, on the PostgreSQL that the usual PG… variables name, in a database of its own."""

from benchmarks.peers.peer import Peer

_WORKER = ("{bin}/python", "worker.py")

PEER = Peer(
    title="procrastinate",
    workers=(_WORKER, _WORKER),
    source="procrastinate.readthedocs.io/en/stable/howto/production/concurrency.html (30 and pool 31; looks each 20 ms)",
    setup=("{bin}/python", "database.py", "create"),
    teardown=("{bin}/python", "database.py", "drop"),
)
