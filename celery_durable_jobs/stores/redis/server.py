"""What has to be known of the server: its version, told by ``INFO``."""

from __future__ import annotations

from dataclasses import dataclass

from celery_durable_jobs.errors import ConfigurationError

OLDEST = (6, 2)


@dataclass(frozen=True, slots=True)
class Server:
    """``version``: of Redis, or the one that a Valkey is compatible with. ``known``: it told."""

    version: tuple[int, ...] = (7, 0)
    known: bool = False
    flags: bool = True
    """It knows the ``#!lua`` line of scripts."""

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
                return cls(version, True, version >= (7,))
        return cls()

    def without_flags(self) -> Server:
        """The same, of a server that stumbled over the ``#!lua`` line."""
        return Server(self.version, self.known, False)
