"""When a job is run again: Celery's options as a value, hooks, and moments that people give."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celery_durable_jobs.errors import InvalidTimeError
from celery_durable_jobs.model.retry import RetryOptions, to_when
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import When
from tests.support.labels import label
from tests.unit.worker.bench import Bench


def middle() -> float:
    return 0.5


class TestOptions:
    def test_the_default_is_three_times_2_4_8_seconds(self):
        delays = [RetryOptions().next_delay(failures, ValueError(), draw=middle) for failures in range(5)]
        assert delays == [2, 4, 8, None, None]

    @given(st.floats(0, 1, exclude_max=True), st.integers(0, 2))
    def test_ten_percent_jitter(self, drawn, failures):
        delay = RetryOptions().next_delay(failures, ValueError(), draw=lambda: drawn)
        assert delay is not None
        assert 0.9 <= delay / 2 ** (failures + 1) <= 1.1

    def test_celerys_jitter(self):
        options = RetryOptions(jitter=True)
        assert options.next_delay(0, ValueError(), draw=lambda: 0.0) == 0
        assert options.next_delay(0, ValueError(), draw=middle) == 1

    def test_none(self):
        assert RetryOptions(jitter=False).next_delay(2, ValueError()) == 8

    def test_it_is_bounded(self):
        options = RetryOptions(max_retries=None, jitter=False, backoff_max=100)
        assert options.next_delay(10, ValueError()) == 100
        assert options.next_delay(100_000, ValueError()) == 100

    def test_a_fixed_delay(self):
        assert RetryOptions(backoff=None, delay=7).next_delay(2, ValueError()) == 7

    def test_kinds(self):
        options = RetryOptions(retry_for=(OSError,), give_up_for=(FileNotFoundError,), jitter=False)
        assert options.next_delay(0, ConnectionError()) == 2
        assert options.next_delay(0, FileNotFoundError()) is None
        assert options.next_delay(0, ValueError()) is None


class TestHandlers:
    def first_delay(self, bench, **options):
        @bench.handler(**options)
        def fails(context):
            raise OSError("no")

        record = bench.run(fails).record
        return None if record.state is JobState.DEAD else bench.waits(record)

    @pytest.mark.parametrize(
        ("options", "delay"),
        [
            ({"retry_backoff": 30, "retry_jitter": False}, 30),
            ({"retry_backoff": True, "retry_jitter": False}, 1),
            ({"retry_backoff": 30, "retry_backoff_max": 10, "retry_jitter": False}, 10),
            ({"default_retry_delay": 45}, 45),
            ({"default_retry_delay": 45, "retry_backoff": 5, "retry_jitter": False}, 5),
            ({"retry_backoff": False}, 180),
            ({"retry_kwargs": {"countdown": 9}}, 9),
            ({"retry_kwargs": {"max_retries": 0}}, None),
            ({"max_retries": 0}, None),
            ({"autoretry_for": (ValueError,)}, None),
            ({"autoretry_for": ()}, None),
            ({"dont_autoretry_for": (OSError,)}, None),
            ({"autoretry_for": [OSError], "retry_jitter": False}, 2),
            ({"should_retry": lambda context, error: 12.5}, 12.5),
            ({"should_retry": lambda context, error: timedelta(minutes=1)}, 60),
            ({"should_retry": lambda context, error: None}, None),
            ({"should_retry": "tests.unit.worker.test_retry_policy:after_five"}, 5),
        ],
        ids=label,
    )
    def test_celerys_options(self, bench, options, delay):
        assert self.first_delay(bench, **options) == (None if delay is None else pytest.approx(delay))

    def test_of_a_base_class(self, bench):
        from celery import Task

        class Patient(Task):
            max_retries = 0

        assert self.first_delay(bench, base=Patient) is None

    def test_a_hook_sees_context_and_exception(self, bench):
        seen = []

        def hook(context, error):
            seen.append((context.failures, context.job.target, str(error)))
            return 1

        @bench.handler(should_retry=hook)
        def fails(context):
            raise OSError("no")

        done = bench.run(fails, target="t")
        bench.again(done.id)
        assert seen == [(0, "t", "no"), (1, "t", "no")]

    def test_an_async_hook(self, bench):
        async def hook(context, error):
            return 4

        assert self.first_delay(bench, should_retry=hook) == 4

    def test_a_datetime(self, bench):
        at = datetime(2027, 1, 16, tzinfo=timezone.utc)

        @bench.handler(should_retry=lambda context, error: at)
        def fails(context):
            raise OSError

        assert bench.run(fails).record.due_us == at.timestamp() * 1_000_000

    @pytest.mark.parametrize("answer", [True, False, "soon", float("nan"), float("inf"), 1e12, object()], ids=label)
    def test_nonsense_is_death_with_both_errors(self, bench, answer):
        @bench.handler(should_retry=lambda context, error: answer)
        def fails(context):
            raise OSError("the first")

        done = bench.run(fails)
        assert done.record.state is JobState.DEAD
        assert done.record.error.startswith("OSError: the first\nIts retry policy failed too: ")
        assert "the retry policy's answer must be" in done.record.error
        assert str(done.result.result) == "the first"

    def test_a_hook_that_raises_is_death_with_both_errors(self, bench):
        @bench.handler(should_retry=lambda context, error: {}["missing"])
        def fails(context):
            raise OSError("the first")

        done = bench.run(fails)
        assert done.record.state is JobState.DEAD
        assert "OSError: the first\nIts retry policy failed too: KeyError: 'missing'" in done.record.error

    def test_the_apps_hook_is_for_handlers_that_say_nothing(self):
        bench = Bench(should_retry=lambda context, error: 77)
        try:
            assert self.first_delay(bench) == 77
            assert self.first_delay(bench, name="b", max_retries=0) is None
            assert self.first_delay(bench, name="c", should_retry=lambda context, error: 3) == 3
        finally:
            bench.close()


def after_five(context, error):
    return 5


class TestMoments:
    @pytest.mark.parametrize(
        ("given", "when"),
        [
            (0, When(after_us=0)),
            (1.5, When(after_us=1_500_000)),
            (-3, When(after_us=0)),
            (timedelta(microseconds=1), When(after_us=1)),
            (timedelta(days=-1), When(after_us=0)),
            (datetime(1970, 1, 1, 0, 0, 1, tzinfo=timezone.utc), When(at_us=1_000_000)),
            (datetime(1960, 1, 1, tzinfo=timezone.utc), When(at_us=0)),
            (datetime(1970, 1, 1, 1, 0, 1, tzinfo=timezone(timedelta(hours=1))), When(at_us=1_000_000)),
            (datetime(1970, 1, 1, 0, 0, 1), When(at_us=1_000_000)),
        ],
        ids=label,
    )
    def test_what_is_understood(self, given, when):
        assert to_when(given, timezone.utc) == when

    @pytest.mark.parametrize(
        "given",
        [None, True, "5", float("nan"), float("inf"), -float("inf"), date(2027, 1, 1), 1e18, timedelta(days=999_999),
         datetime(2300, 1, 1, tzinfo=timezone.utc), []],
        ids=label,
    )  # fmt: skip
    def test_what_is_not(self, given):
        with pytest.raises(InvalidTimeError, match="the limit must be"):
            to_when(given, timezone.utc, argument="the limit")

    def test_naive_without_a_zone(self):
        with pytest.raises(InvalidTimeError, match="no timezone"):
            to_when(datetime(2027, 1, 1), None)
