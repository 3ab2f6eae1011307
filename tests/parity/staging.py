"""A stage: an app with everything that its jobs need, on one of the stores, as a row sees it."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from celery_durable_jobs import DurableJob, DurableJobs, JobState, durable_jobs, schedule_job
from celery_durable_jobs._current import extension_of
from celery_durable_jobs.messages.envelope import build_envelope
from celery_durable_jobs.messages.publish import Publisher
from celery_durable_jobs.steps import Get
from tests.support.processes import ChildProcess, ProcessGroup
from tests.support.servers import Server
from tests.support.site import Site, app_module
from tests.support.waiting import wait_until
from tests.support.workers import KEEPER_READY, WORKER_READY, keeper_arguments, worker_arguments

APP = "tests.apps.parity_jobs"
LIVELY = {"durable_jobs_lease_ttl": 2, "durable_jobs_shard_duration": 1}
"""What all stages are set to: windows of a second, so that the rows cross some. Looks come each second, as always."""

REDIS, MEMORY = (pytest.param(kind, marks=pytest.mark.xdist_group(f"parity {kind}")) for kind in ("redis", "memory"))
"""The stores. With xdist all rows of one are run by one process, which has one stage for them."""

redis_only = pytest.mark.parametrize("kind", [REDIS], indirect=True, scope="session")
memory_only = pytest.mark.parametrize("kind", [MEMORY], indirect=True, scope="session")

Event = dict[str, Any]


class Events:
    """What handlers left, read as it grows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._offset = 0
        self._events: list[Event] = []
        self._start = 0

    def read(self) -> list[Event]:
        """All since :meth:`begin`."""
        if self.path.exists():
            with self.path.open("rb") as file:
                file.seek(self._offset)
                data = file.read()
            whole = data[: data.rfind(b"\n") + 1]
            self._offset += len(whole)
            self._events += [json.loads(line) for line in whole.splitlines()]
        return self._events[self._start :]

    def begin(self) -> None:
        """Forget what was before."""
        self._start += len(self.read())


