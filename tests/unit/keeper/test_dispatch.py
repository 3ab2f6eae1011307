"""From due to sent: order, bounds, and what becomes of each outcome of a publish."""

from __future__ import annotations

import pytest

from celery_durable_jobs.messages.publish import PublishResult
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps import Bury, Claim, MarkSent, Pause, PutBack, Resume
from tests.unit.keeper.bench import CELERY, MAIL, Bench

CONFIRMED, UNROUTABLE, FAILED, DOUBT = (
    PublishResult.CONFIRMED,
    PublishResult.UNROUTABLE,
    PublishResult.FAILED,
    PublishResult.DOUBT,
)


class TestTheStraightPath:
    def test_what_is_due_is_published_and_marked(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        bench.round(keeper)
        assert bench.recorders["k1"].ids == [job_id]
        assert bench.jobs.state(job_id) is JobState.SENT
        assert keeper.dispatch.dispatched == 1

    def test_nothing_is_early(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0.05)
        assert keeper.looks.tick() == pytest.approx(0.05)
        bench.clock.move(us=49_999)
        bench.round(keeper)
        assert bench.recorders["k1"].ids == []
        bench.clock.move(us=1)
        bench.round(keeper)
        assert bench.recorders["k1"].ids == [job_id]

    def test_a_line_is_dispatched_in_due_order_over_many_batches(self, bench: Bench):
        keeper = bench.keeper()
        keeper.routes._size = 7
        due = [(i * 37) % 101 for i in range(100)]
        ids = {bench.jobs.add(When(at_us=bench.clock() - 200_000_000 + seconds)): seconds for seconds in due}
        bench.round(keeper)
        assert [ids[job_id] for job_id in bench.recorders["k1"].ids] == sorted(due)
        assert len(bench.recorders["k1"].batches) > 3

    def test_equal_due_times_go_in_the_order_of_the_requests(self, bench: Bench):
        keeper = bench.keeper()
        ids = [bench.jobs.add(When(at_us=bench.clock())) for _ in range(50)]
        bench.round(keeper)
        assert bench.recorders["k1"].ids == ids

    def test_the_oldest_shard_is_first_however_old(self, bench: Bench):
        keeper = bench.keeper()
        year = 365 * 86_400
        ids = {seconds: bench.jobs.add(-seconds) for seconds in (60, year, 3_600, 5 * year, 0)}
        bench.round(keeper)
        assert bench.recorders["k1"].ids == [ids[seconds] for seconds in sorted(ids, reverse=True)]

    def test_many_shards_take_few_calls(self, bench: Bench):
        keeper = bench.keeper()
        for minute in range(90):
            bench.jobs.add(-60 * minute)
        bench.round(keeper)
        assert len(bench.recorders["k1"].ids) == 90
        assert len(bench.recorders["k1"].batches) <= 4

    def test_more_shards_than_a_look_grants_are_all_served(self, bench: Bench):
        keeper = bench.keeper()
        for minute in range(250):
            bench.jobs.add(-60 * minute)
        for _ in range(4):
            bench.round(keeper)
        assert len(bench.recorders["k1"].ids) == 250


class TestBounds:
    def test_a_route_gets_no_more_than_its_backlog_takes(self):
        bench = Bench(max_backlog=20)
        keeper = bench.keeper()
        ids = [bench.jobs.add(0) for _ in range(60)]
        bench.pass_time(3, keeper)
        assert bench.recorders["k1"].ids == ids[:20]
        for job in bench.recorders["k1"].published[:10]:
            bench.jobs.begin(job)
        bench.pass_time(1, keeper)
        assert bench.recorders["k1"].ids == ids[:30]

    def test_a_full_route_holds_up_no_other(self):
        bench = Bench(max_backlog=16)
        keeper = bench.keeper()
        for _ in range(40):
            bench.jobs.add(-10)
        mail = [bench.jobs.add(0, route=MAIL) for _ in range(5)]
        bench.round(keeper)
        assert [job_id for job_id in bench.recorders["k1"].ids if job_id in mail] == mail

    def test_a_paused_queue_is_left_alone_until_it_is_resumed(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        bench.jobs.send(Pause("celery", 0, b"p" * 16))
        bench.pass_time(5, keeper)
        assert bench.recorders["k1"].ids == []
        bench.jobs.send(Resume("celery", 0, b"r" * 16))
        bench.round(keeper)
        assert bench.recorders["k1"].ids == [job_id]


class TestOutcomes:
    def test_unroutable_is_buried_and_its_neighbours_go_on(self, bench: Bench):
        keeper = bench.keeper()
        ids = [bench.jobs.add(0) for _ in range(3)]
        bench.recorders["k1"].verdict = lambda job: UNROUTABLE if job.id == ids[1] else CONFIRMED
        bench.round(keeper)
        states = [bench.jobs.state(job_id) for job_id in ids]
        assert states == [JobState.SENT, JobState.DEAD, JobState.SENT]
        assert "unroutable" in (bench.jobs.get(ids[1]).error or "")

    def test_content_that_makes_no_message_is_buried_alone(self, bench: Bench):
        keeper = bench.keeper()
        ids = [bench.jobs.add(0) for _ in range(3)]

        def encode(job):
            if job.id == ids[0]:
                raise ValueError("no such serializer")
            return job

        keeper.dispatch._encode = encode
        bench.round(keeper)
        assert [bench.jobs.state(job_id) for job_id in ids] == [JobState.DEAD, JobState.SENT, JobState.SENT]
        assert "no such serializer" in (bench.jobs.get(ids[0]).error or "")

    def test_a_keeper_that_can_make_no_message_at_all_buries_nothing(self, bench: Bench):
        keeper = bench.keeper()
        ids = [bench.jobs.add(0, route=MAIL) for _ in range(3)]
        encode = keeper.dispatch._encode

        def fail(job):
            raise TypeError("task_queues is no list")

        keeper.dispatch._encode = fail
        bench.round(keeper)
        assert {bench.jobs.state(job_id) for job_id in ids} == {JobState.WAITING}
        keeper.dispatch._encode = encode
        bench.pass_time(5, keeper)
        assert bench.recorders["k1"].ids == ids

    def test_failed_goes_back_and_the_route_rests_longer_each_time(self, bench: Bench):
        keeper = bench.keeper()
        failed = [bench.jobs.add(0, route=MAIL) for _ in range(20)]
        tried = set()

        def verdict(job):
            if job.route != MAIL:
                return CONFIRMED
            tried.add(bench.clock())
            return FAILED

        bench.recorders["k1"].verdict = verdict
        bench.round(keeper)
        assert {bench.jobs.state(job_id) for job_id in failed} == {JobState.WAITING}
        other = bench.jobs.add(0)
        bench.round(keeper)
        assert bench.recorders["k1"].ids == [other]
        bench.pass_time(120, keeper)
        # after 1, 2, 4, 8, 16, 32 s, and then every minute, a tenth more or less: however often it looked
        assert 6 <= len(tried) <= 8
        bench.recorders["k1"].verdict = lambda job: CONFIRMED
        bench.pass_time(70, keeper)
        # (Nobody begins anything here, so that copies are sent in time.)
        assert list(dict.fromkeys(bench.recorders["k1"].ids)) == [other, *failed]

    def test_one_failed_batch_is_one_failure_however_many_shards_it_is_of(self, bench: Bench):
        keeper = bench.keeper()
        ids = [bench.jobs.add(-60 * number) for number in range(7)]
        bench.recorders["k1"].verdict = lambda job: FAILED
        bench.round(keeper)
        assert {bench.jobs.state(job_id) for job_id in ids} == {JobState.WAITING}
        bench.recorders["k1"].verdict = lambda job: CONFIRMED
        bench.pass_time(3, keeper)  # the first rest is one second: not 2, 4, 8 … for each further shard
        assert {bench.jobs.state(job_id) for job_id in ids} == {JobState.SENT}

    def test_a_failure_in_the_midst_keeps_the_order(self, bench: Bench):
        keeper = bench.keeper()
        ids = [bench.jobs.add(0) for _ in range(6)]
        bench.recorders["k1"].verdict = lambda job: CONFIRMED if ids.index(job.id) < 2 else FAILED
        bench.round(keeper)
        bench.recorders["k1"].verdict = lambda job: CONFIRMED
        bench.pass_time(3, keeper)
        assert bench.recorders["k1"].ids == ids

    def test_doubt_begins_a_new_term_which_puts_back(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        bench.recorders["k1"].verdict = lambda job: DOUBT
        bench.round(keeper)
        first = bench.recorders["k1"].published[0]
        assert bench.jobs.state(job_id) is JobState.CLAIMED
        bench.recorders["k1"].verdict = lambda job: CONFIRMED
        bench.pass_time(6, keeper)
        assert bench.jobs.state(job_id) is JobState.SENT
        again = bench.recorders["k1"].published[-1]
        assert again.generation != first.generation
        assert len(bench.recorders["k1"].published) == 2

    def test_what_is_confirmed_before_the_doubt_is_marked(self, bench: Bench):
        keeper = bench.keeper()
        ids = [bench.jobs.add(0) for _ in range(4)]
        bench.recorders["k1"].verdict = lambda job: DOUBT if job.id == ids[3] else CONFIRMED
        bench.round(keeper)
        assert [bench.jobs.state(job_id) for job_id in ids] == [*[JobState.SENT] * 3, JobState.CLAIMED]

    def test_doubts_make_batches_smaller_and_success_larger(self, bench: Bench):
        keeper = bench.keeper()
        before = keeper.routes.size(CELERY)
        bench.jobs.add(0)
        bench.recorders["k1"].verdict = lambda job: DOUBT
        bench.round(keeper)
        assert keeper.routes._size < before
        bench.recorders["k1"].verdict = lambda job: CONFIRMED
        for _ in range(3_000):
            bench.jobs.add(0)
        bench.pass_time(8, keeper)
        assert keeper.routes.size(CELERY) > before

    def test_a_cancel_while_it_is_published_is_kept(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        bench.recorders["k1"].meanwhile = lambda: bench.jobs.cancel(job_id)
        bench.round(keeper)
        assert bench.jobs.state(job_id) is JobState.CANCELLED
        assert len(keeper.leases) == 1

    def test_a_worker_that_is_faster_than_the_mark_keeps_its_run(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        recorder = bench.recorders["k1"]
        recorder.meanwhile = lambda: bench.jobs.begin(recorder.published[-1], "d1")
        bench.round(keeper)
        assert bench.jobs.state(job_id) is JobState.RUNNING


class TestLostReplies:
    def test_a_claim_with_an_unknown_outcome_is_not_repeated_under_its_token(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        lost = []

        def loses(request):
            if isinstance(request, Claim) and not lost:
                lost.append(request)
                return "reply"
            return None

        bench.store.loses = loses
        bench.round(keeper)
        assert bench.recorders["k1"].ids == []
        assert bench.jobs.state(job_id) is JobState.CLAIMED
        bench.pass_time(6, keeper)
        assert bench.recorders["k1"].ids == [job_id]
        claims = [request for request in bench.store.seen if isinstance(request, Claim)]
        assert claims[1].term.token != lost[0].term.token

    def test_a_claim_that_never_arrived_is_repeated(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        bench.store.loses = lambda request: "request" if isinstance(request, Claim) else None
        keeper.looks.tick()
        keeper.work()
        keeper.work()
        bench.store.loses = lambda request: None
        bench.work(keeper)
        assert bench.recorders["k1"].ids == [job_id]

    @pytest.mark.parametrize("what", ["request", "reply"])
    def test_a_mark_is_repeated_until_it_is_answered(self, bench: Bench, what: str):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        left = [what] * 5
        bench.store.loses = lambda request: left.pop() if isinstance(request, MarkSent) and left else None
        bench.round(keeper)
        assert bench.jobs.state(job_id) is JobState.SENT
        assert not left
        assert len(bench.recorders["k1"].published) == 1

    def test_a_mark_that_can_not_be_told_in_time_leads_to_a_new_term(self, bench: Bench):
        keeper, job_id = bench.keeper(), bench.jobs.add(0)
        bench.store.loses = lambda request: "request" if isinstance(request, MarkSent) else None
        bench.round(keeper)
        assert bench.jobs.state(job_id) is JobState.CLAIMED
        bench.store.loses = lambda request: None
        bench.pass_time(6, keeper)
        assert bench.jobs.state(job_id) is JobState.SENT
        assert [job.id for job in bench.recorders["k1"].published] == [job_id, job_id]

    def test_a_put_back_and_a_burial_arrive_twice_without_harm(self, bench: Bench):
        keeper = bench.keeper()
        ids = [bench.jobs.add(0), bench.jobs.add(0)]
        bench.recorders["k1"].verdict = lambda job: UNROUTABLE if job.id == ids[0] else FAILED
        left = ["reply"] * 4
        bench.store.loses = lambda request: left.pop() if isinstance(request, (Bury, PutBack)) and left else None
        bench.round(keeper)
        bench.round(keeper)
        assert [bench.jobs.state(job_id) for job_id in ids] == [JobState.DEAD, JobState.WAITING]
        bench.jobs.recount()
