"""What becomes of what: each row of docs/reference/outcomes.md that a handler can bring about by itself."""

from __future__ import annotations

import asyncio
import concurrent.futures
import sys
from datetime import datetime, timedelta, timezone

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from celery import signals
from celery.exceptions import Ignore, Reject, Retry

from celery_durable_jobs.errors import InvalidTimeError, RunStopped
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.worker import shutdown
from celery_durable_jobs.worker.context import JobContext
from celery_durable_jobs.worker.decide import describe
from celery_durable_jobs.worker.outcomes import PollAfter, RescheduleAt


class TestReturn:
    def test_a_return_is_success(self, bench):
        @bench.handler
        def double(context, x):
            return 2 * x

        done = bench.run(double, 21)
        assert done.record.state is JobState.SUCCEEDED
        assert (done.result.state, done.result.result) == ("SUCCESS", 42)
        assert done.traced.info is None

    def test_also_while_it_should_stop(self, bench):
        @bench.handler
        def stubborn(context):
            assert bench.cancel(context.job.id).value == "requested"
            return "done all the same"

        assert bench.run(stubborn).record.state is JobState.SUCCEEDED

    @pytest.mark.parametrize("when", [30, timedelta(seconds=30), 30.0])
    def test_reschedule_starts_anew(self, bench, when):
        @bench.handler
        def again(context):
            if context.failures < 1:
                raise ValueError("once")
            return RescheduleAt(when)

        first = bench.run(again)
        assert (first.record.attempt, first.record.failures) == (1, 1)
        second = bench.again(first.id)
        assert bench.waits(second.record) == pytest.approx(30)
        assert (second.record.attempt, second.record.failures, second.record.error) == (0, 0, None)
        assert second.result.state == "RETRY"

    def test_reschedule_at_a_time_of_day(self, bench):
        at = datetime(2027, 1, 16, 9, tzinfo=timezone(timedelta(hours=2)))

        @bench.handler
        def tomorrow(context):
            return RescheduleAt(at)

        assert bench.run(tomorrow).record.due_us == at.timestamp() * 1_000_000

    def test_a_naive_time_is_the_apps(self, bench):
        bench.app.conf.timezone = "Europe/Berlin"

        @bench.handler
        def tomorrow(context):
            return RescheduleAt(datetime(2027, 1, 16, 9))

        expected = datetime(2027, 1, 16, 8, tzinfo=timezone.utc)
        assert bench.run(tomorrow).record.due_us == expected.timestamp() * 1_000_000

    def test_poll_is_the_same_run(self, bench):
        seen = []

        @bench.handler
        def poll(context):
            seen.append((context.run_id, context.attempt))
            return PollAfter(5) if len(seen) < 3 else "ready"

        first = bench.run(poll)
        assert bench.waits(first.record) == pytest.approx(5)
        assert first.result.state == "RETRY"
        bench.again(first.id)
        last = bench.again(first.id)
        assert last.record.state is JobState.SUCCEEDED
        assert len(seen) == 3
        assert len(set(seen)) == 1
        assert last.result.result == "ready"

    @pytest.mark.parametrize("result", [PollAfter, RescheduleAt, (number for number in range(3))])
    def test_an_impossible_result_is_a_failure_that_names_it(self, bench, result):
        @bench.handler(max_retries=0)
        def wrong(context):
            return result

        done = bench.run(wrong)
        assert done.record.state is JobState.DEAD
        assert "ImpossibleResultError: the handler returned" in done.record.error
        assert done.result.state == "FAILURE"

    @pytest.mark.parametrize(
        "make", [lambda: PollAfter(0), lambda: PollAfter(-1), lambda: RescheduleAt(None), lambda: PollAfter(True)]
    )
    def test_an_impossible_time_is_a_failure_that_names_it(self, bench, make):
        @bench.handler
        def wrong(context):
            return make()

        done = bench.run(wrong)
        assert bench.waits(done.record) == pytest.approx(2, rel=0.11)
        assert "InvalidTimeError" in done.record.error
        assert "PollAfter" in done.record.error or "RescheduleAt" in done.record.error
        with pytest.raises(InvalidTimeError):
            make()

    def test_a_result_that_cant_be_encoded_is_success(self, bench, caplog):
        @bench.handler
        def odd(context):
            return object()

        done = bench.run(odd)
        assert done.record.state is JobState.SUCCEEDED
        assert done.result.state == "FAILURE"
        assert "has succeeded, but its result could not be stored" in caplog.text

    def test_unless_something_waits_for_it(self, bench):
        @bench.handler
        def odd(context):
            return object()

        link = bench.app.signature("nobody.knows", args=()).set(serializer="json")
        done = bench.run(odd, embed={"callbacks": [dict(link)]})
        assert bench.waits(done.record) == pytest.approx(2, rel=0.11)
        assert "EncodeError" in done.record.error or "not JSON serializable" in done.record.error
        assert done.result.state == "RETRY"

    def test_expires_ends_polling(self, bench):
        @bench.handler
        def poll(context):
            return PollAfter(60)

        from celery_durable_jobs.model.when import When

        done = bench.run(poll, expires=When(after_us=30_000_000))
        assert done.record.state is JobState.EXPIRED
        assert done.result.state == "REVOKED"


