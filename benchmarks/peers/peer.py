"""What the runner knows of a library that is measured; each tells it in ``<name>/peer.py``."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

HERE = Path(__file__).resolve().parent

NAMES = (
    "ours",
    "ours_batch",
    "celery_eta",
    "celery_redis_plus",
    "rq",
    "dramatiq",
    "huey",
    "arq",
    "saq",
    "taskiq",
    "apscheduler",
    "docket",
    "procrastinate",
    "bullmq",
)
"""The first one is what the others are compared with."""


@dataclass(frozen=True)
class Peer:
    """One library, in one configuration.

    :param title: as it stands in the table.
    :param workers: the commands that run the jobs. ``{bin}`` is the environment's folder of programs, ``{url}`` the
        server's address.
    :param source: the page of its documentation that the configuration follows.
    :param waits_in: where a job is until it is due.
    :param killed: what becomes of a job whose worker is killed, in this configuration.
    :param python: the version that its environment needs.
    :param node: it runs under Node, not Python.
    :param variables: environment variables of all its processes.
    :param setup: a command that makes an empty store for it, where that isn't the Valkey server.
    :param teardown: a command that removes it.
    :param app_of: the folder whose ``app`` it uses; its own by default.
    :param requirements: the folder whose requirements it uses; its own by default.
    """

    title: str
    workers: tuple[tuple[str, ...], ...]
    source: str
    waits_in: str
    killed: str
    python: str = "3.11"
    node: bool = False
    variables: dict[str, str] = field(default_factory=dict)
    setup: tuple[str, ...] = ()
    teardown: tuple[str, ...] = ()
    requirements: str = ""
    app_of: str = ""
    name: str = ""

    @cached_property
    def folder(self) -> Path:
        """Where its ``app`` is."""
        return HERE / (self.app_of or self.name)

    @property
    def client(self) -> tuple[str, ...]:
        """The command that runs its client."""
        return ("{bin}/node", "app.js") if self.node else ("{bin}/python", "-m", "driver")

    @property
    def requirements_file(self) -> Path:
        """What its environment holds, each version pinned."""
        return HERE / (self.requirements or self.name) / ("package.json" if self.node else "requirements.txt")


def load(name: str) -> Peer:
    """The peer of this name."""
    peer: Peer = importlib.import_module(f"benchmarks.peers.{name}.peer").PEER
    object.__setattr__(peer, "name", name)
    return peer
