"""A service that is absent skips a test at home, and fails it where all services are required."""

from __future__ import annotations

import _pytest.outcomes
import pytest

from tests.support import services


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> str:
    """A service that no machine has."""
    monkeypatch.setitem(services._reasons, "ghost", "nobody is there")
    return "ghost"


def test_it_skips_with_the_reason(absent, monkeypatch):
    monkeypatch.delenv(services.REQUIRE_VARIABLE, raising=False)
    with pytest.raises(_pytest.outcomes.Skipped, match="needs ghost: nobody is there"):
        services.require_service(absent)


def test_it_fails_where_services_are_required(absent, monkeypatch):
    monkeypatch.setenv(services.REQUIRE_VARIABLE, "1")
    with pytest.raises(_pytest.outcomes.Failed, match=r"ghost is required .*: nobody is there"):
        services.require_service(absent)


def test_an_unknown_service_is_a_mistake():
    with pytest.raises(KeyError):
        services.missing("no such service")


def test_a_closed_port_does_not_answer():
    from tests.support.servers import free_port

    assert not services.answers("127.0.0.1", free_port())
