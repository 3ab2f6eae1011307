"""What has to be known of the server: its version, told by ``INFO``."""

from __future__ import annotations

from dataclasses import replace

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.errors import ConfigurationError
from celery_durable_jobs.stores.redis.scripts import Form

OLDEST = (6, 2)


@dataclass(frozen=True, slots=True)
class Server:
    """``version``: of Redis, or the one that a Valkey is compatible with. ``known``: it told."""

    version: tuple[int, ...] = (7, 0)
    known: bool = False
    form: Form = Form.FUNCTIONS
    """How it gets the steps."""
    valkey: bool = False

    @classmethod
    def of_info(cls, info: bytes | Exception) -> Server:
        """From the text of ``INFO server``; where that is forbidden, a Redis 7 is assumed.

        :raises ConfigurationError: the server is too old.
        """
        if isinstance(info, Exception):
            return cls()
        for line in info.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name == b"redis_version":
                version = tuple(int(part) for part in value.split(b".") if part.isdigit())
                if version < OLDEST:
                    raise ConfigurationError(
                        f"durable_jobs_store is a Redis {value.decode()}; 6.2 or newer is needed (or a Valkey)"
                    )
                form = Form.FUNCTIONS if version >= (7,) else Form.PLAIN
                return cls(version, True, form, b"valkey_version:" in info)
        return cls()

    @property
    def waits_for_everysec(self) -> bool:
        """Whether ``WAITAOF`` tells the truth under ``appendfsync everysec``: Redis does from 8.0 on (its pull request
        13793), Valkey doesn't yet (seen with 9.1).
        """
        return self.known and not self.valkey and self.version >= (8,)

    def without_flags(self) -> Server:
        """The same, of a server that stumbled over the ``#!lua`` line."""
        return replace(self, form=Form.PLAIN)

    def without_functions(self) -> Server:
        """The same, of a server that has no functions for us; others stay what they are."""
        return replace(self, form=Form.FLAGGED) if self.form is Form.FUNCTIONS else self