class TestExceptions:
    def test_a_plain_exception_is_retried_then_dead(self, bench):
        seen = []

        @bench.handler
        def fails(context):
            seen.append((context.attempt, context.failures, context.previous_error))
            raise ValueError(f"boom {len(seen)}")

        done = bench.run(fails)
        delays = [bench.waits(done.record)]
        assert done.result.state == "RETRY"
        for _ in range(2):
            done = bench.again(done.id)
            delays.append(bench.waits(done.record))
        assert delays == [pytest.approx(2, rel=0.11), pytest.approx(4, rel=0.11), pytest.approx(8, rel=0.11)]
        done = bench.again(done.id)
        assert done.record.state is JobState.DEAD
        assert done.record.error.startswith("ValueError: boom 4\n\nTraceback")
        assert "raise ValueError" in done.record.error
        assert (done.result.state, str(done.result.result)) == ("FAILURE", "boom 4")
        assert [attempt for attempt, _, _ in seen] == [1, 2, 3, 4]
        assert [failures for _, failures, _ in seen] == [0, 1, 2, 3]
        errors = [error for _, _, error in seen]
        assert errors == [None, "ValueError: boom 1", "ValueError: boom 2", "ValueError: boom 3"]

    def test_request_retries_are_failures(self, bench):
        seen = []

        @bench.handler(bind=True)
        def fails(self, context):
            seen.append(self.request.retries)
            if len(seen) < 3:
                raise ValueError

        done = bench.run(fails)
        bench.again(done.id)
        assert bench.again(done.id).record.state is JobState.SUCCEEDED
        assert seen == [0, 1, 2]

    @pytest.mark.parametrize(
        "error",
        [
            asyncio.CancelledError("by itself"),
            concurrent.futures.CancelledError("by itself"),
            SystemExit(3),
            SystemExit(0),
            KeyboardInterrupt(),
            SoftTimeLimitExceeded(),
            GeneratorExit(),
            RunStopped("nobody asked it to"),
        ],
        ids=lambda error: type(error).__name__,
    )
    def test_whatever_it_raises_the_policy_decides(self, bench, error):
        @bench.handler(max_retries=1)
        def raises(context):
            raise error

        done = bench.run(raises)
        assert bench.waits(done.record) == pytest.approx(2, rel=0.11)
        assert type(error).__name__ in done.record.error
        done = bench.again(done.id)
        assert done.record.state is JobState.DEAD
        assert done.result.state == "FAILURE"

    def test_sys_exit(self, bench):
        @bench.handler(max_retries=0)
        def leaves(context):
            sys.exit("enough")

        done = bench.run(leaves)
        assert done.record.state is JobState.DEAD
        assert done.record.error.startswith("SystemExit: enough")
        assert "HandlerExitError" in repr(done.result.result)

    def test_ignore_is_success_without_a_result(self, bench):
        @bench.handler
        def ignores(context):
            raise Ignore

        done = bench.run(ignores)
        assert done.record.state is JobState.SUCCEEDED
        assert done.result.state == "PENDING"

    def test_reject_is_death(self, bench):
        @bench.handler
        def rejects(context):
            raise Reject("never again", requeue=False)

        done = bench.run(rejects)
        assert done.record.state is JobState.DEAD
        assert "never again" in done.record.error
        assert done.result.state == "FAILURE"

    def test_reject_and_requeue_asks_the_policy(self, bench):
        @bench.handler(max_retries=1)
        def rejects(context):
            raise Reject("later", requeue=True)

        done = bench.run(rejects)
        assert bench.waits(done.record) == pytest.approx(2, rel=0.11)
        done = bench.again(done.id)
        assert done.record.state is JobState.DEAD
        assert done.result.state == "FAILURE"

    def test_arguments_that_no_longer_bind_are_death_at_once(self, bench):
        called = []

        @bench.handler
        def changed(context, a, b):
            called.append(a)

        done = bench.run(changed, 1)
        assert done.record.state is JobState.DEAD
        assert "missing 1 required positional argument: 'b'" in done.record.error
        assert not called

    def test_a_type_error_of_the_handler_is_an_ordinary_one(self, bench):
        @bench.handler
        def adds(context, a):
            return a + "text"

        assert bench.run(adds, 1).record.state is JobState.WAITING

    def test_errors_that_cant_be_shown_or_encoded(self, bench):
        class UnshownError(Exception):
            def __str__(self):
                raise RuntimeError("no text either")

        @bench.handler(max_retries=0)
        def odd(context):
            raise UnshownError

        assert "UnshownError" in bench.run(odd).record.error
        assert describe(ValueError("half \ud800 character")) == "ValueError: half ? character"

    def test_a_long_error_is_cut(self, bench):
        @bench.handler(max_retries=0)
        def long(context):
            raise ValueError("x" * 100_000)

        assert len(bench.run(long).record.error) == 8_000

    def test_before_start_is_part_of_the_run(self, bench):
        from celery import Task

        class Picky(Task):
            def before_start(self, task_id, args, kwargs):
                raise ConnectionError("not ready")

        @bench.handler(base=Picky)
        def never(context):
            raise AssertionError("not called")

        done = bench.run(never)
        assert bench.waits(done.record) == pytest.approx(2, rel=0.11)
        assert done.record.error == "ConnectionError: not ready"
        assert done.result.state == "RETRY"


