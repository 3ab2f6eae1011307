"""The kept encoder writes the very bytes that Kombu's does, or leaves it to Kombu."""

from __future__ import annotations

import datetime
import decimal
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kombu import serialization

from celery_durable_jobs.messages.body import NO_LINKS, encode, encode_quickly

LEAVES: Any = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.binary(max_size=20)
    | st.decimals()
    | st.uuids()
    | st.datetimes()
    | st.dates()
)
VALUES: Any = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=4) | st.integers() | st.booleans() | st.none(), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=4).map(tuple), st.dictionaries(st.text(max_size=4), VALUES, max_size=3))
def test_the_same_bytes(args: Any, kwargs: Any) -> None:
    assert encode_quickly(args, kwargs, "json") == encode((args, kwargs, NO_LINKS), "json", None).body


class Named:
    """What says itself how it is written."""

    def __json__(self) -> dict[str, Any]:
        return {"day": datetime.date(2030, 1, 1), "price": decimal.Decimal("1.5"), "id": uuid.UUID(int=1)}


def test_what_writes_itself() -> None:
    assert encode_quickly((Named(),), {}, "json") == encode(((Named(),), {}, NO_LINKS), "json", None).body


def test_what_cannot_be_written_is_left_to_kombu() -> None:
    around: list[Any] = []
    around.append(around)
    for value in (object(), around, {(1, 2): 3}, {1}):
        assert encode_quickly((value,), {}, "json") is None
    for serializer in ("pickle", "yaml", None):
        assert encode_quickly((1,), {}, serializer) is None


def test_another_json_is_left_to_kombu(monkeypatch: pytest.MonkeyPatch) -> None:
    registry: Any = serialization.registry
    monkeypatch.setitem(registry._encoders, "json", registry._encoders["json"]._replace(encoder=repr))
    assert encode_quickly((1,), {}, "json") is None