class Stage:
    """An app, its processes, and what its handlers left.

    :param kind: ``redis`` (keeper and prefork worker are processes) or ``memory`` (all in this process).
    :param concurrency: so many handlers run at once.
    """

    def __init__(
        self, kind: str, module: ModuleType, site: Site, folder: Path, processes: ProcessGroup, concurrency: int
    ) -> None:
        self.kind = kind
        self.module = module
        self.site = site
        self.folder = folder
        self.processes = processes
        self.concurrency = concurrency
        self.trace = Events(Path(site.extra["TEST_TRACE"]))
        self.keepers: list[ChildProcess] = []
        self.workers: list[ChildProcess] = []

    @property
    def app(self) -> Any:
        """The Celery app, in this process."""
        return self.module.app

    @property
    def extension(self) -> DurableJobs:
        """Its extension, in this process."""
        extension = extension_of(self.app)
        assert isinstance(extension, DurableJobs)
        return extension

    def begin(self) -> None:
        """A row begins: this stage's app is the current one, and what was left before is forgotten."""
        self.app.set_current()
        self.trace.begin()

    # -- jobs -----------------------------------------------------------------------------------------------

    def job(self, handler: str, *args: Any, **options: Any) -> DurableJob:
        """Schedule a handler of the app; now, unless told otherwise."""
        if "eta" not in options:
            options.setdefault("countdown", 0)
        return schedule_job.apply(getattr(self.module, handler), args=args, **options)

    def state(self, job: DurableJob) -> JobState:
        """Where a job stands."""
        return self.look(job).state

    def look(self, job: DurableJob) -> DurableJob:
        """The job as it is now."""
        now = job.refresh()
        assert now is not None, job
        return now

    def wait_state(self, job: DurableJob, *states: JobState, timeout: float = 20.0) -> DurableJob:
        """Wait until it is in one of these states; answers it then."""
        return self.wait_job(job, lambda now: now.state in states, timeout, f"in {[str(each) for each in states]}")

    def wait_job(
        self, job: DurableJob, want: Callable[[DurableJob], object], timeout: float = 20.0, what: str = "as wanted"
    ) -> DurableJob:
        """Wait until ``want`` holds of it; answers it then."""

        def look() -> DurableJob | None:
            now = self.look(job)
            return now if want(now) else None

        found = wait_until(look, timeout, lambda: f"{what}: {self.look(job)}\n{self.events(id=job.id)}")
        assert found is not None
        return found

    def ended(self, *jobs: DurableJob, timeout: float = 30.0) -> list[JobState]:
        """Wait until all have ended; how they did."""
        return [job.join(timeout=timeout) for job in jobs]

    def deliver(self, job: DurableJob, copies: int = 1) -> None:
        """Put further copies of a sent job's message onto its queue, as a broker does that delivers twice."""
        record = self.extension.store.send(Get(job.id))
        assert record is not None
        envelope = build_envelope(self.app, record, self.extension.settings.namespace)
        if self.kind == "memory":
            local = self.extension._local
            assert local is not None
            for _ in range(copies):
                local._waiting.put(envelope)
            return
        publisher = Publisher(self.app)
        publisher.publish_batch([envelope] * copies)
        publisher.close()

    # -- what handlers left ---------------------------------------------------------------------------------

    def events(self, what: str | None = None, **fields: Any) -> list[Event]:
        """Those of a kind and with these fields, in the order in which they were left."""
        return [
            event
            for event in self.trace.read()
            if (what is None or event["what"] == what) and all(event.get(key) == value for key, value in fields.items())
        ]

    def wait(self, what: str, count: int = 1, timeout: float = 20.0, **fields: Any) -> list[Event]:
        """Wait until there are so many."""

        def look() -> list[Event]:
            events = self.events(what, **fields)
            return events if len(events) >= count else []

        return wait_until(look, timeout, lambda: f"{count} × {what!r} {fields}: {self.events()}")

    # -- places ---------------------------------------------------------------------------------------------

    def gate(self) -> Path:
        """A file that doesn't exist yet."""
        return self.folder / f"gate-{secrets.token_hex(4)}"

    @contextlib.contextmanager
    def busy(self, leave: int = 0) -> Iterator[None]:
        """All places but ``leave`` are taken meanwhile: what is sent stays on the queue, or is run one by one."""
        gate = self.gate()
        holders = [self.job("holds", str(gate), name="busy") for _ in range(self.concurrency - leave)]
        for holder in holders:
            self.wait("holds", id=holder.id)
        try:
            yield
        finally:
            gate.touch()
            self.ended(*holders)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """The queue is paused meanwhile."""
        assert durable_jobs.pause(self.site.queue)
        try:
            yield
        finally:
            durable_jobs.resume(self.site.queue)

    # -- processes ------------------------------------------------------------------------------------------

    def start_keeper(self, hostname: str = "", **arguments: Any) -> ChildProcess:
        """Start a keeper; see :meth:`ready`."""
        command = keeper_arguments(hostname=hostname or f"k{len(self.keepers) + 1}@here", **arguments)
        self.keepers.append(self.processes.celery(APP, *command, name="keeper", env=self.site.variables()))
        return self.keepers[-1]

    def start_worker(self, concurrency: int | None = None, **arguments: Any) -> ChildProcess:
        """Start a prefork worker on the app's queues; see :meth:`ready`."""
        queues = arguments.pop("queues", [self.site.queue, f"{self.site.queue}-second"])
        command = worker_arguments(concurrency=concurrency or self.concurrency, queues=queues, **arguments)
        self.workers.append(self.processes.celery(APP, *command, name="worker", env=self.site.variables()))
        return self.workers[-1]

    def ready(self) -> None:
        """Wait until all keepers and workers that run are ready."""
        for keeper in self.keepers:
            if keeper.running:
                keeper.wait_for_log(KEEPER_READY, 30)
        for worker in self.workers:
            if worker.running:
                worker.wait_for_log(WORKER_READY, 30)


@contextlib.contextmanager
def staged(
    kind: str,
    folder: Path,
    server: Server | None,
    *,
    concurrency: int = 4,
    keepers: int = 1,
    workers: int = 1,
    store_url: str | None = None,
    **settings: Any,
) -> Iterator[Stage]:
    """A stage of its own; at the end nothing of it is left.

    :param settings: of the app; ``durable_jobs_`` may be left out.
    :param store_url: another store than the broker's database.
    """
    celerys = ("worker_", "task_")
    named = {name if name.startswith(celerys) else f"durable_jobs_{name}": value for name, value in settings.items()}
    folder.mkdir(parents=True, exist_ok=True)
    namespace = f"p{secrets.token_hex(5)}"
    extra = {
        "TEST_TRACE": str(folder / "trace"),
        "TEST_SETTINGS": json.dumps({**LIVELY, "worker_concurrency": concurrency, **named}),
    }
    processes = ProcessGroup(folder / "logs")
    with contextlib.ExitStack() as stack:
        stack.callback(processes.close)
        if kind == "memory":
            site = Site("memory://", "memory://", namespace, result_backend="cache+memory://", extra=extra)
        else:
            assert server is not None
            number = server.next_database()
            url = server.url(number)
            stack.callback(_flush, server, number)
            site = Site(url, store_url or url, namespace, result_backend=url, extra=extra)
        module = stack.enter_context(app_module(APP, site))
        stage = Stage(kind, module, site, folder, processes, concurrency)
        stack.callback(lambda: stage.extension.close())
        if kind == "redis":
            for _ in range(keepers):
                stage.start_keeper()
            for _ in range(workers):
                stage.start_worker()
            stage.ready()
        yield stage


def _flush(server: Server, number: int) -> None:
    if server.process.running:
        with server.client(number) as client:
            client.flushdb()
