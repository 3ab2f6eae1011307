"""Waits until the store is at rest, and writes what it holds as JSON: the part of the evidence that the store gives."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from celery_durable_jobs import durable_jobs
from celery_durable_jobs._current import extension_of
from celery_durable_jobs.errors import DurableJobsError
from celery_durable_jobs.jobs import JobState
from celery_durable_jobs.steps import Shards, Stats
from celery_durable_jobs.testing.recount import recount
from tests.chaos import app as chaos

LIVING = ("waiting", "claimed", "sent", "running")


def main() -> int:
    """Answers 0 when all jobs had ended, 1 when some had not when the time was over; exports in any case."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--patience", type=float, default=60.0)
    options = parser.parse_args()
    chaos.app.set_default()
    rest = _rest(options.patience)
    options.path.write_text(json.dumps({**export(rest is not None), "rest": rest}))
    return 0 if rest else 1


def _rest(patience: float) -> dict[str, Any] | None:
    """When it was that nothing lived, and what the store counted then; None when that didn't come."""
    end = time.monotonic() + patience
    while True:
        try:
            asked = round(time.monotonic(), 6)
            stats = durable_jobs.stats()
            if not sum(stats.counts.get(state, 0) for state in LIVING):
                answered = round(time.monotonic(), 6)
                told = {"asked": asked, "answered": answered, "counts": stats.counts, "ended": stats.ended}
                return {**told, "places": _places(), "looked": round(time.monotonic(), 6)}
        except DurableJobsError as error:
            sys.stderr.write(f"not yet: {error}\n")
        if time.monotonic() > end:
            return None
        time.sleep(0.25)


def export(rested: bool) -> dict[str, Any]:
    """Jobs by state, counters, shards, raw keys where they can be listed, and the library's own recount."""
    extension: Any = extension_of(chaos.app)
    store, stripes = extension.store, extension.settings.shard_stripes
    jobs: dict[str, dict[str, Any]] = {}
    for state in JobState:
        for job in durable_jobs.find(state=state):
            jobs[job.id] = {"state": job.state.value, "attempt": job.attempt, "error": (job.error or "")[-300:]}
    counts: dict[str, int] = {}
    backlogs: dict[str, int] = {}
    shards: list[str] = []
    recounted = ""
    for stripe in range(stripes):
        stats = store.send(Stats(stripe))
        for state, count in stats.counts.items():
            counts[state] = counts.get(state, 0) + count
        for row in stats.routes:
            queue = row.route.queue or "?"
            backlogs[queue] = backlogs.get(queue, 0) + row.backlog
        shards += [entry.shard_id for entry in store.send(Shards(stripe, limit=100_000))]
        try:
            if rested:
                recount(store, stripe)
        except AssertionError as error:
            recounted = str(error)[:2_000]
    return {
        "rested": rested, "jobs": jobs, "counts": counts, "backlogs": backlogs, "shards": shards,
        "recount": recounted, "keys": _keys(),
    }  # fmt: skip


def _places() -> dict[str, int] | None:
    """Where jobs stand, by the keys alone: whether it was the count that was wrong, or a job came later."""
    keys = _keys()
    return keys and {key: size for key, size in keys.items() if key == "dead" or key[8:9] == ":"}


def _keys() -> dict[str, int] | None:
    """The keys of the namespace and how much is in each; None where the store can't list them."""
    import redis

    extension: Any = extension_of(chaos.app)
    url, namespace = extension.settings.store, extension.settings.namespace
    if not url.startswith(("redis://", "rediss://")):
        return None
    sizes = {b"hash": "hlen", b"zset": "zcard", b"set": "scard", b"list": "llen"}
    found: dict[str, int] = {}
    with redis.Redis.from_url(url) as client:
        for key in client.scan_iter(match=f"dj:1:{{{namespace}:*", count=10_000):
            size = sizes.get(client.type(key))
            name = key.decode().partition("}:")[2]
            found[name] = found.get(name, 0) + (getattr(client, size)(key) if size else 1)
    return found


if __name__ == "__main__":
    sys.exit(main())
