"""A worker's way from begin to finish: what keepers, clients and other workers do between two of its requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Begin, Delivery, Finish, FinishKind, Refused, Rescue, Settle, Settled
from celery_durable_jobs.worker.heartbeat import heart_of
from tests.races.meanwhile import Meanwhile
from tests.unit.worker.bench import Bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


class Handler:
    """Counts its runs, and does what it is told to."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.runs: list[Any] = []
        self.does: Callable[[], object] = lambda: None

        @bench.handler(max_retries=3, retry_backoff=60, retry_jitter=False)
        def work(context: Any) -> None:
            self.runs.append(context.should_stop())
            self.does()

        self.task = work
        self.job_id = bench.add(work)
        self.message: JobRecord = bench.send(self.job_id)

    def deliver(self) -> None:
        self.bench.deliver(self.message)
        assert heart_of(self.bench.extension).drain(5)

    @property
    def state(self) -> JobState:
        return self.bench.jobs.state(self.job_id)

    # -- what others do

    def rescue(self) -> None:
        """The run's lease is over, as far as the keeper can see."""
        self.bench.jobs.keep_looking(31)
        term = self.bench.jobs.terms["k1"][self.job_id[1:9]]
        assert self.bench.store.send(Rescue(term)).returned == (self.job_id,)

    def rescue_and_begin(self) -> None:
        self.rescue()
        self.bench.jobs.again(self.job_id, "another")

    def begin_a_copy(self) -> None:
        self.bench.jobs.begin(self.message, "another")

    def cancel(self) -> None:
        self.bench.jobs.cancel(self.job_id)

    def change(self) -> None:
        self.bench.jobs.change(self.job_id, metadata={"a": "b"})

    def child_died(self, delivery_id: str) -> None:
        delivery = Delivery(self.job_id, self.message.generation, delivery_id)
        assert isinstance(self.bench.store.send(Settle(delivery, 3, "signal 9")), Settled)


@pytest.fixture
def handler(bench: Bench) -> Handler:
    return Handler(bench)


def fails() -> None:
    raise ValueError("it failed")


@pytest.mark.parametrize(
    ("act", "state"),
    [("cancel", JobState.CANCELLED), ("change", JobState.WAITING), ("begin_a_copy", JobState.RUNNING)],
)
def test_before_a_begin_arrives(handler: Handler, act: str, state: JobState) -> None:
    """It is refused, and the handler isn't called."""
    meanwhile = Meanwhile(handler.bench.store, Begin, getattr(handler, act))
    handler.deliver()
    assert [type(answer) for answer in meanwhile.answers] == [Refused]
    assert (handler.runs, handler.state) == ([], state)


@pytest.mark.parametrize(
    ("act", "state", "runs"),
    [
        ("rescue", JobState.WAITING, []),
        ("rescue_and_begin", JobState.RUNNING, []),
        ("cancel", JobState.SUCCEEDED, [True]),
        ("change", JobState.SUCCEEDED, [False]),
    ],
)
def test_between_a_begin_and_its_answer_which_is_lost(handler: Handler, act: str, state: JobState, runs: Any) -> None:
    """It asks again under its delivery id: the same answer, unless the run was taken over."""
    meanwhile = Meanwhile(handler.bench.store, Begin, getattr(handler, act), after=True, lost=True)
    handler.deliver()
    assert len(meanwhile.answers) == 1
    assert (handler.runs, handler.state) == (runs, state)
    assert handler.bench.jobs.get(handler.job_id).attempt == (2 if act == "rescue_and_begin" else 1)


@pytest.mark.parametrize(
    ("act", "ends_well", "ends_ill"),
    [
        ("cancel", JobState.SUCCEEDED, JobState.CANCELLED),
        ("change", JobState.SUCCEEDED, JobState.WAITING),
        ("rescue", JobState.WAITING, JobState.WAITING),
        ("rescue_and_begin", JobState.RUNNING, JobState.RUNNING),
    ],
)
@pytest.mark.parametrize("well", [True, False], ids=["returned", "raised"])
def test_between_a_handlers_end_and_its_finish(
    handler: Handler, act: str, well: bool, ends_well: JobState, ends_ill: JobState
) -> None:
    """A finish of a run that was taken over changes nothing."""
    if not well:
        handler.does = fails
    meanwhile = Meanwhile(handler.bench.store, Finish, getattr(handler, act))
    handler.deliver()
    assert meanwhile.times == 1
    assert handler.state is (ends_well if well else ends_ill)
    record = handler.bench.jobs.get(handler.job_id)
    counted = act == "change" and not well
    assert (record.failures, record.lost_runs) == (int(counted), int(act.startswith("rescue")))


def test_a_child_that_dies_between_its_handlers_end_and_its_finish(handler: Handler) -> None:
    """Its parent was faster: a lost run. The finish that comes all the same gets the answer of that."""
    meanwhile = Meanwhile(
        handler.bench.store, Finish, lambda: handler.child_died(handler.bench.store.sent(Begin)[-1].delivery_id)
    )
    handler.deliver()
    assert handler.state is JobState.WAITING
    assert meanwhile.answers[0].state is JobState.WAITING
    assert handler.bench.jobs.get(handler.job_id).lost_runs == 1


@pytest.mark.parametrize("well", [True, False], ids=["returned", "raised"])
@pytest.mark.parametrize("act", ["cancel", "next_run", "child_died"])
def test_between_a_finish_and_its_answer_which_is_lost(handler: Handler, act: str, well: bool) -> None:
    """It is told again, and changes nothing of what came after it."""
    handler.does = (lambda: None) if well else fails

    def act_now() -> None:
        if act == "cancel":
            handler.cancel()
        elif act == "child_died":
            handler.child_died(handler.bench.store.sent(Begin)[-1].delivery_id)
        elif not well:
            handler.bench.clock.move(200)
            handler.bench.jobs.again(handler.job_id, "another")

    meanwhile = Meanwhile(handler.bench.store, Finish, act_now, after=True, lost=True)
    handler.deliver()
    assert len(meanwhile.answers) == 1, "told again"
    assert len(handler.runs) == 1
    record = handler.bench.jobs.get(handler.job_id)
    ill = {"cancel": JobState.CANCELLED, "next_run": JobState.RUNNING, "child_died": JobState.WAITING}[act]
    assert record.state is (JobState.SUCCEEDED if well else ill)
    assert record.lost_runs == 0
    if ill is JobState.RUNNING and not well:
        finished = handler.bench.jobs.finish(handler.job_id, "another", FinishKind.SUCCEED)
        assert finished.state is JobState.SUCCEEDED
