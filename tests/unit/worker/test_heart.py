"""The heart of a process: what it sends each second, what it repeats, what it holds and lets go."""

from __future__ import annotations

import gc
import time

import pytest
from celery.worker import state

from celery_durable_jobs.errors import StoreBrokenError, StoreUnavailableError
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import (
    Cancel,
    Delivery,
    Finish,
    Get,
    Heartbeat,
    Hold,
    Keepers,
    Pulse,
    Refusal,
    Refused,
    Settle,
)  # fmt: skip
from celery_durable_jobs.worker.errands import BATCH, Errand
from celery_durable_jobs.worker.heartbeat import INTERVAL, heart_of
from celery_durable_jobs.worker.held import LIMIT, Held, HeldDelivery
from tests.support.waiting import wait_until


class Request:
    """As much of Celery's as a weak reference needs."""


class Run:
    def __init__(self, job_id, delivery_id):
        self.job_id, self.delivery_id, self.run_lease_us = job_id, delivery_id, None
        self.pulses = []

    def on_pulse(self, pulse):
        self.pulses.append(pulse)


@pytest.fixture
def heart(bench):
    return heart_of(bench.extension)


class TestHeart:
    def test_all_runs_in_one_call_a_second(self, bench, heart):
        records = [bench.jobs.running(f"run-{number}") for number in range(5)]
        runs = [Run(record.id, f"run-{number}") for number, record in enumerate(records)]
        for run in runs:
            heart.add(run)
        wait_until(lambda: len(bench.store.sent(Heartbeat)) >= 2)
        assert all(len(request.runs) == 5 for request in bench.store.sent(Heartbeat))
        bench.jobs.cancel(records[0].id)
        wait_until(lambda: Pulse.CANCEL in runs[0].pulses)
        assert runs[1].pulses[-1] is Pulse.ALIVE
        for run in runs:
            heart.remove(run)
        wait_until(lambda: not heart._runs)
        sent = len(bench.store.sent(Heartbeat))
        job_id = bench.jobs.add(60)
        done = []
        for _ in range(3):
            heart.run(Errand(Get(job_id), done.append))
        assert heart.drain(5)
        assert len(done) == 3
        assert len(bench.store.sent(Heartbeat)) == sent

    def test_a_run_that_was_taken_over_is_told(self, bench, heart):
        run = Run(bench.jobs.running("mine").id, "not mine")
        heart.add(run)
        wait_until(lambda: run.pulses)
        assert run.pulses[0] is Pulse.TAKEN_OVER

    def test_errands_are_sent_at_once_in_order_and_repeated(self, bench, heart):
        job_id = bench.jobs.running("run").id
        away = [True]

        def fail(request):
            if away[0] and isinstance(request, (Finish, Cancel)):
                raise StoreUnavailableError("away", request=request)

        bench.store.fail = fail
        from celery_durable_jobs.steps import FinishKind

        answers = []
        heart.run(Errand(Cancel(job_id, b"1" * 16), answers.append))
        heart.run(Errand(Finish(job_id, "run", FinishKind.SUCCEED), answers.append))
        assert not heart.drain(2 * INTERVAL)
        assert not answers
        away[0] = False
        assert heart.drain(3)
        assert [type(answer).__name__ for answer in answers] == ["CancelAnswer", "Finished"]
        assert bench.jobs.state(job_id) is JobState.SUCCEEDED

    def test_one_that_the_store_refuses_holds_up_no_other(self, bench, heart, caplog):
        def fail(request):
            if isinstance(request, Cancel):
                raise StoreBrokenError("never", request=request)

        bench.store.fail = fail
        answers = []
        heart.run(Errand(Cancel("x", b"1" * 16), answers.append))
        heart.run(Errand(Get(bench.jobs.add(60)), answers.append))
        assert heart.drain(3)
        assert answers[0] is None
        assert answers[1] is not None
        assert "refuses" in caplog.text

    def test_an_errand_waits_for_its_time(self, bench, heart):
        ready = []
        heart.run(Errand(Get(bench.jobs.add(60)), ready=lambda: bool(ready)))
        assert not heart.drain(0.3)
        ready.append(True)
        assert heart.drain(2)

    def test_thousands_go_without_waiting_for_the_next_beat(self, bench, heart):
        answers = []
        job_id = bench.jobs.add(60)
        started = time.monotonic()
        for _ in range(20 * BATCH):
            heart.run(Errand(Get(job_id), answers.append))
        assert heart.drain(15)
        assert len(answers) == 20 * BATCH
        # One batch a beat would have taken 18 s.
        assert time.monotonic() - started < 9

    def test_so_do_those_that_waited_for_the_store(self, bench, heart):
        away = [True]

        def fail(request):
            if away[0]:
                raise StoreUnavailableError("away", request=request)

        job_id = bench.jobs.add(60)
        bench.store.fail = fail
        answers = []
        for _ in range(20 * BATCH):
            heart.run(Errand(Get(job_id), answers.append))
        assert not heart.drain(1.5)
        assert heart.away
        away[0] = False
        started = time.monotonic()
        assert heart.drain(15)
        assert time.monotonic() - started < 9
        assert len(answers) == 20 * BATCH
        assert not heart.away

    def test_it_notices_by_itself_that_the_store_is_back(self, bench, heart):
        heart.start()
        heart.away = True
        wait_until(lambda: not heart.away, 5)
        assert bench.store.sent(Keepers)
        asked = len(bench.store.sent(Keepers))
        job_id = bench.jobs.add(60)
        heart.run(Errand(Get(job_id)))
        assert heart.drain(3)
        assert len(bench.store.sent(Keepers)) == asked

    def test_nobody_waits_for_what_is_not_needed(self, bench, heart):
        def fail(request):
            raise StoreUnavailableError("away", request=request)

        bench.store.fail = fail
        heart.run(Errand(Keepers(), needed=False))
        assert heart.drain(0)

    def test_a_callback_that_raises_stops_nothing(self, bench, heart, caplog):
        heart.run(Errand(Get(bench.jobs.add(60)), lambda answer: 1 / 0))
        assert heart.drain(3)
        heart.run(Errand(Get(bench.jobs.add(60))))
        assert heart.drain(3)
        assert "ZeroDivisionError" in caplog.text

    def test_what_a_main_loop_that_hangs_has_prefetched_is_held_no_longer(self, bench, heart, caplog):
        record = bench.send(bench.jobs.add(handler="some.handler"))
        request = Request()
        heart.held.add(HeldDelivery(Delivery(record.id, record.generation, "d1"), 60_000_000, request))
        run = Run(bench.jobs.running("run").id, "run")
        heart.add(run)
        heart.loop_turns()
        wait_until(lambda: bench.store.sent(Hold))
        heart._turned = time.monotonic() - bench.extension.settings.run_lease - 1
        wait_until(lambda: "main loop hangs" in caplog.text)
        holds, pulses = len(bench.store.sent(Hold)), len(run.pulses)
        wait_until(lambda: len(run.pulses) >= pulses + 2)  # runs are kept alive none the less
        assert len(bench.store.sent(Hold)) == holds
        assert caplog.text.count("main loop hangs") == 1
        heart.loop_turns()
        wait_until(lambda: len(bench.store.sent(Hold)) > holds)
        heart._turned = time.monotonic() - bench.extension.settings.run_lease - 1
        heart.loop_left()
        holds = len(bench.store.sent(Hold))
        wait_until(lambda: len(bench.store.sent(Hold)) > holds)

    def test_held_messages_are_held_within_a_second_and_dropped_ones_settled(self, bench, heart):
        record = bench.send(bench.jobs.add(handler="some.handler"))
        request = Request()
        held = HeldDelivery(Delivery(record.id, record.generation, "d1"), 60_000_000, request)
        heart.held.add(held)
        heart.start()
        wait_until(lambda: bench.store.sent(Hold), 1.2)
        assert bench.store.sent(Hold)[0].run_leases_us == (60_000_000,)
        assert heart.held.has(record.id, record.generation)
        del request
        gc.collect()
        wait_until(lambda: bench.store.sent(Settle), 2)
        assert bench.jobs.state(record.id) is JobState.WAITING
        assert not heart.held.has(record.id, record.generation)


