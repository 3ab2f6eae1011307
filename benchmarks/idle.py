"""What an idle keeper costs: CPU and commands to the server, for 1, 16 and 64 stripes."""

from __future__ import annotations

import contextlib
import socket
import time

import psutil

from benchmarks.filling import Filler, ahead
from benchmarks.lab import Lab, Place
from benchmarks.report import Report

SMALL = {"stripes": "1", "seconds": 0.5, "settle": 0.0, "waiting": 10}


def run(
    lab: Lab,
    report: Report,
    *,
    stripes: str = "1,16,64",
    seconds: float = 20.0,
    settle: float = 5.0,
    waiting: int = 1_000,
) -> None:
    """Jobs wait that are due in an hour. All keepers at once, each with a server of its own."""
    numbers = [int(each) for each in stripes.split(",")]
    with contextlib.ExitStack() as stack:
        idle = []
        for number in numbers:
            settings = {"durable_jobs_shard_stripes": number} if number > 1 else {}
            place = stack.enter_context(lab.place(settings=settings))
            Filler(place).fill(waiting, ahead(3_600, 600, waiting))
            idle.append(_Keeper(place, psutil.Process(place.start_keeper().pid)))
        time.sleep(settle)
        for each in idle:
            each.begin()
        time.sleep(seconds)
        found = [each.end() for each in idle]
    for number, (cpu, sent, called) in zip(numbers, found, strict=True):
        report.add(f"{number} stripes: CPU", "%", cpu)
        report.add(f"{number} stripes: commands sent", "/s", sent)
        report.add(f"{number} stripes: commands that its scripts call", "/s", called)
    report.add("the most of them: CPU", "%", max(cpu for cpu, _, _ in found), "idle_cpu")
    report.add("the most of them: commands sent", "/s", max(sent for _, sent, _ in found), "idle_commands")


class _Keeper:
    """A keeper, watched by the server's MONITOR."""

    def __init__(self, place: Place, process: psutil.Process) -> None:
        self._process = process
        self._watch = socket.create_connection(("127.0.0.1", place.server.port))

    def begin(self) -> None:
        """From now on it is watched."""
        self._watch.sendall(b"MONITOR\r\n")
        self._watch.recv(5)  # +OK
        self._at, self._cpu = time.monotonic(), self._used()

    def end(self) -> tuple[float, float, float]:
        """Its CPU in percent; commands a second that it sent, and that its scripts called."""
        seconds, used = time.monotonic() - self._at, self._used() - self._cpu
        self._watch.setblocking(False)
        seen = b""
        with contextlib.suppress(BlockingIOError):
            while part := self._watch.recv(1_000_000):
                seen += part
        self._watch.close()
        lines = [line for line in seen.split(b"\r\n") if line.startswith(b"+")]
        called = sum(b" lua] " in line for line in lines)
        return used / seconds * 100, (len(lines) - called) / seconds, called / seconds

    def _used(self) -> float:
        times = self._process.cpu_times()
        return float(times.user + times.system)
