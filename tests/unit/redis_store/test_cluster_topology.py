"""What a process knows of a cluster."""

from __future__ import annotations

from typing import Any

import pytest
from redis.crc import key_slot

from celery_durable_jobs.errors import ConfigurationError
from celery_durable_jobs.stores.redis.cluster import topology
from celery_durable_jobs.stores.redis.cluster.address import Place
from celery_durable_jobs.stores.redis.cluster.topology import Topology
from celery_durable_jobs.stores.redis.replies import Reply

SEED = Place("seed", 7000)
A, B, C = Place("a", 7001), Place("b", 7002), Place("c", 7003)


class Clock:
    """Seconds that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def node(place: Place, name: str = "id") -> list[Any]:
    return [place.host.encode(), place.port, name.encode(), []]


WHOLE = [[0, 8191, node(A), node(C)], [8192, 16383, node(B)]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def known(clock: Clock) -> Topology:
    """A topology that was told of two masters."""
    made = Topology([SEED], clock)
    assert made.stale
    assert made.learn(SEED, WHOLE)
    return made


def test_nothing_is_known_at_first(clock: Clock) -> None:
    made = Topology([SEED], clock)
    assert (made.owner(5), made.masters(), made.candidates()) == (None, [], [SEED])


def test_slots_have_owners(known: Topology) -> None:
    assert [known.owner(slot) for slot in (0, 8191, 8192, 16383)] == [A, A, B, B]
    assert known.masters() == [A, B]
    assert known.without_replica() == [B]
    assert sorted(known.candidates()) == sorted([A, B, C, SEED])
    assert not known.stale


def test_a_nodes_own_address_may_be_left_out(known: Topology) -> None:
    assert known.learn(B, [[0, 16383, [b"", 7009, b"id"], [None, 7010, b"id"]]])
    assert known.owner(1) == Place("b", 7009)
    assert Place("b", 7010) in known.candidates()


def test_a_node_of_unknown_address_serves_nothing(known: Topology) -> None:
    assert known.learn(B, [[0, 99, [b"?", 7009, b"id"]], [100, 16383, node(C)]])
    assert (known.owner(1), known.owner(100)) == (None, C)


def test_a_reply_without_slots_changes_nothing(known: Topology) -> None:
    assert not known.learn(C, [])
    assert not known.learn(C, Reply("ERR This instance has cluster support disabled"))
    assert known.owner(0) == A


def test_a_server_of_its_own_is_no_cluster(clock: Clock) -> None:
    with pytest.raises(ConfigurationError, match="redis://"):
        Topology([SEED], clock).learn(SEED, Reply("ERR This instance has cluster support disabled"))


def test_a_moved_slot_is_known_at_once(known: Topology, clock: Clock) -> None:
    known.moved("MOVED 8191 c:7003", A)
    assert (known.owner(8191), known.owner(8190), known.stale) == (C, A, False)
    clock.now += topology.FRESH_S + 0.1
    known.moved("MOVED 12 :7005", A)
    assert (known.owner(12), known.owner(8191), known.stale) == (Place("a", 7005), C, True)
    known.learn(B, WHOLE)
    assert (known.owner(12), known.owner(8191)) == (A, A)


def test_a_moved_slot_at_an_address_of_ipv6(known: Topology) -> None:
    known.moved("MOVED 12 fd00::1:7005", A)
    assert known.owner(12) == Place("fd00::1", 7005)


def test_nodes_that_failed_come_last_for_a_while(known: Topology, clock: Clock) -> None:
    known.failed(A, "refused")
    assert known.stale
    assert all(known.candidates()[-1] == A for _ in range(20))
    known.fine(A)
    assert not known.in_trouble(A)
    known.failed(A, "refused")
    clock.now += topology.AVOID_S
    assert not known.in_trouble(A)


def test_stripes_of_a_node_go_together(known: Topology, clock: Clock) -> None:
    prefixes = [f"dj:1:{{shop:{stripe}}}:".encode() for stripe in range(16)]
    groups = known.groups(prefixes)
    assert sorted(stripe for group in groups for stripe in group) == list(range(16))
    assert len(groups) == 2
    for group in groups:
        assert len({known.owner(int(key_slot(prefixes[stripe]))) for stripe in group}) == 1
    known.moving(f"ASK {key_slot(prefixes[3])} b:7002")
    assert [3] in known.groups(prefixes)
    clock.now += topology.MOVING_S
    assert len(known.groups(prefixes)) == 2
