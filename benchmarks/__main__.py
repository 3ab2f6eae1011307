"""The command: ``python -m benchmarks [list | run | compare | table | plot]``."""

from __future__ import annotations

import argparse
import inspect
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from benchmarks import catalog, documents
from benchmarks.lab import Lab
from benchmarks.report import Report

EXTRA = "sizes are options too: run burst --count 20000; of one among several: run all --waiting.count 1000000"


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; answers the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__, epilog=EXTRA)
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("list", help="what there is to measure (the default)")
    run = commands.add_parser("run", help="measure", epilog=EXTRA)
    run.add_argument("names", nargs="+", metavar="name", help="as listed, or all")
    run.add_argument("--small", action="store_true", help="tiny sizes, for a smoke test: the figures mean nothing")
    run.add_argument("--json", metavar="FILE", help="write all figures to this file, after each benchmark")
    run.add_argument("--update", action="store_true", help="keep what the file has of other benchmarks")
    run.add_argument("--plots", metavar="FOLDER", help="draw the plots into this folder")
    compare = commands.add_parser("compare", help="two files of figures")
    compare.add_argument("before")
    compare.add_argument("after")
    table = commands.add_parser("table", help="figures to reach and figures reached, in Markdown")
    table.add_argument("file")
    table.add_argument("--page", metavar="FILE", help="write it into this page, between its marks")
    plot = commands.add_parser("plot", help="draw a file's plots as PNG and SVG")
    plot.add_argument("file")
    plot.add_argument("folder")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command != "run":
        parser.error(f"unknown: {' '.join(rest)}")
    if options.command == "run":
        names = list(catalog.NAMES) if options.names == ["all"] else options.names
        for name in names:
            if name not in catalog.NAMES:
                parser.error(f"there is no {name}: {', '.join(catalog.NAMES)}, all")
        try:
            sizes = _sizes(rest, names)
        except ValueError as error:
            parser.error(str(error))
        document = documents.new(options.small)
        if options.update and options.json and Path(options.json).exists():
            document = documents.load(options.json)
        return run_all(names, sizes, document, file=options.json, plots=options.plots)
    if options.command == "compare":
        from benchmarks.compare import compare as compared

        print(compared(documents.load(options.before), documents.load(options.after)))
    elif options.command == "table":
        from benchmarks.page import write

        print(write(documents.load(options.file), options.page), end="")
    elif options.command == "plot":
        from benchmarks.plots import draw

        for path in draw(documents.load(options.file), Path(options.folder)):
            print(path)
    else:
        width = max(map(len, catalog.NAMES))
        for name in catalog.NAMES:
            print(f"{name:<{width}}  {catalog.title_of(name)}")
    return 0


def run_all(
    names: list[str], sizes: dict[str, Any], document: dict[str, Any], *, file: str | None, plots: str | None
) -> int:
    """Run benchmarks one after the other; one that fails says so and the rest go on. Answers the exit code."""
    small: bool = document["small"]
    if plots:
        from benchmarks.plots import require

        require()
    failed = []
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder, Lab(Path(folder), small) as lab:
        for name in names:
            try:
                report = run_one(lab, name, sizes, small)
            except Exception:
                traceback.print_exc()
                print(f"{name}: failed\n", file=sys.stderr, flush=True)
                failed.append(name)
                continue
            print(f"{report.as_text()}\n", flush=True)
            documents.add(document, report.as_dict())
            if file:
                documents.save(document, file)
    if plots:
        from benchmarks.plots import draw

        draw(document, Path(plots))
    return 1 if failed else 0


def run_one(lab: Lab, name: str, sizes: dict[str, Any], small: bool) -> Report:
    """Run one, with the sizes given of those that it has."""
    module = catalog.module_of(name)
    defaults = _defaults(module.run)
    given = {key: sizes[at] for key in defaults for at in (key, f"{name}.{key}") if at in sizes}
    mine = {**defaults, **(module.SMALL if small else {}), **given}
    report = Report(name, catalog.title_of(name), sizes=mine)
    started = time.monotonic()
    module.run(lab, report, **mine)
    report.seconds = time.monotonic() - started
    report.server = report.server or lab.version
    return report


def _defaults(function: Any) -> dict[str, Any]:
    parameters = inspect.signature(function).parameters.values()
    return {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}


def _sizes(rest: list[str], names: list[str]) -> dict[str, Any]:
    """``--count 100 --repeats 3`` as values of the types that the defaults have.

    :raises ValueError: none of the benchmarks has such a size.
    """
    known: dict[str, Any] = {}
    for name in names:
        defaults = _defaults(catalog.module_of(name).run)
        known |= defaults | {f"{name}.{key}": value for key, value in defaults.items()}
    sizes: dict[str, Any] = {}
    words = iter([part for word in rest for part in word.split("=", 1)])
    for word in words:
        size = word.removeprefix("--").replace("-", "_")
        if not word.startswith("--") or size not in known:
            there = ", ".join(sorted(each for each in known if "." not in each))
            raise ValueError(f"{word} is no size of {', '.join(names)}; there are: {there}")
        sizes[size] = type(known[size])(next(words, ""))
    return sizes


if __name__ == "__main__":
    raise SystemExit(main())
