"""Job ids: made by the client, sortable, and naming the stripe and shard they belong to.

An id has 30 characters: version (1), stripe (2), window (6), time in µs (9), a counter (1), 64 random bits (11),
all in an alphabet whose order is the order of its bytes. So ids of one shard rise with the order of scheduling within
a process, which gives first-in-first-out among equal due times. ``shard_id`` is characters 1 to 8 (from 0).

The last 21 are the *seed*. It is drawn when a request is made; the id is a function of the seed and of what the request
says, so that the same request, sent again, has the same id.
"""

from __future__ import annotations

import os
import threading
import time
import zlib
from functools import lru_cache

from celery_durable_jobs._dataclasses import dataclass

ALPHABET = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
VERSION = "1"
LENGTH = 30
SEED_LENGTH = 21
MAX_STRIPES = 1_024
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_CHARS = frozenset(ALPHABET)
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
_PAIR_VALUES = {pair: value for value, pair in enumerate(_PAIRS)}


@dataclass(frozen=True, slots=True)
class JobId:
    """The parts of an id that a store needs."""

    text: str
    stripe: int
    shard_id: str


def encode(number: int, length: int) -> str:
    """``number`` in ``length`` characters of the alphabet; it must fit."""
    if not 0 <= number < 1 << 6 * length:
        raise OverflowError("the number doesn't fit")
    pairs = [_PAIRS[number >> shift & 0xFFF] for shift in range(6 * (length - length % 2) - 12, -1, -12)]
    first = ALPHABET[number >> 6 * length - 6] if length % 2 else ""
    return first + "".join(pairs)


def decode(text: str) -> int:
    """The inverse of ``encode``; KeyError for a character outside the alphabet."""
    number, at = 0, len(text) % 2
    if at:
        number = _VALUES[text[0]]
    for place in range(at, len(text), 2):
        number = number << 12 | _PAIR_VALUES[text[place : place + 2]]
    return number


def parse_job_id(text: object) -> JobId:
    """The parts of a job id; ValueError says what is wrong with anything else."""
    if not isinstance(text, str):
        raise ValueError(f"a job is named by its id, a string, or by key=; not by {type(text).__name__}")
    if len(text) != LENGTH or text[0] != VERSION:
        raise ValueError(f"no job id of this library: {text[:60]!r}")
    if not _CHARS.issuperset(text):
        raise ValueError(f"no job id of this library: {text[:60]!r}")
    return JobId(text, decode(text[1:3]), text[1:9])


def stripe_of_shard(shard_id: str) -> int:
    """The stripe that a shard belongs to."""
    return decode(shard_id[:2])


def stripe_of_label(label: str, stripes: int) -> int:
    """The stripe of a target or key: the same in every process and version."""
    return zlib.crc32(label.encode("utf-8", "surrogatepass")) % stripes


def job_id_of(
    seed: str, *, due_us: int, shard_duration_us: int, stripes: int, target: str | None, key: str | None
) -> str:
    """The id of the job that was drawn as ``seed`` and is due at about ``due_us``: the same whenever it is asked for.

    Its stripe comes from the target, else the key, else the seed's random bits.
    """
    label = target if target is not None else key
    if label is not None:
        stripe = stripe_of_label(label, stripes)
    else:
        stripe = (decode(seed[10:]) >> 7) % stripes if stripes > 1 else 0
    return _start_of(stripe, max(0, due_us) // shard_duration_us) + seed


@lru_cache(1_024)
def _start_of(stripe: int, window: int) -> str:
    """What the ids of a shard begin with."""
    return f"{VERSION}{encode(stripe, 2)}{encode(window % 64**6, 6)}"


def seed_time_us(seed: str) -> int:
    """When the seed was drawn, in µs of that process's clock (a little later where many were drawn at once)."""
    pairs = _PAIR_VALUES
    return _span_of(seed[:5]) << 24 | pairs[seed[5:7]] << 12 | pairs[seed[7:9]]


def is_seed(text: object) -> bool:
    """Whether ``text`` can be a seed."""
    return isinstance(text, str) and len(text) == SEED_LENGTH and _CHARS.issuperset(text)


class JobIds:
    """Draws seeds and makes ids; one a process, safe in threads, renewed after a fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pid = 0
        self._last_us = 0
        self._count = 0
        self._start(os.getpid())

    def _start(self, pid: int) -> None:
        self._pid = pid
        self._random = int.from_bytes(os.urandom(8), "big")

    def seed(self) -> str:
        """What is particular to one job: the time in µs (9 characters), a counter (1), 64 random bits (11).

        Seeds of a process rise in the order in which they are drawn.
        """
        with self._lock:
            pid = os.getpid()
            if pid != self._pid:
                self._start(pid)
            now = time.time_ns() // 1_000
            if now > self._last_us:
                self._last_us, self._count = now, 0
            elif self._count < 63:
                self._count += 1
            else:
                self._last_us, self._count = self._last_us + 1, 0
            stamp, count = self._last_us, self._count
            # A step of an odd constant visits all 2**64 values once: unique within the process, random between them.
            self._random = (self._random + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
            random = self._random
        # As ``encode`` would, without its loops: a seed is drawn for each request.
        pairs = _PAIRS
        return (
            f"{_stamp_of(stamp >> 24)}{pairs[stamp >> 12 & 0xFFF]}{pairs[stamp & 0xFFF]}{ALPHABET[count]}"
            f"{ALPHABET[random >> 60]}{pairs[random >> 48 & 0xFFF]}{pairs[random >> 36 & 0xFFF]}"
            f"{pairs[random >> 24 & 0xFFF]}{pairs[random >> 12 & 0xFFF]}{pairs[random & 0xFFF]}"
        )

    def new(self, *, due_us: int, shard_duration_us: int, stripes: int, target: str | None, key: str | None) -> str:
        """A new id for a job due at about ``due_us``."""
        return job_id_of(
            self.seed(), due_us=due_us, shard_duration_us=shard_duration_us, stripes=stripes, target=target, key=key
        )


@lru_cache(4)
def _stamp_of(span: int) -> str:
    """The first characters of a seed: those of the 17 s that its time lies in."""
    return encode(span, 5)


_span_of = lru_cache(64)(decode)
"""The inverse of ``_stamp_of``."""


def reset_after_fork(ids: JobIds) -> None:
    """Give ``ids`` a fresh lock and fresh random bits in a forked child (a thread may have held the lock)."""
    ids.__init__()  # type: ignore[misc]


IDS = JobIds()
"""Those of this process."""

os.register_at_fork(after_in_child=lambda: reset_after_fork(IDS))
