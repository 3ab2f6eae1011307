"""Months of quiet: a job in six hours, for thirty days, while connections die and nobody notices.

``python -m tests.chaos.quiet --days 30``: a real server and a real keeper, whose wall clocks are moved from job to job
together. All jobs are scheduled before; then nothing is added, and nothing is restarted. Between two jobs something
befalls the keeper. Each job must be on its queue within the poll interval + 1 s of its due time, and ``--healthcheck``
must never be content while one is late.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from tests.chaos.shifts import Shifts
from tests.support.processes import ChildProcess
from tests.support.proxy import Proxy
from tests.support.servers import Server, any_kind
from tests.support.site import Site, app_module
from tests.support.waiting import PATIENCE, wait_until
from tests.support.workers import KEEPER_READY, keeper_arguments

APP = "tests.apps.keeping"
HOST = "quiet@chaos"
EVERY = 6 * 3_600.0
LEASE_TTL, POLL, STORE_TIMEOUT = 2.0, 0.5, 2.0
QUIET = 0.8
"""Seconds of the quiet hours that really pass."""
NOTICED = 3 * LEASE_TTL + STORE_TIMEOUT
"""The same where a connection is dead without a sign: it is known by then."""
LATE = POLL + 1.0
MUST_FAIL = 10.0
"""A probe must fail so soon after a stage got stuck."""


@dataclass
class Told:
    """What came of it. Lags are in seconds, by what befell the keeper before."""

    lags: dict[str, list[float]] = field(default_factory=dict)
    content: list[str] = field(default_factory=list)
    """When the probe was content and should not have been."""
    alarms: Counter[str] = field(default_factory=Counter)
    """What the probe said while the keeper was stuck."""

    @property
    def all(self) -> list[float]:
        """Every lag."""
        return [lag for lags in self.lags.values() for lag in lags]


class Quiet:
    """One keeper and one server whose clocks are moved.

    :param folder: for logs and clocks.
    :param rounds: so many jobs.
    """

    def __init__(self, folder: Path, rounds: int, stack: contextlib.ExitStack) -> None:
        self.rounds = rounds
        self.told = Told()
        self._shifts = Shifts(folder)
        if not self._shifts.possible:
            raise RuntimeError("clocks can't be moved here: there is no C compiler")
        clock = self._shifts.variables("all")
        self._ahead = 0.0
        self._server = stack.enter_context(Server(any_kind(), env=clock))
        self._proxy = stack.enter_context(Proxy("127.0.0.1", self._server.port))
        settings = {
            "durable_jobs_lease_ttl": LEASE_TTL,
            "durable_jobs_poll_interval": POLL,
            "durable_jobs_store_timeout": STORE_TIMEOUT,
        }
        extra = {"TEST_SETTINGS": json.dumps(settings)}
        here = Site(self._server.url(1), self._server.url(1), "quiet", extra=extra)
        far = here.replace(**dict.fromkeys(("broker_url", "store_url"), f"redis://127.0.0.1:{self._proxy.port}/1"))
        self._app = stack.enter_context(app_module(APP, here))
        self._client = stack.enter_context(self._server.client(1))
        command = [sys.executable, "-m", "celery", "-A", APP, *keeper_arguments(hostname=HOST)]
        env = {**far.variables(), **clock}
        self._keeper = ChildProcess(command, name="keeper", log_path=folder / "keeper.log", env=env)
        stack.callback(self._keeper.close)

    def run(self, say: Callable[[str], None] = lambda text: None) -> Told:
        """All rounds."""
        from celery_durable_jobs import JobRequest, schedule_job

        self._keeper.start().wait_for_log(KEEPER_READY, 60)
        self._await_health()
        requests = [
            JobRequest(self._app.trace.s("unused", str(number)), countdown=EVERY * (number + 1))
            for number in range(self.rounds)
        ]
        jobs = list(schedule_job.apply_many(requests))
        troubles = itertools.cycle(
            (self._nothing, self._dead_pubsub, self._half_open, self._half_closed, self._cut, self._stuck)
        )
        for job, trouble in zip(jobs, troubles, strict=False):
            due = job.due_time.timestamp()
            name = trouble.__name__.strip("_").replace("_", " ")
            trouble(due)
            self._move_to(due - (NOTICED if trouble == self._half_open else QUIET) * PATIENCE)
            time.sleep(max(0.0, due - 0.05 - self._now()))
            lag = self._await_message(job.id, due)
            assert job.cancel()  # nobody begins it: it would be sent again
            self.told.lags.setdefault(name, []).append(lag)
            say(f"{name}: {lag:.3f} s")
            self._await_health()
        assert self._keeper.running
        return self.told

    # -- what befalls it ----------------------------------------------------------------------------------------------

    def _nothing(self, due: float) -> None:
        pass

    def _dead_pubsub(self, due: float) -> None:
        self._client.client_kill_filter(_type="pubsub")

    def _half_open(self, due: float) -> None:
        self._proxy.black_hole()
        self._proxy.accept()

    def _half_closed(self, due: float) -> None:
        self._proxy.half_close("target")
        self._proxy.half_close("client")

    def _cut(self, due: float) -> None:
        self._proxy.cut()

    def _stuck(self, due: float) -> None:
        """It stands still for hours: the probe must tell. Then it goes on, before the job is due."""
        self._keeper.freeze()
        self._move_to(due - EVERY / 2)
        self._judge("frozen", expected=False)
        self._keeper.thaw()

    # -- looking ------------------------------------------------------------------------------------------------------

    def _now(self) -> float:
        seconds, micros = self._client.time()
        return float(seconds + micros / 1e6)

    def _move_to(self, wall: float) -> None:
        by = wall - self._now()
        if by > 0:
            self._ahead += by
            self._shifts.jump("all", self._ahead)
            wait_until(lambda: self._now() >= wall - 0.001, 5, "the server shows the new time", interval=0.001)

    def _health(self) -> Any:
        from celery_durable_jobs._current import extension_of
        from celery_durable_jobs.keeper.health import judge, own_entry
        from celery_durable_jobs.steps import Keepers

        extension: Any = extension_of(self._app.app)
        return judge(own_entry(extension.store.send(Keepers()), HOST), HOST, LEASE_TTL)

    def _judge(self, when: str, *, expected: bool) -> None:
        health = self._health()
        if health.healthy and not expected:
            self.told.content.append(f"{when}: {health.message}")
        elif not health.healthy:
            self.told.alarms[when] += 1

    def _await_health(self) -> None:
        wait_until(lambda: self._health().healthy, 15, lambda: f"{self._health().message}\n{self._keeper.tail()}")

    def _await_message(self, job_id: str, due: float) -> float:
        end = time.monotonic() + 60
        while True:
            raw: Any = self._client.lpop("celery")
            now = self._now()
            if raw is not None:
                assert json.loads(raw)["headers"]["id"] == job_id
                return now - due
            if now > due + MUST_FAIL:
                self._judge(f"{now - due:.1f} s after a job was due", expected=False)
            if time.monotonic() > end:
                raise AssertionError(f"{job_id} was not sent\n{self._keeper.tail()}")
            time.sleep(0.005)


def run(folder: Path, rounds: int, say: Callable[[str], None] = lambda text: None) -> Told:
    """So many jobs, six hours between them."""
    with contextlib.ExitStack() as stack:
        return Quiet(folder, rounds, stack).run(say)


def _say(text: str, stream: TextIO = sys.stdout) -> None:
    stream.write(text + "\n")
    stream.flush()


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.quiet", description=__doc__)
    parser.add_argument("--days", type=float, default=30.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quiet-") as folder:
        told = run(Path(folder), round(options.days * 4), lambda text: _say(text, sys.stderr))
    for name, lags in sorted(told.lags.items()):
        _say(f"{name:<12} {len(lags):>4} jobs: p50 {statistics.median(lags):.3f} s, p100 {max(lags):.3f} s")
    alarms = sum(told.alarms.values())
    _say(f"bound {LATE:g} s; the probe told {alarms} times, and was wrongly content {len(told.content)} times")
    return 0 if max(told.all) <= LATE and not told.content else 1


if __name__ == "__main__":
    sys.exit(main())
