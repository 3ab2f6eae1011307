"""Waiting on conditions: what every other test leans on."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tests.support.processes import ROOT
from tests.support.waiting import WaitTimeoutError, wait_until


def test_it_returns_the_first_true_answer():
    answers = iter([0, "", None, "here", "later"])
    assert wait_until(lambda: next(answers)) == "here"


def test_it_gives_up_and_says_on_what():
    started = time.monotonic()
    with pytest.raises(WaitTimeoutError, match=r"not within .* s: the moon rises \(last answer: 0\)"):
        wait_until(lambda: 0, 0.1, lambda: "the moon rises")
    assert 0.1 <= time.monotonic() - started < 10


def test_it_looks_once_more_at_the_limit():
    assert wait_until(lambda: True, 0)


def test_an_error_of_the_condition_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        wait_until(lambda: 1 / 0)


def test_the_harness_is_cheap_to_import():
    """Neither Celery nor pytest-celery nor a driver is imported before a test asks for them."""
    heavy = ("celery", "pytest_celery", "redis", "docker")
    source = f"import sys, tests.conftest; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
