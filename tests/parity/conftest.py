"""A stage for the rows to share, on each store in turn; and stages of their own for those that need one."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from celery_durable_jobs import durable_jobs
from tests.parity.staging import MEMORY, REDIS, Stage, staged

if TYPE_CHECKING:
    from tests.support.servers import Server

LAST = "test_p10_so_does_what_ran_and_what_was_on_the_queue"
"""Waits for what takes 20 s by design: other rows pass the time."""


@pytest.fixture(scope="session", params=[REDIS, MEMORY])
def kind(request: pytest.FixtureRequest) -> str:
    """The store: ``redis`` with a keeper and workers as processes, ``memory`` with all in this process."""
    return str(request.param)


@pytest.fixture(scope="session")
def _server_of_kind(kind: str, request: pytest.FixtureRequest) -> Server | None:
    server: Server | None = request.getfixturevalue("server") if kind == "redis" else None
    return server


@pytest.fixture(scope="session")
def shared_stage(
    kind: str, _server_of_kind: Server | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """The stage that the rows share: one keeper, one worker with four places."""
    with staged(kind, tmp_path_factory.mktemp(f"parity-{kind}"), _server_of_kind) as stage:
        yield stage


@pytest.fixture
def stage(shared_stage: Stage) -> Iterator[Stage]:
    """The shared stage, with nothing on it but what this row puts there."""
    shared_stage.begin()
    yield shared_stage
    durable_jobs.find().cancel()


@pytest.fixture
def make_stage(kind: str, _server_of_kind: Server | None, tmp_path: Path) -> Iterator[Callable[..., Stage]]:
    """``make_stage(concurrency=1, keepers=2, max_backlog=16)``: a stage of the row's own; see ``staged``."""
    with contextlib.ExitStack() as stack:

        def make(*, server: Server | None = None, **options: Any) -> Stage:
            folder = tmp_path / f"stage-{secrets.token_hex(3)}"
            return stack.enter_context(staged(kind, folder, server or _server_of_kind, **options))

        yield make


def kind_of(item: pytest.Item) -> str:
    """The store of a row; empty for other tests."""
    parameters = item.callspec.params if hasattr(item, "callspec") and "/parity/" in item.nodeid else {}
    return str(parameters.get("kind", ""))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put one row at the end of those that run on the same store."""
    for item in [item for item in items if getattr(item, "originalname", None) == LAST]:
        items.remove(item)
        rows = [place for place, other in enumerate(items) if kind_of(other) == "redis"]
        items.insert(rows[-1] + 1 if rows else len(items), item)


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A failed row shows the logs of its stage."""
    outcome: Any = yield
    report = outcome.get_result()
    stage = getattr(item, "funcargs", {}).get("shared_stage")
    if report.failed and isinstance(stage, Stage) and stage.processes.started:
        report.sections.append(("processes of the stage", stage.processes.logs()))
