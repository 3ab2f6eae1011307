"""The tutorial, typed as it stands: its app, a worker and a keeper, and what Python answers."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from tests.support.processes import ProcessGroup
from tests.support.servers import Server
from tests.support.site import Site, app_module
from tests.support.workers import start_keeper, start_worker

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial" / "first-job.md"


@pytest.mark.slow
def test_the_tutorial(
    server: Server, database: int, processes: ProcessGroup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    text = TUTORIAL.read_text(encoding="utf-8")
    code = "\n\n".join(re.findall(r"```python\n(.*?)\n```", text, re.DOTALL))
    code = code.replace("redis://localhost:6379/0", server.url(database))
    (tmp_path / "shop.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    environment = {"PYTHONPATH": f"{tmp_path}:{Path.cwd()}"}
    worker = start_worker(processes, "shop", env=environment)
    start_keeper(processes, "shop", env=environment)
    with app_module("shop", Site(broker_url="", store_url="", namespace="")):
        answers = list(typed(text))
    assert answers.count("<JobState.SUCCEEDED: 'succeeded'>") == 1
    assert answers.count("<CancelOutcome.CANCELLED: 'cancelled'>") == 2
    assert answers.count("<JobState.DEAD: 'dead'>") == 1
    worker.wait_for_log(r"to user 42: stand-up! \(attempt 1\)")
    for arguments in re.findall(r"\$ celery -A shop (durable-jobs list.*)", text):
        listed = processes.celery("shop", *arguments.split(), env=environment)
        assert listed.wait() == 0, listed.log()


def typed(text: str) -> list[str]:
    """Run what stands behind ``>>>``, and answer what Python answered where the page shows it."""
    world: dict[str, object] = {}
    answers = []
    for block in re.findall(r"```pycon\n(.*?)\n```", text, re.DOTALL):
        for example in doctest.DocTestParser().get_examples(block + "\n"):
            if example.want:
                answer = repr(eval(example.source, world))
                assert answer == example.want.strip(), example.source
                answers.append(answer)
            else:
                exec(example.source, world)
    return answers
