"""Jobs that travel together: what a pool's child and a worker's parent make of a carrier."""

from __future__ import annotations

import contextlib
import json
from types import SimpleNamespace
from typing import Any

import pytest

from celery_durable_jobs.errors import StoreUnavailableError
from celery_durable_jobs.messages.carrier import carrier_envelope
from celery_durable_jobs.messages.headers import HEADER, make_header
from celery_durable_jobs.model.carrier import CARRIER, KIND_CARRIER, aboard, body_of, travels
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Begin, Begun, Delivery, Finish, Pulse, Refusal, Refused, Settle, Settled
from celery_durable_jobs.worker import shutdown
from celery_durable_jobs.worker.held import Held
from celery_durable_jobs.worker.together.request import HeldCarrier
from celery_durable_jobs.worker.together.task import register
from celery_durable_jobs.worker.together.telling import EVENTS
from celery_durable_jobs.worker.together.unpacking import Unpacking
from tests.support.waiting import wait_until

EMBED = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}


def deliver(bench: Any, handler: Any, ids: list[str], **headers: Any) -> Any:
    """Run jobs that are sent as one carrier, as a pool's child does."""
    register(bench.app)
    jobs = [(job_id, bench.send(job_id).generation) for job_id in ids]
    route = bench.jobs.get(ids[0]).route
    envelope = carrier_envelope(bench.app, handler.name, route, jobs, bench.extension.settings.namespace)
    request = {**envelope.headers, "delivery_info": {"redelivered": True}, **headers}
    return bench.app.tasks[CARRIER].__trace__(envelope.job_id, (handler.name, jobs), {}, request)


@pytest.fixture
def ran() -> list[Any]:
    return []


@pytest.fixture
def handler(bench, ran):
    @bench.handler(batch=5, bind=True, max_retries=1)
    def handler(self, context, number, what=""):
        ran.append((number, self.request.id, context.run_id))
        if what == "fails":
            raise ValueError("no")
        if what == "stops":
            shutdown.begin()
        return number

    return handler


class TestChild:
    def test_each_has_its_own_arguments_run_and_result(self, bench, handler, ran):
        ids = [bench.add(handler, 1), bench.add(handler, 2, "fails"), bench.add(handler, 3)]
        traced = deliver(bench, handler, ids)
        assert (traced.info, traced.retval) == (None, "3 of 3 jobs")
        assert [(number, job_id) for number, job_id, _ in ran] == list(zip((1, 2, 3), ids, strict=True))
        assert len({run_id for *_, run_id in ran}) == 3
        states = [bench.jobs.state(job_id) for job_id in ids]
        assert states == [JobState.SUCCEEDED, JobState.WAITING, JobState.SUCCEEDED]
        assert (bench.jobs.get(ids[1]).failures, bench.jobs.get(ids[1]).error) == (1, "ValueError: no")
        results = [bench.app.AsyncResult(job_id) for job_id in ids]
        assert [result.state for result in results] == ["SUCCESS", "RETRY", "SUCCESS"]
        assert results[2].result == 3

    def test_what_is_not_there_any_more_is_passed_over(self, bench, handler, ran):
        ids = [bench.add(handler, number) for number in range(4)]
        register(bench.app)
        bench.store.fail = lambda request: bench.cancel(ids[2]) if _begins(request, ids[0]) else None
        deliver(bench, handler, ids)
        assert [number for number, *_ in ran] == [0, 1, 3]
        assert bench.jobs.state(ids[2]) is JobState.CANCELLED

    def test_a_worker_that_stops_gives_back_the_rest(self, bench, handler, ran):
        ids = [bench.add(handler, 1, "stops"), bench.add(handler, 2), bench.add(handler, 3)]
        deliver(bench, handler, ids)
        wait_until(lambda: [bench.jobs.state(job_id) for job_id in ids[1:]] == [JobState.WAITING] * 2)
        assert [number for number, *_ in ran] == [1]
        assert bench.jobs.state(ids[0]) is JobState.SUCCEEDED
        assert [bench.jobs.get(job_id).attempt for job_id in ids[1:]] == [0, 0]

    def test_arguments_that_can_not_be_read_are_a_dead_letter_of_that_job_alone(self, bench, handler, ran):
        ids = [bench.add(handler, 1), bench.add(handler, 2)]
        ids.insert(1, bench.jobs.add(handler=handler.name, content=Content(b"no json")))
        deliver(bench, handler, ids)
        assert [number for number, *_ in ran] == [1, 2]
        assert "arguments can't be read" in bench.jobs.get(ids[1]).error
        assert bench.app.AsyncResult(ids[1]).state == "FAILURE"

    def test_a_finish_that_gets_no_answer_is_repeated_and_the_next_one_begins(self, bench, handler, ran):
        ids = [bench.add(handler, 1), bench.add(handler, 2)]
        lost = []

        def fail(request: Any) -> None:
            if isinstance(request, Finish) and not lost:
                lost.append(request)
                raise StoreUnavailableError("away", request=request)

        bench.store.fail = fail
        deliver(bench, handler, ids)
        assert [number for number, *_ in ran] == [1, 2]
        wait_until(lambda: [bench.jobs.state(job_id) for job_id in ids] == [JobState.SUCCEEDED] * 2)

    @pytest.mark.parametrize("header", ["1:0:handler:shop", "1:0:carrier:other", "2:0:carrier:shop"])
    def test_another_header_is_refused(self, bench, handler, ran, header):
        namespace = bench.extension.settings.namespace
        bad = {HEADER: header.replace("shop", namespace)}
        traced = deliver(bench, handler, [bench.add(handler, 1)], **bad)
        assert traced.info.state == "IGNORED"
        assert not ran


