"""The harness itself: plain Celery, real processes, killed and restarted through pytest-celery's node API."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.support import leaks
from tests.support.processes import ChildProcess, ProcessDiedError, ProcessGroup
from tests.support.waiting import WaitTimeoutError, wait_until


class TestNodes:
    def test_a_worker_is_killed_and_restarted(self, celery_setup, celery_setup_module, celery_worker):
        assert celery_setup.ready(control=True)
        child, parent = celery_setup_module.which_process.delay().get(timeout=20)
        assert parent == celery_worker.process.pid
        assert child in celery_worker.process.family()

        celery_worker.kill()
        assert celery_worker.container.status == "exited"
        assert celery_worker.process.returncode == -signal.SIGKILL
        wait_until(lambda: not celery_worker.process.family(), message="pool children notice their parent's death")
        waiting = celery_setup_module.add.delay(2, 3)

        celery_worker.restart()
        assert waiting.get(timeout=20) == 5
        assert celery_setup_module.which_process.delay().get(timeout=20)[1] == celery_worker.process.pid != parent
        celery_worker.assert_log_exists("succeeded")
        assert celery_worker.logs().count(" ready.") == 2
        running = celery_worker.get_running_processes_info(["pid", "cmdline"])
        assert {row["pid"] for row in running} >= {celery_worker.process.pid}
        assert celery_setup.app.control.ping(destination=[celery_worker.hostname()], timeout=5)

    def test_the_broker_is_killed_and_restarted(self, celery_setup, celery_setup_module, celery_broker, celery_worker):
        assert celery_setup_module.add.delay(1, 1).get(timeout=20) == 2
        celery_broker.kill()
        celery_worker.process.wait_for_log("Connection to broker lost|Cannot connect to", 20)
        celery_broker.restart()
        celery_worker.process.wait_for_log("Connected to redis", 20, count=2)
        later = celery_setup_module.add.delay(2, 2)
        # Not get(): Celery's client may have lost its subscription together with the server.
        wait_until(lambda: later.state == "SUCCESS", message="a task runs after the restart")

    @pytest.mark.parametrize("pool", ["threads", "solo", "gevent"])
    def test_other_pools(self, pool, start_worker, load_app):
        if pool == "gevent":
            pytest.importorskip("gevent")
        worker = start_worker("tests.apps.plain", pool=pool, concurrency=2)
        assert load_app("tests.apps.plain").which_process.delay().get(timeout=20)[0] == worker.pid
        assert worker.stop() == 0


class TestProcesses:
    def test_what_it_prints_can_be_awaited(self, processes: ProcessGroup):
        child = processes.python("-c", "import time; print('one'); print('two 2'); time.sleep(60)")
        assert child.wait_for_log(r"two (\d)").group(1) == "2"
        assert child.running
        assert child.returncode is None
        assert child.stop() == -signal.SIGTERM
        child.start()
        child.wait_for_log("two", count=1)
        with pytest.raises(WaitTimeoutError, match="one\ntwo 2"):
            child.wait_for_log("two", 0.2, count=2)

    def test_an_early_death_is_told_at_once(self, processes: ProcessGroup):
        child = processes.python("-c", "raise SystemExit('no luck')")
        with pytest.raises(ProcessDiedError, match="no luck"):
            child.wait_for_log("ready", 60)
        assert child.returncode == 1

    def test_what_leaves_its_group_is_found(self, tmp_path: Path):
        source = "import os, time; os.fork() or (os.setsid(), time.sleep(60)); print('ready', flush=True)"
        child = ChildProcess([sys.executable, "-c", source], log_path=tmp_path / "log").start()
        assert child.wait() == 0
        (lost,) = child.family()
        with pytest.raises(AssertionError, match=rf"left behind:\n  {lost} "):
            leaks.assert_no_leak(child.mark, grace=0.1)
        assert leaks.marked_processes(child.mark) == []

    def test_children_die_with_the_test_process(self, tmp_path: Path, processes: ProcessGroup):
        source = (
            "import sys, os, signal, pathlib\n"
            "from tests.support.processes import ChildProcess\n"
            "child = ChildProcess(['sh', '-c', 'echo up; exec sleep 60'], log_path=pathlib.Path(sys.argv[1])).start()\n"
            "child.wait_for_log('up')\n"
            "print('child', child.pid, flush=True)\n"
            "os.kill(os.getpid(), signal.SIGKILL)\n"
        )
        outer = processes.python("-c", source, str(tmp_path / "inner.log"))
        outer.wait_for_log(r"child \d+")
        assert outer.wait() == -signal.SIGKILL
        wait_until(lambda: not outer.family(), 5, "the orphan is gone")


class TestServers:
    def test_data_survives_a_kill_with_an_append_only_file(self, make_server):
        server = make_server(appendonly=True)
        with server.client() as client:
            client.set("key", "value")
            server.kill()
            assert not server.ping()
            server.restart()
            assert client.get("key") == b"value"

    def test_a_frozen_server_answers_again(self, make_server):
        server = make_server()
        server.freeze()
        assert not server.ping()
        server.thaw()
        wait_until(server.ping, 5)

    def test_a_unix_socket_and_options(self, make_server):
        server = make_server(unix_socket=True, options={"maxmemory": "8mb"})
        with server.client() as client:
            assert client.config_get("maxmemory") == {"maxmemory": str(8 << 20)}
        folder = server.folder
        server.close()
        assert not folder.exists()

    @pytest.mark.service("redis")
    def test_redis_7(self, redis7):
        with redis7.client() as client:
            assert int(client.info("server")["redis_version"].split(".")[0]) >= 7

    @pytest.mark.service("rabbitmq")
    def test_rabbitmq(self, rabbitmq_url, site, namespace, start_worker, load_app):
        here = site.replace(broker_url=rabbitmq_url, queue=f"{namespace}.mail")
        start_worker("tests.apps.plain", site=here)
        assert load_app("tests.apps.plain", here).add.delay(3, 4).get(timeout=20) == 7


class TestTheApp:
    def test_it_is_imported_anew_for_each_site(self, site, load_app):
        first = load_app("tests.apps.plain")
        second = load_app("tests.apps.plain", site.replace(namespace="other"))
        assert (first.app.main, second.app.main) == (site.namespace, "other")
        assert first.add.name == second.add.name == "tests.apps.plain.add"
        assert "TEST_NAMESPACE" not in os.environ or os.environ["TEST_NAMESPACE"] == "other"
