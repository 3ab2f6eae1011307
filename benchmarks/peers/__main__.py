"""The same works on other libraries: ``python -m benchmarks.peers [list | prepare | run | page] [names …]``."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.peers import environments, figures, page, works
from benchmarks.peers.environments import NotMeasuredError
from benchmarks.peers.peer import NAMES, Peer, load
from tests.support.servers import Server, any_kind

WORKS = ("schedule", "burst", "lag")


def main(arguments: list[str] | None = None) -> int:
    """List the peers, make their environments, or measure them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("list", "prepare", "run", "page"), default="list")
    parser.add_argument("names", nargs="*", metavar="name", help=f"all by default, of: {', '.join(NAMES)}")
    parser.add_argument("--envs", type=Path, default=environments.default_folder(), help="folder of environments")
    parser.add_argument("--work", action="append", choices=WORKS, help="only this one (can be given again)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, interleaved; medians are shown (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--page", type=Path, metavar="FILE", help="write the table into this page, between its marks")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the logs of all processes there")
    usual = works.Amounts()
    for name, meaning in (
        ("calls", "calls one by one"),
        ("burst", "jobs due at one moment"),
        ("rate", "jobs a second"),
    ):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name), help=f"{meaning} (%(default)s)")
    parser.add_argument("--seconds", type=float, default=usual.seconds, help="length of the steady rate (%(default)s)")
    options = parser.parse_args(arguments)
    for name in options.names:
        if name not in NAMES:
            parser.error(f"there is no {name}: {', '.join(NAMES)}")
    peers = [load(name) for name in options.names or NAMES]
    if options.command == "list":
        for peer in peers:
            ready = (environments.place(peer, options.envs) / environments.DONE).exists()
            print(f"{peer.name:<18}  {'ready' if ready else 'to be prepared':<14}  {peer.title}: {peer.source}")
        return 0
    if options.command == "prepare":
        return _prepare(peers, options.envs)
    if options.command == "page":
        if not options.json or not options.page:
            parser.error("page: --json FILE of a run, and --page FILE")
        page.write(json.loads(options.json.read_text()), [load(name) for name in NAMES], options.page)
        return 0
    amounts = works.Amounts(calls=options.calls, burst=options.burst, rate=options.rate, seconds=options.seconds)
    chosen = tuple(options.work or WORKS)
    document: dict[str, Any] = {"machine": {}, "amounts": asdict(amounts), "rounds": {}}
    with tempfile.TemporaryDirectory(prefix="peers-") as scratch, contextlib.suppress(KeyboardInterrupt):
        for _ in _run(peers, options.envs, options.keep or Path(scratch), amounts, chosen, options.rounds, document):
            document["results"] = {
                name: figures.combined(one["of"], one["failed"]) for name, one in document["rounds"].items()
            }
            if options.json:
                options.json.write_text(json.dumps(document, indent=1))
    print(", ".join(f"{key} {value}" for key, value in document["machine"].items()))
    print(f"\n{figures.table(document['results'], {peer.name: peer.title for peer in peers}, NAMES[0])}\n")
    print("In brackets: how many times better ours is in the same run.")
    if options.page:
        page.write(document, peers, options.page)
    return 0


def _prepare(peers: list[Peer], envs: Path) -> int:
    failed = 0
    for peer in peers:
        try:
            print(f"{peer.name:<18}  {environments.prepare(peer, envs)}", flush=True)
        except NotMeasuredError as reason:
            failed += 1
            print(f"{peer.name:<18}  can't be prepared: {reason}", flush=True)
    return 1 if failed else 0


def _run(
    peers: list[Peer],
    envs: Path,
    folder: Path,
    amounts: works.Amounts,
    chosen: tuple[str, ...],
    rounds: int,
    document: dict[str, Any],
) -> Iterator[None]:
    """Round after round, each peer once a round; yields after each, when the document has its figures."""
    results = document["rounds"] = {peer.name: {"of": [], "failed": []} for peer in peers}
    began = time.monotonic()
    with Server(any_kind()) as server, server.client(0) as client:
        told = client.info("server")
        document["machine"] = {
            "server": f"Valkey {told['valkey_version']}"
            if "valkey_version" in told
            else f"Redis {told['redis_version']}",
            "cores": os.cpu_count(),
            "load before": round(os.getloadavg()[0], 2),
        }
        for number in range(1, rounds + 1):
            for peer in peers:
                one = results[peer.name]
                if one["failed"] and not one["of"]:
                    continue
                print(f"[{time.monotonic() - began:4.0f} s] round {number} of {rounds}: {peer.title}", flush=True)
                where = folder / f"{number}-{peer.name}"
                try:
                    one["of"].append(works.one_round(peer, envs, where, server, amounts, chosen, client.flushall))
                except NotMeasuredError as reason:
                    one["failed"].append(str(reason))
                document["machine"] |= {"rounds": number, "minutes": round((time.monotonic() - began) / 60, 1)}
                yield


if __name__ == "__main__":
    raise SystemExit(main())
