"""The rules of workers: messages arrive in any order, any number of times."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from celery_durable_jobs import steps
from celery_durable_jobs.model.when import SECOND
from celery_durable_jobs.steps import Delivery, FinishKind
from tests.properties.choices import dues, keepers, picks
from tests.properties.player import Player


class Workers(Player):
    """The rules of workers: messages arrive in any order, any number of times."""

    def delivery(self, message: int, copy: bool) -> Delivery:
        job = self.pick(self.messages, message)
        if copy and self.runs:
            return self.pick(self.runs, message)
        return Delivery(job.id, job.generation, f"d{next(self.counter)}")

    @precondition(lambda self: self.messages)
    @rule(message=picks, copy=st.booleans(), lease=st.sampled_from([None, None, 3, 600]), unknown=st.booleans())
    def hold(self, message: int, copy: bool, lease: int | None, unknown: bool) -> None:
        delivery = self.delivery(message, copy)
        held = (delivery, Delivery(self.ids.new(self.clock(), None, None), 1, "d")) if unknown else (delivery,)
        self.twice(steps.Hold(held, () if lease is None else (lease * SECOND, None)[: len(held)]))

    @precondition(lambda self: self.messages)
    @rule(message=picks, copy=st.sampled_from([False, False, False, True]), lease=st.sampled_from([None, None, 600]))
    def begin(self, message: int, copy: bool, lease: int | None) -> None:
        delivery = self.delivery(message, copy)
        lease_us = None if lease is None else lease * SECOND
        begun = self.twice(steps.Begin(delivery.job_id, delivery.generation, delivery.delivery_id, lease_us))
        if isinstance(begun, steps.Begun):
            self.runs.append(delivery)

    @rule(keeper=keepers, count=st.integers(1, 12), kind=st.sampled_from([None, None, *FinishKind]))
    def work(self, keeper: str, count: int, kind: FinishKind | None) -> None:
        """All that is due is sent, and a worker gets on with some of it."""
        self.dispatch(keeper, mark=True)
        for job in self.messages[-count:]:
            delivery = Delivery(job.id, job.generation, f"d{next(self.counter)}")
            if isinstance(self.once(steps.Begin(job.id, job.generation, delivery.delivery_id)), steps.Begun):
                self.runs.append(delivery)
                if kind is not None:
                    self.once(steps.Finish(job.id, delivery.delivery_id, kind, self.in_seconds(0), "work"))

    @precondition(lambda self: self.runs)
    @rule(which=picks, count=st.integers(1, 3), lease=st.sampled_from([None, 3, 600]))
    def heartbeat(self, which: int, count: int, lease: int | None) -> None:
        runs = [self.pick(self.runs, which + number) for number in range(count)]
        lease_us = None if lease is None else lease * SECOND
        self.twice(steps.Heartbeat(tuple((run.job_id, run.delivery_id, lease_us) for run in runs)))

    @precondition(lambda self: self.runs)
    @rule(which=picks, kind=st.sampled_from(FinishKind), after=dues, error=st.sampled_from([None, "é" * 300]))
    def finish(self, which: int, kind: FinishKind, after: float, error: str | None) -> None:
        run = self.pick(self.runs, which)
        self.twice(steps.Finish(run.job_id, run.delivery_id, kind, self.in_seconds(after), error))

    @precondition(lambda self: self.messages)
    @rule(
        message=picks,
        copy=st.booleans(),
        points=st.sampled_from([0, 0, 1, 3]),
        reason=st.sampled_from(["signal 9", None]),
        unknown=st.booleans(),
    )
    def settle(self, message: int, copy: bool, points: int, reason: str | None, unknown: bool) -> None:
        self.twice(steps.Settle(self.delivery(message, copy), points, reason, unknown))
