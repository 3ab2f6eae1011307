"""Random histories: several keepers, replies lost, publishes that fail or are in doubt, keepers that sleep or die."""

from __future__ import annotations

import random

import pytest

from celery_durable_jobs.keeper.keeper import Keeper
from celery_durable_jobs.messages.publish import PublishResult
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Begin, Begun, FinishKind
from tests.unit.keeper.bench import Bench

ROUTES = (Route(), Route("mail"), Route("mail", priority=9))
VERDICTS = (PublishResult.CONFIRMED,) * 12 + (PublishResult.FAILED, PublishResult.DOUBT)


class History:
    """What befalls a few keepers and one worker that takes messages in any order."""

    def __init__(self, seed: int, *, trouble: bool) -> None:
        self.random = random.Random(seed)
        self.bench = Bench(max_backlog=30)
        self.trouble = trouble
        self.jobs: list[str] = []
        self.queue: list[JobRecord] = []
        self.begun: list[str] = []
        self.keepers: list[Keeper] = []
        self.made = 0
        for _ in range(3):
            self.join()
        if trouble:
            self.bench.store.loses = self.loses

    def loses(self, request: object) -> str | None:
        client = type(request).__name__ in ("Add", "Begin", "Finish", "Get", "Stats", "Cancel", "Find", "Shards")
        if client or self.random.random() > 0.03:
            return None
        return self.random.choice(["request", "reply"])

    def join(self) -> None:
        self.made += 1
        keeper = self.bench.keeper(f"k{self.made}")
        recorder = self.bench.recorders[keeper.id]
        if self.trouble:
            recorder.verdict = lambda job: self.random.choice(VERDICTS)
        self.keepers.append(keeper)

    def step(self) -> None:
        what = self.random.random()
        if what < 0.35:
            for _ in range(self.random.randint(1, 8)):
                due = self.random.choice([-600, -60, 0, 0.5, 3, 20])
                self.jobs.append(self.bench.jobs.add(due, route=self.random.choice(ROUTES)))
        elif what < 0.4 and self.trouble:
            self.keepers.remove(self.random.choice(self.keepers))  # kill -9
            self.join()
        elif what < 0.45 and self.trouble:
            # One sleeps for a while, and its batch loop goes on before its look loop does.
            sleeper = self.random.choice(self.keepers)
            others = [keeper for keeper in self.keepers if keeper is not sleeper]
            self.bench.pass_time(self.random.choice([2, 6]), *others, step=0.5)
            sleeper.work()
        else:
            self.go_on(self.random.choice([0.0, 0.2, 1.0]))
        self.work(self.random.randint(0, 12))

    def go_on(self, seconds: float) -> None:
        self.bench.clock.move(seconds)
        for keeper in self.random.sample(self.keepers, len(self.keepers)):
            keeper.broker.check()
            keeper.looks.tick()
            for _ in range(self.random.randint(0, 5)):
                keeper.work()

    def work(self, count: int) -> None:
        for recorder in self.bench.recorders.values():
            self.queue += recorder.published
            recorder.published.clear()
        self.random.shuffle(self.queue)
        for _ in range(min(count, len(self.queue))):
            job = self.queue.pop()
            delivery = self.bench.jobs.delivery_id()
            if isinstance(self.bench.store.send(Begin(job.id, job.generation, delivery)), Begun):
                assert job.due_us <= self.bench.clock()
                self.begun.append(job.id)
                self.bench.jobs.finish(job.id, delivery, FinishKind.SUCCEED)

    def settle_down(self) -> None:
        """No more trouble: within a few minutes everything has been run."""
        self.bench.store.loses = lambda request: None
        for recorder in self.bench.recorders.values():
            recorder.verdict = lambda job: PublishResult.CONFIRMED
        for _ in range(400):
            self.go_on(1.0)
            self.work(1_000)
            if len(set(self.begun)) == len(self.jobs):
                return
        missing = set(self.jobs) - set(self.begun)
        raise AssertionError(f"never run: {[(job_id, self.bench.jobs.state(job_id)) for job_id in missing]}")


@pytest.mark.parametrize("seed", range(12))
def test_every_job_runs_once_whatever_befalls_its_keepers(seed: int):
    history = History(seed, trouble=True)
    for _ in range(60):
        history.step()
    history.settle_down()
    assert sorted(history.begun) == sorted(history.jobs)
    history.bench.jobs.recount()


@pytest.mark.parametrize("seed", range(4))
def test_without_trouble_each_is_sent_once(seed: int):
    history = History(seed, trouble=False)
    for _ in range(60):
        history.step()
        for keeper in history.keepers:
            assert len(keeper.leases) <= 60
    history.settle_down()
    sent = sum(keeper.dispatch.dispatched for keeper in history.keepers)
    assert sent == len(history.jobs) == len(history.begun)
    assert {history.bench.jobs.state(job_id) for job_id in history.jobs} == {JobState.SUCCEEDED}
