"""No fork while the heart stores a result: its locks would be the child's for ever."""

from __future__ import annotations

import os
import threading
import time

import pytest

from celery_durable_jobs.worker import forks


def fork_and_wait() -> int:
    """Fork; the child takes the lock itself. Its exit code."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            with forks.held_off():
                status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def hold(seconds: float) -> threading.Thread:
    """A thread that holds forks off for a while, from now on."""
    inside = threading.Event()

    def work() -> None:
        with forks.held_off():
            inside.set()
            time.sleep(seconds)

    thread = threading.Thread(target=work)
    thread.start()
    assert inside.wait(5)
    return thread


def test_a_fork_waits_until_the_other_thread_is_through() -> None:
    thread = hold(0.3)
    started = time.monotonic()
    assert fork_and_wait() == 0
    assert time.monotonic() - started > 0.2
    thread.join()
    assert fork_and_wait() == 0


def test_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "PATIENCE", 0.1)
    thread = hold(1.0)
    started = time.monotonic()
    assert fork_and_wait() == 0
    assert time.monotonic() - started < 0.9
    thread.join()
    assert fork_and_wait() == 0


def test_a_thread_may_fork_itself() -> None:
    with forks.held_off():
        started = time.monotonic()
        assert fork_and_wait() == 0
    assert time.monotonic() - started < 0.5
    assert not hold(0).join()
