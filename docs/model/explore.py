"""Explores one configuration of a model with Spin: every state, or up to the first fault."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
MEMORY_MB = 4_000
DEPTH = 100_000

CYCLE = "CYCLE"
"""Found: a run that goes on for ever. Expected: that there is none."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """One exploration.

    :param model: the file, without its suffix.
    :param flags: what the preprocessor is told; ``NO_…`` drops a guard.
    :param breaks: properties of which one must be found broken; empty: none may be.
    :param cycles: look for runs that go on for ever, instead of broken properties.
    :param quick: belongs to the tests.
    :param large: millions of states.
    :param guards: what the dropped guard is for, where no property names it.
    """

    name: str
    model: str
    flags: tuple[str, ...] = ()
    breaks: frozenset[str] = frozenset()
    cycles: bool = False
    quick: bool = False
    large: bool = False
    guards: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What an exploration came to. ``broken``: the property, ``CYCLE``, or "" for none."""

    broken: str
    states: int
    seconds: float
    assertion: str = ""
    trail: str = ""


class ExplorationError(Exception):
    """Spin, the compiler or the exploration itself failed: nothing is known."""


def missing() -> str:
    """Why nothing can be explored here, or ""."""
    for tool, package in (("spin", "spin"), ("gcc", "gcc")):
        if shutil.which(tool) is None:
            return f"{tool} is not installed (Debian: apt-get install {package})"
    return ""


def explore(configuration: Configuration, *, timeout: float = 600.0, trail: bool = False) -> Found:
    """Explore it whole.

    :param timeout: seconds for the exploration alone.
    :param trail: bring the run that breaks a property, step by step.
    :raises ExplorationError: it came to no result.
    """
    with tempfile.TemporaryDirectory(prefix="model-") as name:
        place = Path(name)
        for source in HERE.glob("*.pml"):
            shutil.copy(source, place)
        defines = [f"-D{flag}" for flag in configuration.flags]
        file = f"{configuration.model}.pml"
        _run(["spin", *defines, "-a", file], place, 60.0)
        kind = ["-DNP"] if configuration.cycles else ["-DSAFETY"]
        # What is small is explored sooner than it is optimized.
        level = "-O1" if configuration.large else "-O0"
        options = [level, "-w", "-DNOFAIR", f"-DMEMLIM={MEMORY_MB}", *kind]
        _run(["gcc", *options, "-o", "pan", "pan.c"], place, max(120.0, timeout))
        started = time.monotonic()
        search = ["-l"] if configuration.cycles else []
        said = _run(["./pan", *search, f"-m{DEPTH}", "-w24" if configuration.large else "-w20"], place, timeout)
        seconds = time.monotonic() - started
        broken, assertion = _read(said)
        steps = ""
        if trail and broken:
            steps = _steps(_run(["spin", "-t", "-p", *defines, file], place, 60.0))
        return Found(broken, _states(said), seconds, assertion, steps)


def _steps(told: str) -> str:
    """A trail, a line each: its number, the process, the line of the model, the statement."""
    found = re.findall(r"(\d+):\s+proc +(\d+) \((\w+):\d+\) (\S+:\d+) \(state \d+\)\s+\[(.*)\]", told)
    return "\n".join(
        f"{step:>5}  {actor + ' ' + process:<12} {line:<18} {what}" for step, process, actor, line, what in found
    )


def _states(said: str) -> int:
    found = re.search(r"([\d.e+]+) states, stored", said)
    return int(float(found.group(1))) if found else 0


def _read(said: str) -> tuple[str, str]:
    """The broken property, and the assertion that says so."""
    for complaint in ("Search not completed", "out of memory", "max search depth too small", "hash-table full"):
        if complaint in said and "pan:1:" not in said:
            raise ExplorationError(said[-2_000:])
    found = re.search(r"pan:1: (.*)", said)
    if found is None:
        if "errors: 0" not in said:
            raise ExplorationError(said[-2_000:])
        return "", ""
    if "non-progress cycle" in found.group(1):
        return CYCLE, found.group(1)
    name = re.search(r"assertion violated \(*([A-Z]+\d?)\b", found.group(1))
    if name is None:
        raise ExplorationError(said[-2_000:])
    return name.group(1), found.group(1)


def _run(command: list[str], place: Path, timeout: float) -> str:
    try:
        done = subprocess.run(
            command, cwd=place, timeout=timeout, capture_output=True, text=True, errors="replace", check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ExplorationError(f"{command[0]}: not done after {timeout:g} s") from error
    if done.returncode != 0 and command[0] != "./pan":
        raise ExplorationError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr
