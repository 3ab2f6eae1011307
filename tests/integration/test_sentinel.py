"""Failovers under load: clients, a keeper and a worker on a broker and store behind real sentinels."""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from celery_durable_jobs.errors import StoreUnavailableError
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.steps import Add, AddOutcome, Get
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.support.sentinels import NAME, Sentinels
from tests.support.site import Site
from tests.support.waiting import wait_until

pytestmark = pytest.mark.service("valkey")


@pytest.fixture(scope="module")
def sentinels(no_process_left_behind: None) -> Iterator[Sentinels]:
    from tests.support.services import require_service

    require_service("valkey")
    with Sentinels(2) as made:
        yield made


@pytest.fixture
def whole(sentinels: Sentinels) -> Sentinels:
    """All servers up, and following one of them."""
    sentinels.mend()
    return sentinels


class Load:
    """Clients that add without a pause; a request that failed is repeated until it is answered."""

    def __init__(self, store: RedisStore, threads: int = 4, tasks: int = 4) -> None:
        self.store = store
        self.acknowledged: list[str] = []
        self.errors: list[StoreUnavailableError] = []
        self.slowest = 0.0
        self._driver = StoreDriver(store, MovedClock())
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._block) for _ in range(threads)]
        self._threads.append(threading.Thread(target=lambda: asyncio.run(self._await(tasks))))

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _note(self, request: Add, started: float, answer: Any) -> bool:
        with self._lock:
            self.slowest = max(self.slowest, time.monotonic() - started)
            if isinstance(answer, StoreUnavailableError):
                self.errors.append(answer)
                return False
            assert answer.outcome is AddOutcome.STORED
            self.acknowledged.append(request.job_id)
            return True

    def _block(self) -> None:
        while not self._over.is_set():
            request, done = self._driver.request(), False
            while not done:
                started = time.monotonic()
                try:
                    answer: Any = self.store.send(request)
                except StoreUnavailableError as error:
                    answer = error
                done = self._note(request, started, answer)

    async def _await(self, tasks: int) -> None:
        async def client() -> None:
            while not self._over.is_set():
                request, done = self._driver.request(), False
                while not done:
                    started = time.monotonic()
                    try:
                        answer: Any = await self.store.asend(request)
                    except StoreUnavailableError as error:
                        answer = error
                    done = self._note(request, started, answer)

        await asyncio.gather(*(client() for _ in range(tasks)))


def missing(store: RedisStore, ids: list[str]) -> int:
    found = store.send_many([Get(job_id) for job_id in ids], timeout=30)
    return sum(answer is None or isinstance(answer, Exception) for answer in found)


@pytest.mark.parametrize("replicas", [1, 2])
@pytest.mark.parametrize("how", ["in peace", "kill -9"])
def test_none_that_was_acknowledged_is_lost(how: str, replicas: int, namespace: str) -> None:
    """With all replicas asked for: whichever the sentinels promote has it.

    (With fewer it isn't so: while one is being promoted the old primary goes on, and another replica says yes to it.)
    """
    timeout = 3.0
    with Sentinels(replicas) as sentinels:
        options = StoreOptions(namespace, "shop")
        store = RedisStore(sentinels.url(), options, timeout=timeout, durability=("replicas", replicas))
        with Load(store) as load:
            wait_until(lambda: len(load.acknowledged) > 200, 60, "the load runs")
            if how == "in peace":
                sentinels.fail_over()
            else:
                sentinels.wait_for_another(sentinels.kill_primary())
                sentinels.mend()  # the killed one comes back as a replica: until then there is one too few
            before = len(load.acknowledged)
            wait_until(lambda: len(load.acknowledged) > before + 200, 60, "it goes on at the new primary")
        assert load.slowest < timeout + 2
        assert len(set(load.acknowledged)) == len(load.acknowledged)
        assert missing(store, load.acknowledged) == 0
        store.close()


@pytest.fixture
def app_site(whole: Sentinels, namespace: str, tmp_path: Path) -> Site:
    settings = {
        "durable_jobs_begin_timeout": 2,
        "durable_jobs_run_lease": 4,
        "durable_jobs_durability": ["replicas", 2],
    }
    return Site(
        broker_url=whole.broker_url(),
        store_url="",
        namespace=namespace,
        queue=f"q{secrets.token_hex(4)}",
        extra={
            "TEST_MASTER_NAME": NAME,
            "TEST_TRACE": str(tmp_path / "trace"),
            "TEST_SETTINGS": json.dumps(settings),
        },
    )


def test_keeper_and_worker_go_on(
    whole: Sentinels,
    app_site: Site,
    start_keeper: Callable[..., Any],
    start_worker: Callable[..., Any],
    load_app: Callable[..., Any],
) -> None:
    """The default store of a sentinel broker. The broker fails over too: messages that it forgets are sent again."""
    module = load_app("tests.apps.sentinel_jobs", app_site)
    from celery_durable_jobs import schedule_job
    from celery_durable_jobs.errors import StoreUnavailableError

    def schedule(tag: str, countdown: float) -> None:
        """As the documentation says: what isn't safe yet is asked for again."""
        end = time.monotonic() + 60
        try:
            schedule_job.apply(module.note, args=(tag,), countdown=countdown)
            return
        except StoreUnavailableError as error:
            request = error.request
        while True:
            try:
                schedule_job.apply(request)
                return
            except StoreUnavailableError:
                if time.monotonic() > end:
                    raise

    trace = Path(app_site.extra["TEST_TRACE"])

    def ran() -> set[str]:
        return {json.loads(line)["tag"] for line in trace.read_text().splitlines()} if trace.exists() else set()

    start_keeper("tests.apps.sentinel_jobs", site=app_site)
    start_worker("tests.apps.sentinel_jobs", site=app_site, pool="threads", concurrency=4, queues=[app_site.queue])
    schedule("first", 0)
    wait_until(lambda: "first" in ran(), 30, "the first runs")
    for number in range(100):
        schedule(f"a{number}", number / 20)
    whole.wait_for_another(whole.kill_primary())
    whole.mend()
    for number in range(100):
        schedule(f"b{number}", number / 20)
    wanted = {f"{letter}{number}" for letter in "ab" for number in range(100)}
    wait_until(lambda: wanted <= ran(), 90, lambda: f"all run; missing: {sorted(wanted - ran())[:10]}")
