"""Which app a call belongs to: in threads, after a fork, for pickled apps, in a plain script."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery, _state, current_app

import celery_durable_jobs
from celery_durable_jobs import ConfigurationError, DurableJobs, JobRequest, NoAppError, durable_jobs, schedule_job
from celery_durable_jobs import _current as current


def test_an_app_has_one_extension(app: Any) -> None:
    extension = current.extension_of(app)
    assert extension is not None
    extension.init_app(app)
    with pytest.raises(ConfigurationError, match="already"):
        DurableJobs(app)
    with pytest.raises(ConfigurationError, match="one for each app"):
        extension.init_app(Celery("other", set_as_current=False))
    with pytest.raises(ConfigurationError, match="for a Celery app"):
        DurableJobs(object())
    extension.init_app(current_app)
    with pytest.raises(ConfigurationError, match="init_app"):
        DurableJobs().app


def test_found_by_the_proxy_too(app: Any) -> None:
    assert current.extension_of(current_app) is current.extension_of(app)
    assert durable_jobs.app is app
    assert durable_jobs.settings.namespace == app.main
    with pytest.raises(AttributeError):
        durable_jobs.nonsense


def test_in_threads(handlers: SimpleNamespace) -> None:
    """Celery's current app is by thread: here it is another one."""
    _state.default_app = None
    with ThreadPoolExecutor(8) as pool:
        jobs = list(pool.map(lambda n: schedule_job.apply("any", args=(n,), countdown=60), range(200)))
    assert len({job.id for job in jobs}) == 200
    assert durable_jobs.stats().counts["waiting"] == 200


def test_several_apps_and_none_is_current(make_app: Callable[..., Any]) -> None:
    make_app("one"), make_app("two")
    failures: list[BaseException] = []

    def call() -> None:
        try:
            schedule_job.apply("any", countdown=60)
        except NoAppError as error:
            failures.append(error)

    _state.default_app = None
    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    assert "'one', 'two'" in str(failures[0])
    assert "set_default" in str(failures[0])


def test_inside_a_task_its_app_counts(make_app: Callable[..., Any]) -> None:
    one = make_app("one")

    @one.task(shared=False)
    def call() -> str:
        return schedule_job.apply("any", countdown=60).namespace

    make_app("two")
    assert schedule_job.apply("any", countdown=60).namespace == "two"
    assert call.apply().get() == "one"


def test_a_pickled_app_has_it_again(app: Any) -> None:
    for prepare in (lambda: None, lambda: app.conf.task_default_queue):
        prepare()
        copy = pickle.loads(pickle.dumps(app))
        extension = current.extension_of(copy)
        assert extension is not None
        assert extension.app is copy
        assert extension.settings == current.extension_of(app).settings  # type: ignore[union-attr]
        assert current.extension_of(copy) is extension


def test_an_app_without_it_stays_without(make_app: Callable[..., Any]) -> None:
    plain = make_app("plain", extension=False)
    assert current.extension_of(plain) is None
    assert current.extension_of(pickle.loads(pickle.dumps(plain))) is None


def test_by_namespace(make_app: Callable[..., Any]) -> None:
    one, broken = make_app("one"), make_app("two", durable_jobs_nonsense=1)
    assert current.extension_for_namespace("one") is current.extension_of(one)
    broken.set_current()
    assert current.extension_for_namespace("one") is current.extension_of(one)
    with pytest.raises(NoAppError, match="'three'"):
        current.extension_for_namespace("three")


def test_an_extension_lets_its_app_go(make_app: Callable[..., Any]) -> None:
    import gc
    import weakref

    app = Celery("gone", set_as_current=False, changes={"durable_jobs_store": "memory://"})
    DurableJobs(app)
    seen = weakref.ref(app)
    del app
    gc.collect()
    assert seen() is None


def test_after_a_fork(handlers: SimpleNamespace) -> None:
    """Ids differ, locks held by other threads don't matter, and a child's first warning is its own."""
    extension = durable_jobs._extension
    schedule_job.apply("any", countdown=60)
    read, write = os.pipe()
    with extension._lock:
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                seeds = [JobRequest("any").seed for _ in range(50)]
                job = schedule_job.apply("any", countdown=60)
                os.write(write, " ".join([*seeds, job.id[9:]]).encode())
                status = 0
            finally:
                os._exit(status)
    os.close(write)
    with os.fdopen(read) as pipe:
        theirs = pipe.read().split()
    assert os.waitpid(pid, 0)[1] == 0
    ours = [JobRequest("any").seed for _ in range(50)]
    assert len({*theirs, *ours}) == 101
    assert not {seed[10:] for seed in theirs} & {seed[10:] for seed in ours}


# -- what an import costs, and a script ---


def python(code: str) -> str:
    """Run a script in a fresh interpreter."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_the_package_imports_nothing() -> None:
    code = """
import sys, celery_durable_jobs
print([m for m in sys.modules if m.split(".")[0] in ("celery", "kombu", "redis", "celery_durable_jobs")])
"""
    assert python(code).strip() == "['celery_durable_jobs']"


def test_all_names_exist() -> None:
    python("import celery_durable_jobs as c; [getattr(c, name) for name in c.__all__]")
    python("from celery_durable_jobs import *; DurableJobs, schedule_job")
    with pytest.raises(AttributeError):
        celery_durable_jobs.no_such_name


def test_a_client_does_not_load_the_stores_it_does_not_use() -> None:
    code = """
import sys
from celery import Celery
from celery_durable_jobs import DurableJobs, schedule_job, durable_jobs
app = Celery("shop", broker="memory://", changes={"durable_jobs_store": "memory://"})
DurableJobs(app)
print(durable_jobs.get("1" + "-" * 29), schedule_job)
print([m for m in sys.modules if m.startswith("celery_durable_jobs.") and m.split(".")[1] in ("keeper", "cli")])
print("celery_durable_jobs.stores.redis" in sys.modules)
"""
    assert python(code).split("\n") == ["None <schedule_job>", "[]", "False", ""]


def test_a_script_whose_app_is_main() -> None:
    code = """
from celery import Celery
from celery_durable_jobs import DurableJobs, SettingError, schedule_job
app = Celery("__main__", changes={"durable_jobs_store": "memory://"})
DurableJobs(app)
try:
    schedule_job.apply("any", countdown=60)
except SettingError as error:
    print(error.setting)
"""
    assert python(code).strip() == "durable_jobs_namespace"