class TestHeld:
    def delivery(self, number=1, request=None):
        self.request = request or Request()
        return HeldDelivery(Delivery(f"job-{number}", 1, f"d{number}"), None, self.request)

    def test_the_first_thousand(self):
        held, requests = Held(), [Request() for _ in range(LIMIT + 10)]
        for number, request in enumerate(requests):
            held.add(self.delivery(number, request))
        holds, followed = held.look(())
        assert [each.job_id for each in holds] == [f"job-{number}" for number in range(LIMIT)]
        assert not followed
        assert len(held) == LIMIT + 10

    def test_what_this_process_runs_itself_is_left_to_its_run(self):
        held = Held()
        one = self.delivery()
        held.add(one)
        one.handed = one.accepted = True
        state.active_requests.add(self.request)
        assert held.look({"d1"}) == ([], [])
        assert held.look(()) == ([], [one])

    def test_a_run_is_followed_until_it_is_over(self):
        held = Held()
        one = self.delivery()
        held.add(one)
        one.handed = one.accepted = True
        state.active_requests.add(self.request)
        one.on_pulse(Pulse.TAKEN_OVER)  # not begun yet
        assert held.look(()) == ([one], [one])
        one.on_pulse(Pulse.ALIVE)
        assert held.look(()) == ([], [one])
        one.on_pulse(Pulse.TAKEN_OVER)
        assert held.look(()) == ([], [])
        assert not held.has("job-1", 1)

    def test_a_request_that_celery_has_done_with_is_let_go(self):
        held = Held()
        one = self.delivery()
        held.add(one)
        one.handed = one.accepted = True
        state.active_requests.add(self.request)
        assert held.all() == [one]
        state.active_requests.discard(self.request)
        assert held.all() == []
        assert len(held) == 0

    def test_a_refused_hold(self):
        held = Held()
        waiting, running = self.delivery(1), self.delivery(2)
        keep = [waiting._request(), running._request()]
        for each in (waiting, running):
            held.add(each)
        running.handed = running.accepted = True
        state.active_requests.add(running._request())
        for each in (waiting, running):
            each.on_hold(Refused(Refusal.STALE))
        assert waiting.refusal is Refusal.STALE
        assert running.over
        assert held.look(()) == ([], [])
        assert keep

    def test_a_handed_request_that_is_gone_is_not_settled(self):
        held = Held()
        one = self.delivery()
        held.add(one)
        one.handed = True
        self.request = None
        gc.collect()
        assert held.take_dropped() == []
        assert held.all() == []

    def test_parked_messages_stay(self):
        held = Held()
        held.park(Delivery("job", 1, "d"))
        gc.collect()
        assert len(held.all()) == 1
        assert held.take_dropped() == []
