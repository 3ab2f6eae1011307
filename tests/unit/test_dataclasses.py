"""The package's ``dataclass`` against the standard library's: the same class, made by both."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field
from typing import Any, ClassVar

import pytest

from celery_durable_jobs import _dataclasses
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps import KeyRef, Term

SHAPES = [{"frozen": True, "slots": True}, {"frozen": True}, {"slots": True}, {}, {"frozen": True, "eq": False}]


def pair(**shape: bool) -> tuple[Any, Any]:
    """Ours, and the standard library's."""

    def one(decorator: Any) -> Any:
        @decorator(**shape)
        class Value:
            """A value."""

            first: int
            second: str = "two"
            third: list[int] = field(default_factory=list)
            hidden: int = field(default=0, repr=False, compare=False)
            shared: ClassVar[int] = 7

        return Value

    return one(_dataclasses.dataclass), one(dataclasses.dataclass)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_fields_and_arguments_are_the_same(shape: dict[str, bool]) -> None:
    ours, theirs = pair(**shape)
    for arguments, named in [((1,), {}), ((1, "x"), {}), ((1, "x", [3], 4), {}), ((), {"first": 1, "hidden": 5})]:
        assert dataclasses.astuple(ours(*arguments, **named)) == dataclasses.astuple(theirs(*arguments, **named))
        assert repr(ours(*arguments, **named)) == repr(theirs(*arguments, **named))
    assert ours.__match_args__ == theirs.__match_args__
    assert ours(1).third is not ours(1).third
    assert dataclasses.replace(ours(1), second="x").second == "x"
    assert hasattr(ours(1), "__dict__") is hasattr(theirs(1), "__dict__")


@pytest.mark.parametrize("arguments", [(), (1, 2, 3, 4, 5)])
def test_wrong_arguments_are_refused_in_the_same_words(arguments: tuple[int, ...]) -> None:
    ours, theirs = pair(frozen=True, slots=True)
    told = []
    for each in (ours, theirs):
        for _ in range(2):  # the first object makes __init__
            with pytest.raises(TypeError) as caught:
                each(*arguments)
            told.append(str(caught.value))
    assert len({text.split(".")[-1] for text in told}) == 1


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_what_is_equal_and_hashable_is_the_same(shape: dict[str, bool]) -> None:
    ours, theirs = pair(**shape)
    for each in (ours, theirs):
        equal = shape.get("eq", True)
        assert (each(1, third=()) == each(1, third=(), hidden=9)) is equal
        assert each(1) != each(2)
        assert each(1).__eq__(object()) is NotImplemented
        if not equal:
            assert each.__hash__ is object.__hash__
        elif shape.get("frozen"):
            assert hash(each(1, third=())) == hash(each(1, third=(), hidden=9))
        else:
            assert each.__hash__ is None


@pytest.mark.parametrize("slots", [True, False])
def test_a_frozen_one_cannot_be_changed(slots: bool) -> None:
    ours, theirs = pair(frozen=True, slots=slots)
    for change in (lambda value: setattr(value, "first", 2), lambda value: delattr(value, "first")):
        told = []
        for each in (ours, theirs):
            with pytest.raises(dataclasses.FrozenInstanceError) as caught:
                change(each(1))
            told.append(str(caught.value))
        assert told[0] == told[1]


def test_what_a_class_says_itself_stays() -> None:
    @_dataclasses.dataclass(frozen=True)
    class Own:
        """Own ways."""

        value: int

        def __post_init__(self) -> None:
            if self.value < 0:
                raise ValueError("negative")

        def __hash__(self) -> int:
            return 5

        def __repr__(self) -> str:
            return "own"

    assert (hash(Own(1)), repr(Own(1)), Own(1) == Own(1)) == (5, "own", True)
    with pytest.raises(ValueError, match="negative"):
        Own(-1)


def test_the_shape_of_an_empty_class() -> None:
    @_dataclasses.dataclass(frozen=True, slots=True)
    class Empty:
        """Nothing."""

    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert repr(Empty()).endswith("Empty()")


@pytest.mark.parametrize("value", [Route("a", "b", "c", 1), KeyRef("k"), Term("shard", "1.k")], ids=repr)
def test_values_are_pickled_and_copied(value: Any) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    assert copy.deepcopy(value) == value
    assert copy.copy(value) == value
