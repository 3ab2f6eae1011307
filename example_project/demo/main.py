"""``python -m example_project``: starts a server, a keeper and a worker, and shows the four examples at work."""

from __future__ import annotations

import argparse
import os
import sys
import time

from example_project.demo.interrupts import Interrupts
from example_project.demo.stage import Stage, StageError
from example_project.demo.terminal import Terminal


def main(arguments: list[str] | None = None) -> int:
    """Run the show; the exit code is 0 when everything came as it must."""
    parser = argparse.ArgumentParser(prog="python -m example_project", description=__doc__)
    parser.add_argument("--day", type=float, default=10.0, metavar="SECONDS", help="how long a day lasts (10)")
    options = parser.parse_args(arguments)
    if not 4 <= options.day <= 30:
        parser.error("a day may last 4 to 30 seconds")
    interrupts = Interrupts()
    interrupts.install()
    try:
        with Stage(interrupts) as stage:
            return _show(stage, options.day)
    except StageError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What was started is gone again.", file=sys.stderr)
        return 130


def _show(stage: Stage, day: float) -> int:
    began = time.monotonic()
    terminal = Terminal()
    terminal.title("celery-durable-jobs: four examples, on real processes")
    terminal.fact("server", stage.start_server())
    # From here on the examples, in this process as in the worker, find their surroundings in the environment.
    os.environ.update(EXAMPLE_REDIS_URL=stage.url, EXAMPLE_DAY=str(day))
    os.environ["EXAMPLE_DATABASE"] = str(stage.folder / "example.sqlite3")
    quick = ("--without-gossip", "--without-mingle")
    watched = ("--include", "example_project.demo.journal")
    stage.start_celery("keeper", "durable-shards", "--loglevel", "INFO")
    stage.start_celery("worker", "worker", "--concurrency", "2", "--loglevel", "INFO", *quick, *watched)
    stage.wait_for_log("keeper", "ready")
    terminal.fact("keeper", "celery -A example_project durable-shards")
    stage.wait_for_log("worker", " ready.")
    terminal.fact("worker", "celery -A example_project worker")

    from example_project.demo.play import play

    return play(stage, terminal, day, began)
