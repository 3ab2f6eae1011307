"""Error replies of a server, with their code in front again: redis-py's classes take it away."""

from __future__ import annotations

from redis import exceptions

_CODES = {
    "BusyLoadingError": "LOADING",
    "NoScriptError": "NOSCRIPT",
    "ReadOnlyError": "READONLY",
    "OutOfMemoryError": "OOM",
    "TryAgainError": "TRYAGAIN",
    "MasterDownError": "MASTERDOWN",
    "ClusterDownError": "CLUSTERDOWN",
    "ClusterCrossSlotError": "CROSSSLOT",
    "MovedError": "MOVED",
    "AskError": "ASK",
    "NoPermissionError": "NOPERM",
    "AuthenticationError": "NOAUTH",
    "AuthenticationWrongNumberOfArgsError": "NOAUTH",
}

Trouble = (exceptions.RedisError, OSError)
"""What a connection may raise."""


class Reply(Exception):
    """An error reply: its text begins with the server's code."""

    @classmethod
    def of(cls, error: Exception) -> Reply:
        """The reply that redis-py made ``error`` from."""
        code = _CODES.get(type(error).__name__)
        text = str(error)
        return cls(f"{code} {text}" if code and not text.startswith(code) else text)


def is_reply(error: Exception) -> bool:
    """Whether redis-py raised what a server said, not what became of the connection."""
    return isinstance(error, (exceptions.ResponseError, exceptions.BusyLoadingError, exceptions.AuthenticationError))
