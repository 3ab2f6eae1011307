"""Fixtures and words of the worker's tests with real processes: a site with a trace, and what is found in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from celery_durable_jobs import DurableJob, schedule_job
from celery_durable_jobs.jobs import JobState
from tests.support.processes import ChildProcess
from tests.support.site import Site
from tests.support.waiting import wait_until

APP = "tests.apps.worker_jobs"
POOLS = ("prefork", "threads", "solo", "gevent")


class Trace:
    """Reads what handlers left."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self, what: str | None = None, **fields: Any) -> list[dict[str, Any]]:
        """All lines, or those of a kind and with these fields."""
        if not self.path.exists():
            return []
        found = [json.loads(line) for line in self.path.read_text().splitlines()]
        return [
            line
            for line in found
            if (what is None or line["what"] == what) and all(line.get(key) == value for key, value in fields.items())
        ]

    def wait(self, what: str, timeout: float = 20.0, *, count: int = 1, **fields: Any) -> list[dict[str, Any]]:
        """Wait until there are so many lines of a kind."""

        def look() -> list[dict[str, Any]]:
            lines = self.lines(what, **fields)
            return lines if len(lines) >= count else []

        return wait_until(look, timeout, lambda: f"{count} × {what!r} {fields} in the trace: {self.lines()}")


class Stage:
    """An app with a keeper and workers, as one test sees it."""

    def __init__(self, module: ModuleType, site: Site, trace: Trace, folder: Path) -> None:
        self.module = module
        self.app = module.app
        self.site = site
        self.trace = trace
        self.folder = folder

    @property
    def extension(self) -> Any:
        """The app's extension in the test's process."""
        from celery_durable_jobs._current import extension_of

        return extension_of(self.app)

    def job(self, handler: str, *args: Any, **options: Any) -> DurableJob:
        """Schedule a handler of the app, now unless told otherwise."""
        options.setdefault("countdown", 0)
        return schedule_job.apply(getattr(self.module, handler), args=args, **options)

    def state(self, job: DurableJob) -> JobState:
        """Where a job stands."""
        now = job.refresh()
        assert now is not None
        return now.state

    def wait_state(self, job: DurableJob, *states: JobState, timeout: float = 20.0) -> DurableJob:
        """Wait until it is in one of these states; answers it then."""

        def look() -> DurableJob | None:
            now = job.refresh()
            return now if now is not None and now.state in states else None

        found = wait_until(look, timeout, lambda: f"{states}: {job.refresh()} {self.trace.lines()}")
        assert found is not None
        return found

    def result(self, job: DurableJob) -> Any:
        """Celery's result of it."""
        return self.app.AsyncResult(job.id)

    def file(self, name: str) -> Path:
        """A file of the test's own that doesn't exist yet."""
        return self.folder / name


@pytest.fixture
def settings() -> dict[str, Any]:
    """``durable_jobs_*`` and other settings of the app, for tests that want some."""
    return {}


@pytest.fixture
def stage(site: Site, settings: dict[str, Any], tmp_path: Path, load_app: Callable[..., ModuleType]) -> Stage:
    """The app in this process, with a trace; start its worker with ``start_worker(APP, site=stage.site)``."""
    path = tmp_path / "trace"
    here = site.replace(extra={"TEST_TRACE": str(path), "TEST_SETTINGS": json.dumps(settings), "TEST_SIGNALS": "1"})
    module = load_app(APP, here)
    return Stage(module, here, Trace(path), tmp_path)


@pytest.fixture
def keeper(stage: Stage, start_keeper: Callable[..., ChildProcess]) -> ChildProcess:
    """A keeper of the stage."""
    return start_keeper(APP, site=stage.site)


@pytest.fixture
def worker(stage: Stage, start_worker: Callable[..., ChildProcess]) -> Callable[..., ChildProcess]:
    """``worker("prefork", concurrency=2)`` starts a worker of the stage."""

    def start(pool: str = "prefork", concurrency: int = 2, **arguments: Any) -> ChildProcess:
        return start_worker(APP, pool=pool, concurrency=concurrency, site=stage.site, **arguments)

    return start


__all__ = ["APP", "POOLS", "Stage", "Trace", "keeper", "settings", "stage", "worker"]
