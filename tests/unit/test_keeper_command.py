"""The command that people are told to run."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from celery_durable_jobs.observability.command import keeper_command


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["/venv/bin/celery", "-A", "make_celery", "worker"], "make_celery"),
        (["/venv/bin/celery", "--app=proj.celery:app", "durable-jobs", "stats"], "proj.celery:app"),
        (["/lib/celery/__main__.py", "-Aproj", "worker"], "proj"),
        (["/venv/bin/celery", "worker"], "shop"),
        (["manage.py", "-A", "other"], "shop"),
        (["manage.py"], "shop"),
    ],
)
def test_it_names_what_this_process_was_started_with(
    words: list[str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", words)
    monkeypatch.delenv("CELERY_APP", raising=False)
    assert keeper_command(SimpleNamespace(main="shop")) == f"celery -A {named} durable-shards"


def test_the_environment_names_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["gunicorn"])
    monkeypatch.setenv("CELERY_APP", "proj")
    assert keeper_command(SimpleNamespace(main="shop")) == "celery -A proj durable-shards"
