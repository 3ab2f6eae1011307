"""A cluster under load while slots move and a master is killed: what is lost, what is told, what is done twice.

``pytest -s`` shows the figures. With ``durability="memory"`` a failover may forget what it had acknowledged and not yet
replicated: how much is printed, and that is all it may be. With ``("replicas", 1)`` nothing is lost.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import redis

from celery_durable_jobs import JobRequest, schedule_job, steps
from celery_durable_jobs.errors import StoreError, StoreUnavailableError
from celery_durable_jobs.jobs import JobState
from celery_durable_jobs.model.identity import JobIds, parse_job_id
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.when import When
from celery_durable_jobs.stores.redis.cluster import ClusterStore
from celery_durable_jobs.testing.recount import recount
from tests.apps.worker_fixtures import keeper, settings, stage, worker  # noqa: F401
from tests.support.cluster_servers import ClusterNode, ClusterServers, SlotMove, slot_of
from tests.support.site import Site
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.service("valkey"), pytest.mark.xdist_group("cluster that fails")]

STRIPES = 16
TIMEOUT_S = 8.0
"""Of a call: a failover takes about two seconds here."""

BEHIND_S = 0.3
"""So far a replica is behind when its master dies."""


@pytest.fixture(scope="module")
def servers(no_process_left_behind: None) -> Iterator[ClusterServers]:
    """A cluster for these tests alone."""
    with ClusterServers() as running:
        yield running


@pytest.fixture(autouse=True)
def all_alive(servers: ClusterServers) -> Iterator[None]:
    """Each test begins on a whole cluster."""
    yield
    servers.restart_dead()


@pytest.fixture
def settings() -> dict[str, Any]:  # noqa: F811
    return {"durable_jobs_shard_stripes": STRIPES, "durable_jobs_store_timeout": TIMEOUT_S}


@pytest.fixture
def site(site: Site, servers: ClusterServers) -> Site:
    return site.replace(store_url=servers.url(nodes=6))


@dataclass
class Load:
    """Clients that add jobs as fast as they are answered, and look one up or cancel one in between."""

    store: ClusterStore
    added: dict[str, float] = field(default_factory=dict)
    """Acknowledged adds, and when."""
    cancelled: dict[str, float] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    """Adds that may have been stored."""
    errors: list[StoreError] = field(default_factory=list)
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = JobIds()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(4)]

    def _run(self) -> None:
        number = 0
        while not self._stop.is_set():
            number += 1
            due = int(time.time() + 3600) * 1_000_000
            job_id = self._ids.new(due_us=due, shard_duration_us=60_000_000, stripes=STRIPES, target=None, key=None)
            add = steps.Add(
                job_id=job_id,
                due=When(at_us=due),
                digest=job_id.encode()[-8:],
                handler="shop.remind",
                route=Route(),
                content=Content(b"[[], {}, {}]"),
            )
            answer = self._send(add)
            if isinstance(answer, StoreError):
                if not isinstance(answer, StoreUnavailableError) or answer.maybe_done:
                    self.unknown.append(job_id)
                continue
            if answer.outcome is not steps.AddOutcome.STORED:
                self.wrong.append(f"{job_id}: {answer}")
            self.added[job_id] = time.monotonic()
            if number % 5 == 0:
                answer = self._send(steps.Cancel(job_id, job_id.encode()[-16:]))
                if not isinstance(answer, StoreError):
                    self.cancelled[job_id] = time.monotonic()

    def _send(self, request: Any) -> Any:
        started = time.monotonic()
        try:
            return self.store.send(request)
        except StoreError as error:
            self.errors.append(error)
            return error
        finally:
            self.slowest = max(self.slowest, time.monotonic() - started)

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(TIMEOUT_S + 5)

    def found(self) -> dict[str, JobRecord | None]:
        """All acknowledged jobs as they are stored now."""
        ids = list(self.added)
        return dict(zip(ids, self.store.send_many([steps.Get(each) for each in ids]), strict=True))


def tell(figures: str) -> None:
    """For whoever runs this with ``-s``."""
    sys.stdout.write(f"\n{figures}\n")


def settled(store: ClusterStore) -> None:
    """Counters, heads and lines say what the jobs say, in each stripe."""
    for stripe in range(STRIPES):
        recount(store, stripe)


def waiting(store: ClusterStore) -> int:
    return sum(store.send(steps.Stats(stripe)).counts["waiting"] for stripe in range(STRIPES))


def store_on(servers: ClusterServers, namespace: str, durability: Any = "memory") -> ClusterStore:
    options = StoreOptions(namespace, "shop", stripes=STRIPES)
    return ClusterStore(servers.url(nodes=6), options, timeout=TIMEOUT_S, durability=durability)


def step_by_step(servers: ClusterServers, slot: int) -> None:
    """As ``valkey-cli --cluster reshard`` does it, only slower, so that the load meets it half-way."""
    move = SlotMove(servers, slot).begin()
    for _ in range(5):
        move.move_keys(2)
        time.sleep(0.02)
    move.finish()


def at_once(servers: ClusterServers, slot: int) -> None:
    """As Valkey does it from version 9 on."""
    source = servers.owner(slot)
    target = next(node for node in servers.masters if node is not source)
    try:
        source.call("CLUSTER", "MIGRATESLOTS", "SLOTSRANGE", slot, slot, "NODE", target.id)
    except redis.ResponseError as error:
        pytest.skip(f"this server can't: {error}")
    wait_until(lambda: servers.owner(slot) is target, 20, "the slot has moved")


def handed_over(servers: ClusterServers, slot: int) -> None:
    """All of a master's slots go to its replica, as before an upgrade of its server."""
    (replica,) = servers.replicas(servers.owner(slot))
    replica.call("CLUSTER", "FAILOVER")
    wait_until(lambda: servers.owner(slot) is replica, 20, "the replica has taken over")
    servers.wait_whole()


