"""Ownership: one keeper at a time, trust in a lease, handing over, letting go, stopping."""

from __future__ import annotations

from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.placement import preferred_keeper
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Claim, Keepers, Look, PutBack, Release, Shards
from tests.unit.keeper.bench import Bench


def owner(bench: Bench, job_id: str) -> str | None:
    """Who holds the job's shard."""
    shard_id = parse_job_id(job_id).shard_id
    return next((each.keeper for each in bench.store.send(Shards(0)) if each.shard_id == shard_id), None)


def due_for(bench: Bench, keeper: str, *others: str, seconds: float = 0) -> str:
    """A job whose shard this keeper is preferred for."""
    for minute in range(200):
        job_id = bench.jobs.new_id(bench.jobs.when(-60 * minute))
        if preferred_keeper(parse_job_id(job_id).shard_id, [keeper, *others]) == keeper:
            return bench.jobs.add(seconds, job_id=job_id)
    raise AssertionError("no shard prefers it")


class TestOneOwner:
    def test_two_keepers_never_publish_the_same_job(self, bench: Bench):
        one, two = bench.keeper("k1"), bench.keeper("k2")
        bench.round(one, two)
        ids = [bench.jobs.add(-60 * (number % 40)) for number in range(200)]
        bench.pass_time(10, one, two)
        published = bench.recorders["k1"].ids + bench.recorders["k2"].ids
        assert sorted(published) == sorted(ids)
        assert bench.recorders["k1"].ids
        assert bench.recorders["k2"].ids

    def test_a_dead_keeper_s_shards_are_served_within_a_lease_and_a_second(self, bench: Bench):
        one, two = bench.keeper("k1"), bench.keeper("k2")
        bench.round(one, two)
        job_id = due_for(bench, "k1", "k2")
        one.looks.tick()  # k1 holds the shard, and is never heard of again
        assert owner(bench, job_id) == "k1"
        bench.pass_time(6, two, step=0.5)
        assert bench.recorders["k2"].ids == [job_id]

    def test_what_a_dead_keeper_had_claimed_is_put_back_before_anything_is_claimed(self, bench: Bench):
        one, two = bench.keeper("k1"), bench.keeper("k2")
        bench.round(one, two)
        first = due_for(bench, "k1", "k2")
        one.looks.tick()
        one.recover.sweep(one.leases.unswept())
        (tenure, route, _), *_ = one.leases.due(0, lambda route: True)
        assert [job.id for job in bench.store.send(Claim(tenure.term, route)).jobs] == [first]
        second = bench.jobs.add(0, job_id=bench.jobs.new_id(parse_shard_time(first)))
        bench.pass_time(6, two, step=0.5)
        assert bench.recorders["k2"].ids == [first, second]
        calls = [type(request) for request in bench.store.seen if isinstance(request, (PutBack, Claim))]
        assert calls.index(PutBack, calls.index(Claim)) < calls.index(Claim, calls.index(Claim) + 1)

    def test_a_keeper_that_slept_through_its_lease_publishes_nothing(self, bench: Bench):
        one, two = bench.keeper("k1"), bench.keeper("k2")
        bench.round(one, two)
        job_id = due_for(bench, "k1", "k2")
        one.looks.tick()
        bench.pass_time(7, two, step=0.5)
        assert bench.recorders["k2"].ids == [job_id]
        bench.work(one)
        assert bench.recorders["k1"].ids == []
        # … and what it hears of itself is that it has lost the shard.
        one.looks.tick()
        assert len(one.leases) == 0

    def test_a_keeper_that_slept_in_the_midst_of_a_batch_marks_nothing(self, bench: Bench):
        one, two = bench.keeper("k1"), bench.keeper("k2")
        bench.round(one, two)
        job_id = due_for(bench, "k1", "k2")
        bench.recorders["k1"].meanwhile = lambda: bench.pass_time(7, two, step=0.5)
        one.looks.tick()
        bench.work(one)
        assert bench.recorders["k1"].ids == bench.recorders["k2"].ids == [job_id]
        mine, theirs = bench.recorders["k1"].published[0], bench.recorders["k2"].published[0]
        assert mine.generation != theirs.generation
        bench.jobs.begin(theirs)
        assert bench.jobs.state(job_id) is JobState.RUNNING

    def test_a_claim_that_took_too_long_is_not_published(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        inner = bench.store.inner.send

        def slow(request, **options):
            answer = inner(request, **options)
            if isinstance(request, Claim):
                bench.clock.move(3)
            return answer

        bench.store.inner.send = slow
        keeper.looks.tick()
        keeper.work()
        assert bench.recorders["k1"].batches == []
        assert bench.jobs.state(job_id) is JobState.WAITING


class TestTrust:
    def test_a_lease_is_trusted_from_the_start_of_the_request(self, bench: Bench):
        keeper, _ = bench.keeper(), bench.jobs.add(0)
        inner = bench.store.inner.send

        def late(request, **options):
            answer = inner(request, **options)
            if isinstance(request, Look):
                bench.clock.move(2)
            return answer

        bench.store.inner.send = late
        keeper.looks.tick()
        assert keeper.leases.unswept() == []  # nothing was claimed in it
        ((tenure, _, _),) = keeper.leases.due(0, lambda route: True)
        assert tenure.trusted_until - bench.seconds() == 5 - 0.5 - 2

    def test_without_an_answer_trust_runs_out(self, bench: Bench):
        keeper, _ = bench.keeper(), bench.jobs.add(10)
        bench.jobs.add(0)
        bench.round(keeper)
        bench.store.loses = lambda request: "reply" if isinstance(request, Look) else None
        for _ in range(4):
            bench.clock.move(1)
            keeper.looks.tick()
        assert keeper.leases.due(0.6, lambda route: True) == []

    def test_a_grant_whose_reply_was_lost_is_granted_anew(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        bench.store.loses = lambda request: "reply" if isinstance(request, Look) else None
        keeper.looks.tick()
        bench.store.loses = lambda request: None
        bench.round(keeper)
        assert bench.recorders["k1"].ids == [job_id]


class TestLettingGo:
    def test_a_drained_shard_is_let_go_in_the_next_look(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        bench.round(keeper)
        assert owner(bench, job_id) == "k1"
        bench.clock.move(1)
        keeper.looks.tick()
        assert len(keeper.leases) == 0
        assert owner(bench, job_id) is None

    def test_it_is_kept_where_something_falls_due_soon(self, bench: Bench):
        keeper = bench.keeper()
        bench.jobs.add(0)
        bench.jobs.add(2.5)
        bench.round(keeper)
        bench.clock.move(1)
        keeper.looks.tick()
        assert len(keeper.leases) == 1

    def test_shards_go_to_a_keeper_that_joins(self, bench: Bench):
        one = bench.keeper("k1")
        for minute in range(40):
            bench.jobs.add(-60 * minute)
            bench.jobs.add(1, job_id=bench.jobs.new_id(bench.jobs.when(-60 * minute)))
        bench.round(one)
        assert len(one.leases) == 40
        two = bench.keeper("k2")
        bench.round(two)
        bench.pass_time(3, one, two, step=0.3)
        assert bench.recorders["k2"].ids
        assert len(bench.recorders["k1"].ids) + len(bench.recorders["k2"].ids) == 80

    def test_nothing_is_handed_to_one_that_does_not_come(self, bench: Bench):
        one, two = bench.keeper("k1"), bench.keeper("k2")
        bench.round(one, two)
        job_id = due_for(bench, "k2", "k1")
        for _ in range(12):  # k2 looks, so it is alive; but it takes nothing
            bench.clock.move(0.5)
            bench.store.send(Look("k2", {}, limit=0))
            one.looks.tick()
        assert [request for request in bench.store.seen if isinstance(request, Look) and request.let_go] == []
        bench.work(one)
        assert bench.recorders["k1"].ids == [job_id]


class TestStopping:
    def test_leaving_releases_all_at_once(self, bench: Bench):
        one, two = bench.keeper("k1"), bench.keeper("k2")
        bench.round(one, two)
        job_id = due_for(bench, "k1", "k2")
        one.looks.tick()
        one.stop()
        one._leave()
        assert owner(bench, job_id) is None
        assert [entry.id for entry in bench.store.send(Keepers()) if entry.alive] == ["k2"]
        bench.round(two)
        assert bench.recorders["k2"].ids == [job_id]

    def test_a_stop_between_claim_and_publish_puts_back(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        bench.store.loses = lambda request: keeper.stop() if isinstance(request, Claim) else None
        keeper.looks.tick()
        keeper.work()
        assert bench.recorders["k1"].batches == []
        assert bench.jobs.state(job_id) is JobState.WAITING

    def test_a_stop_while_publishing_finishes_the_batch(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        bench.recorders["k1"].meanwhile = keeper.stop
        keeper.looks.tick()
        keeper.work()
        assert bench.jobs.state(job_id) is JobState.SENT
        assert not keeper.work()

    def test_a_store_that_is_away_does_not_keep_it(self, bench: Bench):
        keeper = bench.keeper()
        bench.jobs.add(0)
        keeper.looks.tick()
        bench.store.loses = lambda request: "request" if isinstance(request, Release) else None
        keeper.stop()
        keeper._leave()
        assert len(keeper.leases) == 0


class TestOnce:
    def test_it_dispatches_what_is_due_and_ends(self, bench: Bench):
        keeper = bench.keeper()
        due = [bench.jobs.add(-60 * minute) for minute in range(150)]
        later = bench.jobs.add(3_600)
        assert keeper.run_once() == 150
        assert sorted(bench.recorders["k1"].ids) == sorted(due)
        assert bench.jobs.state(later) is JobState.WAITING
        assert not any(entry.keeper for entry in bench.store.send(Shards(0)))

    def test_it_ends_where_a_queue_is_broken(self, bench: Bench):
        from celery_durable_jobs.messages.publish import PublishResult

        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        bench.recorders["k1"].verdict = lambda job: PublishResult.FAILED
        assert keeper.run_once() == 0
        assert bench.jobs.state(job_id) is JobState.WAITING

    def test_it_ends_where_the_store_is_broken(self, bench: Bench):
        from celery_durable_jobs.errors import StoreBrokenError

        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        inner = bench.store.inner.send

        def broken(request, **options):
            if isinstance(request, (PutBack, Claim)):
                raise StoreBrokenError("WRONGTYPE", request=request)
            return inner(request, **options)

        bench.store.inner.send = bench.store.send = broken
        bench.store.send_many = type(bench.store.inner).send_many.__get__(bench.store.inner)
        assert keeper.run_once() == 0
        bench.store.inner.send = bench.store.send = inner
        assert bench.jobs.state(job_id) is JobState.WAITING


def parse_shard_time(job_id: str) -> int:
    """A time within the window of the job's shard, in µs."""
    from celery_durable_jobs.model.identity import decode

    return decode(job_id[3:9]) * 60_000_000
