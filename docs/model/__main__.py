"""``python -m docs.model``: explore all configurations and print a table; 1 where one isn't as expected.

``--quick`` those of the tests · ``--only TEXT`` those whose name, model or flags contain it · ``--trail`` the run that
broke a property, step by step · ``--timeout SECONDS`` for one exploration.
"""

from __future__ import annotations

import argparse
import sys

from .configurations import CONFIGURATIONS
from .explore import Configuration, ExplorationError, explore, missing

LINE = "{:<46} {:<9} {:<15} {:<6} {:>11} {:>8}  {}"


def main() -> int:
    """Explore; answers the exit status."""
    parser = argparse.ArgumentParser(prog="python -m docs.model", description="Explore the model of the protocol.")
    parser.add_argument("--quick", action="store_true", help="only those that the tests explore")
    parser.add_argument("--only", default="", metavar="TEXT", help="only those that contain this")
    parser.add_argument("--trail", action="store_true", help="print the run that broke a property")
    parser.add_argument("--timeout", type=float, default=600.0, metavar="SECONDS", help="for one exploration")
    given = parser.parse_args()
    reason = missing()
    if reason:
        _say(f"skipped: {reason}")
        return 0
    chosen = [each for each in CONFIGURATIONS if _chosen(each, given.only) and (each.quick or not given.quick)]
    _say(LINE.format("configuration", "model", "expected", "found", "states", "seconds", ""))
    wrong = sum(not _row(each, given.timeout, trail=given.trail) for each in chosen)
    _say(f"{len(chosen) - wrong} of {len(chosen)} as expected")
    return 1 if wrong or not chosen else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _chosen(configuration: Configuration, text: str) -> bool:
    searched = " ".join((configuration.name, configuration.model, *configuration.flags))
    return text.lower() in searched.lower()


def _row(configuration: Configuration, timeout: float, *, trail: bool) -> bool:
    expected = " ".join(sorted(configuration.breaks)) or "holds"
    try:
        found = explore(configuration, timeout=timeout, trail=trail)
    except ExplorationError as error:
        _say(LINE.format(configuration.name, configuration.model, expected, "?", "", "", f"WRONG: {error}"))
        return False
    right = found.broken in configuration.breaks if configuration.breaks else not found.broken
    _say(
        LINE.format(
            configuration.name,
            configuration.model,
            expected,
            found.broken or "holds",
            f"{found.states:,}",
            f"{found.seconds:.1f}",
            "" if right else f"WRONG: {found.assertion}",
        ).rstrip()
    )
    if found.trail:
        _say(found.trail)
    return right


if __name__ == "__main__":
    sys.exit(main())
