"""What is overdue: put back, sent again, rescued; and what a keeper does when the broker is gone."""

from __future__ import annotations

import pytest

from celery_durable_jobs.messages.publish import PublishResult
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Claim, FinishKind, Heartbeat, Look, PutBack, Resend
from tests.unit.keeper.bench import MAIL, Bench
from tests.unit.keeper.test_terms import due_for


def dispatched(bench: Bench, keeper, **fields) -> JobRecord:
    """A job that was sent, as its message carries it."""
    job_id = bench.jobs.add(0, **fields)
    bench.round(keeper)
    (job,) = [job for job in bench.recorders["k1"].published if job.id == job_id]
    return job


class TestResend:
    def test_a_message_that_is_not_begun_is_sent_again_at_1_2_4_begin_timeouts(self, bench: Bench):
        keeper = bench.keeper()
        job = dispatched(bench, keeper)
        times = []
        started = bench.seconds()
        bench.recorders["k1"].meanwhile = lambda: times.append(bench.seconds() - started)
        bench.pass_time(220, keeper)
        assert times == [pytest.approx(30, abs=1.1), pytest.approx(90, abs=1.1), pytest.approx(210, abs=1.1)]
        assert {each.generation for each in bench.recorders["k1"].published} == {job.generation}

    def test_nothing_is_sent_again_until_contact_is_old_enough(self, bench: Bench):
        keeper = bench.keeper()
        dispatched(bench, keeper)
        bench.clock.move(60)  # no keeper looked: the workers may have been out of contact too
        bench.pass_time(19, keeper)
        assert len(bench.recorders["k1"].published) == 1
        bench.pass_time(3, keeper)
        assert len(bench.recorders["k1"].published) == 2

    def test_an_overdue_shard_that_does_not_move_is_not_asked_again_and_again(self, bench: Bench):
        keeper = bench.keeper()
        dispatched(bench, keeper)
        bench.clock.move(60)
        bench.round(keeper)
        before = sum(isinstance(request, PutBack) for request in bench.store.seen)
        bench.pass_time(10, keeper, step=0.1)
        assert sum(isinstance(request, PutBack) for request in bench.store.seen) - before <= 12

    def test_a_copy_that_fails_comes_again_at_its_next_deadline(self, bench: Bench):
        keeper = bench.keeper()
        job = dispatched(bench, keeper)
        bench.recorders["k1"].verdict = lambda job: PublishResult.FAILED
        bench.pass_time(32, keeper)
        bench.recorders["k1"].verdict = lambda job: PublishResult.CONFIRMED
        bench.pass_time(65, keeper)
        assert [each.generation for each in bench.recorders["k1"].published] == [job.generation] * 2
        assert bench.jobs.state(job.id) is JobState.SENT

    def test_a_broker_that_is_away_costs_no_deadline(self, bench: Bench):
        keeper = bench.keeper()
        recorder = bench.recorders["k1"]
        for _ in range(40):
            bench.jobs.add(0)
        bench.round(keeper)
        recorder.reachable, recorder.verdict = False, lambda job: PublishResult.FAILED
        for _ in range(120):
            bench.pass_time(1, keeper)
            keeper.broker.check()
        assert not [request for request in bench.store.seen if isinstance(request, Resend)]
        assert keeper.broker.gone
        recorder.reachable, recorder.verdict = True, lambda job: PublishResult.CONFIRMED
        for _ in range(5):
            bench.pass_time(1, keeper)
            keeper.broker.check()
        assert len(recorder.published) == 80

    def test_a_route_that_rests_gets_no_copies_and_few_when_it_is_tried(self, bench: Bench):
        keeper = bench.keeper()
        recorder = bench.recorders["k1"]
        for _ in range(300):
            bench.jobs.add(0, route=MAIL)
        bench.round(keeper)
        plain = dispatched(bench, keeper)
        tried: list[int] = []
        recorder.meanwhile = lambda: tried.append(recorder.batches[-1])
        recorder.verdict = lambda job: PublishResult.FAILED if job.route == MAIL else PublishResult.CONFIRMED
        bench.pass_time(60, keeper)
        assert recorder.ids.count(plain.id) == 2
        assert tried[0] == 250
        assert max(tried[1:]) <= 11
        recorder.verdict = lambda job: PublishResult.CONFIRMED
        started = len(recorder.published)
        bench.pass_time(60, keeper)
        assert len(recorder.published) - started >= 300

    def test_an_unroutable_copy_is_buried(self, bench: Bench):
        keeper = bench.keeper()
        job = dispatched(bench, keeper)
        bench.recorders["k1"].verdict = lambda job: PublishResult.UNROUTABLE
        bench.pass_time(32, keeper)
        assert bench.jobs.state(job.id) is JobState.DEAD

    def test_many_are_sent_again_in_bounded_rounds(self, bench: Bench):
        keeper = bench.keeper()
        for _ in range(900):
            bench.jobs.add(0)
        bench.round(keeper)
        first = len(bench.recorders["k1"].batches)
        bench.pass_time(32, keeper)
        assert len(bench.recorders["k1"].published) == 1_800
        assert max(bench.recorders["k1"].batches[first:]) <= 250
        assert len([request for request in bench.store.seen if isinstance(request, Resend)]) < 20


