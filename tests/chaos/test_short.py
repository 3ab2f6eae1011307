"""A short run of chaos, with short leases: the long ones are ``python -m tests.chaos``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.checker import Limits
from tests.chaos.draw import Mix
from tests.chaos.faults import WEIGHTS, Pace
from tests.chaos.run import Orders, run
from tests.chaos.table import table
from tests.support.services import require_service
from tests.support.waiting import PATIENCE

SEED = 4
BUSY = 3.0
"""Seconds that a busy machine may take beyond the bounds of recovery: here it is about what is lost or doubled."""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_nothing_is_lost_early_doubled_or_out_of_order(tmp_path: Path) -> None:
    from tests.support.servers import any_kind

    require_service(any_kind())
    limits = Limits(lease_ttl=2, run_lease=4, begin_timeout=3, slack=BUSY * PATIENCE)
    orders = Orders(
        seed=SEED,
        seconds=14,
        rate=30,
        keepers=2,
        clients=2,
        pools=("prefork", "threads"),
        concurrency=3,
        limits=limits,
        mix=Mix(ahead=5, long=2, poison=False),
        pace=Pace(every=1.2, down=1, short=1, beyond_keeper=3.5, beyond_worker=6, away=1, set=4),
        weights={kind: weight for kind, weight in WEIGHTS.items() if kind != "worker stopped"},
        patience=90,
    )
    outcome = run(orders, tmp_path)
    told = table(outcome.report, outcome.struck, f"seed {SEED}")
    assert outcome.report.ok, told
    assert outcome.report.counts["jobs"] > 100, told
    assert outcome.report.counts["compared in order"] > 50, told
    assert sum(outcome.struck.values()) >= 5, told
