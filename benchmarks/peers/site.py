"""One peer's processes for one round: its workers, and a client that takes orders."""

from __future__ import annotations

import contextlib
import json
import os
import select
import struct
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers import environments
from benchmarks.peers.environments import NotMeasuredError
from benchmarks.peers.peer import HERE, Peer
from tests.support.processes import ROOT, ChildProcess, ProcessGroup
from tests.support.servers import Server

READY = 60.0


@dataclass
class Client:
    """The process that schedules. Each order answers the seconds that its calls took."""

    process: subprocess.Popen[str]
    log: Path

    def order(self, *words: object, timeout: float = 120.0) -> dict[str, Any]:
        """Give an order and wait for its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return self.answer(timeout)

    def answer(self, timeout: float) -> dict[str, Any]:
        """Its next answer.

        :raises NotMeasuredError: it ended, or took too long.
        """
        assert self.process.stdout is not None
        line = ""
        if select.select([self.process.stdout], [], [], timeout)[0]:
            line = self.process.stdout.readline()
        if not line:
            raise NotMeasuredError(f"its client gave no answer: {_last_line(self.log)}")
        answer: dict[str, Any] = json.loads(line)
        return answer


@dataclass
class Site:
    """What a work needs of a peer that runs."""

    client: Client
    folder: Path
    group: ProcessGroup
    server: int

    def count(self) -> int:
        """How many handlers have started."""
        return sum(path.stat().st_size for path in self.folder.glob("*.starts")) // 16

    def starts(self) -> list[tuple[int, float]]:
        """Number and moment of each start so far."""
        content = b"".join(path.read_bytes() for path in self.folder.glob("*.starts"))
        return [(number, at / 1e9) for number, at in struct.iter_unpack("<qq", content)]

    def wait_for(self, count: int, until: float) -> bool:
        """Wait until so many have started; False when that moment has come first."""
        while self.count() < count:
            if time.time() > until:
                return False
            for process in self.group.started:
                if not process.running:
                    raise NotMeasuredError(f"{process.name} ended: {_last_line(process.log_path)}")
            time.sleep(0.05)
        return True

    def cpu(self) -> float | None:
        """Seconds of processor time that client, workers and server have used so far; None where /proc doesn't say."""
        workers = [pid for process in self.group.started for pid in (process.pid, *process.family())]
        return cpu_of([self.server, self.client.process.pid, *workers])

    def forget(self) -> None:
        """Empty the files of starts."""
        for path in self.folder.glob("*.starts"):
            os.truncate(path, 0)


@contextlib.contextmanager
def running(peer: Peer, envs: Path, folder: Path, server: Server, *, workers: bool) -> Iterator[Site]:
    """Start a peer's client, and its workers if they are wanted; end all of them."""
    bin_folder = environments.programs(peer, envs)
    url = server.url(0)
    environment = _variables(peer, envs, folder, url)

    def command(words: tuple[str, ...]) -> list[str]:
        return [word.format(bin=bin_folder, url=url) for word in words]

    def once(words: tuple[str, ...]) -> None:
        done = subprocess.run(
            command(words), env={**os.environ, **environment}, cwd=peer.folder, capture_output=True, text=True
        )
        if done.returncode:
            raise NotMeasuredError((done.stderr.strip().splitlines() or ["its setup failed"])[-1])

    folder.mkdir(parents=True)
    group = ProcessGroup(folder / "logs")
    client = None
    if peer.setup:
        once(peer.setup)
    try:
        for number, words in enumerate(peer.workers if workers else ()):
            log = group.folder / f"{peer.name}-{number}.log"
            process = ChildProcess(command(words), name=peer.title, log_path=log, env=environment, cwd=peer.folder)
            group.adopt(process).start()
        client = _client(command(peer.client), peer, environment, folder)
        client.answer(READY)
        yield Site(client, folder, group, server.process.pid)
    finally:
        if client is not None:
            client.process.kill()
            client.process.wait()
        group.close()
        if peer.teardown:
            once(peer.teardown)


def _client(command: list[str], peer: Peer, environment: dict[str, str], folder: Path) -> Client:
    log = folder / "client.log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stream,
            env={**os.environ, **environment},
            cwd=peer.folder,
            text=True,
            bufsize=1,
        )
    return Client(process, log)


def _variables(peer: Peer, envs: Path, folder: Path, url: str) -> dict[str, str]:
    paths = [HERE / "shared", peer.folder, *([ROOT] if peer.name.startswith("ours") else [])]
    return {
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "NODE_PATH": str(environments.place(peer, envs) / "node_modules"),
        "PEER_URL": url,
        "PEER_FOLDER": str(folder),
        **peer.variables,
    }


def cpu_of(pids: Iterable[int]) -> float | None:
    """Seconds of processor time of these processes, as Linux tells it."""
    ticks = 0
    try:
        for pid in set(pids):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    except OSError:
        return None
    return ticks / os.sysconf("SC_CLK_TCK")


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return lines[-1] if lines else "it said nothing"
