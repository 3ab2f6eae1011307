"""A keeper that dispatches in one step: what it asks for, what it learns, and how it fares when calls are lost."""

from __future__ import annotations

import base64
import dataclasses
import json
import uuid
from typing import Any

import pytest

from celery_durable_jobs.keeper import onestep
from celery_durable_jobs.keeper.keeper import Keeper
from celery_durable_jobs.keeper.onestep import OneStep
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Claim, Dispatch, Dispatched, Term
from tests.unit.keeper.bench import CELERY, MAIL, Bench
from tests.unit.keeper.test_terms import due_for

MARK = b"the broker is here"
TERM = Term("---0mRCy", "1.k1")


class Broker:
    """Makes messages as Kombu's Redis channel does."""

    def __init__(self, *, here: bool = True) -> None:
        self.here = here
        self.last_error = ""
        self.rendered = 0
        self.plain = True

    def mark(self, name: str, seconds: int, timeout: float = 2.0) -> bytes | None:
        return MARK if self.here else None

    def render(self, envelope: Any, timeout: float = 2.0) -> tuple[bytes, str] | None:
        self.rendered += 1
        if not self.plain:
            return None
        message = {
            "body": base64.b64encode(envelope.body).decode(),
            "content-type": envelope.content_type,
            "headers": envelope.headers,
            "properties": {**envelope.properties, "body_encoding": "base64", "delivery_tag": str(uuid.uuid4())},
        }
        return (envelope.route.queue or "").encode(), json.dumps(message)


class OneStepBench(Bench):
    """Keepers whose broker is the store."""

    def __init__(self, **changes: Any) -> None:
        super().__init__(**changes)
        self.store.inner._state.marks.add(MARK)  # type: ignore[attr-defined]
        self.brokers: dict[str, Broker] = {}

    def keeper(self, name: str = "k1") -> Keeper:
        keeper = super().keeper(name)
        self.brokers[name] = Broker()
        made = OneStep(self.app, "bench", self.brokers[name], keeper.routes, timeout=1.0, clock=self.seconds)
        keeper.onestep = keeper.claims._onestep = made
        return keeper

    def pushed(self, queue: bytes = b"celery") -> list[dict[str, Any]]:
        lists = self.store.inner._state.lists  # type: ignore[attr-defined]
        return [json.loads(each) for each in reversed(lists.get(queue) or [])]

    def pushed_ids(self, queue: bytes = b"celery") -> list[str]:
        return [message["headers"]["id"] for message in self.pushed(queue)]


@pytest.fixture
def bench() -> OneStepBench:
    return OneStepBench()


def requests(bench: Bench, kind: type) -> int:
    return sum(isinstance(request, kind) for request in bench.store.seen)


