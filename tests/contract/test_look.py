"""look: what is due, and the leases of it (G5)."""

from __future__ import annotations

import pytest

from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.placement import preferred_keeper
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Claim, DueLine, Keepers, PutBack, Refusal, Release, Shards, Term
from celery_durable_jobs.testing import StoreDriver
from tests.contract.conftest import MakeDriver

NOT_COME = 1.2
"""Seconds after which a preferred keeper that could have come counts as not come."""


def shard(job_id: str) -> str:
    return parse_job_id(job_id).shard_id


def shard_for(jobs: StoreDriver, keeper: str, keepers: list[str], seconds: float = 0) -> str:
    """A due job in a shard that, among these keepers, prefers this one."""
    for minutes in range(200):
        due = When(at_us=jobs.when(seconds - 60 * minutes))
        request = jobs.request(due)
        if preferred_keeper(shard(request.job_id), keepers) == keeper:
            jobs.send(request)
            return request.job_id
    raise AssertionError("no such shard in 200 windows")


# -- what is due


def test_nothing_stored_nothing_held(jobs: StoreDriver) -> None:
    looked = jobs.look()
    assert (looked.now_us, looked.held, looked.lost, looked.next_us) == (jobs.clock(), (), (), None)
    assert looked.keepers == ("k1",)


def test_what_is_not_due_yet_is_when_to_come_back(jobs: StoreDriver) -> None:
    jobs.add(90)
    jobs.add(30)
    looked = jobs.look()
    assert (looked.held, looked.next_us) == ((), jobs.when(30))


def test_due_at_the_microsecond(jobs: StoreDriver) -> None:
    """G3: never early."""
    job_id = jobs.add(30)
    jobs.clock.move(us=30 * SECOND - 1)
    assert jobs.look().held == ()
    jobs.clock.move(us=1)
    (held,) = jobs.look().held
    assert (held.term.shard_id, held.granted, held.overdue) == (shard(job_id), True, False)
    assert held.lines == (DueLine(Route(), jobs.clock()),)
    assert held.lease_until_us == jobs.clock() + jobs.options.lease_ttl_us


def test_the_lines_of_a_shard_oldest_first(jobs: StoreDriver) -> None:
    jobs.add(2, route=Route("b"))
    jobs.add(3, route=Route("c"))
    jobs.add(1, route=Route("a", priority=5))
    jobs.add(9, route=Route("d"))
    jobs.clock.move(5)
    (held,) = jobs.look().held
    assert [line.route for line in held.lines] == [Route("a", priority=5), Route("b"), Route("c")]
    assert [line.head_us for line in held.lines] == [jobs.when(-4), jobs.when(-3), jobs.when(-2)]


def test_shards_oldest_due_first(jobs: StoreDriver) -> None:
    ids = [jobs.add(When(at_us=jobs.when(-60 * minutes))) for minutes in (3, 9, 1, 100_000, 7)]
    order = [held.term.shard_id for held in jobs.look().held]
    assert order == [shard(ids[index]) for index in (3, 1, 4, 0, 2)]


def test_its_limit_bounds_what_is_granted(jobs: StoreDriver) -> None:
    ids = [jobs.add(-60 * minutes) for minutes in range(5)]
    assert [held.term.shard_id for held in jobs.look(limit=2).held] == [shard(ids[4]), shard(ids[3])]
    looked = jobs.look(limit=2)
    assert [held.granted for held in looked.held] == [False, False, True, True]
    assert len(jobs.look(limit=2).held) == 5


def test_an_emptied_shard_leaves_nothing_to_look_for(jobs: StoreDriver) -> None:
    """P45"""
    jobs.cancel(jobs.add(30))
    looked = jobs.look()
    assert (looked.held, looked.next_us) == ((), None)
    assert jobs.send(Shards(0)) == ()


def test_jobs_in_flight_say_when_to_come_back(jobs: StoreDriver) -> None:
    jobs.claimed()
    looked = jobs.look()
    assert looked.next_us == jobs.clock() + jobs.options.lease_ttl_us
    assert [(held.lines, held.overdue) for held in looked.held] == [((), False)]
    jobs.keep_looking(5)
    assert [held.overdue for held in jobs.look().held] == [True]


# -- leases


