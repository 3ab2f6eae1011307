"""A store's URL as redis-py's connection arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from redis.backoff import NoBackoff
from redis.connection import parse_url
from redis.retry import Retry

from celery_durable_jobs.errors import SettingError
from celery_durable_jobs.stores.urls import masked

_SCHEMES = {
    "redis": "redis",
    "rediss": "rediss",
    "unix": "unix",
    "valkey": "redis",
    "valkeys": "rediss",
    "redis+socket": "unix",
    "valkey+socket": "unix",
}

_OURS = (
    "connection_class",
    "decode_responses",
    "encoding",
    "encoding_errors",
    "health_check_interval",
    "max_connections",
    "protocol",
    "retry",
    "retry_on_error",
    "retry_on_timeout",
    "socket_connect_timeout",
    "socket_timeout",
)
"""Arguments that this store sets itself; given in a URL or in options they are left out."""


class Address:
    """Where a server is and how to log in: ``arguments`` for a connection of redis-py, ``where`` for messages."""

    def __init__(self, url: str, options: Mapping[str, Any] | None = None) -> None:
        try:
            arguments = parse_url(_for_redis_py(url))  # type: ignore[no-untyped-call]
        except ValueError as error:
            raise SettingError(
                f"durable_jobs_store is no URL of a Redis server: {masked(url)} ({error})", setting="durable_jobs_store"
            ) from None
        self.tls = urlsplit(url).scheme in ("rediss", "valkeys") or bool((options or {}).get("ssl"))
        self.unix = "path" in arguments
        arguments.update(options or {})
        arguments.pop("ssl", None)
        for name in _OURS:
            arguments.pop(name, None)
        requirement = arguments.get("ssl_cert_reqs")
        if isinstance(requirement, str):
            arguments["ssl_cert_reqs"] = requirement.lower().removeprefix("cert_")
        self.arguments: dict[str, Any] = {
            **arguments,
            "decode_responses": False,
            "protocol": 2,
            "health_check_interval": 0,
        }
        self.where = self._where()

    def _where(self) -> str:
        if self.unix:
            return f"the store at {self.arguments['path']}"
        host, port = self.arguments.get("host", "localhost"), self.arguments.get("port", 6379)
        return f"the store at {host}:{port}/{self.arguments.get('db', 0)}"

    def connection_arguments(self, timeout: float) -> dict[str, Any]:
        """For one connection: no retry of redis-py's own, and these timeouts in seconds."""
        own = {"retry": Retry(NoBackoff(), 0), "socket_timeout": timeout, "socket_connect_timeout": timeout}
        if self.unix:
            del own["socket_connect_timeout"]
        return {**self.arguments, **own}


def _for_redis_py(url: str) -> str:
    """Kombu's and Valkey's spellings in those of redis-py."""
    parts = urlsplit(url)
    scheme = _SCHEMES.get(parts.scheme)
    if scheme is None:
        raise ValueError(f"the scheme is none of {', '.join(_SCHEMES)}")
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    database = query.pop("virtual_host", None)
    if database is not None:
        query["db"] = database.strip("/") or "0"
    if scheme != "unix" and parts.path.strip("/") and not parts.path.strip("/").isdigit():
        raise ValueError("the part behind the host is the number of a database")
    if scheme != "unix":
        int(parts.port or 0)
    return f"{scheme}://{parts.netloc}{parts.path}" + (f"?{urlencode(query)}" if query else "")
