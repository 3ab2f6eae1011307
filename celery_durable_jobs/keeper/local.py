"""A keeper and an eager worker inside this process: for ``memory://``, whose jobs no other process can see.

The keeper is the ordinary one. In place of a broker, threads run the handlers right here, through Celery's own tracer,
so that begin, finish, retries, results and signals are what they are in a worker.
"""

from __future__ import annotations

import atexit
import os
import queue
import secrets
import threading
from collections.abc import Iterable
from typing import Any

from celery.app.trace import build_tracer
from kombu import compression, serialization

from celery_durable_jobs._current import Extension
from celery_durable_jobs.keeper.keeper import Keeper
from celery_durable_jobs.messages.envelope import Envelope
from celery_durable_jobs.messages.publish import CONFIRMED, PublishOutcome
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Delivery, Settle

logger = get_logger("keeper")

_load: Any = serialization.loads
_decompress: Any = compression.decompress

THREADS = 4
"""So many handlers run at once."""


class LocalRunner:
    """Takes messages as a publisher does, and runs them in daemon threads of this process."""

    def __init__(self, app: Any, extension: Extension, *, threads: int = THREADS) -> None:
        self._app = app
        self._extension = extension
        self._messages: queue.SimpleQueue[Envelope | None] = queue.SimpleQueue()
        self._threads = threads
        self._started = False
        self._tracing = threading.Lock()
        self.last_error = ""

    def publish_batch(self, envelopes: Iterable[Envelope], timeout: float = 10.0) -> list[PublishOutcome]:
        """Queue them; each is confirmed."""
        if not self._started:
            self._started = True
            for number in range(self._threads):
                threading.Thread(target=self._work, name=f"durable-job-{number}", daemon=True).start()
        batch = list(envelopes)
        for envelope in batch:
            self._messages.put(envelope)
        return [CONFIRMED] * len(batch)

    def probe(self, timeout: float = 2.0) -> bool:
        """Always there."""
        return True

    def close(self) -> None:
        """Let idle threads end; what runs goes on."""
        for _ in range(self._threads if self._started else 0):
            self._messages.put(None)

    def _work(self) -> None:
        while (envelope := self._messages.get()) is not None:
            try:
                self._run(envelope)
            except Exception:
                logger.exception("job %s could not be run", envelope.job_id)

    def _run(self, envelope: Envelope) -> None:
        task = self._app.tasks.get(envelope.headers["task"])
        if task is None:
            delivery = Delivery(envelope.job_id, envelope.generation, secrets.token_hex(8))
            reason = f"no handler {envelope.headers['task']!r} is known in this process"
            logger.warning("job %s is put back: %s", envelope.job_id, reason)
            self._extension.store.send(Settle(delivery, reason=reason, unknown_handler=True))
            return
        with self._tracing:
            if task.__trace__ is None:
                task.__trace__ = build_tracer(task.name, task, self._app.loader, "memory", app=self._app)
        args, kwargs, embed = _arguments(envelope)
        request = {
            **envelope.headers,
            **(embed or {}),
            "correlation_id": envelope.job_id,
            "hostname": "memory",
            "delivery_info": {
                "exchange": envelope.exchange,
                "routing_key": envelope.routing_key,
                "priority": envelope.route.priority,
                "redelivered": False,
            },
        }
        task.__trace__(envelope.job_id, args, kwargs, request)


def _arguments(envelope: Envelope) -> Any:
    body: Any = envelope.body
    if envelope.headers.get("compression"):
        body = _decompress(body, envelope.headers["compression"])
    accept = {envelope.content_type}  # it was encoded by this very process
    return _load(body, envelope.content_type, envelope.content_encoding, accept=accept)


_lock = threading.Lock()
_running: dict[tuple[int, str], Keeper] = {}


def keep_locally(app: Any, extension: Extension) -> Keeper:
    """The keeper of this process for the app's namespace, started at the first call; after a fork a new one."""
    place = (os.getpid(), extension.settings.namespace)
    with _lock:
        keeper = _running.get(place)
        if keeper is None:
            runner = LocalRunner(app, extension)
            keeper = _running[place] = Keeper(app, extension, hostname=f"memory@{os.getpid()}", publisher=runner)
            thread = threading.Thread(target=keeper.run, name="durable-shards", daemon=True)
            thread.start()
            atexit.register(keeper.stop)
        return keeper


def stop_locally() -> None:
    """Stop what ``keep_locally`` has started (for tests); the next call starts anew."""
    with _lock:
        keepers = list(_running.values())
        _running.clear()
    for keeper in keepers:
        keeper.stop()


def _after_fork() -> None:
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_after_fork)
