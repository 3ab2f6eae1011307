"""The health check: asks the store what a keeper last said of itself. Needs no connection to the keeper."""

from __future__ import annotations

import time
from collections.abc import Callable

from celery_durable_jobs._current import Extension
from celery_durable_jobs.errors import DurableJobsError, StoreUnavailableError
from celery_durable_jobs.keeper.clock import steady
from celery_durable_jobs.keeper.health import Health, judge, own_entry
from celery_durable_jobs.steps import Keepers

AWAY_LEASES = 6
"""A store that can't be reached for so many lease ttls makes a keeper unhealthy: earlier, it rides it out."""


def probe(
    extension: Extension,
    hostname: str,
    *,
    clock: Callable[[], float] = steady,
    sleep: Callable[[float], object] = time.sleep,
) -> Health:
    """Whether the keeper of this hostname does its work. Takes up to six lease ttls where the store is away."""
    ttl: float = extension.settings.lease_ttl
    started = clock()
    while True:
        try:
            entries = extension.store.send(Keepers())
        except StoreUnavailableError as error:
            away = clock() - started
            if away >= AWAY_LEASES * ttl:
                return Health(False, f"{hostname}: the store can't be reached for {away:.0f} s: {error}")
            sleep(min(1.0, max(0.1, AWAY_LEASES * ttl - away)))
        except DurableJobsError as error:
            return Health(False, f"{hostname}: {error}")
        else:
            return judge(own_entry(entries, hostname), hostname, ttl)