class TestSignals:
    """Who traces or logs a run by Celery's signals finds its context."""

    def test_the_context_is_there_from_prerun_to_postrun(self, bench):
        seen = {}
        names = ("task_prerun", "task_success", "task_failure", "task_retry", "task_postrun")

        def receive(signal=None, **_):
            name = next(name for name in names if getattr(signals, name) is signal)
            context = JobContext.current()
            seen.setdefault(context.job.id, []).append((name, context.run_id, context.attempt, context.durable))

        for name in names:
            getattr(signals, name).connect(receive, weak=False, dispatch_uid="t")
        try:

            @bench.handler(max_retries=1)
            def fails(context, times):
                assert JobContext.current() is context
                if context.failures < times:
                    raise ValueError

            for times, outcomes in ((0, ["success"]), (1, ["retry", "success"]), (9, ["retry", "failure"])):
                job = bench.run(fails, times)
                if times:
                    bench.again(job.id)
                expected = [name for outcome in outcomes for name in ("task_prerun", f"task_{outcome}", "task_postrun")]
                # Celery sends its outcome before or after postrun, release by release.
                assert sorted(name for name, *_ in seen[job.id]) == sorted(expected)
                assert {attempt for _, _, attempt, _ in seen[job.id]} == set(range(1, len(outcomes) + 1))
                assert {durable for *_, durable in seen[job.id]} == {True}
        finally:
            for name in names:
                getattr(signals, name).disconnect(dispatch_uid="t")
        with pytest.raises(LookupError):
            JobContext.current()

    def test_hooks_of_the_base_class_have_it_too(self, bench):
        from celery import Task

        seen = []

        class Hooks(Task):
            def before_start(self, task_id, args, kwargs):
                seen.append(("before", JobContext.current().job.id))

            def on_success(self, retval, task_id, args, kwargs):
                seen.append(("success", JobContext.current().job.id))

        @bench.handler(base=Hooks)
        def works(context):
            seen.append(("run", context.job.id))

        job = bench.run(works)
        assert seen == [("before", job.id), ("run", job.id), ("success", job.id)]

    def test_a_handler_that_is_called_there_is_called_by_itself(self, bench):
        seen = []

        @bench.handler
        def note(context):
            seen.append(context.durable)

        def receive(sender=None, **_):
            note()

        signals.task_postrun.connect(receive, weak=False, dispatch_uid="t")
        try:
            bench.run(note)
        finally:
            signals.task_postrun.disconnect(dispatch_uid="t")
        assert seen == [True, False]


