"""What endangers jobs on a Redis server, as sentences to be said at start.

Settings that may not be read are passed over in silence: a managed server often forbids ``CONFIG``.
"""

from __future__ import annotations

import time
from typing import Any

from celery_durable_jobs.stores.redis.connection import Connections
from celery_durable_jobs.stores.redis.replies import Reply, Trouble, is_reply
from celery_durable_jobs.stores.redis.wire import command


def hazards(connections: Connections, timeout: float) -> list[str]:
    """The sentences; none where all is well, or where the server can't be reached (its first call will say so)."""
    try:
        connection = connections.connect(timeout)
    except Trouble:
        return []
    try:
        return [
            *_eviction(connection, timeout),
            *_persistence(connection, timeout),
            *_replicas(connection, timeout, connections.durability.replicas),
        ]
    except Trouble:
        return []
    finally:
        connection.disconnect()


def _eviction(connection: Any, timeout: float) -> list[str]:
    policy = _setting(connection, timeout, "maxmemory-policy")
    if policy in (None, "noeviction"):
        return []
    return [
        f"The store's maxmemory-policy is {policy}: when its memory is full it throws keys away, and jobs with them. "
        "Set it to noeviction."
    ]


def _persistence(connection: Any, timeout: float) -> list[str]:
    save, appendonly = (_setting(connection, timeout, name) for name in ("save", "appendonly"))
    if appendonly != "no":
        return []
    if save == "":
        return ["The store writes nothing to disk (save is empty, appendonly is no): a restart loses all jobs."]
    return [
        f"The store writes snapshots only (save {save}, appendonly no): a crash loses all jobs since the last one. "
        "Set appendonly to yes."
    ]


def _replicas(connection: Any, timeout: float, wanted: int) -> list[str]:
    """``wanted``: so many ``durable_jobs_durability`` asks for."""
    info = _ask(connection, timeout, b"INFO", b"replication")
    if not isinstance(info, bytes):
        return []
    facts = dict(line.split(b":", 1) for line in info.split(b"\r\n") if b":" in line)
    sentences = []
    if facts.get(b"role") == b"slave":
        return ["The store is a replica: it takes no jobs. Name its primary in durable_jobs_store."]
    replicas = int(facts.get(b"connected_slaves", b"0"))
    if replicas and _setting(connection, timeout, "min-replicas-to-write") == "0":
        sentences.append(
            "The store has replicas, and min-replicas-to-write is 0: a primary that was cut off takes jobs that a "
            "failover then forgets. Set min-replicas-to-write to 1."
        )
    if wanted and replicas < wanted:
        sentences.append(
            f"durable_jobs_durability asks for {wanted} replicas, and the store has {replicas}: what clients ask for "
            "is done, and answered with StoreNotDurableError."
        )
    elif wanted and replicas > wanted:
        sentences.append(
            f"durable_jobs_durability asks for {wanted} of the store's {replicas} replicas: a failover to another one "
            f'forgets jobs that were acknowledged. Set it to ("replicas", {replicas}).'
        )
    return sentences


def _setting(connection: Any, timeout: float, name: str) -> str | None:
    reply = _ask(connection, timeout, b"CONFIG", b"GET", name.encode())
    if isinstance(reply, dict):
        reply = [part for pair in reply.items() for part in pair]
    return reply[1].decode() if isinstance(reply, list) and len(reply) == 2 else None


def _ask(connection: Any, timeout: float, *parts: bytes) -> Any:
    """The reply, or the error that the server replied."""
    until = time.monotonic() + timeout
    connection.send_packed_command([command(parts)])
    if not connection.can_read(timeout=max(0.001, until - time.monotonic())):
        raise TimeoutError("no answer in time")
    try:
        return connection.read_response()
    except Exception as error:
        if not is_reply(error):
            raise
        return Reply.of(error)
