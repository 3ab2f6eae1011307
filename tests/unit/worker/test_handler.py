"""The decorator: what Celery sees of a handler, what is refused, and handlers declared before there is an app."""

from __future__ import annotations

import asyncio
import functools
import gc
import inspect
import warnings
from datetime import timedelta

import pytest
from celery import Celery, Task, _state

from celery_durable_jobs import durable_job_handler
from celery_durable_jobs.app import DurableJobs
from celery_durable_jobs.errors import ConfigurationError, NotAHandlerError
from celery_durable_jobs.worker.context import JobContext
from celery_durable_jobs.worker.task import DurableJobTask


@pytest.fixture(autouse=True)
def _no_traces_in_celery():
    gc.collect()  # apps of other tests
    finalizers, current = set(_state._on_app_finalizers), getattr(_state._tls, "current_app", None)
    yield
    _state._on_app_finalizers.clear()
    _state._on_app_finalizers.update(finalizers)
    _state._tls.current_app = current


def nothing(context):
    pass


class TestSignature:
    def test_the_context_is_no_argument(self, bench):
        @bench.handler
        def handler(context: JobContext, user_id: int, *, loud: bool = False) -> str:
            """Says hello."""

        assert list(inspect.signature(handler.run).parameters) == ["user_id", "loud"]
        assert handler.__doc__ == "Says hello."
        assert handler.__name__ == "handler"
        handler.__header__(1, loud=True)
        with pytest.raises(TypeError):
            handler.__header__(1, 2, 3)
        assert "context" not in inspect.get_annotations(handler.run)

    def test_bound_it_is_the_second(self, bench):
        @bench.handler(bind=True)
        def handler(self, context, user_id):
            return (self.name, context.durable, user_id)

        assert list(inspect.signature(handler.run).parameters) == ["user_id"]
        assert handler(7) == (handler.name, False, 7)

    @pytest.mark.parametrize("bind", [False, True])
    def test_no_room_for_a_context(self, bench, bind):
        with pytest.raises(NotAHandlerError, match="takes no context"):
            bench.handler(lambda *args: None, bind=bind)
        with pytest.raises(NotAHandlerError, match="takes no context"):
            bench.handler(lambda *, context: None, bind=bind)

    def test_generators_are_refused(self, bench):
        def generator(context):
            yield

        async def agenerator(context):
            yield

        for each in (generator, agenerator):
            with pytest.raises(NotAHandlerError, match="generator"):
                bench.handler(each)

    @pytest.mark.parametrize("wrong", [42, "name", Celery, functools.partial(print), lambda context: None])
    def test_what_is_no_function_is_refused(self, bench, wrong):
        with pytest.raises(NotAHandlerError):
            bench.handler(wrong)

    def test_applied_twice(self, bench):
        @bench.handler
        def handler(context):
            pass

        with pytest.raises(NotAHandlerError, match="once"):
            bench.handler(handler)


class TestOptions:
    def test_celerys_options_pass_through(self, bench):
        @bench.handler(name="other.name", time_limit=30, rate_limit="5/m", acks_late=True, ignore_result=True)
        def handler(context):
            pass

        assert handler.name == "other.name"
        assert (handler.time_limit, handler.rate_limit, handler.acks_late, handler.ignore_result) == (
            30, "5/m", True, True,
        )  # fmt: skip

    def test_queue_and_priority_without_a_warning(self, bench):
        with warnings.catch_warnings():
            warnings.simplefilter("error")

            @bench.handler(queue="mail", priority=3)
            def handler(context):
                pass

            assert (handler.durable_queue, handler.durable_priority) == ("mail", 3)
        assert handler._get_exec_options()["queue"] == "mail"  # what ``.delay()`` goes by
        assert handler._get_exec_options()["priority"] == 3

    def test_a_base_of_its_own(self, bench):
        calls = []

        class Flask(Task):
            def __call__(self, *args, **kwargs):
                calls.append(("in", args))
                return self.run(*args, **kwargs)

        @bench.handler(base=Flask)
        def handler(context, x):
            return x

        assert isinstance(handler._get_current_object(), Flask)
        assert isinstance(handler._get_current_object(), DurableJobTask)
        assert bench.run(handler, 1).result.result == 1
        assert handler.apply((2,)).get() == 2
        assert handler(3) == 3
        assert calls == [("in", (1,)), ("in", (2,)), ("in", (3,))]

    def test_the_apps_own_base(self):
        class Special(Task):
            special = True

        app = Celery("special", task_cls=Special, broker="memory://", set_as_current=False)
        DurableJobs(app)

        @app.durable_job_handler(shared=False)
        def handler(context):
            pass

        assert handler.special is True

    def test_aliases(self, bench):
        @bench.handler(aliases=("shop.old_name",))
        def handler(context, x):
            return (x, context.job.handler)

        handler.name  # evaluated, as the worker's start does
        old = bench.app.tasks["shop.old_name"]
        assert bench.run(old, 1).result.result == [1, "shop.old_name"]

    def test_run_lease(self, bench):
        @bench.handler(run_lease=timedelta(minutes=2))
        def handler(context):
            pass

        assert handler.durable_run_lease == 120
        bench.run(handler)
        assert bench.store.sent(bench.steps.Begin)[0].run_lease_us == 120_000_000

    def test_a_hook_and_options_together_are_refused(self, bench):
        with pytest.raises(ConfigurationError, match="max_retries"):
            bench.handler(nothing, should_retry=lambda context, error: None, max_retries=3)
        with pytest.raises(ConfigurationError, match="should_retry"):
            bench.handler(nothing, should_retry=3)