@pytest.mark.parametrize("move", [step_by_step, at_once, handed_over])
def test_slots_move_under_load(
    servers: ClusterServers, namespace: str, move: Callable[[ClusterServers, int], None]
) -> None:
    store = store_on(servers, namespace)
    with Load(store) as load:
        wait_until(lambda: len(load.added) > 100, 20, "there is load")
        for stripe in range(0, STRIPES, 4):
            move(servers, slot_of(namespace, stripe))
            before = len(load.added)
            wait_until(lambda before=before: len(load.added) > before + 20, 20, "the load goes on")
    found = load.found()
    tell(
        f"{move.__name__}: {len(load.added)} adds, {len(load.cancelled)} cancels, slowest call {load.slowest:.2f} s "
        "meanwhile"
    )
    assert not load.errors
    assert not load.wrong
    assert all(found.values())
    assert {found[each].state for each in load.cancelled} <= {JobState.CANCELLED}  # type: ignore[union-attr]
    assert waiting(store) == len(load.added) - len(load.cancelled)
    settled(store)
    store.close()


def kill_under_load(servers: ClusterServers, store: ClusterStore, namespace: str) -> tuple[Load, ClusterNode, float]:
    """Kill the master of stripe 0 while clients add, and go on until it is replaced; answers when it was killed. For a
    moment before that its replica hears nothing: so there is something to lose.
    """
    victim = servers.owner(slot_of(namespace, 0))
    (replica,) = servers.replicas(victim)
    with Load(store) as load:
        wait_until(lambda: len(load.added) > 300, 20, "there is load")
        replica.freeze()
        victim.call("CLIENT", "KILL", "TYPE", "replica")
        time.sleep(BEHIND_S)
        victim.kill()
        replica.thaw()
        killed = time.monotonic()
        wait_until(lambda: len(servers.masters) == 3, 20, "a replica has taken over")
        victim.start()  # as a replica of its successor
        before = len(load.added)
        wait_until(lambda: len(load.added) > before + 300, 20, "the load goes on")
    return load, victim, killed


@pytest.mark.parametrize("durability", ["memory", ("replicas", 1)], ids=["memory", "replicas"])
def test_a_master_is_killed_under_load(servers: ClusterServers, namespace: str, durability: Any) -> None:
    store = store_on(servers, namespace, durability)
    store.send(steps.Stats(0))
    owners = servers.owners_of_stripes(namespace, STRIPES)
    load, victim, killed = kill_under_load(servers, store, namespace)
    found = load.found()
    lost = [job_id for job_id, record in found.items() if record is None]
    again = [each for each in load.cancelled if found[each] and found[each].state is not JobState.CANCELLED]  # type: ignore[union-attr]
    tell(
        f"{durability}: {len(load.added)} acknowledged adds, {len(lost)} lost, {len(load.cancelled)} cancels, "
        f"{len(again)} forgotten; {len(load.errors)} errors, slowest call {load.slowest:.2f} s"
    )
    assert not load.wrong
    assert load.slowest < TIMEOUT_S + 1
    if durability != "memory":
        assert (lost, again) == ([], [])
    # What was forgotten lay on the node that died, and was acknowledged while its replica was away.
    for job_id in lost:
        assert owners[parse_job_id(job_id).stripe] is victim
        assert abs(load.added[job_id] - killed) < 1.0 + BEHIND_S
    for job_id in again:
        assert owners[parse_job_id(job_id).stripe] is victim
        assert abs(load.cancelled[job_id] - killed) < 1.0 + BEHIND_S
    stored = Counter(record.state for record in found.values() if record is not None)
    unknown = store.send_many([steps.Get(each) for each in load.unknown])
    assert waiting(store) == stored[JobState.WAITING] + sum(record is not None for record in unknown)
    settled(store)
    store.close()


def test_jobs_run_when_a_master_is_killed(
    stage,  # noqa: F811
    keeper,  # noqa: F811
    worker,  # noqa: F811
    servers,
    namespace,
):
    worker("threads", concurrency=8)
    note = stage.module.note
    jobs = schedule_job.apply_many(
        [JobRequest(note, args=(str(number),), countdown=1 + number / 50) for number in range(200)]
    )
    stage.trace.wait("note", count=20)
    owners = servers.owners_of_stripes(namespace, STRIPES)
    victim = owners[0]
    victim.kill()
    killed = time.time()
    stage.trace.wait("note", count=200, timeout=60)
    for job in jobs:
        assert job.join(60) is JobState.SUCCEEDED
    lines = stage.trace.lines("note")
    runs = Counter(line["id"] for line in lines)
    twice = [job_id for job_id, count in runs.items() if count > 1]
    lags = [
        line["at"] - job.due_time.timestamp()
        for job in jobs
        for line in lines
        if line["id"] == job.id and owners[parse_job_id(job.id).stripe] is not victim and line["at"] > killed
    ]
    tell(f"{len(runs)} jobs ran, {len(twice)} twice; stripes of living nodes at most {max(lags):.2f} s late")
    assert len(runs) == 200
    assert all(owners[parse_job_id(job_id).stripe] is victim for job_id in twice)
