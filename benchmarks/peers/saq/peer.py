"""saq: two worker processes. It knows whole seconds only, and looks for due jobs once a second."""

from benchmarks.peers.peer import Peer

PEER = Peer(
    title="saq",
    workers=(("{bin}/saq", "app.settings", "--workers", "2", "--quiet"),),
    source="saq-py.readthedocs.io (several workers; concurrency 100 instead of 10)",
)
