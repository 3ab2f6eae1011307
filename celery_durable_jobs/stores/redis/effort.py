"""How long a call is tried, and what became of each of its parts. Pure: the two connections do the rest."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from celery_durable_jobs.errors import StoreBrokenError, StoreError, StoreFullError, StoreUnavailableError
from celery_durable_jobs.stores.redis.wire import Wire

_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5

_SHARE = 0.4
"""One try gets this part of the time, so that a dead connection leaves room for another try."""

_NOT_NOW = ("LOADING", "BUSY ", "READONLY", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN", "NOREPLICAS", "MISCONF")
"""Replies of a server that did nothing and may do it later."""

_NEVER = ("NOAUTH", "WRONGPASS", "NOPERM", "DENIED")


class Effort:
    """The time that a call has in all."""

    def __init__(self, timeout: float) -> None:
        self._end = time.monotonic() + timeout
        self._share = timeout * _SHARE
        self._tries = 0

    @property
    def left(self) -> float:
        """Seconds until it is over."""
        return self._end - time.monotonic()

    def share(self, whole: bool) -> float:
        """Seconds that this try may take; all that is left where there can't be another."""
        return max(0.001, self.left if whole else min(self.left, self._share))

    def pause(self) -> float | None:
        """Seconds to wait before the next try; None when it is over."""
        pause = min(_FIRST_PAUSE * 2.0 ** min(self._tries, 10), _LONGEST_PAUSE)
        self._tries += 1
        left = self.left
        if left <= 0.001:
            return None
        return min(pause, left / 2)


class Batch:
    """Some script calls that travel together; each ends with a reply or an error of its own in ``results``."""

    def __init__(self, wires: Sequence[Wire], where: str) -> None:
        self.wires = wires
        self.results: list[Any] = [None] * len(wires)
        self.pending = list(range(len(wires)))
        self.missing: set[str] = set()
        """Scripts that the server doesn't have."""
        self.flags_unknown = False
        """The server stumbled over the ``#!lua`` line, though its version should know it."""
        self.not_now = False
        """The server does nothing at present. After a failover its name may lead to another one: connect anew."""
        self._where = where
        self._maybe_done: set[int] = set()
        self._why: dict[int, BaseException] = {}

    @property
    def whole(self) -> bool:
        """Whether this try is the only one that some call can have."""
        return any(not self.wires[place].resendable for place in self.pending)

    def received(self, replies: Sequence[Any]) -> None:
        """What came back for the pending calls, in order; fewer when the connection was lost on the way."""
        sent, self.pending = self.pending, []
        for place, reply in zip(sent, replies, strict=False):
            if not isinstance(reply, Exception):
                self.results[place] = reply
            else:
                self._refused(place, str(reply), reply)
        self.pending += sent[len(replies) :]

    def _refused(self, place: int, text: str, error: Exception) -> None:
        if text.startswith("NOSCRIPT") or "No matching script" in text:
            self.missing.add(self.wires[place].script)
            self.pending.append(place)
        elif "near '#'" in text:
            self.flags_unknown = True
            self.pending.append(place)
        elif "OOM " in text:
            self.results[place] = StoreFullError(f"{self._where} is at its memory limit; nothing was stored")
        elif text.startswith(_NEVER):
            self._why[place] = error
            self.results[place] = self._unavailable(place, maybe_done=False)
        elif text.startswith(_NOT_NOW):
            self.not_now = True
            self._why[place] = error
            self.pending.append(place)
        else:
            self.results[place] = StoreBrokenError(f"{self._where} failed in {self.wires[place].script}: {text}")

    def not_loaded(self, name: str, reply: Exception) -> None:
        """The server doesn't take a script, now or ever."""
        for place in [place for place in self.pending if self.wires[place].script == name]:
            self.pending.remove(place)
            self._refused(place, str(reply), reply)

    def not_sent(self, error: Exception) -> None:
        """There was no connection."""
        for place in self.pending:
            self._why[place] = error

    def lost(self, error: Exception) -> None:
        """The connection was lost after the pending calls had been sent, in whole or in part."""
        still: list[int] = []
        for place in self.pending:
            self._why[place] = error
            self._maybe_done.add(place)
            if self.wires[place].resendable:
                still.append(place)
            else:
                self.results[place] = self._unavailable(place, maybe_done=True)
        self.pending = still

    def give_up(self) -> None:
        """No time is left."""
        for place in self.pending:
            self.results[place] = self._unavailable(place, maybe_done=place in self._maybe_done)
        self.pending = []

    def _unavailable(self, place: int, *, maybe_done: bool) -> StoreError:
        why = self._why.get(place, "no answer in time")
        fate = "may have taken effect; repeating it is safe" if maybe_done else "has not taken effect"
        if not self.wires[place].resendable and maybe_done:
            fate = "may have taken effect"
        error = StoreUnavailableError(f"{self._where} can't be reached ({why}); the call {fate}", maybe_done=maybe_done)
        error.__cause__ = why if isinstance(why, BaseException) else None
        return error
