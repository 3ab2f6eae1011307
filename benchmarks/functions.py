"""The server's CPU time for each step: where the frequent ones are functions, and where all are scripts, by turns."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import partial
from typing import Any

from benchmarks.hands import Hands
from benchmarks.lab import Lab
from benchmarks.report import Report
from benchmarks.scripts import one_round

SMALL = {"count": 20, "repeats": 1}


def run(lab: Lab, report: Report, *, count: int = 200, repeats: int = 15) -> None:
    """``count`` jobs a round and side."""
    with lab.place() as place, place.client() as client:
        sides = {side: Hands(place, f"{side}-{secrets.token_hex(2)}") for side in ("functions", "scripts")}
        connections: Any = sides["scripts"].store._connections  # type: ignore[attr-defined]
        connections._no_functions, connections._server = True, None
        taken: dict[tuple[str, str], list[float]] = {}

        def server_time(side: str, name: str, requests: Sequence[Any], jobs: int = 1) -> list[Any]:
            before = _cpu(client)
            answers = sides[side].store.send_many(requests)
            taken.setdefault((name, side), []).append((_cpu(client) - before) / len(requests) / jobs)
            return answers

        for number in range(repeats + 1):
            for side in sorted(sides, reverse=bool(number % 2)):
                one_round(sides[side], partial(server_time, side), count)
            if number == 0:
                taken.clear()
        for hands in sides.values():
            hands.close()
        for name in dict.fromkeys(each for each, _ in taken):
            report.add(f"{name}: as functions", "s", taken[name, "functions"])
            report.add(f"{name}: as scripts", "s", taken[name, "scripts"])
            report.ratio(f"{name}: ratio", taken[name, "functions"], taken[name, "scripts"])
        report.notes = [
            "The server's part in reading and answering is in it. What is a script on both sides shows the noise."
        ]


def _cpu(client: Any) -> float:
    """Seconds that the server's main thread has worked."""
    told = client.info("cpu")
    return float(told["used_cpu_user_main_thread"]) + float(told["used_cpu_sys_main_thread"])