class TestUnpacking:
    ARGUMENTS: tuple[tuple[list[Any], dict[str, Any]], ...] = (
        ([1, "a b", 2.5, None, True], {}),
        ([], {}),
        (["it's"], {}),
        (["ü", "\n", "\\\\"], {}),
        ([[1, {"a": [2]}]], {"number": 5, "what": "x" * 3_000}),
    )

    @pytest.mark.parametrize(("args", "kwargs"), ARGUMENTS)
    def test_the_short_way_makes_what_the_whole_way_makes(self, bench, handler, args, kwargs):
        """But for what only a broker's message has, a handler sees the request of a message of its own."""
        ids = [bench.add(handler, 0), bench.add(handler, *args, kwargs=kwargs, embed=EMBED)]
        records = [bench.send(job_id) for job_id in ids]
        carried = {"hostname": "bench@here", "delivery_info": {"exchange": "", "routing_key": "celery", "priority": 0}}
        unpack = Unpacking(bench.extension, carried)
        unpack(records[0])
        _, _, by_message, by_keywords, alone = bench.message(records[1])
        got_args, got_kwargs, request = unpack(records[1])
        assert (got_args, got_kwargs) == (by_message, by_keywords)
        assert request == alone | {"reply_to": request["reply_to"]}


class TestEvents:
    def test_each_job_has_its_own(self, bench, handler, monkeypatch):
        sent: list[tuple[str, str]] = []
        dispatcher = SimpleNamespace(send=lambda kind, uuid, **fields: sent.append((kind, uuid)))
        monkeypatch.setattr(bench.app.events, "default_dispatcher", lambda **_: contextlib.nullcontext(dispatcher))
        ids = [bench.add(handler, 1), bench.add(handler, 2, "fails")]
        deliver(bench, handler, ids, **{EVENTS: True})
        assert sent == [
            ("task-received", ids[0]), ("task-started", ids[0]), ("task-succeeded", ids[0]),
            ("task-received", ids[1]), ("task-started", ids[1]), ("task-retried", ids[1]),
        ]  # fmt: skip

    def test_without_a_broker_the_jobs_go_on(self, bench, handler, ran, monkeypatch):
        def away(**_: Any) -> Any:
            raise ConnectionError("nobody there")

        monkeypatch.setattr(bench.app.events, "default_dispatcher", away)
        deliver(bench, handler, [bench.add(handler, 1), bench.add(handler, 2)], **{EVENTS: True})
        assert [number for number, *_ in ran] == [1, 2]


def _begins(request: Any, job_id: str) -> bool:
    return isinstance(request, Begin) and request.job_id == job_id


