"""The machine's RabbitMQ, with a virtual host of our own where one can be made."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import subprocess
from collections.abc import Iterator

from tests.support.services import RABBITMQ_HOST, RABBITMQ_PORT, require_service

USER = "guest"


def _ctl(*arguments: str) -> bool:
    program = shutil.which("rabbitmqctl")
    if program is None:
        return False
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run([program, "-q", *arguments], capture_output=True, timeout=60, check=False)
        return done.returncode == 0
    return False


@contextlib.contextmanager
def rabbitmq_vhost() -> Iterator[str]:
    """Yield the broker URL of a new virtual host, dropped with all that is in it at the end.

    Where none can be made (no ``rabbitmqctl``, no rights) it is the default host: use queue names of your own there.
    Skips, or fails where services are required, when no RabbitMQ answers.
    """
    require_service("rabbitmq")
    name = f"durable-jobs-{secrets.token_hex(4)}"
    own = _ctl("add_vhost", name) and _ctl("set_permissions", "-p", name, USER, ".*", ".*", ".*")
    base = f"amqp://{USER}:{USER}@{RABBITMQ_HOST}:{RABBITMQ_PORT}/"
    try:
        yield f"{base}{name if own else '/'}"
    finally:
        if own:
            _ctl("delete_vhost", name)
