"""Wrong options of a handler are refused where they are written, in words that say what is allowed."""

from __future__ import annotations

import pickle
from datetime import timedelta

import pytest
from celery import Celery, Task

from celery_durable_jobs import ConfigurationError, DurableJobs, HandlerOptionError, UnknownOptionError
from celery_durable_jobs.errors import InvalidRouteError
from tests.support.labels import label


def nothing(context):
    pass


@pytest.mark.parametrize(
    ("option", "values", "allowed"),
    [
        ("max_retries", [-1, "3", 1.5, True], "0 to 2,147,483,647"),
        ("retry_backoff", [-3, "x", "5", float("nan"), float("inf"), [1], timedelta(-1)], "True, False, or 0 to"),
        ("retry_backoff_max", [-1, "x", True, float("inf")], "0 to 315,360,000 s"),
        ("default_retry_delay", [-1, "x", True], "0 to 315,360,000 s"),
        ("retry_jitter", [0.2, "no", 5], "True (anywhere"),
        ("autoretry_for", ["ValueError", ("ValueError",), 5, (int,)], "an exception class"),
        ("dont_autoretry_for", ["ValueError", (5,)], "an exception class"),
        ("retry_kwargs", [5, {"max_retries": -1}, {"countdown": "x"}], "a mapping"),
        ("should_retry", [3, "no path!", ""], "a callable"),
        ("aliases", ["old", (1,), ("",), 42, ("x" * 256,)], "a tuple of names"),
        ("run_lease", [0, -1, 1.5, 100_000, True, "30", "x", float("nan")], "2 to 86,400 s"),
        ("name", ["", "  ", 5, "x" * 256], "a text of 1 to 255"),
        ("base", ["shop.Base", int, Task()], "a subclass of celery.Task"),
        ("time_limit", [0, -1, "30", True], "0.001 to"),
        ("soft_time_limit", [0, -1, "30", True], "0.001 to"),
        ("batch", [0, 1, -5, 1_001, "50", 2.5, True, False], "2 to 1,000 jobs"),
    ],
)
def test_out_of_range(bench, option, values, allowed):
    for value in values:
        with pytest.raises(HandlerOptionError) as caught:
            bench.handler(nothing, **{option: value})
        error = caught.value
        assert isinstance(error, ConfigurationError)
        assert (error.option, error.allowed) == (option, error.allowed)
        assert error.value is value
        for part in ("nothing", f"{option}={value!r}"[:50], f"allowed: {allowed}"):
            assert part in str(error), value
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), again.option, str(again)) == (HandlerOptionError, option, str(error))


def test_a_soft_limit_above_the_hard_one(bench):
    with pytest.raises(HandlerOptionError, match="soft_time_limit=30: it is above time_limit"):
        bench.handler(nothing, time_limit=20, soft_time_limit=30)


@pytest.mark.parametrize(("option", "value"), [("time_limit", 5), ("soft_time_limit", 5), ("rate_limit", "5/m")])
def test_what_can_not_be_had_with_batch(bench, option, value):
    with pytest.raises(HandlerOptionError, match="with batch= several jobs share a message") as caught:
        bench.handler(nothing, batch=50, **{option: value})
    assert caught.value.option == option
    assert bench.handler(nothing, batch=None, **{option: value}).durable_batch is None


@pytest.mark.parametrize(
    ("option", "value"),
    [("queue", ""), ("queue", 5), ("queue", "unacked"), ("priority", 256), ("routing_key", 5), ("delivery_mode", "x")],
)
def test_routes_that_no_job_can_take(bench, option, value):
    with pytest.raises(InvalidRouteError) as caught:
        bench.handler(nothing, **{option: value})
    assert caught.value.argument == option


@pytest.mark.parametrize(
    "options",
    [
        {"max_retries": None},
        {"max_retries": 0},
        {"retry_backoff": True},
        {"retry_backoff": False},
        {"retry_backoff": 0.5, "retry_backoff_max": 3600.0, "retry_jitter": None},
        {"retry_backoff": timedelta(minutes=1)},
        {"retry_backoff": None, "autoretry_for": None, "retry_kwargs": None, "default_retry_delay": None},
        {"autoretry_for": ValueError},
        {"autoretry_for": [ValueError, KeyError], "dont_autoretry_for": KeyError},
        {"should_retry": "shop.policies:decide"},
        {"time_limit": 30, "soft_time_limit": None, "run_lease": None, "aliases": None, "name": None, "base": None},
        {"run_lease": timedelta(minutes=2)},
    ],
    ids=label,
)
def test_what_is_allowed_runs(bench, options):
    assert bench.run(bench.handler(nothing, **options)).record.state == "succeeded"


def test_none_of_a_policy_is_the_default(bench):
    def fails(context):
        raise ValueError

    done = bench.run(bench.handler(fails, default_retry_delay=None, retry_backoff=None))
    assert 1.8 <= (done.record.due_us - bench.clock()) / 1e6 <= 2.2


def test_one_exception_class_as_a_policy(bench):
    def fails(context):
        raise ValueError

    assert bench.run(bench.handler(fails, name="a", autoretry_for=ValueError)).record.state == "waiting"
    assert bench.run(bench.handler(fails, name="b", autoretry_for=KeyError)).record.state == "dead"


@pytest.mark.parametrize(
    ("option", "meant"),
    [("max_retry", "max_retries"), ("retry_backof", "retry_backoff"), ("alias", "aliases"), ("ququ", None),
     ("que", None), ("shoud_retry", "should_retry"), ("runlease", "run_lease"), ("timelimit", "time_limit"),
     ("ignore_results", "ignore_result"), ("ack_late", "acks_late"), ("queues", "queue"), ("tenant", None),
     ("throttle", None), ("owner", None), ("feature_flag", None)],
)  # fmt: skip
def test_unknown_options(bench, option, meant):
    if meant is None:  # an attribute of one's own, as in Celery
        assert getattr(bench.handler(nothing, **{option: 5}), option) == 5
        return
    with pytest.raises(UnknownOptionError) as caught:
        bench.handler(nothing, **{option: 5})
    assert f"did you mean {meant!r}?" in str(caught.value)
    assert caught.value.argument == option
    assert isinstance(caught.value, TypeError)


def test_attributes_of_a_base_are_options(bench):
    class Base(Task):
        abstract = True
        max_retry = 7

    assert bench.handler(nothing, base=Base, max_retry=8).max_retry == 8


def test_attributes_of_the_apps_own_base_are_options():
    class Base(Task):
        abstract = True
        max_retry = 7

    app = Celery("declared", task_cls=Base, broker="memory://", set_as_current=False)
    DurableJobs(app)
    assert app.durable_job_handler(shared=False, max_retry=8)(nothing).max_retry == 8
    app.close()
