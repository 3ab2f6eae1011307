"""Job ids that are the same in every run of an example: made of a counter, not of the time and random bits."""

from __future__ import annotations

from celery_durable_jobs.model.identity import ALPHABET, VERSION, encode, stripe_of_label
from celery_durable_jobs.model.when import SECOND


class CountedIds:
    """As ``JobIds``, predictable."""

    def __init__(self, stripes: int) -> None:
        self._stripes = stripes
        self._count = 0

    def new(self, due_us: int, target: str | None, key: str | None) -> str:
        """The next id of a job due then."""
        self._count += 1
        label = target if target is not None else key
        stripe = self._count % self._stripes if label is None else stripe_of_label(label, self._stripes)
        window, random = max(0, due_us) // (60 * SECOND) % 64**6, self._count * 0x9E3779B97F4A7C15 % 2**64
        return "".join(
            (VERSION, encode(stripe, 2), encode(window, 6), encode(self._count, 9), ALPHABET[0], encode(random, 11))
        )
