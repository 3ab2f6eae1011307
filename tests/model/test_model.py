"""The model of the protocol (docs/model): its quick configurations come out as they must."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.model.configurations import CONFIGURATIONS, DROPPED, WHOLE
from docs.model.explore import Configuration, explore, missing

QUICK = [each for each in CONFIGURATIONS if each.quick]


@pytest.mark.parametrize("configuration", QUICK, ids=lambda each: f"{each.model}: {each.name}")
def test_quick_ones(configuration: Configuration) -> None:
    reason = missing()
    if reason:
        pytest.skip(reason)

    found = explore(configuration, timeout=60.0)

    if configuration.breaks:
        assert found.broken in configuration.breaks
    else:
        assert (found.broken, found.assertion) == ("", "")
        assert found.states > 1_000


def test_every_rule_that_can_be_dropped_is_dropped() -> None:
    sources = "".join(path.read_text() for path in (Path(__file__).parents[2] / "docs" / "model").glob("*.pml"))
    rules = set(re.findall(r"\bNO_[A-Z_]+\b", sources))

    dropped = {flag for each in DROPPED for flag in each.flags}

    assert rules - dropped == set()


def test_a_rule_that_breaks_nothing_says_what_it_is_for() -> None:
    assert [each.name for each in DROPPED if not each.breaks and not each.guards] == []
    assert all(not each.breaks for each in WHOLE)
