"""Whether the broker takes anything at all."""

from __future__ import annotations

from collections.abc import Callable

from celery_durable_jobs.keeper.dispatch import Dispatch, Publishes
from celery_durable_jobs.keeper.routes import Routes
from celery_durable_jobs.observability.logging import Outage, get_logger

logger = get_logger("keeper")

PROBE_EVERY_S = 1.0

WARM_LEASES = 3
"""While nothing is dispatched the broker is asked for a sign of life every so many lease ttls."""


class Broker:
    """Watches for a broker that takes nothing for a lease ttl. Used by the batch loop alone, but for ``gone``.

    Its keeper then ranks last for every shard, by taking none, until a probe succeeds: another one's broker
    connection may be sound.
    """

    def __init__(
        self,
        publisher: Publishes,
        dispatch: Dispatch,
        routes: Routes,
        *,
        ttl: float,
        timeout: float,
        clock: Callable[[], float],
    ) -> None:
        self._publisher = publisher
        self._dispatch = dispatch
        self._routes = routes
        self._ttl = ttl
        self._timeout = timeout
        self._clock = clock
        self._outage = Outage(logger, "broker", clock=clock)
        self._probed = 0.0
        self.gone = False
        """Nothing could be published for a lease ttl, and a probe failed."""
        self._sound_at: float | None = None
        """When a probe succeeded, if the last one did."""

    def check(self) -> bool:
        """Probe where it is time to; answers whether ``gone`` is another one by it."""
        failing, now = self._dispatch.failing_since, self._clock()
        if failing is None or now - failing < self._ttl:
            return False
        sound = self._probe() if now - self._probed >= PROBE_EVERY_S else self._sound_at is not None
        was_gone, self.gone = self.gone, not sound
        if not sound:
            self._outage.begin(self._publisher.last_error or "it doesn't answer")
            return not was_gone
        self._outage.end()
        self._dispatch.failing_since = None
        if was_gone:
            self._routes.wake_all()
        return was_gone

    def takes(self) -> bool:
        """Whether something was taken, or a probe succeeded, a moment ago; probes where nobody knows.

        Asked before copies are: what can't be sent must not be taken for sent.
        """
        now, last = self._clock(), [at for at in (self._dispatch.confirmed_at, self._sound_at) if at is not None]
        if any(now - at < PROBE_EVERY_S for at in last):
            return True
        if now - self._probed < PROBE_EVERY_S:
            return False
        if self._probe():
            return True
        if self._dispatch.failing_since is None:
            self._dispatch.failing_since = now
        return False

    def keep_warm(self) -> None:
        """For times of quiet: a connection that died without a sign is found out now, not by the next job."""
        if self._dispatch.failing_since is None and self._clock() - self._probed >= WARM_LEASES * self._ttl:
            self._probe()

    def _probe(self) -> bool:
        sound = self._publisher.probe(self._timeout)
        self._probed = self._clock()
        self._sound_at = self._probed if sound else None
        return sound
