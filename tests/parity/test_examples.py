"""The row about the examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.processes import ProcessGroup

pytestmark = pytest.mark.xdist_group("example")


def test_p20_the_four_examples(processes: ProcessGroup, tmp_path: Path) -> None:
    """Notification with cancel, order with two jobs, payment with transient and permanent errors, workflow with waits.

    ``python -m example_project`` runs them with a server, a keeper and a worker of its own, and judges what came of it.
    """
    show = processes.python("-m", "example_project", "--day", "4", name="example", env={"TMPDIR": str(tmp_path)})
    assert show.wait(90) == 0, show.log()
    verdicts = [line for line in show.log().splitlines() if line.lstrip().startswith("✓")]
    for said in ("notifications", "a cancel is final", "order:1001", "order:1002", "payments", "declined", "workflow"):
        assert any(said in verdict for verdict in verdicts), (said, show.log())
    assert "✗" not in show.log()