def test_a_named_term_is_renewed_while_it_lasts(jobs: StoreDriver) -> None:
    term = jobs.lease(jobs.add())
    jobs.clock.move(us=jobs.options.lease_ttl_us - 1)
    looked = jobs.look()
    assert looked.lost == ()
    (held,) = looked.held
    assert (held.term, held.granted) == (term, False)
    assert held.lease_until_us == jobs.clock() + jobs.options.lease_ttl_us


def test_a_named_term_with_nothing_due_is_renewed_too(jobs: StoreDriver) -> None:
    job_id = jobs.add()
    term = jobs.lease(job_id)
    jobs.cancel(job_id)
    jobs.add(30)
    (held,) = jobs.look().held
    assert (held.term, held.lines) == (term, ())


def test_a_term_that_ran_out_is_lost_at_the_microsecond(jobs: StoreDriver) -> None:
    """G5: a lease is over at its end, not after it."""
    term = jobs.lease(jobs.add())
    jobs.clock.move(us=jobs.options.lease_ttl_us)
    looked = jobs.look()
    assert looked.lost == (term,)
    (held,) = looked.held
    assert (held.term.shard_id, held.granted) == (term.shard_id, True)
    assert held.term.token != term.token


def test_a_wrong_token_renews_nothing(jobs: StoreDriver) -> None:
    job_id = jobs.add()
    term = jobs.lease(job_id)
    wrong = Term(term.shard_id, "999999.k2")
    assert jobs.look("k2", [wrong]).lost == (wrong,)
    assert jobs.send(Claim(wrong, Route())).refused is Refusal.LEASE
    assert jobs.look().held[0].term == term


def test_a_lease_keeps_all_others_away_until_it_runs_out(jobs: StoreDriver) -> None:
    """G5: one owner."""
    job_id = jobs.add()
    jobs.lease(job_id, "k1")
    for _ in range(4):
        jobs.clock.move(1)
        assert jobs.look("k2").held == ()
    jobs.clock.move(us=SECOND - 1)
    assert jobs.look("k2").held == ()
    jobs.clock.move(NOT_COME)
    assert jobs.look("k2").held[0].granted


def test_a_grant_tells_whether_anything_is_claimed_in_the_shard(jobs: StoreDriver) -> None:
    """Where nothing is, nothing of an older term is to be put back; where something is, it must be."""
    job = jobs.claimed(target="t")
    jobs.add(target="t")
    (held,) = jobs.look("k1", []).held
    assert (held.granted, held.clean) == (True, False)
    assert jobs.send(PutBack(held.term)).count == 1
    (held,) = jobs.look("k1", [held.term]).held
    assert (held.granted, held.clean) == (False, False)
    (held,) = jobs.look("k1", []).held
    assert (held.granted, held.clean) == (True, True)
    jobs.send(Claim(held.term, Route()))
    assert jobs.state(job.id) is JobState.CLAIMED
    jobs.clock.move(jobs.options.lease_ttl_us / SECOND + NOT_COME)
    (held,) = jobs.look("k2").held
    assert (held.granted, held.clean) == (True, False)


def test_a_shard_in_which_some_are_sent_and_running_is_clean(jobs: StoreDriver) -> None:
    jobs.sent(target="t")
    jobs.running(target="t")
    jobs.add(target="t")
    (held,) = jobs.look("k1", []).held
    assert (held.granted, held.clean) == (True, True)


def test_a_lease_of_its_own_that_it_does_not_name_is_granted_anew(jobs: StoreDriver) -> None:
    """Rule 2: when in doubt, a new term."""
    old = jobs.lease(jobs.add())
    (held,) = jobs.look("k1", []).held
    assert held.granted
    assert held.term != old
    assert jobs.send(Claim(old, Route())).refused is Refusal.LEASE
    assert len(jobs.send(Claim(held.term, Route())).jobs) == 1


def test_a_look_that_arrives_twice_is_a_new_term_and_the_first_one_holds_no_more(jobs: StoreDriver) -> None:
    jobs.add()
    first, second = jobs.look("k1", []).held[0].term, jobs.look("k1", []).held[0].term
    assert first != second
    assert jobs.look("k1", [first]).lost == (first,)