class TestAtWork:
    def test_due_jobs_are_on_their_queue_and_nothing_is_claimed(self, bench: OneStepBench) -> None:
        keeper = bench.keeper()
        ids = [bench.jobs.add(0, content=Content(b"[[%d], {}, {}]" % number)) for number in range(500)]
        mail = bench.jobs.add(0, route=MAIL)
        bench.round(keeper)
        assert bench.pushed_ids() == ids
        assert bench.pushed_ids(b"mail") == [mail]
        assert requests(bench, Claim) == 0
        assert keeper.dispatch.dispatched == 501
        assert bench.recorders["k1"].published == []

    def test_what_does_not_fit_is_claimed_and_the_order_stays(self, bench: OneStepBench) -> None:
        keeper = bench.keeper()
        order: list[str] = []
        bench.recorders["k1"].meanwhile = lambda: order.extend(
            job_id for job_id in [*bench.pushed_ids(), *bench.recorders["k1"].ids] if job_id not in order
        )
        bodies = [b"[[%d], {}, {}]" % number if number % 10 else b"\x80pickled" for number in range(1, 60)]
        ids = [bench.jobs.add(0, content=Content(body)) for body in bodies]
        bench.round(keeper)
        order.extend(job_id for job_id in bench.pushed_ids() if job_id not in order)
        assert order == ids
        assert {job.content.body for job in bench.recorders["k1"].published if job.content} >= {b"\x80pickled"}

    @pytest.mark.parametrize("what", ["request", "reply"])
    def test_a_lost_call_loses_and_doubles_nothing(self, bench: OneStepBench, what: str) -> None:
        keeper = bench.keeper()
        bench.round(keeper)
        lost = []

        def loses(request: Any) -> str | None:
            if isinstance(request, Dispatch) and request.templates and len(lost) < 5:
                lost.append(request)
                return what
            return None

        bench.store.loses = loses
        ids = [bench.jobs.add(0) for _ in range(300)]
        for _ in range(12):
            bench.pass_time(0.2, keeper, step=0.2)
        assert len(lost) == 5 if what == "request" else lost
        assert bench.pushed_ids() == ids
        assert {bench.jobs.state(job_id) for job_id in ids} == {JobState.SENT}

    def test_one_that_slept_through_its_lease_pushes_nothing(self, bench: OneStepBench) -> None:
        """G5"""
        one, two = bench.keeper("k1"), bench.keeper("k2")
        bench.round(one, two)
        first = due_for(bench, "k1", "k2")
        bench.round(one)
        assert bench.pushed_ids() == [first]
        second = due_for(bench, "k1", "k2")
        one.looks.tick()  # lets go of the drained shard
        one.looks.tick()
        inner, stops = bench.store.inner.send, []

        def send(request: Any, **options: Any) -> Any:
            if isinstance(request, Dispatch) and not stops:
                stops.append(request)
                bench.pass_time(8, two, step=0.5)
            return inner(request, **options)

        bench.store.inner.send = send  # type: ignore[method-assign]
        for _ in range(5):
            one.work()
        assert len(stops) == 1
        assert bench.pushed_ids() == [first, second]

    def test_a_broker_elsewhere_is_told_once_and_tried_again(
        self, bench: OneStepBench, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("INFO")
        keeper = bench.keeper()
        marks = bench.store.inner._state.marks  # type: ignore[attr-defined]
        marks.clear()
        ids = [bench.jobs.add(0)]
        bench.round(keeper)
        for _ in range(3):
            ids.append(bench.jobs.add(0))
            bench.pass_time(31, keeper)
        assert list(dict.fromkeys(bench.recorders["k1"].ids)) == ids
        assert caplog.text.count("the broker isn't in the store's database") == 1
        marks.add(MARK)
        bench.pass_time(31, keeper)
        job_id = bench.jobs.add(0)
        bench.round(keeper)
        assert bench.pushed_ids() == [job_id]

    def test_another_kind_of_broker_is_told_once(self, bench: OneStepBench, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("INFO")
        keeper = bench.keeper()
        bench.brokers["k1"].here = False
        for _ in range(3):
            bench.jobs.add(0)
            bench.pass_time(31, keeper)
        assert requests(bench, Dispatch) == 0
        assert caplog.text.count("the broker isn't Redis") == 1

    def test_a_push_that_fails_goes_to_the_producer(self, bench: OneStepBench) -> None:
        keeper = bench.keeper()
        bench.store.inner._state.lists[b"celery"] = None  # type: ignore[attr-defined]
        job_id = bench.jobs.add(0)
        bench.round(keeper)
        assert bench.recorders["k1"].ids == [job_id]


class TestWhatItLearns:
    @pytest.fixture
    def made(self, bench: OneStepBench) -> OneStep:
        keeper = bench.keeper()
        assert keeper.onestep is not None
        return keeper.onestep

    def ask(self, made: OneStep, route: Route = CELERY) -> Dispatch:
        request = made.request(TERM, route, 1)
        assert request is not None
        return request

    def job(self, bench: OneStepBench, **fields: Any) -> Any:
        return bench.jobs.get(bench.jobs.add(60, **fields))

    def tell(self, made: OneStep, request: Dispatch, **fields: Any) -> None:
        answer = Dispatched(0, **fields)
        made.answered(request, answer, answer.took_us)

    def test_a_template_a_kind_of_job_and_any_headers_after_four(self, bench: OneStepBench, made: OneStep) -> None:
        for number in range(7):
            job = self.job(bench, content=Content(b"[[], {}, {}]", headers={"trace": number}))
            request = self.ask(made)
            if not any(each.headers is None for each in request.templates):
                self.tell(made, request, unfit=job)
        headers = [each.headers for each in self.ask(made).templates]
        assert headers == [*(b'{"trace":%d}' % number for number in range(4)), None]

    def test_templates_are_bounded(self, bench: OneStepBench, made: OneStep) -> None:
        for number in range(onestep.TEMPLATES + 5):
            self.tell(made, self.ask(made), unfit=self.job(bench, handler=f"shop.f{number}"))
        handlers = [each.handler for each in self.ask(made).templates]
        assert handlers == [f"shop.f{number}" for number in range(5, onestep.TEMPLATES + 5)]

    def test_detours_grow_until_something_fits(self, bench: OneStepBench, made: OneStep) -> None:
        odd = self.job(bench, content=Content(b"\x80pickled"))
        lengths = []
        for _ in range(9):
            self.tell(made, self.ask(made), unfit=odd)
            count = 0
            while made.request(TERM, CELERY, 1) is None:
                count += 1
            lengths.append(count)
        assert lengths == [1, 2, 4, 8, 16, 32, 64, 64, 64]
        request = self.ask(made)
        self.tell(made, request, jobs=(("id", 1),), unfit=odd)
        assert made.request(TERM, CELERY, 1) is None
        assert made.request(TERM, CELERY, 1) is not None

    def test_two_lines_that_meet_the_same_unknown_kind_cost_one_template(
        self, bench: OneStepBench, made: OneStep
    ) -> None:
        first, second = self.ask(made), self.ask(made)
        self.tell(made, first, unfit=self.job(bench))
        self.tell(made, second, unfit=self.job(bench))
        assert len(self.ask(made).templates) == 1

    def test_a_message_that_would_be_another_one_is_not_made(
        self, bench: OneStepBench, made: OneStep, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whatever somebody does to messages on their way: the very message is compared."""
        calls = []
        render = bench.brokers["k1"].render

        def counted(envelope: Any, timeout: float = 2.0) -> Any:
            calls.append(envelope)
            return render(dataclasses.replace(envelope, headers={**envelope.headers, "count": len(calls)}))

        monkeypatch.setattr(bench.brokers["k1"], "render", counted)
        self.tell(made, self.ask(made), unfit=self.job(bench))
        assert made.request(TERM, CELERY, 1) is None
        assert self.ask(made).templates == ()

    def test_a_route_that_is_not_plain_is_told_once(
        self, bench: OneStepBench, made: OneStep, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("INFO")
        bench.brokers["k1"].plain = False
        for _ in range(3):
            self.tell(made, self.ask(made), unfit=self.job(bench))
            while made.request(TERM, CELERY, 1) is None:
                pass
        assert caplog.text.count("go through Kombu's producer") == 1

    def test_batches_follow_the_time_that_the_server_takes(self, made: OneStep) -> None:
        first = self.ask(made)
        full = tuple((str(number), number) for number in range(first.limit))
        self.tell(made, first, jobs=full, took_us=1_000)
        grown = self.ask(made)
        assert grown.limit == 2 * first.limit
        self.tell(made, grown, jobs=full * 2, took_us=10_000)
        shrunk = self.ask(made)
        assert shrunk.limit == grown.limit // 4
        assert shrunk.limit_bytes < grown.limit_bytes
        self.tell(made, shrunk, jobs=full[:3], head_us=0, took_us=500)
        assert self.ask(made).limit_bytes > shrunk.limit_bytes
        for _ in range(20):
            request = self.ask(made)
            self.tell(made, request, jobs=full, took_us=50_000)
        assert (self.ask(made).limit, self.ask(made).limit_bytes) == (onestep.FEWEST, onestep.LEAST_BYTES)

    def test_the_lines_of_a_round_share_it(self, made: OneStep) -> None:
        whole, quarter = self.ask(made), made.request(TERM, CELERY, 4)
        assert quarter is not None
        assert (quarter.limit, quarter.limit_bytes) == (whole.limit // 4, whole.limit_bytes // 4)
