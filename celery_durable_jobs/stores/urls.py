"""From a store's URL to the store. Drivers are imported when their scheme is asked for."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

from celery_durable_jobs.errors import SettingError
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.stores.contract import Store

Level = str | tuple[str, int]
Opener = Callable[[str, StoreOptions, float, "Mapping[str, Any] | None", Level], Store]


def open_store(
    url: str,
    options: StoreOptions,
    *,
    timeout: float = 5.0,
    connection_options: Mapping[str, Any] | None = None,
    durability: Level = "memory",
) -> Store:
    """The store that ``url`` names. Nothing is connected yet.

    :param timeout: seconds that a call may take in all.
    :param connection_options: further arguments of the driver (TLS files, user name …).
    :param durability: what clients' requests wait for: "memory", "fsync" or ("replicas", n).
    :raises SettingError: no such store; the message names those that there are.
    """
    scheme, separator, _ = url.partition("://")
    opener = _OPENERS.get(scheme) if separator else None
    if opener is None:
        later = " (SQL stores are to come in a later version)" if scheme.partition("+")[0] in _SQL else ""
        raise SettingError(
            f"durable_jobs_store={masked(url)!r} is no store; the URL begins with one of "
            f"{', '.join(f'{each}://' for each in _OPENERS)}{later}",
            setting="durable_jobs_store",
            value=masked(url),
        )
    return opener(url, options, timeout, connection_options, durability)


def is_store_url(url: str) -> bool:
    """Whether ``open_store`` knows the URL's scheme (a broker of that URL can hold the jobs too)."""
    scheme, separator, _ = url.partition("://")
    return bool(separator) and scheme in _OPENERS


def masked(url: str) -> str:
    """The URL (or several with semicolons) with its password as ``**``, for logs and messages."""
    return ";".join(_masked(each) for each in re.split(r";(?=[\w+]+://)", url))


def _masked(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    if not separator:
        return url if "@" not in url else "**@" + url.rpartition("@")[2]
    place, question, query = rest.partition("?")
    login, at, host = place.rpartition("@")
    if at and ":" in login:
        login = login.partition(":")[0] + ":**"
    parameters = "&".join(_masked_parameter(*each.partition("=")) for each in query.split("&"))
    return f"{scheme}{separator}{login}{at}{host}{question}{parameters}"


def _masked_parameter(name: str, equals: str, value: str) -> str:
    secret = equals and name.lower().endswith(("password", "passphrase", "secret"))
    return name + equals + ("**" if secret else value)


def _redis(
    url: str, options: StoreOptions, timeout: float, connection_options: Mapping[str, Any] | None, durability: Level
) -> Store:
    from celery_durable_jobs.stores.redis.store import RedisStore

    return RedisStore(url, options, timeout=timeout, connection_options=connection_options, durability=durability)


def _cluster(
    url: str, options: StoreOptions, timeout: float, connection_options: Mapping[str, Any] | None, durability: Level
) -> Store:
    from celery_durable_jobs.stores.redis.cluster import ClusterStore

    return ClusterStore(url, options, timeout=timeout, connection_options=connection_options, durability=durability)


_memory_lock = threading.Lock()
_memory_stores: dict[tuple[int, str], Store] = {}


def _memory(
    url: str, options: StoreOptions, timeout: float, connection_options: Mapping[str, Any] | None, durability: Level
) -> Store:
    """One store a process and namespace: client, keeper and worker of the process share it."""
    from celery_durable_jobs.stores.memory.store import MemoryStore

    place = (os.getpid(), options.namespace)
    with _memory_lock:
        store = _memory_stores.get(place)
        if store is None:
            store = _memory_stores[place] = MemoryStore(options)
        return store


def forget_memory_stores() -> None:
    """Empty ``memory://``: the next ``open_store`` of each namespace begins anew (for tests)."""
    with _memory_lock:
        _memory_stores.clear()


def _after_fork() -> None:
    global _memory_lock
    _memory_lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)

_OPENERS: dict[str, Opener] = {
    "redis": _redis,
    "rediss": _redis,
    "unix": _redis,
    "valkey": _redis,
    "valkeys": _redis,
    "redis+socket": _redis,
    "valkey+socket": _redis,
    "redis+cluster": _cluster,
    "rediss+cluster": _cluster,
    "valkey+cluster": _cluster,
    "valkeys+cluster": _cluster,
    "sentinel": _redis,
    "memory": _memory,
}
_SQL = ("postgresql", "postgres", "mysql", "mariadb", "sqlite", "sqla", "db")
