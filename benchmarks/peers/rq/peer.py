"""RQ: two workers that run jobs in their own process, one of them with the scheduler."""

from benchmarks.peers.peer import Peer

_WORKER = (
    "{bin}/rq",
    "worker",
    "--url",
    "{url}",
    "--worker-class",
    "rq.SimpleWorker",
    "--with-scheduler",
    "--quiet",
    "--disable-job-desc-logging",
)

PEER = Peer(
    title="RQ",
    workers=(_WORKER, _WORKER),
    waits_in="the server",
    killed="what had begun is failed; it goes again only with `retry=`",
    source="python-rq.org/docs/benchmark (SimpleWorker for jobs of a few milliseconds)",
)
