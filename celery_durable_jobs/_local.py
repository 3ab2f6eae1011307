"""``memory://``: a keeper and eager runs in the very process that schedules, for trying out and for tests.

The keeper is the real one. What it would publish is run here, by Celery's own tracer, in a few threads: no broker is
needed. Jobs live as long as the process does.
"""

from __future__ import annotations

import atexit
import os
import queue
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

from celery_durable_jobs.errors import DurableJobsError
from celery_durable_jobs.keeper.keeper import Keeper
from celery_durable_jobs.messages.envelope import Envelope
from celery_durable_jobs.messages.outcomes import CONFIRMED, PublishOutcome
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Bury, Delivery, Settle
from celery_durable_jobs.worker.ids import DELIVERY, new_delivery_id

logger = get_logger("local")

THREADS = 4
"""So many handlers run at once, unless the app's ``worker_concurrency`` says otherwise."""


class Local:
    """Keeper and runs of one extension in this process, in daemon threads; ``stop`` ends them."""

    def __init__(self, extension: Any) -> None:
        self.pid = os.getpid()
        self._extension = extension
        self._waiting: queue.SimpleQueue[Envelope | None] = queue.SimpleQueue()
        self._keeper = Keeper(
            extension.app,
            extension,
            hostname=f"memory@{socket.gethostname()}",
            publisher=_Eager(self._waiting.put),
        )
        count = extension.app.conf.worker_concurrency or THREADS
        self._threads = [
            threading.Thread(target=self._keep, name="durable-jobs-keeper", daemon=True),
            *(threading.Thread(target=self._work, name=f"durable-jobs-run-{n}", daemon=True) for n in range(count)),
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()
        atexit.register(self.stop)

    def stop(self, timeout: float = 2.0) -> None:
        """End the keeper, and each thread once the handler that it runs has returned (waited for so many seconds)."""
        atexit.unregister(self.stop)
        if self.pid != os.getpid():
            return
        self._keeper.stop()
        for _ in self._threads[1:]:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join(timeout if thread is self._threads[0] else 0.1)

    @property
    def alive(self) -> bool:
        """Whether the keeper's thread lives (it doesn't in a forked child)."""
        return self.pid == os.getpid() and self._threads[0].is_alive()

    def _keep(self) -> None:
        try:
            self._keeper.run()
        except DurableJobsError:
            logger.exception("the keeper in this process has ended")

    def _work(self) -> None:
        while (envelope := self._waiting.get()) is not None:
            try:
                run(self._extension, envelope)
            except Exception:  # a job's trouble is its own; the next one is run
                logger.exception("job %s could not be run in this process", envelope.job_id)


class _Eager:
    """The keeper's publisher: hands messages over to this process's threads."""

    def __init__(self, put: Callable[[Envelope], object]) -> None:
        self._put = put
        self.last_error = ""

    def publish_batch(self, envelopes: Sequence[Envelope], timeout: float = 10.0) -> list[PublishOutcome]:
        """Take all of them."""
        for envelope in envelopes:
            self._put(envelope)
        return [CONFIRMED] * len(envelopes)

    def probe(self, timeout: float = 2.0) -> bool:
        """It is always there."""
        return True

    def close(self) -> None:
        """There is nothing to close."""


def run(extension: Any, envelope: Envelope) -> None:
    """Run a message as a pool's child does: begin, handler, finish are those of any worker."""
    from celery.app.trace import trace_task_ret
    from kombu.compression import decompress

    app = extension.app
    name = envelope.headers["task"]
    delivery = Delivery(envelope.job_id, envelope.generation, new_delivery_id())
    if name not in app.tasks:
        logger.warning(
            "job %s waits: no handler %r is known in this process. Is its module imported? A handler that was renamed "
            "takes its old name as aliases=(%r,). After %g s the job is a dead letter (durable_jobs_unknown_grace)",
            envelope.job_id, name, name, extension.settings.unknown_grace,
        )  # fmt: skip
        extension.store.send(Settle(delivery, reason=f"unknown handler {name}", unknown_handler=True))
        return
    packed = envelope.headers.get("compression")
    request = {
        **envelope.headers,
        "reply_to": envelope.properties.get("reply_to"),
        "correlation_id": envelope.properties.get("correlation_id"),
        "properties": envelope.properties,
        "delivery_info": {
            "exchange": envelope.exchange,
            "routing_key": envelope.routing_key,
            "priority": envelope.route.priority,
            "redelivered": False,
        },
        DELIVERY: delivery.delivery_id,
    }
    try:
        body = decompress(envelope.body, packed) if packed else envelope.body  # type: ignore[no-untyped-call]
        trace_task_ret(name, envelope.job_id, request, body, envelope.content_type, envelope.content_encoding, app=app)
    except Exception as error:
        # Only what can't be decoded comes out here; Celery's tracer keeps the rest.
        extension.store.send(Bury(envelope.job_id, envelope.generation, f"{type(error).__name__}: {error}"))
