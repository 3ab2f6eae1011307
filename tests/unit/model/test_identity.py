"""Job ids sort, parse, and name their stripe and shard."""

from __future__ import annotations

import os
import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celery_durable_jobs.model.identity import (
    ALPHABET,
    LENGTH,
    MAX_STRIPES,
    JobId,
    JobIds,
    decode,
    encode,
    parse_job_id,
    reset_after_fork,
    stripe_of_label,
    stripe_of_shard,
)
from celery_durable_jobs.model.when import MAX_US, SECOND

MINUTE = 60 * SECOND


def new(ids: JobIds, due_us: int = 0, stripes: int = 1, target: str | None = None, key: str | None = None) -> str:
    return ids.new(due_us=due_us, shard_duration_us=MINUTE, stripes=stripes, target=target, key=key)


def test_the_alphabets_order_is_that_of_its_bytes() -> None:
    assert list(ALPHABET) == sorted(ALPHABET)
    assert len(set(ALPHABET)) == 64


@given(st.integers(0, 64**6 - 1), st.integers(0, 64**6 - 1))
def test_encoded_numbers_sort_as_numbers_do(one: int, two: int) -> None:
    assert decode(encode(one, 6)) == one
    assert (encode(one, 6) < encode(two, 6)) == (one < two)


def test_a_number_that_does_not_fit_is_refused() -> None:
    with pytest.raises(OverflowError):
        encode(64, 1)


@given(
    st.integers(0, MAX_US),
    st.integers(1, MAX_STRIPES),
    st.one_of(st.none(), st.text()),
    st.one_of(st.none(), st.text()),
)
def test_an_id_parses_into_what_it_was_made_of(due_us: int, stripes: int, target: str | None, key: str | None) -> None:
    text = new(JobIds(), due_us, stripes, target, key)
    assert len(text) == LENGTH
    assert set(text) <= set(ALPHABET)
    job = parse_job_id(text)
    assert job == JobId(text, stripe_of_shard(job.shard_id), text[1:9])
    assert 0 <= job.stripe < stripes
    assert decode(job.shard_id[2:]) == due_us // MINUTE
    label = target if target is not None else key
    if label is not None:
        assert job.stripe == stripe_of_label(label, stripes)


def test_ids_of_one_shard_rise_with_the_order_of_scheduling() -> None:
    """G3: equal due times in the order in which a client made the requests."""
    ids = JobIds()
    made = [new(ids) for _ in range(20_000)]
    assert all(one < two for one, two in pairwise(made))


def test_they_rise_though_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ids, times = JobIds(), iter([10**18, 10**18 - 10**9, 10**18 - 10**9, 10**18 + 1_000])
    monkeypatch.setattr("time.time_ns", lambda: next(times))
    made = [new(ids) for _ in range(4)]
    assert made == sorted(made)


def test_threads_share_one_sequence() -> None:
    ids, made = JobIds(), list[list[str]]()

    def make() -> None:
        made.append([new(ids) for _ in range(2_000)])

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(each == sorted(each) for each in made)
    assert len({job_id for each in made for job_id in each}) == 8_000


def test_a_child_makes_other_ids_than_its_parent() -> None:
    ids = JobIds()
    before, (read, write) = new(ids), os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, new(ids).encode())
        os._exit(0)
    os.waitpid(child, 0)
    in_child, in_parent = os.read(read, 100).decode(), new(ids)
    os.close(read)
    os.close(write)
    assert len({before[-11:], in_child[-11:], in_parent[-11:]}) == 3
    # In the parent the random part goes on by a fixed step; in the child it starts from new bits.
    step = (decode(in_parent[-11:]) - decode(before[-11:])) % 2**64
    assert (decode(in_child[-11:]) - decode(before[-11:])) % 2**64 != step


def test_a_lock_held_in_the_parent_does_not_stop_the_child() -> None:
    ids = JobIds()
    ids._lock.acquire()
    reset_after_fork(ids)
    assert parse_job_id(new(ids))


@pytest.mark.parametrize(
    "text", [None, 42, b"1" * 30, "", "1" * 29, "1" * 31, "2" + "1" * 29, "1" * 29 + "!", "1" * 29 + "é"]
)
def test_anything_else_is_no_id(text: object) -> None:
    with pytest.raises(ValueError, match="job"):
        parse_job_id(text)


def test_random_stripes_are_even() -> None:
    ids, stripes = JobIds(), [0] * 8
    for _ in range(8_000):
        stripes[parse_job_id(new(ids, stripes=8)).stripe] += 1
    assert all(700 < count < 1_300 for count in stripes)


def test_stripes_of_labels_are_the_same_in_every_process() -> None:
    assert [stripe_of_label(label, 16) for label in ("", "user:42", "é", "order")] == [0, 6, 14, 8]
