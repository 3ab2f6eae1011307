"""Whatever comes: the specification keeps what is promised, and the Redis store does what it does (``machine.py``).

``DURABLE_JOBS_PROPERTIES=2000`` runs that many examples instead of the usual few.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.machine import (
    SpecificationHolds,
    SpecificationHoldsForTwoOfEach,
    StoresAgree,
    StoresAgreeForTwoOfEach,
)

if TYPE_CHECKING:
    from tests.support.servers import Server

EXAMPLES = int(os.environ.get("DURABLE_JOBS_PROPERTIES", "12"))
STEPS = 60


def run(machine: Any) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            # Those of processes are long ones, each worth several.
            max_examples=max(1, EXAMPLES // 3) if issubclass(machine, StoresAgreeForTwoOfEach) else EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )


@pytest.mark.slow
@pytest.mark.timeout(240 + 5 * EXAMPLES)
@pytest.mark.parametrize("machine", [SpecificationHolds, SpecificationHoldsForTwoOfEach])
def test_the_specification_keeps_what_is_promised(machine: Any) -> None:
    """G3, G4, G5, G6 on the memory store; with two keepers and two workers G2 too."""
    run(machine)


@pytest.mark.slow
@pytest.mark.timeout(240 + 5 * EXAMPLES)
@pytest.mark.parametrize("machine", [StoresAgree, StoresAgreeForTwoOfEach])
def test_redis_answers_as_the_specification_does(machine: Any, server: Server) -> None:
    """Every request of the contract, each twice where it may; and the registry rule in Redis after every step."""
    run(type("Tested", (machine,), {"url": server.url(server.next_database())}))
