"""What happens in the show, and what must have come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone

from celery_durable_jobs import DurableJob
from example_project import database, notifications, orders, payments, workflows
from example_project.clock import days
from example_project.demo.terminal import Terminal
from example_project.demo.watch import Watch


@dataclass(frozen=True)
class Act:
    """Something that a person does, so many days after the curtain."""

    day: float
    what: Callable[[], None]


class Scenario:
    """The four examples, told by acts."""

    def __init__(self, terminal: Terminal, watch: Watch) -> None:
        self._terminal = terminal
        self._watch = watch
        self._reminder: DurableJob | None = None
        self._outcomes: list[str] = []
        self.acts = [
            Act(0.0, self._notifications),
            Act(0.03, self._orders),
            Act(0.06, self._payments),
            Act(0.09, self._workflow),
            Act(0.2, self._change_of_mind),
            Act(0.5, self._pay),
            Act(0.75, self._new_card),
        ]

    def _notifications(self) -> None:
        self._terminal.action("users ask to be reminded")
        notifications.notify_later(1, "stand-up in five minutes", days(0.15))
        self._reminder = notifications.notify_later(2, "water the plants", days(0.4))
        notifications.notify_later(3, "call Grace", days(0.6))

    def _orders(self) -> None:
        self._terminal.action("two orders are placed, to be paid within a day")
        now = datetime.now(timezone.utc)
        orders.place_order(1001, delivery=now + days(2.2))
        orders.place_order(1002, delivery=now + days(2.5))

    def _payments(self) -> None:
        self._terminal.action("three invoices are to be charged; the payment provider has a bad day")
        database.set_status("card of invoice:7", "away 2")
        database.set_status("card of invoice:8", "declined")
        for invoice, amount in (("invoice:6", 20), ("invoice:7", 35), ("invoice:8", 50)):
            payments.charge_later(invoice, amount, after=days(0.1))

    def _workflow(self) -> None:
        self._terminal.action("a film goes to the studio: render, subtitle, publish")
        workflows.start("film:up")

    def _change_of_mind(self) -> None:
        assert self._reminder is not None
        first, second = notifications.never_mind(self._reminder), notifications.never_mind(self._reminder)
        self._outcomes = [first.value, second.value]
        self._terminal.action(f"user:2 changes their mind: {first}; asked again: {second}")

    def _pay(self) -> None:
        self._terminal.action("order:1001 is paid: its expiry is cancelled" if orders.pay(1001) else "paid too late")

    def _new_card(self) -> None:
        dead = [each.job.id for each in self._watch.jobs.values() if each.job.state.value == "dead"]
        database.set_status("card of invoice:8", "good")
        count = payments.try_again("invoice:8")
        for job_id in dead:
            self._watch.revived(job_id)
        self._terminal.action(f"invoice:8 has a new card: {count} dead letter is replayed")

    def verdicts(self) -> list[tuple[bool, str]]:
        """What the show was to prove: whether it came so, and what it is."""
        mails, status, watch = database.mails, database.status, self._watch
        return [
            (
                len(mails("user:1")) == len(mails("user:3")) == 1 and mails("user:2") == [],
                "notifications: two were sent, once each; the cancelled one never was",
            ),
            (self._outcomes == ["cancelled", "cancelled"], "a cancel is final, and says the same when asked again"),
            (
                status("order:1001") == "paid" and len(mails("order:1001")) == 1,
                "order:1001 was paid in time: it never expired, and was reminded of a day before its delivery",
            ),
            (
                status("order:1002") == "expired" and mails("order:1002") == [],
                "order:1002 was not: it expired after a day, and took its delivery reminder along",
            ),
            (
                status("invoice:6") == status("invoice:7") == "paid" and self._attempts("invoice:7") == 3,
                "payments: a provider that was away twice was tried a third time",
            ),
            (
                status("invoice:8") == "paid" and self._attempts("invoice:8") == 2,
                "a declined card was not tried again; its dead letter was replayed with a new one",
            ),
            (
                self._attempts("film:up") == 3 and watch.polls >= 6,
                f"workflow: three steps, one run each, polled {watch.polls} times without holding a worker's place",
            ),
            (min(watch.lags, default=-1.0) >= 0.0, "nothing started before it was due"),
        ]

    def _attempts(self, target: str) -> int:
        """Runs of all jobs of a target; what a poll continues is one run."""
        return sum(len(each.attempts) for each in self._watch.jobs.values() if each.job.target == target)
