"""Environments of the peers: one folder each outside the project, made by one command, found by what they hold."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.peers.peer import Peer

PATIENCE = 300.0
"""For each command; an installation that hangs is begun anew, with what it had loaded in the cache."""
TRIES = 3
DONE = "complete"


class NotMeasuredError(Exception):
    """Why a peer can't be measured here."""


def default_folder() -> Path:
    """Where environments are kept: the user's cache."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "celery-durable-jobs" / "peers"


def place(peer: Peer, envs: Path) -> Path:
    """The folder of a peer's environment: another one as soon as a version changes."""
    content = peer.requirements_file.read_bytes()
    kind = "node" if peer.node else f"python{peer.python}"
    return envs / f"{kind}-{hashlib.sha256(content).hexdigest()[:12]}"


def programs(peer: Peer, envs: Path) -> Path:
    """Its folder of programs.

    :raises NotMeasuredError: it was not made.
    """
    folder = place(peer, envs)
    if not (folder / DONE).exists():
        raise NotMeasuredError("it has no environment: python -m benchmarks.peers prepare")
    return Path(_node()).parent if peer.node else folder / "bin"


def prepare(peer: Peer, envs: Path) -> Path:
    """Make its environment unless it is there.

    :raises NotMeasuredError: what it needs can't be had.
    """
    folder = place(peer, envs)
    if (folder / DONE).exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if peer.node:
        _node()
        shutil.copy(peer.requirements_file, folder / "package.json")
        _run("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent", cwd=folder)
    else:
        _run(python(peer.python), "-m", "venv", str(folder))
        pip = (str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _run(*pip, "-r", str(peer.requirements_file))
    (folder / DONE).touch()
    return folder


def python(version: str) -> str:
    """An interpreter of this version that can make environments.

    :raises NotMeasuredError: none is installed.
    """
    probe = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    for candidate in _interpreters(version):
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            told = subprocess.run([candidate, "-c", probe], capture_output=True, text=True, timeout=30)
            if told.stdout.strip() == version:
                return candidate
    raise NotMeasuredError(f"Python {version} is not installed")


def _interpreters(version: str) -> Iterator[str]:
    """On the PATH, else as pyenv or uv know them."""
    name = f"python{version}"
    for folder in os.get_exec_path():
        if (found := Path(folder) / name).exists():
            yield str(found)
    for command in (("uv", "python", "find", version), ("pyenv", "root")):
        if shutil.which(command[0]):
            told = subprocess.run(command, capture_output=True, text=True, timeout=30).stdout.strip()
            if command[0] == "uv" and told:
                yield told
            elif told:
                yield from map(str, sorted(Path(told, "versions").glob(f"{version}.*/bin/{name}"), reverse=True))


def _node() -> str:
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        raise NotMeasuredError("Node and npm are not installed")
    return found


def _run(*command: str, cwd: Path | None = None) -> None:
    reason = ""
    for _ in range(TRIES):
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, cwd=cwd)
        except subprocess.TimeoutExpired:
            reason = f"no end after {PATIENCE:g} s"
            continue
        except OSError as trouble:
            reason = str(trouble)
            break
        if done.returncode == 0:
            return
        reason = ((done.stderr or done.stdout).strip().splitlines() or ["it failed"])[-1]
        break
    raise NotMeasuredError(f"{' '.join([Path(command[0]).name, *command[1:4]])}: {reason}")
