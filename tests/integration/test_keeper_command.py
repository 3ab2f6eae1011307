"""``celery durable-shards``: what it says, what it refuses, as a daemon, once."""

from __future__ import annotations

import os
import signal

import pytest

from tests.integration.keeping import watch_redis
from tests.integration.test_keeper import APP, schedule, settings, site  # noqa: F401
from tests.support.waiting import wait_until


def test_its_banner_names_what_it_works_with(start_keeper, site):  # noqa: F811
    secret = site.store_url.replace("redis://", "redis://:s3cret@")
    keeper = start_keeper(APP, site=site, hostname="k1@%h", options=["--loglevel", "debug"])
    log = keeper.log()
    assert "celery durable-shards v" in log
    assert f"namespace -> {site.namespace}" in log
    assert "lease_ttl -> 2 s" in log
    assert "keeper -> k1@" in log
    assert "s3cret" not in log
    assert secret not in log


def test_memory_is_refused_with_a_sentence(start_keeper, site):  # noqa: F811
    keeper = start_keeper(APP, site=site.replace(store_url="memory://"), ready=False)
    assert keeper.wait() == 1
    assert "durable_jobs_store is memory://" in keeper.log()
    assert "Traceback" not in keeper.log()


def test_a_wrong_setting_is_refused_with_a_sentence(start_keeper, site):  # noqa: F811
    keeper = start_keeper(APP, site=site.replace(extra=settings(lease_ttl=-1)), ready=False)
    assert keeper.wait() == 1
    assert "durable_jobs_lease_ttl" in keeper.log()
    assert "Traceback" not in keeper.log()


def test_another_app_s_namespace_is_refused(start_keeper, load_app, site):  # noqa: F811
    schedule(load_app(APP, site))
    stolen = site.replace(namespace="thief", extra=settings(namespace=site.namespace))
    keeper = start_keeper(APP, site=stolen, ready=False)
    assert keeper.wait() == 1
    assert "belongs to the app" in keeper.log()
    assert "Traceback" not in keeper.log()


def test_an_app_without_durable_jobs_is_refused(start_keeper):
    keeper = start_keeper("tests.apps.plain", ready=False)
    assert keeper.wait() == 1
    assert "has no durable jobs" in keeper.log()


def test_once_dispatches_what_is_due_and_ends(start_keeper, load_app, site, server, database):  # noqa: F811
    app = load_app(APP, site)
    due = [schedule(app, -number) for number in range(30)]
    later = schedule(app, 60)
    keeper = start_keeper(APP, site=site, options=["--once"], ready=False)
    assert keeper.wait() == 0
    with watch_redis(server, database) as inbox:
        inbox.wait_for(*(job.id for job in due))
    assert later.id not in inbox.times
    assert "dispatched 30 jobs" in keeper.log()


def test_once_without_a_store_fails(start_keeper, make_server, site):  # noqa: F811
    server = make_server()
    server.kill()
    here = site.replace(store_url=server.url(), extra=settings(store_timeout=1))
    keeper = start_keeper(APP, site=here, options=["--once"], ready=False)
    assert keeper.wait() == 1


@pytest.mark.parametrize("number", [signal.SIGTERM])
def test_as_a_daemon(start_keeper, site, tmp_path, number):  # noqa: F811
    log, pidfile = tmp_path / "keeper.log", tmp_path / "keeper.pid"
    options = ["--detach", "--logfile", str(log), "--pidfile", str(pidfile)]
    starter = start_keeper(APP, site=site, hostname="k1", options=options, ready=False)
    assert starter.wait() == 0
    wait_until(lambda: log.exists() and "k1 ready" in log.read_text(), 20)
    pid = int(pidfile.read_text())
    assert pid != starter.pid
    os.kill(pid, signal.SIGHUP)
    wait_until(lambda: log.read_text().count("k1 ready") == 2, 20)
    assert int(pidfile.read_text()) == pid
    second = start_keeper(APP, site=site, options=["--pidfile", str(pidfile)], ready=False)
    assert second.wait() != 0
    os.kill(pid, number)
    wait_until(lambda: not pidfile.exists(), 10)
    wait_until(lambda: not starter.family(), 10)
