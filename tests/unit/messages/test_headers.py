"""The header of our own: read back as made, and nothing in it makes the reader raise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celery_durable_jobs.messages.headers import HEADER, DurableHeader, make_header, read_header

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(0, 2**53))
def test_round_trip(namespace: str, generation: int) -> None:
    value = json.loads(json.dumps(make_header(namespace, generation)))
    header = read_header({"id": "x", HEADER: value})
    assert header == DurableHeader(namespace, generation, "handler", 1)
    assert header.valid


def test_bytes_as_some_transports_give_them() -> None:
    assert read_header({HEADER: b"1:7:handler:shop"}) == DurableHeader("shop", 7, "handler", 1)


@given(anything)
def test_never_raises(value: Any) -> None:
    assert read_header(value) is None or isinstance(value, dict)
    header = read_header({HEADER: value})
    assert header is not None
    assert header.valid or header.problem


@pytest.mark.parametrize(
    "value",
    [
        None, 1, [1, "shop", 7, "handler"], {}, "", "1", "1:", "1:7", "1:7:handler", "1:7:handler:", "1:7::shop",
        "1:x:handler:shop", "1:-7:handler:shop", "1: 7:handler:shop", "1:٣:handler:shop",
        "1:7" + "0" * 30 + ":handler:shop", b"\xff\xfe",
    ],
)  # fmt: skip
def test_garbage_is_marked(value: Any) -> None:
    header = read_header({HEADER: value})
    assert header is not None
    assert not header.valid
    assert header.problem
    assert header.namespace == ""


def test_a_later_version_is_marked_and_named() -> None:
    header = read_header({HEADER: "2:7:handler:shop:more"})
    assert header is not None
    assert (header.version, header.valid) == (2, False)
    assert "version 2" in str(header.problem)


@pytest.mark.parametrize("headers", [None, {}, {"id": "x"}, "durable_job", ["durable_job"], 5])
def test_messages_that_are_not_ours(headers: Any) -> None:
    assert read_header(headers) is None
