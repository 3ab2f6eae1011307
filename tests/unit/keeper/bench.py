"""A keeper on a bench: its rounds driven by hand, its clock and its store's moved together, its messages recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import SimpleNamespace
from typing import Any, TypeVar

from celery import Celery

from celery_durable_jobs.errors import StoreUnavailableError
from celery_durable_jobs.keeper.keeper import Keeper
from celery_durable_jobs.messages.publish import PublishOutcome, PublishResult
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.settings import Settings, load_settings
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.contract import Store, Wakeups
from celery_durable_jobs.stores.memory import MemoryStore
from celery_durable_jobs.testing.clock import MovedClock
from celery_durable_jobs.testing.driver import StoreDriver

Answer = TypeVar("Answer")
Verdict = Callable[[JobRecord], PublishResult]


class Recorder:
    """Records messages; ``verdict`` says what becomes of each, ``meanwhile`` runs in the midst of a publish."""

    def __init__(self) -> None:
        self.published: list[JobRecord] = []
        self.batches: list[int] = []
        self.verdict: Verdict = lambda job: PublishResult.CONFIRMED
        self.meanwhile: Callable[[], object] = lambda: None
        self.reachable = True
        self.last_error = ""
        self.probes = 0

    def publish_batch(self, envelopes: Iterable[JobRecord], timeout: float = 10.0) -> list[PublishOutcome]:
        batch = list(envelopes)
        self.batches.append(len(batch))
        outcomes = [PublishOutcome(self.verdict(job), "as the test wants it") for job in batch]
        got_out = (PublishResult.CONFIRMED, PublishResult.DOUBT)
        self.published += [job for job, outcome in zip(batch, outcomes, strict=True) if outcome.result in got_out]
        self.meanwhile()
        return outcomes

    def probe(self, timeout: float = 2.0) -> bool:
        self.probes += 1
        self.last_error = "" if self.reachable else "nobody there"
        return self.reachable

    def close(self) -> None:
        pass

    @property
    def ids(self) -> list[str]:
        return [job.id for job in self.published]


class LossyStore(Store):
    """Loses what ``loses`` names: "request" before it arrives, "reply" after it has taken effect."""

    def __init__(self, store: Store) -> None:
        self.inner = store
        self.options = store.options
        self.loses: Callable[[Request[Any]], str | None] = lambda request: None
        self.seen: list[Request[Any]] = []

    def send(self, request: Request[Answer], *, timeout: float | None = None) -> Answer:
        self.seen.append(request)
        what = self.loses(request)
        if what == "request":
            raise StoreUnavailableError("lost on the way", request=request, maybe_done=False)
        answer = self.inner.send(request)
        if what == "reply":
            raise StoreUnavailableError("the reply was lost", request=request, maybe_done=True)
        return answer

    def send_many(self, requests: Sequence[Request[Any]], *, timeout: float | None = None) -> list[Any]:
        answers = []
        lost: StoreUnavailableError | None = None
        for request in requests:
            try:
                answers.append(self.send(request))
            except StoreUnavailableError as error:
                lost = error
        if lost is not None:
            raise lost
        return answers

    async def asend(self, request: Request[Answer], *, timeout: float | None = None) -> Answer:
        return self.send(request)

    async def asend_many(self, requests: Sequence[Request[Any]], *, timeout: float | None = None) -> list[Any]:
        return self.send_many(requests)

    def wakeups(self) -> Wakeups:
        return self.inner.wakeups()

    def close(self) -> None:
        self.inner.close()


def settings(**changes: Any) -> Settings:
    """Settings of an app in memory, as given and else by default."""
    app = Celery("bench", broker="memory://", set_as_current=False)
    app.conf.update({f"durable_jobs_{name}": value for name, value in {"store": "memory://", **changes}.items()})
    return load_settings(app)


class Bench:
    """One store, any number of keepers, one clock."""

    def __init__(self, **changes: Any) -> None:
        self.clock = MovedClock()
        self.app = Celery("bench", broker="memory://", set_as_current=False)
        self.settings = settings(**changes)
        self.store = LossyStore(MemoryStore(self.settings.store_options(), clock=self.clock))
        self.jobs = StoreDriver(self.store, self.clock)
        self.recorders: dict[str, Recorder] = {}
        self.woken: dict[str, Wakeups] = {}

    def seconds(self) -> float:
        return self.clock() / 1e6

    def keeper(self, name: str = "k1") -> Keeper:
        self.recorders[name] = Recorder()
        extension = SimpleNamespace(
            app=self.app, settings=self.settings, store=self.store, stripes=self.settings.shard_stripes
        )
        keeper = Keeper(
            self.app,
            extension,
            hostname=name,
            publisher=self.recorders[name],
            encode=lambda record: record,
            clock=self.seconds,
        )
        keeper.id = keeper.leases.keeper = keeper.looks._keeper = name
        # Waiting between repeats moves the clock instead.
        keeper.dispatch._sleep = self.clock.move
        return keeper

    def round(self, *keepers: Keeper) -> None:
        """A look of each, again where it was woken meanwhile, then all that they find to do."""
        for keeper in keepers:
            wakeups = self.woken.setdefault(keeper.id, self.store.wakeups())
            keeper.looks.tick()
            if wakeups.wait(0):
                keeper.looks.tick()
        for keeper in keepers:
            self.work(keeper)

    def work(self, keeper: Keeper) -> None:
        for _ in range(1_000):
            if not keeper.work():
                return
        raise AssertionError("the keeper's work never ends")

    def pass_time(self, seconds: float, *keepers: Keeper, step: float = 1.0) -> None:
        """Let time pass in which these keepers go on."""
        end = self.clock() + round(seconds * 1e6)
        while self.clock() < end:
            self.clock.move(us=min(round(step * 1e6), end - self.clock()))
            self.round(*keepers)


MAIL = Route("mail")
CELERY = Route()

__all__ = ["CELERY", "MAIL", "Bench", "LossyStore", "Recorder", "settings"]
