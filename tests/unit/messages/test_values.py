"""Header values: stored as plain JSON, and equal when they come back."""

from __future__ import annotations

import datetime
import decimal
import enum
import json
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celery_durable_jobs.messages.values import pack, unpack

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
typed = st.datetimes() | st.dates() | st.times() | st.uuids() | st.binary() | st.decimals(allow_nan=False)


def there_and_back(values: dict[str, Any]) -> dict[str, Any]:
    simple, rest = json.loads(json.dumps(pack(values)))
    return {**simple, **unpack(rest)}


@given(st.dictionaries(st.text(), plain | typed | st.lists(typed, max_size=3), max_size=5))
def test_round_trip(values: dict[str, Any]) -> None:
    assert there_and_back(values) == values


def test_subclasses_and_tuples_become_what_json_has() -> None:
    class Colour(str, enum.Enum):
        RED = "red"

    class Number(enum.IntEnum):
        ONE = 1

    simple, rest = pack({"colour": Colour.RED, "number": Number.ONE, "pair": (1, (2,)), "map": {Colour.RED: 1}})
    assert rest == {}
    assert simple == {"colour": "red", "number": 1, "pair": [1, [2]], "map": {"red": 1}}
    assert [type(simple["colour"]), type(simple["number"])] == [str, int]


def test_what_is_packed_is_a_copy() -> None:
    value = {"a": [1]}
    simple, _ = pack({"x": value})
    value["a"].append(2)
    assert simple == {"x": {"a": [1]}}


def test_times_inside_a_structure() -> None:
    values = {"deep": {"at": [datetime.datetime(2030, 1, 2, 3, tzinfo=datetime.timezone.utc), uuid.UUID(int=1)]}}
    simple, rest = pack(values)
    assert simple == {}
    assert unpack(rest) == values


def test_infinity_is_kept() -> None:
    assert there_and_back({"a": float("inf"), "d": decimal.Decimal("0.10")}) == {
        "a": float("inf"),
        "d": decimal.Decimal("0.10"),
    }


@pytest.mark.parametrize("values", [{"a": object()}, {1: 2}, {"a": {1: object()}}, {"a": {1, 2}}])
def test_what_has_no_form_is_named(values: Any) -> None:
    with pytest.raises(TypeError, match=r"a|1"):
        pack(values)


def test_a_value_that_contains_itself() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(TypeError, match="loop"):
        pack({"loop": loop})