class TestPydantic:
    def test_models_are_validated_and_the_context_is_left_alone(self, bench):
        pydantic = pytest.importorskip("pydantic")
        pytest.importorskip("celery", minversion="5.5")

        class Order(pydantic.BaseModel):
            number: int

        def handler(context: JobContext, order: Order) -> Order:
            assert context.durable
            assert isinstance(order, Order)
            return Order(number=order.number + 1)

        handler.__annotations__ |= {"order": Order, "return": Order}  # as without postponed annotations
        made = bench.handler(handler, pydantic=True)
        assert bench.run(made, {"number": 1}).result.result == {"number": 2}
        assert "ValidationError" in bench.run(made, {"number": "none"}).record.error


class TestShared:
    def test_declared_before_an_app_exists(self):
        @durable_job_handler(name="shared.hello")
        def hello(context, x):
            return (context.durable, x)

        first, second = (Celery(name, broker="memory://") for name in ("one", "two"))
        DurableJobs(first)
        assert first.tasks["shared.hello"] is not second.tasks["shared.hello"]
        assert first.tasks["shared.hello"].app is first
        assert hello(1) == (False, 1)
        # Of several apps, the one with durable jobs is meant.
        assert hello.app is first
        assert hello.durable_job_handler is True

    def test_declared_when_the_app_is_finalized_already(self):
        app = Celery("late", broker="memory://")
        DurableJobs(app)
        app.finalize()

        @durable_job_handler
        def late(context):
            pass

        assert late.name in app.tasks
        assert late.app is app

    def test_declaring_finalizes_nothing(self):
        app = Celery("lazy", broker="memory://", set_as_current=False)
        DurableJobs(app)

        @app.durable_job_handler(shared=False)
        def handler(context):
            pass

        assert not app.finalized
        assert not app.configured
        assert handler.name in app.tasks


class TestOtherCalls:
    def test_eager_and_direct_calls_have_a_context_that_says_so(self, bench):
        @bench.handler
        def handler(context):
            return context

        for context, task_id in ((handler.apply(task_id="x").get(), "x"), (handler(), ""), (handler.run(), "")):
            assert context.durable is False
            assert context.job.id == task_id
            assert context.job.shard_id == ""
            assert context.job.handler == handler.name or task_id == ""
            assert "not durable" in repr(context.job)
            assert context.should_stop() is False
            with pytest.raises(ConfigurationError, match="ordinary task"):
                context.job.cancel()

    def test_a_direct_call_inside_a_run_has_a_context_of_its_own(self, bench):
        seen = []

        @bench.handler
        def inner(context):
            seen.append(context.durable)
            assert JobContext.current() is context

        @bench.handler(bind=True)
        def outer(self, context, again=True):
            seen.append(context.durable)
            inner()
            inner.apply()
            inner.run()
            if again:
                self(again=False)
            assert JobContext.current() is context

        bench.run(outer)
        assert seen == [True, False, False, False, False, False, False, False]

    def test_there_is_no_context_outside(self):
        with pytest.raises(LookupError):
            JobContext.current()

    def test_async_handlers(self, bench):
        @bench.handler(bind=True)
        async def handler(self, context, x):
            await asyncio.sleep(0)
            assert JobContext.current() is context
            return (x, context.durable, id(asyncio.get_running_loop()))

        first, second = bench.run(handler, 1).result.result, bench.run(handler, 1).result.result
        assert first == second  # the loop is kept
        assert first[:2] == [1, True]
        assert handler(2)[:2] == (2, False)

    def test_an_async_handler_called_from_a_coroutine(self, bench):
        @bench.handler
        async def handler(context, x):
            await asyncio.sleep(0)
            return x

        async def test():
            return handler(3)

        assert asyncio.run(test()) == 3


class TestContext:
    def test_what_it_says(self, bench):
        seen = {}

        @bench.handler(time_limit=30, soft_time_limit=20)
        def handler(context, x):
            seen.update(
                job=context.job, run_id=context.run_id, attempt=context.attempt, failures=context.failures,
                lost=context.lost_runs, error=context.previous_error, deadline=context.deadline, text=repr(context),
            )  # fmt: skip

        done = bench.run(handler, 1, name="Hello", target="user:1", metadata={"a": "ä"}, key="k")
        job = seen["job"]
        assert (job.id, job.name, job.target, job.metadata, job.key) == (done.id, "Hello", "user:1", {"a": "ä"}, "k")
        assert job.state.value == "running"
        assert job.namespace == bench.app.main
        assert (seen["attempt"], seen["failures"], seen["lost"], seen["error"]) == (1, 0, 0, None)
        assert len(seen["run_id"]) == 24
        from datetime import datetime, timezone

        assert 15 < (seen["deadline"] - datetime.now(timezone.utc)).total_seconds() <= 20
        assert "durable run" in seen["text"]

    def test_the_messages_own_limits_count(self, bench):
        seen = []

        @bench.handler
        def handler(context):
            seen.append(context.deadline)

        bench.deliver(bench.send(bench.add(handler)), timelimit=[5, None])
        bench.deliver(bench.send(bench.add(handler)))
        assert seen[0] is not None
        assert seen[1] is None
