"""Routes, states, options: small values with rules of their own."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import ENDED, IN_FLIGHT, NOT_BEGUN, TRANSITIONS, CancelOutcome, JobState

texts = st.one_of(st.none(), st.text())
routes = st.builds(Route, texts, texts, texts, st.one_of(st.none(), st.integers(0, 255)))


@given(routes, routes)
def test_a_route_is_known_by_its_text(one: Route, two: Route) -> None:
    assert Route.loads(one.dumps()) == one
    assert Route.loads(one.dumps().encode()) == one
    assert (one.dumps() == two.dumps()) == (one == two)
    assert pickle.loads(pickle.dumps(one)) == one


def test_every_state_is_ended_or_in_flight_or_waiting() -> None:
    assert {JobState.WAITING} | IN_FLIGHT | ENDED == set(JobState)
    assert not IN_FLIGHT & ENDED
    assert [state for state in JobState if state.ended] == list(JobState)[-4:]
    assert {JobState.CLAIMED, JobState.SENT, JobState.RUNNING} == {state for state in JobState if state.in_flight}


def test_a_run_begins_only_from_claimed_or_sent() -> None:
    assert {state for state, to in TRANSITIONS.items() if JobState.RUNNING in to} == NOT_BEGUN - {JobState.WAITING}


def test_what_has_ended_stays_so_but_for_a_replay() -> None:
    assert {state: set(TRANSITIONS[state]) for state in ENDED} == {
        JobState.SUCCEEDED: set(),
        JobState.CANCELLED: set(),
        JobState.EXPIRED: set(),
        JobState.DEAD: {JobState.WAITING},
    }


def test_states_print_as_words() -> None:
    assert [str(state) for state in JobState][:4] == ["waiting", "claimed", "sent", "running"]
    assert JobState("dead") is JobState.DEAD


def test_only_cancelled_is_true() -> None:
    """G6"""
    assert [outcome for outcome in CancelOutcome if outcome] == [CancelOutcome.CANCELLED]


@pytest.mark.parametrize(
    ("max_backlog", "stripes", "bound"),
    [(1_000, 1, 1_000), (1_000, 16, 62), (1_000, 64, 16), (1, 1, 16), (None, 4, None)],
)
def test_a_stripes_share_of_the_backlog(max_backlog: int | None, stripes: int, bound: int | None) -> None:
    options = StoreOptions("n", "shop", stripes=stripes, max_backlog=max_backlog)
    assert options.backlog_bound == bound