def test_tokens_are_never_reused_and_carry_their_keeper(jobs: StoreDriver) -> None:
    jobs.add()
    tokens = [jobs.look("k1", []).held[0].term.token for _ in range(5)]
    numbers = [int(token.split(".", 1)[0]) for token in tokens]
    assert numbers == sorted(set(numbers))
    assert {token.split(".", 1)[1] for token in tokens} == {"k1"}


# -- letting go


def test_let_go_frees_the_shard_and_does_not_grant_it_again_at_once(jobs: StoreDriver) -> None:
    job_id = jobs.add()
    term = jobs.lease(job_id)
    looked = jobs.look("k1", [], let_go=(term,))
    assert looked.held == ()
    assert jobs.send(Claim(term, Route())).refused is Refusal.LEASE
    assert jobs.send(Shards(0))[0].keeper is None
    assert jobs.look("k1").held[0].granted


def test_let_go_of_a_term_that_is_not_the_present_one_frees_nothing(jobs: StoreDriver) -> None:
    job_id = jobs.add()
    old = jobs.lease(job_id)
    new = jobs.look("k1", []).held[0].term
    jobs.look("k2", [], let_go=(old,))
    assert jobs.look("k1", [new]).lost == ()


# -- placement (DESIGN section 7)


def test_a_free_shard_goes_at_once_to_the_keeper_that_it_prefers(jobs: StoreDriver) -> None:
    jobs.look("k1")
    jobs.look("k2")
    for_one, for_two = (shard_for(jobs, keeper, ["k1", "k2"]) for keeper in ("k1", "k2"))
    assert [held.term.shard_id for held in jobs.look("k1").held] == [shard(for_one)]
    assert [held.term.shard_id for held in jobs.look("k2").held] == [shard(for_two)]


def test_another_gets_it_when_the_preferred_one_has_not_come(jobs: StoreDriver) -> None:
    jobs.look("k1")
    jobs.look("k2")
    jobs.clock.move(1)
    job_id = shard_for(jobs, "k2", ["k1", "k2"], seconds=0)
    head = jobs.get(job_id).due_us
    jobs.clock.set(max(jobs.clock(), head))
    late = When(at_us=jobs.clock())
    jobs.change(job_id, due=late)
    assert jobs.look("k1").held == ()
    jobs.clock.move(NOT_COME, us=-1)
    assert jobs.look("k1").held == ()
    jobs.clock.move(us=1)
    assert jobs.look("k1").held[0].granted


def test_one_that_can_not_publish_ranks_last(jobs: StoreDriver) -> None:
    jobs.look("k1")
    jobs.look("k2")
    job_id = shard_for(jobs, "k2", ["k1", "k2"])
    looked = jobs.look("k2", limit=0, ill=True)
    assert (looked.held, looked.keepers) == ((), ("k1",))
    looked = jobs.look("k1")
    assert ([held.term.shard_id for held in looked.held], looked.keepers) == ([shard(job_id)], ("k1",))
    assert {entry.id: entry.alive for entry in jobs.send(Keepers())} == {"k1": True, "k2": True}


def test_one_that_can_publish_again_has_just_joined(jobs: StoreDriver) -> None:
    jobs.look("k1")
    jobs.look("k2", ill=True)
    jobs.look("k3", ill=True)
    jobs.clock.move(1)
    assert jobs.look("k2", ill=True).keepers == ("k1",)
    job_id = shard_for(jobs, "k2", ["k1", "k2"])
    jobs.clock.move(1)
    assert jobs.look("k2", limit=0).keepers == ("k1", "k2")
    jobs.clock.move(NOT_COME, us=-1)
    assert jobs.look("k1").held == ()
    assert [held.term.shard_id for held in jobs.look("k2").held] == [shard(job_id)]


def test_where_nobody_can_publish_anybody_may_have_it(jobs: StoreDriver) -> None:
    jobs.look("k1", ill=True)
    jobs.look("k2", ill=True)
    job_id = shard_for(jobs, "k2", ["k1", "k2"])
    looked = jobs.look("k1", ill=True)
    assert ([held.term.shard_id for held in looked.held], looked.keepers) == ([shard(job_id)], ())


