"""How long a call is tried, and what became of each of its parts. Pure: the two connections do the rest."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Sequence
from typing import Any

from celery_durable_jobs.errors import (
    StoreBrokenError,
    StoreError,
    StoreFullError,
    StoreNotDurableError,
    StoreUnavailableError,
)
from celery_durable_jobs.stores.redis.durability import Durability
from celery_durable_jobs.stores.redis.wire import Wire

_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5

SHARE = 0.4
"""One try gets this part of the time, so that a dead connection leaves room for another try."""

_NOT_NOW = ("LOADING", "BUSY ", "READONLY", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN", "NOREPLICAS", "MISCONF")
"""Replies of a server that did nothing and may do it later."""

_MOVED = ("MOVED ", "ASK ")
"""Replies of a cluster's node that has the slot no longer."""

_NO_FUNCTIONS = re.compile("['\"`]?fcall['\"`]", re.IGNORECASE)
"""In the reply of a server, or of a proxy before it, that doesn't know the command or doesn't allow it."""

_NEVER = ("NOAUTH", "WRONGPASS", "NOPERM", "DENIED")


def may_later(text: str) -> bool:
    """Whether a server that replied this may do the same later."""
    return "OOM " in text or text.startswith(_NOT_NOW)


class Effort:
    """The time that a call has in all."""

    def __init__(self, timeout: float) -> None:
        self._end = time.monotonic() + timeout
        self._share = timeout * SHARE
        self._tries = 0

    @property
    def end(self) -> float:
        """When it is over, by the monotonic clock."""
        return self._end

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
    """Some script calls that travel together; each ends with a reply or an error of its own in ``results``.

    :param durable: the places of those that wait until they are as durable as ``durability`` asks.
    """

    def __init__(
        self,
        wires: Sequence[Wire],
        where: str,
        durability: Durability = Durability(),
        durable: Collection[int] = (),
    ) -> None:
        self.wires = wires
        self.durability = durability
        self.results: list[Any] = [None] * len(wires)
        self.pending = list(range(len(wires)))
        self.missing: set[str] = set()
        """Steps that the server doesn't have."""
        self.no_functions = False
        """The server has no functions, or not for this user."""
        self.flags_unknown = False
        """The server stumbled over the ``#!lua`` line, though its version should know it."""
        self.not_now = False
        """The server does nothing at present. After a failover its name may lead to another one: connect anew."""
        self._where = where
        self._durable = frozenset(durable) if durability.waits else frozenset()
        self._unsafe: list[int] = []
        self._stored: set[int] = set()
        self._maybe_done: set[int] = set()
        self._why: dict[int, BaseException] = {}

    @property
    def fence(self) -> bytes | None:
        """Where a wait belongs behind the pending calls: the prefix of a stripe of theirs."""
        if not self._durable:
            return None
        return next((self.wires[place].keys[0] for place in self.pending if place in self._durable), None)

    @property
    def whole(self) -> bool:
        """Whether this try is the only one that some call can have."""
        return any(not self.wires[place].resendable for place in self.pending)

    def sent_before(self) -> None:
        """Its calls were sent once already, and what became of that isn't known."""
        self._maybe_done.update(self.pending)

    def unknown(self, loaded: Collection[str]) -> bool:
        """Whether steps of pending calls aren't among those that were loaded; they are ``missing`` then."""
        self.missing.update(self.wires[place].script for place in self.pending)
        self.missing.difference_update(loaded)
        return bool(self.missing)

    def received(self, replies: Sequence[Any]) -> None:
        """What came back for the pending calls, in order; fewer when the connection was lost on the way."""
        sent, self.pending = self.pending, []
        for place, reply in zip(sent, replies, strict=False):
            if not isinstance(reply, Exception):
                self.results[place] = reply
                if place in self._durable:
                    self._unsafe.append(place)
                    self._stored.add(place)
            else:
                self._refused(place, str(reply), reply)
        self.pending += sent[len(replies) :]

    def waited(self, replies: Sequence[Any]) -> None:
        """The replies to the fence and the wait behind the pending calls; none where the server has closed the
        connection. What can't be told now is done again: the calls get the same answers, and wait behind another fence.
        """
        error = next((reply for reply in replies if isinstance(reply, Exception)), None)
        if not replies:
            self.not_now = True
            self._again(Exception("the server closed the connection"))
            return
        if error is not None and str(error).startswith((*_NOT_NOW, *_MOVED, "UNBLOCKED")):
            self.not_now = True
            self._again(error)
            return
        places, self._unsafe = self._unsafe, []
        lack = str(error) if error is not None else self.durability.lacks(replies[1])
        if lack is not None:
            for place in places:
                self.results[place] = self._not_durable(lack)

    def _again(self, error: BaseException) -> None:
        places, self._unsafe = self._unsafe, []
        for place in places:
            self._why[place] = error
            self._maybe_done.add(place)
            self.results[place] = None
        self.pending = sorted({*self.pending, *places})

    def _refused(self, place: int, text: str, error: Exception) -> None:
        if text.startswith("NOSCRIPT") or "No matching script" in text or "Function not found" in text:
            self.missing.add(self.wires[place].script)
            self.pending.append(place)
        elif _NO_FUNCTIONS.search(text):
            self.no_functions = True
            self.pending.append(place)
        elif "near '#'" in text:
            self.flags_unknown = True
            self.pending.append(place)
        elif "OOM " in text and place not in self._maybe_done:
            self.results[place] = StoreFullError(f"{self._where} is at its memory limit; nothing was stored")
        elif "OOM " in text or text.startswith(_NEVER):
            # Refused for sure, this time; of a try whose reply was lost that says nothing.
            self._why[place] = error
            self.results[place] = self._unavailable(place, maybe_done=place in self._maybe_done)
        elif text.startswith(_NOT_NOW):
            self.not_now = True
            self._why[place] = error
            self.pending.append(place)
        elif text.startswith(_MOVED):
            self.results[place] = StoreBrokenError(
                f"{self._where} is a node of a cluster: begin durable_jobs_store with redis+cluster:// "
                "(rediss+cluster:// with TLS)"
            )
        else:
            self.results[place] = StoreBrokenError(f"{self._where} failed in {self.wires[place].script}: {text}")

    def not_loaded(self, name: str, reply: Exception) -> None:
        """The server doesn't take a script, now or ever."""
        for place in [place for place in self.pending if self.wires[place].script == name]:
            self.pending.remove(place)
            self._refused(place, str(reply), reply)

    def not_sent(self, error: Exception) -> None:
        """There was no connection. What was said before says more than that the time was over."""
        for place in self.pending:
            if place not in self._why or type(error).__name__ != "TimeoutError":
                self._why[place] = error

    def lost(self, error: Exception) -> None:
        """The connection was lost after the pending calls had been sent, in whole or in part."""
        self._again(error)
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
        if place in self._stored:
            return self._not_durable(str(why))
        fate = "may have taken effect; repeating it is safe" if maybe_done else "has not taken effect"
        if not self.wires[place].resendable and maybe_done:
            fate = "may have taken effect"
        error = StoreUnavailableError(f"{self._where} can't be reached ({why}); the call {fate}", maybe_done=maybe_done)
        error.__cause__ = why if isinstance(why, BaseException) else None
        return error

    def _not_durable(self, lack: str) -> StoreError:
        return StoreNotDurableError(
            f"{self._where} has done it, and not yet as durably as durable_jobs_durability asks ({lack}); "
            "repeating it is safe, and waits again"
        )
