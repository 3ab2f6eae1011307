"""identify: the first call of every process."""

from __future__ import annotations

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class Identified:
    """What the store holds: ``identity`` (``app.main``), ``stripes``, ``layout``, and its clock."""

    identity: str
    stripes: int
    layout: int
    now_us: int


@dataclass(frozen=True, slots=True)
class Identify(Request[Identified]):
    """Write the app's identity and number of stripes at first use, else answer what stands there.

    By: every process, first. Guard: none; writes only what is missing, so the first one settles it. The caller
    compares and refuses (``StoreIdentityError``); a keeper takes the number of stripes from the answer. Also makes
    ``keep_ended`` known to the store.
    """

    identity: str
    stripes: int