def test_the_preferred_one_is_waited_for_after_a_lease_has_run_out(jobs: StoreDriver) -> None:
    job_id = shard_for(jobs, "k2", ["k1", "k2", "k3"])
    jobs.look("k3")
    term = jobs.lease(job_id, "k3")
    jobs.keep_looking(3, "k2")
    jobs.keep_looking(1, "k1")
    jobs.send(Release("k3", (term,), leaving=True))
    assert jobs.look("k1").held == ()
    assert [held.term.shard_id for held in jobs.look("k2").held] == [shard(job_id)]


def test_a_keeper_that_just_joined_is_waited_for(jobs: StoreDriver) -> None:
    job_id = shard_for(jobs, "k2", ["k1", "k2"])
    jobs.clock.move(10)
    jobs.look("k2", let_go=(jobs.lease(job_id, "k2"),))
    jobs.clock.move(0.5)
    assert jobs.look("k1").held == ()
    jobs.clock.move(NOT_COME)
    assert jobs.look("k1").held[0].granted


def test_a_keeper_alone_gets_all(jobs: StoreDriver) -> None:
    jobs.look("gone")
    jobs.clock.move(us=jobs.options.lease_ttl_us + 1)
    ids = [jobs.add(-60 * minutes) for minutes in range(20)]
    assert {held.term.shard_id for held in jobs.look("k1").held} == {shard(each) for each in ids}


def test_shards_spread_over_keepers_and_each_is_held_by_one(jobs: StoreDriver) -> None:
    """G5: one owner."""
    names = ["k1", "k2", "k3"]
    for name in names:
        jobs.look(name)
    for minutes in range(60):
        jobs.add(-60 * minutes)
    held = {name: {each.term.shard_id for each in jobs.look(name).held} for name in names}
    assert sum(len(shards) for shards in held.values()) == 60
    assert len(set.union(*held.values())) == 60
    assert all(len(shards) >= 5 for shards in held.values())


# -- publishing takes its time


def test_what_is_being_published_is_extended_by_its_term(jobs: StoreDriver) -> None:
    job = jobs.claimed()
    term = jobs.terms["k1"][shard(job.id)]
    jobs.clock.move(3)
    jobs.look("k1", extend=((term, (job.id, jobs.new_id())),))
    assert jobs.deadline(job.id) == jobs.clock() + jobs.options.lease_ttl_us


def test_another_term_extends_nothing(jobs: StoreDriver) -> None:
    job = jobs.claimed()
    old, deadline = jobs.terms["k1"][shard(job.id)], jobs.deadline(job.id)
    jobs.clock.move(us=1)
    jobs.look("k1", [], extend=((old, (job.id,)),))
    jobs.clock.move(5)
    new = jobs.look("k1", []).held[0].term
    jobs.look("k1", [new], extend=((new, (job.id,)), (old, (job.id,))))
    assert jobs.deadline(job.id) == deadline or jobs.deadline(job.id) == jobs.when(-5) + jobs.options.lease_ttl_us


# -- who is there


def test_keepers_are_known_by_their_looks(jobs: StoreDriver) -> None:
    jobs.look("k1", info={"host": "a", "text": "b:c\n"})
    jobs.clock.move(3)
    looked = jobs.look("k2")
    assert looked.keepers == ("k1", "k2")
    one, two = jobs.send(Keepers())
    assert (one.id, one.last_look_us, one.now_us, one.alive) == ("k1", jobs.when(-3), jobs.clock(), True)
    assert (one.info, two.info) == ({"host": "a", "text": "b:c\n"}, {})
    jobs.clock.move(2, us=1)
    assert [(each.id, each.alive) for each in jobs.send(Keepers())] == [("k1", False), ("k2", True)]
    assert jobs.look("k3").keepers == ("k2", "k3")
    jobs.clock.move(3_600)
    assert [each.id for each in jobs.send(Keepers())] == []


@pytest.mark.parametrize("stripes", [1, 4])
def test_one_look_sees_all_stripes(make_jobs: MakeDriver, stripes: int) -> None:
    jobs = make_jobs(stripes=stripes)
    ids = [jobs.add(-60 * minutes, target=f"t{minutes}") for minutes in range(12)]
    looked = jobs.look()
    assert [held.term.shard_id for held in looked.held] == [shard(each) for each in reversed(ids)]
    assert len({parse_job_id(each).stripe for each in ids}) == stripes
    later = jobs.add(30)
    for job_id in ids:
        jobs.cancel(job_id)
    assert jobs.look().next_us == jobs.get(later).due_us
