"""What a client's request waits for before it is answered, as ``durable_jobs_durability`` asks. Pure.

The wait travels behind the scripts, in their round trip: a write without a trace (``lua/fence.lua``), then ``WAITAOF``
or ``WAIT``. Each blocks its own connection alone, so that callers on other connections share one fsync, or one answer
of a replica.
"""

from __future__ import annotations

from typing import Any

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.errors import ConfigurationError
from celery_durable_jobs.stores.redis.scripts import script
from celery_durable_jobs.stores.redis.server import Server
from celery_durable_jobs.stores.redis.wire import command

SETTING = "durable_jobs_durability"

APPENDONLY = command([b"INFO", b"persistence"])
APPENDFSYNC = command([b"CONFIG", b"GET", b"appendfsync"])

_EARLIER, _EARLIER_S = 0.1, 0.1
"""The server gives up a little before the client would: its answer, "not by so many", is worth more than none."""


@dataclass(frozen=True, slots=True)
class Durability:
    """``fsync``: on the server's disk. ``replicas``: in the memory of so many. Neither: nothing is waited for."""

    fsync: bool = False
    replicas: int = 0

    @classmethod
    def of(cls, level: str | tuple[str, int]) -> Durability:
        """From the setting's value."""
        if isinstance(level, str):
            return cls(fsync=level == "fsync")
        return cls(replicas=level[1])

    @property
    def waits(self) -> bool:
        """Whether anything is waited for."""
        return self.fsync or self.replicas > 0

    def wait(self, prefix: bytes, seconds: float, server: Server) -> bytes:
        """The fence and the wait: two commands, with two replies."""
        seconds -= max(_EARLIER * seconds, min(_EARLIER_S, seconds / 2))
        milliseconds = b"%d" % max(1, int(seconds * 1000))
        fence = command([b"EVAL", script("fence", server.without_functions().form).source, b"1", prefix])
        if self.fsync:
            return fence + command([b"WAITAOF", b"1", b"0", milliseconds])
        return fence + command([b"WAIT", b"%d" % self.replicas, milliseconds])

    def lacks(self, reply: Any) -> str | None:
        """What is missing by the reply to the wait, in words; None when all is as asked."""
        if self.fsync:
            return None if isinstance(reply, list) and reply[:1] == [1] else "it is not on the server's disk yet"
        if isinstance(reply, int) and reply >= self.replicas:
            return None
        return f"{reply} of {self.replicas} replicas have it"

    def check(self, server: Server, persistence: Any, policy: Any) -> None:
        """Whether the server can do it, by its replies to ``APPENDONLY`` and ``APPENDFSYNC``.

        What may not be asked is taken to be well: a managed server often forbids ``CONFIG``.

        :raises ConfigurationError: it can't; the text says what mends it.
        """
        if server.known and server.version < (7, 2):
            version = ".".join(map(str, server.version))
            raise ConfigurationError(
                f"{SETTING} = \"fsync\" needs a Redis 7.2 or newer, or a Valkey (WAITAOF), and the store is a Redis "
                f"{version}: take a newer server, or \"memory\" with appendfsync always, or (\"replicas\", 1)"
            )  # fmt: skip
        if isinstance(persistence, bytes) and b"aof_enabled:0" in persistence:
            raise ConfigurationError(
                f"{SETTING} = \"fsync\" needs an append-only file, and the store's server has none: "
                "set appendonly yes and appendfsync always in its configuration"
            )  # fmt: skip
        appendfsync = policy[1].decode() if isinstance(policy, list) and len(policy) == 2 else "always"
        if appendfsync == "always" or (appendfsync == "everysec" and server.waits_for_everysec):
            return
        why = "never calls fsync" if appendfsync == "no" else "answers WAITAOF before its fsync"
        raise ConfigurationError(
            f"{SETTING} = \"fsync\" needs appendfsync always: with appendfsync {appendfsync} the store's server {why}"
        )  # fmt: skip
