"""arq: two worker processes, polling as often as the lag asks for."""

from benchmarks.peers.peer import Peer

_WORKER = ("{bin}/python", "worker.py")

PEER = Peer(
    title="arq",
    workers=(_WORKER, _WORKER),
    waits_in="the server",
    killed="at least once: goes again after the job's timeout (310 s)",
    source="arq-docs.helpmanual.io (max_jobs, poll_delay 5 ms instead of 500, keep_result=0)",
)