class TestRescue:
    def test_a_run_without_heartbeat_waits_again_and_is_dispatched(self, bench: Bench):
        keeper = bench.keeper()
        job = dispatched(bench, keeper)
        bench.jobs.begin(job, "d1")
        bench.pass_time(31, keeper)
        assert bench.jobs.state(job.id) is JobState.SENT
        again = bench.recorders["k1"].published[-1]
        assert again.generation != job.generation
        assert again.lost_runs == 1

    def test_a_run_that_is_alive_is_left_alone(self, bench: Bench):
        keeper = bench.keeper()
        job = dispatched(bench, keeper)
        bench.jobs.begin(job, "d1")
        for _ in range(60):
            bench.pass_time(1, keeper)
            bench.store.send(Heartbeat(((job.id, "d1", None),)))
        assert bench.jobs.state(job.id) is JobState.RUNNING
        assert len(bench.recorders["k1"].published) == 1

    def test_runs_lost_too_often_are_dead_and_told(self, caplog):
        bench = Bench(max_lost_runs=1)
        keeper = bench.keeper()
        job = dispatched(bench, keeper)
        for number in range(3):
            bench.jobs.begin(bench.recorders["k1"].published[-1], f"d{number}")
            bench.pass_time(40, keeper)
        assert bench.jobs.state(job.id) is JobState.DEAD
        assert f"job {job.id} (shop.tasks.remind) is dead" in caplog.text

    def test_a_cancelled_run_that_is_lost_ends_cancelled(self, bench: Bench):
        keeper = bench.keeper()
        job = dispatched(bench, keeper)
        bench.jobs.begin(job, "d1")
        bench.jobs.cancel(job.id)
        bench.pass_time(31, keeper)
        assert bench.jobs.state(job.id) is JobState.CANCELLED

    def test_a_retry_of_an_old_shard_is_dispatched_when_it_is_due(self, bench: Bench):
        keeper = bench.keeper()
        job = dispatched(bench, keeper)
        bench.jobs.begin(job, "d1")
        bench.jobs.finish(job.id, "d1", FinishKind.RETRY, after=1_000)
        bench.pass_time(999, keeper, step=60)
        assert len(bench.recorders["k1"].published) == 1
        bench.pass_time(1, keeper)
        assert len(bench.recorders["k1"].published) == 2


class TestInHand:
    def test_what_is_published_for_long_is_extended(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)

        def slowly():
            for _ in range(8):
                bench.clock.move(1)
                keeper.looks.tick()

        bench.recorders["k1"].meanwhile = slowly
        bench.round(keeper)
        assert bench.jobs.state(job_id) is JobState.SENT
        extended = [request.extend for request in bench.store.seen if isinstance(request, Look) and request.extend]
        assert len(extended) == 8
        assert extended[0][0][1] == (job_id,)


class TestBrokerGone:
    def test_a_keeper_that_can_not_publish_lets_go_and_takes_nothing_until_a_probe_succeeds(self, bench: Bench):
        keeper = bench.keeper()
        recorder = bench.recorders["k1"]
        recorder.verdict, recorder.reachable = (lambda job: PublishResult.FAILED), False
        ids = [bench.jobs.add(0), bench.jobs.add(0, route=MAIL)]
        for _ in range(9):
            bench.pass_time(1, keeper)
            keeper.broker.check()
        assert len(keeper.leases) == 0
        tries = len(recorder.batches)
        claims = sum(isinstance(request, Claim) for request in bench.store.seen)
        for _ in range(30):
            bench.pass_time(1, keeper)
            keeper.broker.check()
        assert len(recorder.batches) == tries
        assert sum(isinstance(request, Claim) for request in bench.store.seen) == claims
        recorder.verdict, recorder.reachable = (lambda job: PublishResult.CONFIRMED), True
        bench.clock.move(1)
        keeper.broker.check()
        bench.pass_time(70, keeper)
        assert sorted(dict.fromkeys(recorder.ids)) == sorted(ids)

    def test_others_need_not_wait_for_it(self, bench: Bench):
        ill, well = bench.keeper("k1"), bench.keeper("k2")
        bench.recorders["k1"].verdict = lambda job: PublishResult.FAILED
        bench.recorders["k1"].reachable = False
        bench.round(ill, well)
        first = due_for(bench, "k1", "k2")
        for _ in range(12):  # its route rested for 4 s at last
            bench.pass_time(1, ill, well)
            ill.broker.check()
        assert ill.broker.gone
        assert bench.recorders["k2"].ids == [first]
        job_id = due_for(bench, "k1", "k2")
        bench.round(well)
        assert job_id in bench.recorders["k2"].ids
        bench.recorders["k1"].reachable, bench.recorders["k1"].verdict = True, lambda job: PublishResult.CONFIRMED
        bench.clock.move(1)
        assert ill.broker.check()
        bench.round(ill, well)
        job_id = due_for(bench, "k1", "k2")
        bench.round(well, ill)
        assert job_id in bench.recorders["k1"].ids

    def test_one_broken_route_is_no_broken_broker(self, bench: Bench):
        keeper = bench.keeper()
        bench.recorders["k1"].verdict = lambda job: PublishResult.FAILED
        bench.jobs.add(0, route=MAIL)
        for _ in range(20):
            bench.pass_time(1, keeper)
            keeper.broker.check()
        assert not keeper.broker.gone
        assert 1 <= bench.recorders["k1"].probes <= 5

    def test_a_connection_that_died_is_found_out_in_quiet(self, bench: Bench):
        keeper = bench.keeper()
        bench.round(keeper)
        recorder = bench.recorders["k1"]
        for _ in range(40):
            bench.pass_time(1, keeper)
            keeper._batch()
        assert 2 <= recorder.probes <= 4  # every fifteen seconds
        recorder.reachable = False
        for _ in range(20):
            bench.pass_time(1, keeper)
            keeper._batch()
        assert not keeper.broker.gone  # nothing was to be sent
        assert keeper.dispatch.failing_since is None
