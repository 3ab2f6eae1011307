"""The command: ``python -m benchmarks [name …] [--json]``."""

from __future__ import annotations

import argparse
import importlib
import inspect

NAMES = ("start_lag", "burst")


def main(arguments: list[str] | None = None) -> int:
    """List the measurements, or run some."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"one or more of: {', '.join(NAMES)}, all")
    parser.add_argument("--json", action="store_true", help="one JSON document a line instead of tables")
    parser.add_argument("--count", type=int, help="burst: so many jobs (5,000)")
    parser.add_argument("--rate", type=int, help="start_lag: so many jobs a second (100)")
    parser.add_argument("--seconds", type=float, help="start_lag: for so long (20)")
    options = parser.parse_args(arguments)
    if not options.names:
        for name in NAMES:
            print(f"{name:<10}  {importlib.import_module(f'benchmarks.{name}').__doc__}")
        return 0
    names = NAMES if options.names == ["all"] else options.names
    for name in names:
        if name not in NAMES:
            parser.error(f"there is no {name}: {', '.join(NAMES)}, all")
    for name in names:
        run = importlib.import_module(f"benchmarks.{name}").run
        given = {key: value for key, value in vars(options).items() if value is not None}
        report = run(**{key: value for key, value in given.items() if key in inspect.signature(run).parameters})
        print(report.as_json() if options.json else f"{report.as_text()}\n", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
