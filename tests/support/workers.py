"""Workers and keepers as child processes, started as cheaply as Celery allows."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from tests.support.processes import ChildProcess, ProcessGroup

WORKER_READY = r"^.*@\S+ ready\.$|\] \S+@\S+ ready\."
KEEPER_READY = r"(?i)\bready\b"
QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")
"""What a single worker doesn't need, and what makes its start slow."""


def worker_arguments(
    *,
    pool: str = "prefork",
    concurrency: int = 1,
    queues: Sequence[str] = (),
    hostname: str = "",
    loglevel: str = "INFO",
    quiet: bool = True,
    options: Sequence[str] = (),
) -> list[str]:
    """The arguments of ``celery -A app`` that make such a worker.

    :param pool: prefork, threads, solo or gevent.
    :param concurrency: children, threads or greenlets; a solo worker has one, whatever is said.
    :param queues: the app's default queue when empty.
    :param quiet: without gossip, mingle and heartbeat.
    """
    return [
        "worker",
        *("-P", pool, "-c", str(concurrency)),
        *("-n", hostname or f"w{secrets.token_hex(4)}@localhost"),
        *("-l", loglevel),
        *(("-Q", ",".join(queues)) if queues else ()),
        *(QUIET if quiet else ()),
        *options,
    ]


def start_worker(
    group: ProcessGroup,
    app: str,
    *,
    env: Mapping[str, str | None],
    name: str = "worker",
    ready: bool = True,
    **arguments: object,
) -> ChildProcess:
    """Start a worker in a process group, and wait until it consumes (unless ``ready`` is False).

    :param arguments: those of :func:`worker_arguments`.
    """
    worker = group.celery(app, *worker_arguments(**arguments), name=name, env=env)  # type: ignore[arg-type]
    if ready:
        worker.wait_for_log(WORKER_READY, 30)
    return worker


def start_keeper(
    group: ProcessGroup,
    app: str,
    *,
    env: Mapping[str, str | None],
    name: str = "keeper",
    hostname: str = "",
    loglevel: str = "INFO",
    options: Sequence[str] = (),
    ready: bool | str = True,
) -> ChildProcess:
    """Start a keeper (``celery -A app durable-shards``) in a process group.

    :param ready: wait for this pattern in its log; True: for :data:`KEEPER_READY`; False: don't wait.
    """
    keeper = group.celery(
        app, *keeper_arguments(hostname=hostname, loglevel=loglevel, options=options), name=name, env=env
    )
    if ready:
        keeper.wait_for_log(KEEPER_READY if ready is True else ready, 30)
    return keeper


def keeper_arguments(*, hostname: str = "", loglevel: str = "INFO", options: Sequence[str] = ()) -> list[str]:
    """The arguments of ``celery -A app`` that make a keeper."""
    return ["durable-shards", "--loglevel", loglevel, *(("--hostname", hostname) if hostname else ()), *options]
