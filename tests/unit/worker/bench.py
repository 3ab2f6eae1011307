"""A worker on a bench: real handlers, Celery's real tracer and a memory store, without a broker and a pool."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from celery import Celery
from celery.app.trace import build_tracer
from kombu.serialization import dumps, loads

from celery_durable_jobs import steps
from celery_durable_jobs.app import DurableJobs
from celery_durable_jobs.messages.envelope import build_envelope
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.stores.memory import MemoryStore
from celery_durable_jobs.testing.clock import MovedClock
from celery_durable_jobs.testing.driver import StoreDriver
from celery_durable_jobs.worker import heartbeat, shutdown


class Bench:
    """An app of its own, whose store has a clock that the test moves."""

    def __init__(self, **settings: Any) -> None:
        name = f"bench{secrets.token_hex(4)}"
        self.app = Celery(name, broker="memory://", backend="cache+memory://", set_as_current=False)
        self.app.conf.update(
            durable_jobs_store="memory://",
            timezone="UTC",
            **{f"durable_jobs_{key}": value for key, value in settings.items()},
        )
        self.clock = MovedClock()
        self.extension = DurableJobs(self.app)
        self.store = Interrupted(self.extension.settings.store_options(), clock=self.clock)
        self.extension._store = self.store
        self.jobs = StoreDriver(self.store, self.clock)
        self.steps = steps

    def handler(self, function: Any = None, **options: Any) -> Any:
        """``app.durable_job_handler`` for this app alone: no other test's app gets the handler."""
        decorate = self.app.durable_job_handler(shared=False, **options)
        return decorate if function is None else decorate(function)

    def close(self) -> None:
        """End the heart's thread and the app."""
        shutdown.prepare()
        heartbeat.heart_of(self.extension).stop()
        self.app.close()

    # -- jobs

    def add(self, handler: Any, *args: Any, due: float = 0, embed: dict[str, Any] | None = None, **fields: Any) -> str:
        """Store a job of a handler; ``kwargs`` and what an add takes by name."""
        kwargs = fields.pop("kwargs", {})
        content_type, encoding, body = dumps((args, kwargs, embed or {}), "json")
        content = Content(body.encode(), content_type, encoding)
        return self.jobs.add(due, handler=handler.name, content=content, **fields)

    def send(self, job_id: str) -> JobRecord:
        """Claim it and mark it sent; answers the record as its message carries it."""
        record = self.jobs.claim(job_id)
        self.jobs.mark_sent(record)
        return record

    def message(self, record: JobRecord, **headers: Any) -> tuple[str, str, Any, Any, dict[str, Any]]:
        """Task name, id, args, kwargs and request, as a pool child takes them from the message."""
        envelope = build_envelope(self.app, record, self.extension.settings.namespace)
        args, kwargs, embed = loads(envelope.body, envelope.content_type, envelope.content_encoding)
        request = {
            **envelope.headers,
            "args": args,
            "kwargs": kwargs,
            "hostname": "bench@here",
            "is_eager": False,
            "delivery_info": {"exchange": "", "routing_key": "celery", "priority": 0, "redelivered": False},
            "properties": envelope.properties,
            "reply_to": None,
            "correlation_id": record.id,
            **embed,
            **headers,
        }
        return envelope.headers["task"], record.id, args, kwargs, request

    def deliver(self, record: JobRecord, **headers: Any) -> Any:
        """Run the message through the handler's tracer, as a worker does; answers what its parent would be told."""
        name, uuid, args, kwargs, request = self.message(record, **headers)
        task = self.app.tasks[name]
        if task.__trace__ is None:
            task.__trace__ = build_tracer(name, task, self.app.loader, "bench@here", app=self.app)
        return task.__trace__(uuid, args, kwargs, request)

    def run(self, handler: Any, *args: Any, **fields: Any) -> SimpleNamespace:
        """Store, send and run a job once; ``.id``, ``.traced``, ``.record``, ``.result`` (Celery's)."""
        job_id = self.add(handler, *args, **fields)
        return self.again(job_id)

    def again(self, job_id: str) -> SimpleNamespace:
        """Run a waiting job once more, at its due time."""
        record = self.jobs.get(job_id)
        if record.due_us > self.clock():
            self.clock.set(record.due_us)
        traced = self.deliver(self.send(job_id))
        return SimpleNamespace(
            id=job_id, traced=traced, record=self.jobs.get(job_id), result=self.app.AsyncResult(job_id)
        )

    def waits(self, record: JobRecord) -> float:
        """Seconds until a waiting job is due."""
        assert record.state is JobState.WAITING, record
        return (record.due_us - self.clock()) / 1_000_000

    def cancel(self, job_id: str) -> Any:
        """Cancel a job."""
        return self.jobs.cancel(job_id).outcome


class Interrupted(MemoryStore):
    """A memory store that a test can take away: ``fail`` is asked for each request, and may raise."""

    fail: Callable[[Any], None] | None = None

    def send(self, request: Any, *, timeout: float | None = None) -> Any:
        if self.fail is not None:
            self.fail(request)
        self.seen.append(request)
        return super().send(request, timeout=timeout)

    @property
    def seen(self) -> list[Any]:
        """Every request that was let through."""
        return self.__dict__.setdefault("_seen", [])

    def sent(self, kind: type) -> list[Any]:
        """Those of a kind."""
        return [request for request in self.seen if isinstance(request, kind)]


__all__ = ["Bench", "Interrupted", "steps"]
