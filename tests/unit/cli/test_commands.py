"""The group of commands: complete, alike, and cheap to import."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from celery_durable_jobs.cli.durable_jobs import COMMANDS, durable_jobs


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_and_speaks_json(name: str):
    command = durable_jobs.get_command(click.Context(durable_jobs), name)
    assert command is not None
    assert command.name == name
    assert command.help
    options = {option for parameter in command.params for option in parameter.opts}
    assert "--json" in options
    assert all(getattr(each, "help", None) for each in command.params if isinstance(each, click.Option))


def test_every_celery_call_imports_it_and_pays_little():
    code = (
        "import sys, click; import celery_durable_jobs.cli.durable_jobs; "
        "print(*sorted(name for name in sys.modules if name.startswith(('celery', 'redis', 'kombu'))))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.split() == ["celery_durable_jobs", "celery_durable_jobs.cli", "celery_durable_jobs.cli.durable_jobs"]
