"""The parts of a look become one answer."""

from __future__ import annotations

from typing import Any

import pytest

from celery_durable_jobs.model.identity import encode
from celery_durable_jobs.model.options import CONTACT_QUIET_US
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps import Looked, Term
from celery_durable_jobs.stores.redis.plans.looked import joined, looked, shares

ROUTE = Route()
NOW = 1_800_000_000_000_000


def term(stripe: int, token: str = "1.k") -> Term:
    return Term(f"{encode(stripe, 2)}000000", token)


def reply(now: int, held: list[Any], lost: list[int], soonest: int = -1, since: int = NOW, **more: Any) -> list[Any]:
    keepers = more.get("keepers", [b"k"])
    return [now, held, lost, soonest, since, keepers, more.get("pruned", 0), more.get("aside", 0), [soonest], []]


def holding(which: Term, until: int, head: int | None) -> list[Any]:
    lines = [] if head is None else [ROUTE.dumps().encode(), head]
    return [which.shard_id.encode(), which.token.encode(), until, 0, 0, lines]


@pytest.mark.parametrize(("limit", "groups"), [(0, 3), (1, 3), (100, 3), (7, 7), (5, 8), (100, 1)])
def test_a_limit_is_shared_evenly(limit: int, groups: int) -> None:
    parts = shares(limit, groups)
    assert (len(parts), sum(parts)) == (groups, limit)
    assert max(parts) - min(parts) <= 1


def test_everybody_gets_a_turn() -> None:
    assert {tuple(shares(1, 2)) for _ in range(200)} == {(0, 1), (1, 0)}


def test_times_are_as_if_by_one_clock() -> None:
    behind = NOW - 5_000_000
    named = (term(0), term(1))
    one = looked(reply(NOW, [holding(named[0], NOW + 5, NOW - 9)], [2], NOW + 7), named, [0])
    other = looked(
        reply(behind, [holding(named[1], behind + 6, NOW - 10)], [1], behind + 3, since=behind - 1), named, [1]
    )
    answer = joined([(one, frozenset([0])), (other, frozenset([1]))])
    assert answer.now_us == NOW
    assert [(held.term, held.lease_until_us) for held in answer.held] == [(named[1], NOW + 6), (named[0], NOW + 5)]
    assert answer.next_us == NOW + 3
    assert answer.nexts == ((0, NOW + 7), (1, NOW + 3))
    assert answer.lost == ()
    assert answer.recover_us == NOW + CONTACT_QUIET_US
    assert not answer.may_recover


def test_a_term_is_lost_where_its_stripe_was_looked_at() -> None:
    named = (term(0), term(1), term(2))
    one = looked(reply(NOW, [], [1, 2, 3]), named, [0])
    answer = joined([(one, frozenset([0, 2]))])
    assert answer.lost == (named[0], named[2])
    assert answer.next_us is None


def test_what_else_is_put_together() -> None:
    parts = [
        looked(reply(NOW, [holding(term(0), NOW, None)], [], keepers=[b"b", b"a"], pruned=2, aside=1), (), [0]),
        looked(reply(NOW, [holding(term(1), NOW, NOW)], [], keepers=[b"c", b"a"], pruned=3, aside=4), (), [1]),
    ]
    answer = joined([(part, frozenset([number])) for number, part in enumerate(parts)])
    assert isinstance(answer, Looked)
    assert (answer.keepers, answer.pruned, answer.aside) == (("a", "b", "c"), 5, 5)
    assert [held.term for held in answer.held] == [term(1), term(0)]
