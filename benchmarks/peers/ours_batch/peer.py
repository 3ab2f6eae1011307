"""The same with a handler whose jobs travel together."""

from benchmarks.peers.ours.peer import PEER as OURS
from benchmarks.peers.peer import Peer

PEER = Peer(
    title="the same, batch=50",
    workers=OURS.workers,
    waits_in=OURS.waits_in,
    killed=OURS.killed,
    source="docs/guides/travelling-together.md (a handler with batch=50)",
    variables={"PEER_BATCH": "50"},
    requirements=OURS.requirements,
    app_of="ours",
)
