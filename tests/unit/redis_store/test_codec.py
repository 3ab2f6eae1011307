"""The client's part of a record: whatever was given comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celery_durable_jobs.model.record import Content
from celery_durable_jobs.stores.codec import (
    TAIL,
    decode_content,
    decode_metadata,
    encode_content,
    encode_metadata,
)

TEXTS = st.text(max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
CONTENTS = st.builds(
    Content,
    body=st.binary(max_size=60) | st.binary(max_size=20).map(lambda data: data + TAIL),
    content_type=st.sampled_from(["application/json", "application/x-python-serialize", ""]),
    content_encoding=st.sampled_from(["utf-8", "binary", ""]),
    headers=st.dictionaries(TEXTS, JSON, max_size=3),
    options=st.dictionaries(TEXTS, JSON, max_size=3),
)


@given(CONTENTS)
def test_content_comes_back(content: Content) -> None:
    assert decode_content(encode_content(content)) == content


@given(st.none() | st.dictionaries(TEXTS, st.text(max_size=300), max_size=5))
def test_metadata_comes_back(metadata: dict[str, str] | None) -> None:
    assert decode_metadata(encode_metadata(metadata)) == metadata


def test_null_metadata_stays_null_and_empty_stays_empty() -> None:
    assert encode_metadata(None) == b""
    assert decode_metadata(b"") is None
    assert decode_metadata(encode_metadata({})) == {}


@pytest.mark.parametrize("text", ["", "\0", "}\n{:", "\U0001f600", "\ud800", "é" * 400])
def test_any_character(text: str) -> None:
    assert decode_metadata(encode_metadata({text: text})) == {text: text}


def test_what_is_usual_costs_a_byte() -> None:
    assert len(encode_content(Content(b"[[42], {}" + TAIL))) == 1 + len(b"[[42], {}")
