"""A client whose add took effect and whose answer was lost: what becomes of the job until the very same call comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from celery_durable_jobs import DurableJobs, StoreUnavailableError, steps
from celery_durable_jobs.client.schedule import ScheduleJob
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Add, FinishKind, KeyRef, Source
from tests.races.meanwhile import Meanwhile
from tests.unit.worker.bench import Bench


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """No keeper starts in this process: the test moves the job by hand."""
    monkeypatch.setattr(DurableJobs, "_start_local", lambda self: False)
    made = Bench()
    yield made
    made.close()


class Client:
    """One request that is made twice, since the first answer was lost; ``act`` comes in between."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.schedule = ScheduleJob(bench.extension)

        @bench.handler
        def work(context: Any, number: int) -> None: ...

        self.task = work
        self.other: Any = None

    def apply_twice(self, act: Callable[[str], object], **options: Any) -> Any:
        seen: list[Any] = []

        def lost() -> None:
            seen.append(self.bench.store.sent(Add)[-1])
            act(seen[0].job_id)

        Meanwhile(self.bench.store, Add, lost, after=True, lost=True)
        with pytest.raises(StoreUnavailableError) as caught:
            self.schedule.apply(self.task, args=(1,), **{"countdown": 0, **options})
        assert caught.value.maybe_done
        return self.schedule.apply(caught.value.request)

    def all_ids(self) -> set[str]:
        jobs = self.bench.jobs
        return {job_id for source in (Source.WAITING, Source.IN_FLIGHT, Source.ENDED) for job_id in jobs.find(source)}


@pytest.fixture
def client(bench: Bench) -> Client:
    return Client(bench)


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.SENT, JobState.RUNNING, JobState.SUCCEEDED])
def test_the_job_has_gone_on(client: Client, state: JobState) -> None:
    """One job, wherever it stands: the second call stores no other."""
    jobs = client.bench.jobs

    def act(job_id: str) -> None:
        if state is not JobState.WAITING:
            message = client.bench.send(job_id)
            if state is not JobState.SENT:
                jobs.begin(message, "run")
            if state is JobState.SUCCEEDED:
                jobs.finish(job_id, "run", FinishKind.SUCCEED)

    job = client.apply_twice(act)
    assert (job.created, jobs.state(job.id)) == (True, state)
    assert client.all_ids() == {job.id}


def test_the_job_was_cancelled(client: Client) -> None:
    """G6: it stays so."""
    job = client.apply_twice(lambda job_id: client.bench.jobs.cancel(job_id))
    assert client.bench.jobs.state(job.id) is JobState.CANCELLED
    assert client.all_ids() == {job.id}


@pytest.mark.parametrize("ended", [False, True])
def test_its_key_has_gone_to_another(client: Client, ended: bool) -> None:
    """The call is known by its id, and meets no key again."""
    jobs, others = client.bench.jobs, []

    def act(job_id: str) -> None:
        if ended:
            jobs.cancel(job_id)
        else:
            jobs.begin(client.bench.send(job_id), "run")
        others.append(jobs.add(60, key="k"))

    job = client.apply_twice(act, key="k")
    assert job.id not in others
    assert jobs.state(job.id) is (JobState.CANCELLED if ended else JobState.RUNNING)
    assert jobs.get(KeyRef("k")).id == others[0]


@pytest.mark.parametrize("on_conflict", ["return", "replace"])
def test_the_holder_of_its_key_ended(client: Client, on_conflict: str) -> None:
    """Its first answer named the holder; so does the second, and nothing is stored under the free key."""
    jobs = client.bench.jobs
    holder = client.schedule.apply(client.task, args=(0,), countdown=60, key="k")
    assert jobs.get(holder.id).metadata is None
    job = client.apply_twice(lambda _: jobs.cancel(holder.id), key="k", on_conflict=on_conflict, countdown=90)
    assert (job.id, job.created) == (holder.id, False)
    assert jobs.send(steps.Get(KeyRef("k"))) is None
    assert jobs.state(holder.id) is JobState.CANCELLED
    assert client.all_ids() == {holder.id}


def test_a_replace_undoes_no_later_change(client: Client) -> None:
    """The second arrival of a replace is no second replace."""
    jobs = client.bench.jobs
    holder = client.schedule.apply(client.task, args=(0,), countdown=60, key="k")
    job = client.apply_twice(
        lambda _: jobs.change(holder.id, metadata={"later": "yes"}),
        key="k",
        on_conflict="replace",
        countdown=90,
        metadata={"later": "no"},
    )
    assert job.id == holder.id
    assert jobs.get(holder.id).metadata == {"later": "yes"}
