"""The show itself: acts at their time, events as they come, and a sum at the end."""

from __future__ import annotations

import time

from example_project import database
from example_project.celery import app
from example_project.demo.scenario import Scenario
from example_project.demo.stage import Stage, StageError
from example_project.demo.terminal import Terminal
from example_project.demo.watch import Watch

LIMIT = 90.0
"""Seconds after which the show is over, come what may."""


def play(stage: Stage, terminal: Terminal, day: float, began: float) -> int:
    """Play all acts, and wait until every job has ended; the exit code is 0 when everything came as it must.

    :param began: when it all began, on the monotonic clock.
    :raises StageError: a process ended in the middle of it.
    """
    app.set_default()
    app.loader.import_default_modules()
    database.create()
    terminal.start_clock(f"A day lasts {day:g} seconds here. Columns: when, event, job, target.")
    watch = Watch(terminal)
    scenario = Scenario(terminal, watch)
    acts = list(scenario.acts)
    in_time = True
    while in_time and (acts or not watch.all_ended()):
        if acts and time.time() - terminal.curtain >= acts[0].day * day:
            acts.pop(0).what()
        watch.look()
        for name in stage.ended():
            raise StageError(f"the {name} ended:\n{stage.log(name)[-3000:]}")
        in_time = time.time() - terminal.curtain < LIMIT
        time.sleep(0.02)
    verdicts = [*scenario.verdicts(), (in_time, "every job has ended")]
    terminal.title("What you saw")
    for good, text in verdicts:
        terminal.verdict(good, text)
    _figures(terminal, watch, began)
    return 0 if all(good for good, _ in verdicts) else 1


def _figures(terminal: Terminal, watch: Watch, began: float) -> None:
    states = ", ".join(f"{count} {state}" for state, count in sorted(watch.by_state().items(), reverse=True))
    terminal.title("In figures")
    terminal.fact("jobs", f"{len(watch.jobs)}: {states}")
    lags = f"median {watch.median_lag * 1_000:.0f} ms, longest {max(watch.lags, default=0) * 1_000:.0f} ms"
    terminal.fact("starts", f"{len(watch.lags)}, from due to started: {lags}")
    terminal.fact("took", f"{time.monotonic() - began:.0f} s, and leaves nothing behind")
    terminal.title("Where to go from here")
    terminal.fact("read", "example_project/orders.py, payments.py, workflows.py: a page each")
    terminal.fact("write", "docs/tutorial/first-job.md")
