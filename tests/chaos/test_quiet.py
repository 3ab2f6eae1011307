"""A day and a half of quiet; thirty days are ``python -m tests.chaos.quiet``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.quiet import LATE, run
from tests.chaos.shifts import Shifts
from tests.support.servers import any_kind
from tests.support.services import require_service
from tests.support.waiting import PATIENCE


@pytest.mark.slow
def test_sparse_jobs_are_sent_in_time_though_connections_died_meanwhile(tmp_path: Path) -> None:
    require_service(any_kind())
    if not Shifts(tmp_path).possible:
        pytest.skip("clocks can't be moved here: there is no C compiler")
    told = run(tmp_path, 6)
    assert len(told.all) == 6
    assert 0 <= min(told.all) <= max(told.all) <= LATE * PATIENCE, told
    assert told.content == []
    assert told.alarms["frozen"] == 1