class TestParent:
    """``HeldCarrier`` with the answers of a heart that the test gives."""

    @pytest.fixture
    def heart(self):
        settings = SimpleNamespace(begin_timeout=30)
        told: list[Settle] = []
        heart = SimpleNamespace(
            extension=SimpleNamespace(settings=settings), held=Held(), told=told, errands=[], here=set(),
            run=lambda errand: heart.errands.append(errand) or told.append(errand.request),
            runs_here=lambda delivery_id: delivery_id in heart.here,
        )  # fmt: skip
        return heart

    @pytest.fixture
    def carrier(self, heart, monkeypatch):
        self.now = 100.0
        monkeypatch.setattr("celery_durable_jobs.worker.together.request.time.monotonic", lambda: self.now)
        carrier = HeldCarrier(heart, [Delivery(f"j{place}", 7, f"d.{place}") for place in range(3)], None, self)
        carrier.handed = carrier.accepted = True
        carrier.pid = 5
        for part in carrier.parts:
            heart.held.add(part)
        return carrier

    def test_it_speaks_for_all(self, carrier):
        assert [(part.handed, part.accepted, part.pid, part.among_others) for part in carrier.parts] == (
            [(True, True, 5, True)] * 3
        )
        for place, part in enumerate(carrier.parts):
            assert carrier.refusal is None, place
            part.refusal = Refusal.STALE
        assert carrier.refusal is Refusal.STALE

    def test_what_waits_behind_one_for_a_begin_timeout_is_given_back(self, heart, carrier):
        first, second, third = carrier.parts
        first.on_pulse(Pulse.ALIVE)
        for seconds in (20, 9):
            self.now += seconds
            first.on_pulse(Pulse.ALIVE)
        assert not heart.told
        first.on_hold(Refused(Refusal.ENDED))
        second.on_pulse(Pulse.ALIVE)
        self.now += 30
        second.on_pulse(Pulse.ALIVE)
        assert not heart.told
        self.now += 1
        second.on_pulse(Pulse.ALIVE)
        assert [(each.delivery.job_id, each.delivery.generation, each.points) for each in heart.told] == [("j2", 7, 0)]
        assert not third.over
        heart.errands[0].answered(Settled(JobState.WAITING))
        assert third.over
        assert not heart.held.has("j2", 7)

    def test_what_this_process_runs_itself_is_not_given_back(self, heart, carrier):
        """Of runs in threads and greenlets the heart tells no pulse."""
        first, second, third = carrier.parts
        first.on_pulse(Pulse.ALIVE)
        first.on_hold(Refused(Refusal.ENDED))
        heart.here.add(second.delivery_id)
        third.on_pulse(Pulse.TAKEN_OVER)
        self.now += 31
        third.on_pulse(Pulse.TAKEN_OVER)
        assert [each.delivery.job_id for each in heart.told] == ["j2"]

    def test_what_begins_this_very_moment_goes_on(self, bench, heart, handler, monkeypatch):
        """Of one round's answers the first job's is told first: that the second has begun isn't known then."""
        store = bench.extension.store
        named = [(job_id, bench.send(job_id).generation) for job_id in (bench.add(handler, 1), bench.add(handler, 2))]
        deliveries = [Delivery(*job, f"d.{place}") for place, job in enumerate(named)]
        moment = [100.0]
        monkeypatch.setattr("celery_durable_jobs.worker.together.request.time.monotonic", lambda: moment[0])
        carrier = HeldCarrier(heart, deliveries, None, self)
        carrier.handed = carrier.accepted = True
        first, second = carrier.parts
        first.on_pulse(Pulse.ALIVE)
        for each in deliveries:
            assert isinstance(store.send(Begin(each.job_id, each.generation, each.delivery_id)), Begun)
        moment[0] += 31
        first.on_pulse(Pulse.ALIVE)
        (errand,) = heart.errands
        answer = store.send(errand.request)
        assert answer == Refused(Refusal.BEGUN, JobState.RUNNING)
        errand.answered(answer)
        assert not second.over
        assert bench.jobs.state(second.job_id) is JobState.RUNNING

    def test_before_anything_has_begun_nothing_is_given_back(self, heart, carrier):
        self.now += 500
        for part in carrier.parts:
            part.on_pulse(Pulse.TAKEN_OVER)
        assert not heart.told


def test_a_body_is_read_as_it_was_written():

    body = json.loads(body_of('shop."ü"', [("1" + "-" * 29, 5), ("1" + "0" * 29, 6)]))
    assert aboard(body[0]) == ('shop."ü"', [("1" + "-" * 29, 5), ("1" + "0" * 29, 6)])


@pytest.mark.parametrize(
    "arguments",
    [None, [], ["h"], ["h", []], [5, [["1" + "-" * 29, 5]]], ["h", [["x", 5]]], ["h", [["1" + "-" * 29, "5"]]]],
)
def test_other_arguments_are_refused(arguments):
    with pytest.raises(ValueError, match="it names no"):
        aboard(arguments)


@pytest.mark.parametrize(
    ("content", "may"),
    [
        (Content(b""), True),
        (Content(b"", "application/x-python-serialize", "binary", headers={"traceparent": "a"}), True),
        (Content(b"", headers={"timelimit": [5, None]}), False),
        (Content(b"", headers={"compression": "application/x-gzip"}), False),
        (Content(b"", options={"delivery_mode": 1}), False),
        (None, False),
    ],
)
def test_which_jobs_travel(content, may):
    assert travels(content) is may


def test_the_header_says_what_it_is():
    assert make_header("shop", 0, KIND_CARRIER) == "1:0:carrier:shop"
