"""Steps as functions of a library: where they aren't had, scripts do; and nothing of a call reaches the next one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import redis

from celery_durable_jobs.errors import StoreBrokenError, StoreFullError
from celery_durable_jobs.steps import FinishKind
from celery_durable_jobs.stores.redis.keys import stripe_prefix
from celery_durable_jobs.stores.redis.lua_library import build
from celery_durable_jobs.stores.redis.lua_parts import INCLUDE
from celery_durable_jobs.stores.redis.scripts import FUNCTIONS, library
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.support.proxy import Proxy
from tests.support.servers import Server
from tests.unit.redis_store.conftest import OpenStore
from tests.unit.redis_store.test_lua_parts import FILES

MakeServer = Callable[..., Server]

STEP = """-- step: an example
--! include lib/base.lua
--! include lib/shared.lua

local given = ARGV[2]
local function seen_now()
  return #seen, given or 'none'
end
local sum = double(now)
if ARGV[2] == 'fail' then
  return nonsense.nothing
end
return {sum, LARGE, 'LARGE', #seen, SMALL, seen_now()}
"""


def calls(client: Any, verb: str) -> int:
    return int(client.info("commandstats").get(f"cmdstat_{verb}", {}).get("calls", 0))


def drive(open_store: OpenStore, url: str) -> StoreDriver:
    clock = MovedClock()
    return StoreDriver(open_store(url, clock=clock), clock)


def run_a_job(jobs: StoreDriver) -> None:
    """Through steps of both kinds, functions and scripts."""
    jobs.succeeded(target="t", key="k")


# -- how it is put together


def test_a_call_starts_anew_however_the_last_one_ended(server: Server) -> None:
    name, code = build({"example": STEP}, {"example": ["allow-oom"]}, FILES.__getitem__, "test")
    with server.client() as client:
        client.execute_command("FUNCTION", "LOAD", "REPLACE", code)
        function = f"{name}_example"
        fresh = [3, 20, b"LARGE", 1, 1, 1, b"none"]
        assert client.fcall(function, 0, "") == fresh
        assert client.fcall(function, 0, "5", "given") == [11, 20, b"LARGE", 1, 1, 1, b"given"]
        with pytest.raises(redis.ResponseError, match="nonsense"):
            client.fcall(function, 0, "7", "fail")
        assert client.fcall(function, 0, "") == fresh
        client.execute_command("FUNCTION", "DELETE", name)


def test_another_text_is_another_library() -> None:
    first, _ = build({"example": STEP}, {"example": []}, FILES.__getitem__, "test")
    second, _ = build({"example": STEP.replace("fail", "go")}, {"example": []}, FILES.__getitem__, "test")
    assert first != second


def test_files_are_in_the_order_that_all_steps_ask_for() -> None:
    """What a step includes first is made first, also where another step includes it later."""
    steps = {
        "one": "--! include lib/base.lua\n--! include lib/b.lua\nreturn b()\n",
        "two": "--! include lib/base.lua\n--! include lib/a.lua\n--! include lib/b.lua\nreturn {a(), b()}\n",
    }
    files = {
        **FILES,
        "lib/a.lua": "local function a()\n  return 1\nend\n",
        "lib/b.lua": "local function b()\n  return a and a() or 2\nend\n",
    }
    _, code = build(steps, {"one": [], "two": []}, files.__getitem__, "test")
    assert code.index("local function a()") < code.index("local function b()")
    assert INCLUDE.search(code) is None


# -- what a server may say to it


def test_functions_are_called_where_there_are_any(server: Server, database: int, open_store: OpenStore) -> None:
    jobs = drive(open_store, server.url(database))
    with server.client(database) as client:
        client.config_resetstat()
        run_a_job(jobs)
        assert calls(client, "fcall") >= 4
        name, _ = library()
        [found] = client.execute_command("FUNCTION", "LIST", "LIBRARYNAME", name)
        assert str(found).count(f"{name}_") == len(FUNCTIONS)


@pytest.mark.parametrize("right", ["-fcall", "-function"])
def test_not_allowed(make_server: MakeServer, open_store: OpenStore, right: str) -> None:
    server = make_server()
    with server.client() as client:
        client.execute_command("ACL", "SETUSER", "default", right)
        jobs = drive(open_store, server.url())
        run_a_job(jobs)
        before = calls(client, "fcall")
        jobs.store._connections._forget()  # type: ignore[attr-defined]
        run_a_job(jobs)
        assert calls(client, "fcall") == before, "it was asked once, and never again"


@pytest.mark.parametrize(
    "reply", [b"-ERR unknown command 'FCALL', with args beginning with: \r\n", b"-ERR unknown command `FCALL`\r\n"]
)
def test_not_known(make_server: MakeServer, open_store: OpenStore, reply: bytes) -> None:
    server = make_server()
    with Proxy("127.0.0.1", server.port) as proxy, server.client() as client:
        jobs = drive(open_store, f"redis://127.0.0.1:{proxy.port}/0")
        jobs.stats()  # all that is asked of a new server was asked
        proxy.answer_instead(reply, 1)
        jobs.add()
        assert calls(client, "fcall") == 0
        run_a_job(jobs)


def test_forgotten(server: Server, database: int, open_store: OpenStore) -> None:
    """FUNCTION FLUSH; likewise a server that comes in another's place."""
    jobs = drive(open_store, server.url(database))
    run_a_job(jobs)
    with server.client(database) as client:
        client.execute_command("FUNCTION", "FLUSH")
        run_a_job(jobs)
        client.execute_command("FUNCTION", "FLUSH")
    assert jobs.store.send_many([jobs.request() for _ in range(50)])[-1].outcome.value == "stored"


def test_many_at_once_are_the_first(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    clients = [drive(open_store, server.url()) for _ in range(8)]
    failed: list[Exception] = []

    def first(jobs: StoreDriver) -> None:
        try:
            jobs.add()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=first, args=(jobs,)) for jobs in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed
    assert clients[0].stats().counts["waiting"] == len(clients)


def test_a_full_server_gets_scripts(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    jobs = drive(open_store, server.url())
    job = jobs.running(delivery_id="run")
    with server.client() as client:
        client.execute_command("FUNCTION", "FLUSH")
        client.config_set("maxmemory", client.info("memory")["used_memory"] // 2)
        with pytest.raises(StoreFullError):
            jobs.add()
        jobs.finish(job.id, "run", FinishKind.SUCCEED)
        client.config_set("maxmemory", 0)
    run_a_job(jobs)


def test_a_step_that_failed_spoils_none_after_it(server: Server, database: int, open_store: OpenStore) -> None:
    jobs = drive(open_store, server.url(database))
    run_a_job(jobs)
    other = jobs.add(60)
    counts = stripe_prefix(jobs.options.namespace, 0) + b"counts"
    with server.client(database) as client:
        client.rename(counts, "aside")
        client.set(counts, "no hash")
        for _ in range(2):
            with pytest.raises(StoreBrokenError, match="WRONGTYPE"):
                jobs.add(60)
        client.rename("aside", counts)
    run_a_job(jobs)
    assert jobs.stats().counts["waiting"] == 1
    assert jobs.get(other).id == other
