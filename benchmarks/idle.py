"""What an idle keeper costs: CPU and commands to the server, for 1, 16 and 64 stripes."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass

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
        before = [each.look() for each in idle]
        time.sleep(seconds)
        after = [each.look() for each in idle]
    found = [
        ((b.cpu - a.cpu) / (b.at - a.at) * 100, (b.commands - a.commands) / (b.at - a.at))
        for a, b in zip(before, after, strict=True)
    ]
    for number, (cpu, commands) in zip(numbers, found, strict=True):
        report.add(f"{number} stripes: CPU", "%", cpu)
        report.add(f"{number} stripes: commands", "/s", commands)
    report.add("the most of them: CPU", "%", max(cpu for cpu, _ in found), "idle_cpu")
    report.add("the most of them: commands", "/s", max(commands for _, commands in found), "idle_commands")


@dataclass(frozen=True, slots=True)
class _Seen:
    at: float
    cpu: float
    commands: int


class _Keeper:
    def __init__(self, place: Place, process: psutil.Process) -> None:
        self._place = place
        self._process = process

    def look(self) -> _Seen:
        """CPU seconds so far, and commands of all clients but the one that asks."""
        times = self._process.cpu_times()
        with self._place.client() as client:
            me = client.client_id()
            clients = client.client_list()
            if clients and "tot-cmds" in clients[0]:
                commands = sum(int(each["tot-cmds"]) for each in clients if int(each["id"]) != me)
            else:  # before Valkey 9: those that scripts call count too
                commands = client.info("stats")["total_commands_processed"]
        return _Seen(time.monotonic(), times.user + times.system, commands)
