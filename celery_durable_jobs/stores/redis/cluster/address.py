"""A cluster's URL: the nodes to ask first, and how to log in to any node."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from celery_durable_jobs.errors import SettingError
from celery_durable_jobs.stores.redis.address import Address
from celery_durable_jobs.stores.urls import masked

SCHEMES = {
    "redis+cluster": "redis",
    "rediss+cluster": "rediss",
    "valkey+cluster": "valkey",
    "valkeys+cluster": "valkeys",
}


class Place(NamedTuple):
    """Where a node listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class ClusterAddress:
    """``redis+cluster://user:secret@host:port,host2:port2?option=…``; with ``rediss+cluster://`` by TLS.

    ``seeds``: the nodes that the URL names. ``where``: for messages.

    :raises SettingError: it is no such URL.
    """

    def __init__(self, url: str, options: Mapping[str, Any] | None = None) -> None:
        parts = urlsplit(url)
        scheme = SCHEMES.get(parts.scheme)
        if scheme is None:
            raise SettingError(
                f"durable_jobs_store is no URL of a cluster: {masked(url)}; it begins with one of "
                + ", ".join(f"{each}://" for each in SCHEMES),
                setting="durable_jobs_store",
            )
        login, at, hosts = parts.netloc.rpartition("@")
        query = f"?{parts.query}" if parts.query else ""
        addresses = [
            Address(f"{scheme}://{login}{at}{host.strip()}{parts.path}{query}", options) for host in hosts.split(",")
        ]
        self._any = addresses[0]
        if int(self._any.arguments.get("db") or 0):
            raise SettingError(
                f"durable_jobs_store is a cluster, which has database 0 alone: {masked(url)}; "
                "durable_jobs_namespace parts what shares it",
                setting="durable_jobs_store",
            )
        self._any.arguments.pop("db", None)
        self.seeds = tuple(dict.fromkeys(_place(each) for each in addresses))
        self.where = f"the store on the cluster of {', '.join(map(str, self.seeds))}"

    def at(self, place: Place) -> Address:
        """The address of one node."""
        node = copy.copy(self._any)
        node.arguments = {**self._any.arguments, "host": place.host, "port": place.port}
        node.where = f"the store's node {place}"
        return node


def _place(address: Address) -> Place:
    return Place(address.arguments.get("host") or "localhost", int(address.arguments.get("port") or 6379))