class TestRetry:
    def test_self_retry_waits_as_it_says(self, bench):
        published = []
        signals.before_task_publish.connect(lambda **kw: published.append(kw), weak=False, dispatch_uid="t")
        try:

            @bench.handler(bind=True, max_retries=2)
            def tries(self, context):
                try:
                    raise ConnectionError("no answer")
                except ConnectionError as error:
                    raise self.retry(countdown=60, exc=error) from error

            done = bench.run(tries)
            assert bench.waits(done.record) == pytest.approx(60)
            assert done.record.error == "ConnectionError: no answer"
            assert done.result.state == "RETRY"
            bench.again(done.id)
            done = bench.again(done.id)
            assert done.record.state is JobState.DEAD
            assert done.record.error.startswith("ConnectionError: no answer")
            assert not published
        finally:
            signals.before_task_publish.disconnect(dispatch_uid="t")

    def test_without_a_time_it_is_celerys_delay(self, bench):
        @bench.handler(bind=True)
        def tries(self, context):
            self.retry()

        assert bench.waits(bench.run(tries).record) == pytest.approx(180)

    def test_its_own_bound_wins(self, bench):
        @bench.handler(bind=True, max_retries=10)
        def tries(self, context):
            self.retry(max_retries=0)

        done = bench.run(tries)
        assert done.record.state is JobState.DEAD
        assert "MaxRetriesExceededError" in done.record.error

    def test_eta(self, bench):
        at = datetime(2027, 1, 16, 9, tzinfo=timezone.utc)

        @bench.handler(bind=True)
        def tries(self, context):
            self.retry(eta=at)

        assert bench.run(tries).record.due_us == at.timestamp() * 1_000_000

    def test_not_thrown_it_still_counts(self, bench):
        @bench.handler(bind=True)
        def tries(self, context):
            self.retry(countdown=7, throw=False)
            return "and goes on"

        done = bench.run(tries)
        assert bench.waits(done.record) == pytest.approx(7)
        assert done.record.failures == 1

    @pytest.mark.parametrize("given", [{"args": (2,)}, {"kwargs": {"x": 2}}, {"queue": "other"}])
    def test_what_a_job_cant_change_is_refused(self, bench, given):
        @bench.handler(bind=True, max_retries=0)
        def tries(self, context, x):
            self.retry(**given)

        done = bench.run(tries, 1)
        assert done.record.state is JobState.DEAD
        assert next(iter(given)) in done.record.error

    def test_a_raised_retry(self, bench):
        @bench.handler
        def tries(context):
            raise Retry(when=11)

        assert bench.waits(bench.run(tries).record) == pytest.approx(11)

    def test_autoretry_for_is_the_policy(self, bench):
        @bench.handler(autoretry_for=(ConnectionError,), retry_backoff=3, max_retries=1)
        def tries(context, error):
            raise {"connection": ConnectionError, "value": ValueError}[error]("no")

        done = bench.run(tries, "connection")
        assert bench.waits(done.record) == pytest.approx(3, rel=0.11)
        assert bench.again(done.id).record.state is JobState.DEAD
        assert bench.run(tries, "value").record.state is JobState.DEAD

    def test_by_delay_it_is_celerys_own(self, bench):
        @bench.handler(bind=True, max_retries=2)
        def tries(self, context):
            seen.append(self.request.retries)
            self.retry(countdown=0)

        seen: list[int] = []
        assert tries.apply().state == "FAILURE"
        assert seen == [0, 1, 2]


class TestStopping:
    def test_a_cancelled_run_that_leaves_is_cancelled(self, bench):
        @bench.handler
        def polite(context):
            bench.cancel(context.job.id)
            wait_for(context.should_stop)
            context.raise_if_stopping()

        done = bench.run(polite)
        assert done.record.state is JobState.CANCELLED
        assert done.result.state == "REVOKED"

    def test_a_cancelled_run_that_fails_or_polls_is_cancelled(self, bench):
        @bench.handler
        def fails(context, how):
            bench.cancel(context.job.id)
            if how == "raise":
                raise ValueError
            return PollAfter(1) if how == "poll" else RescheduleAt(1)

        for how in ("raise", "poll", "reschedule"):
            done = bench.run(fails, how)
            assert done.record.state is JobState.CANCELLED, how
            assert done.result.state == "REVOKED"

    def test_a_worker_that_stops_gives_it_back_uncounted(self, bench):
        shutdown.prepare()

        @bench.handler
        def polite(context):
            shutdown.begin()
            context.raise_if_stopping()

        done = bench.run(polite)
        assert bench.waits(done.record) == 0
        assert (done.record.failures, done.record.lost_runs, done.record.error) == (0, 0, None)

    @pytest.mark.parametrize("how", ["leave", "return", "raise", "poll"])
    def test_a_run_that_was_taken_over_writes_nothing(self, bench, how):
        """No finish, and no result of Celery's beside that of the run which counts."""

        @bench.handler(max_retries=0)
        def slow(context):
            bench.clock.move(31)
            bench.jobs.keep_looking(25)
            bench.store.send(bench.steps.Rescue(bench.jobs.lease(context.job.id)))
            assert bench.jobs.state(context.job.id) is JobState.WAITING
            wait_for(context.should_stop)
            if how == "leave":
                context.raise_if_stopping()
            if how == "raise":
                raise ValueError("too late")
            return PollAfter(1) if how == "poll" else "too late"

        done = bench.run(slow)
        assert (done.record.state, done.record.failures, done.record.lost_runs) == (JobState.WAITING, 0, 1)
        assert not bench.store.sent(bench.steps.Finish)
        assert done.result.state == "PENDING"

    def test_a_group_of_stops_is_a_stop(self, bench):
        if sys.version_info < (3, 11):
            pytest.skip("exception groups are of Python 3.11")
        shutdown.prepare()

        @bench.handler
        async def polite(context):
            shutdown.begin()
            async with asyncio.TaskGroup() as group:
                group.create_task(leave(context))

        async def leave(context):
            context.raise_if_stopping()

        assert bench.waits(bench.run(polite).record) == 0


def wait_for(condition):
    from tests.support.waiting import wait_until

    wait_until(condition, 10)
