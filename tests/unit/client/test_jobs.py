"""DurableJob and JobRequest as values; ids."""

from __future__ import annotations

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, replace
from datetime import datetime, timezone
from typing import Any

import pytest

from celery_durable_jobs import DurableJob, InvalidJobError, JobRequest, JobState
from celery_durable_jobs.model import identity
from celery_durable_jobs.model.identity import IDS, job_id_of, parse_job_id, seed_time_us

JOB = DurableJob(
    id="1---0m8xF5NF7snKu--DMrGng0LjZn",
    name="Reminder",
    target="user:42",
    due_time=datetime(2030, 1, 1, 12, 30, 0, 123, tzinfo=timezone.utc),
    shard_id="---0m8xF",
    metadata={"a": "ü"},
    handler="shop.send",
    key="k",
    created=True,
    state=JobState.RUNNING,
    attempt=2,
    error="it broke",
    namespace="shop",
)


def test_pickle_and_json() -> None:
    assert pickle.loads(pickle.dumps(JOB)) == copy.deepcopy(JOB) == JOB
    told = json.loads(json.dumps(JOB.to_dict()))
    assert DurableJob.from_dict(told) == JOB
    assert told["state"] == "running"
    assert told["due_time"] == "2030-01-01T12:30:00.000123+00:00"
    assert DurableJob.from_dict({**told, "of a newer version": 1}) == JOB
    assert DurableJob.from_dict(told).created is True


@pytest.mark.parametrize("values", [{}, {**JOB.to_dict(), "state": "no"}, {**JOB.to_dict(), "due_time": 5}, {"id": 1}])
def test_what_is_no_job(values: Any) -> None:
    with pytest.raises(InvalidJobError):
        DurableJob.from_dict(values)


def test_comparison() -> None:
    assert replace(JOB, created=None) == JOB
    assert replace(JOB, attempt=3) != JOB
    assert replace(JOB, namespace="other") != JOB
    assert len({JOB, replace(JOB, created=False)}) == 1


def test_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        JOB.name = "x"  # type: ignore[misc]


def test_repr() -> None:
    assert repr(JOB) == (
        "<DurableJob 1---0m8xF5NF7snKu--DMrGng0LjZn Reminder (shop.send) target='user:42' key='k' "
        "due=2030-01-01T12:30:00.000123+00:00 running attempt=2 error='it broke'>"
    )


def test_repr_of_a_dead_letter_is_one_line() -> None:
    error = "ValueError: no such order\n\nTraceback (most recent call last):\n  File x, line 3\nValueError: no"
    assert repr(replace(JOB, error=error)).endswith("error='ValueError: no such order'>")
    long = repr(replace(JOB, error=f"ValueError: {'x' * 500}"))
    assert "xxx...'>" in long
    assert len(long) < 260


def test_a_name_breaks_no_line_of_a_log() -> None:
    text = repr(replace(JOB, name="one\ntwo", handler="a\x1b[0m", target="t\n", key="k\n"))
    assert text.isprintable()
    assert "'one\\ntwo'" in text


def test_requests_travel() -> None:
    request = JobRequest("shop.send", args=[1], countdown=5, metadata={"a": "b"})
    assert pickle.loads(pickle.dumps(request)) == request
    assert len({request, pickle.loads(pickle.dumps(request))}) == 1
    assert "seed" not in repr(request)


@pytest.mark.parametrize("seed", ["", "x" * 20, "é" * 21, 5, None])
def test_no_seed(seed: Any) -> None:
    with pytest.raises(InvalidJobError):
        JobRequest("x", seed=seed)


# -- ids ---


def id_of(seed: str, **changes: Any) -> str:
    given = {"due_us": 10**15, "shard_duration_us": 60_000_000, "stripes": 8, "target": None, "key": None, **changes}
    return job_id_of(seed, **given)


def test_an_id_is_a_function_of_its_seed() -> None:
    seed = IDS.seed()
    assert id_of(seed) == id_of(seed)
    assert id_of(seed).endswith(seed)
    assert parse_job_id(id_of(seed)).shard_id == id_of(seed)[1:9]


def test_stripes_of_labels() -> None:
    by_target = {parse_job_id(id_of(IDS.seed(), target="t", key=key)).stripe for key in ("a", "b", None)}
    assert len(by_target) == 1, "a target's jobs live together"
    assert len({parse_job_id(id_of(IDS.seed())).stripe for _ in range(200)}) == 8, "the others spread"
    assert len({parse_job_id(id_of(IDS.seed(), key=str(n))).stripe for n in range(200)}) == 8


def test_seeds_rise_and_are_unique_over_threads() -> None:
    def draw(_: int) -> list[str]:
        return [IDS.seed() for _ in range(2_000)]

    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(draw, range(4)))
    assert all(seeds == sorted(seeds) for seeds in drawn)
    assert len({seed for seeds in drawn for seed in seeds}) == 8_000


def test_seeds_know_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = identity.JobIds()
    monkeypatch.setattr(identity.time, "time_ns", lambda: 1_700_000_000_123_456_789)
    assert seed_time_us(ids.seed()) == 1_700_000_000_123_456
    later = [ids.seed() for _ in range(200)]
    assert later == sorted(set(later)), "also where the clock stands"
    monkeypatch.setattr(identity.time, "time_ns", lambda: 1_600_000_000_000_000_000)
    assert ids.seed() > later[-1], "also where it goes back"
