"""Sees to what is overdue: put back, resend, rescue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from celery_durable_jobs.errors import StoreError, StoreUnavailableError
from celery_durable_jobs.keeper.dispatch import Dispatch
from celery_durable_jobs.keeper.leases import Leases, Tenure
from celery_durable_jobs.keeper.outcomes import Outcomes
from celery_durable_jobs.keeper.routes import PROBE_BATCH, Routes
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.observability.logging import Outage, get_logger
from celery_durable_jobs.steps import PutBack, PutBackDone, Refusal, Rescue, Rescued, Resend, Resending, Term
from celery_durable_jobs.stores.contract import Store

logger = get_logger("keeper")

RESEND_LIMIT = 250
"""Copies to send in one round: well within a publish timeout."""


class Recover:
    """Used by the batch loop alone, with nothing in hand: so no sweep needs to name what is."""

    def __init__(
        self,
        store: Callable[[], Store],
        leases: Leases,
        dispatch: Dispatch,
        routes: Routes,
        outcomes: Outcomes,
        outage: Outage,
    ) -> None:
        self._store = store
        self._leases = leases
        self._dispatch = dispatch
        self._routes = routes
        self._outcomes = outcomes
        self._outage = outage

    def sweep(self, tenures: list[Tenure]) -> None:
        """Put back what older terms claimed in these shards; each may claim once nothing of that is left."""
        answers = self._send([PutBack(tenure.term) for tenure in tenures])
        for tenure, answer in zip(tenures, answers, strict=True):
            if isinstance(answer, StoreError):
                self._broken(tenure, answer)
                if not isinstance(answer, StoreUnavailableError):
                    self._leases.recovered(tenure, moved=False)
            elif self._taken(tenure, answer) and not answer.more:
                self._leases.swept(tenure)

    def overdue(self, tenures: list[Tenure], *, may_recover: bool, may_publish: Callable[[], bool]) -> None:
        """Put back, send again and rescue what is past its deadline in these shards; one bounded round.

        :param may_recover: the contact rule allows more than putting back.
        :param may_publish: whether the broker takes anything; copies are asked for only then, of routes that don't
            rest, and few where a route is on trial: what can't be sent would have to wait twice as long for the next.
        """
        asked: list[tuple[Tenure, Any]] = []
        resend = may_recover and may_publish()
        most, leave_out = PROBE_BATCH if self._routes.on_trial else RESEND_LIMIT, self._routes.resting
        for tenure in tenures:
            asked.append((tenure, PutBack(tenure.term)))
            if may_recover:
                asked.append((tenure, Rescue(tenure.term)))
            if resend and self._dispatch.covers(tenure.term):
                asked.append((tenure, Resend(tenure.term, max(1, most // len(tenures)), leave_out)))
        answers = self._send([request for _, request in asked])
        moved = {tenure.term: False for tenure in tenures}
        copies: dict[Term, Sequence[JobRecord]] = {}
        for (tenure, _), answer in zip(asked, answers, strict=True):
            if isinstance(answer, StoreError):
                self._broken(tenure, answer)
            elif self._taken(tenure, answer):
                moved[tenure.term] |= self._count(answer)
                if isinstance(answer, Resending) and answer.jobs:
                    copies[tenure.term] = answer.jobs
        if copies:
            logger.info(
                "%d messages were not begun in time: a copy of each is sent", sum(len(jobs) for jobs in copies.values())
            )
            self._dispatch.copies(copies)
        for tenure in tenures:
            self._leases.recovered(tenure, moved=moved[tenure.term])

    def _count(self, answer: PutBackDone | Rescued | Resending) -> bool:
        """Whether anything moved. ``more`` is no sign of it: what a newer version wrote stays where it is."""
        if isinstance(answer, PutBackDone):
            return bool(answer.count or answer.expired)
        if isinstance(answer, Rescued):
            self._outcomes.ended((*answer.dead, *answer.cancelled))
            for job_id in answer.returned:
                logger.warning("job %s lost its run (no heartbeat): it waits again", job_id)
            return bool(answer.returned or answer.dead or answer.cancelled or answer.expired)
        return bool(answer.jobs or answer.expired)

    def _taken(self, tenure: Tenure, answer: PutBackDone | Rescued | Resending) -> bool:
        self._outage.end()
        if answer.refused is Refusal.LEASE:
            self._leases.lost(tenure.term)
            return False
        self._outcomes.ended(answer.expired)
        return True

    def _broken(self, tenure: Tenure, error: StoreError) -> None:
        """All calls here may arrive twice, or once and unheard: a later round asks again."""
        if isinstance(error, StoreUnavailableError):
            self._outage.begin(error)
        else:
            logger.error("shard %s could not be seen to: %s", tenure.term.shard_id, error)

    def _send(self, requests: list[Any]) -> list[Any]:
        try:
            return self._store().send_many(requests)
        except StoreError as error:
            return [error] * len(requests)
