"""The registry rule in Redis, by its real keys: heads are true, counters count, and nothing empty or foreign stays.

Reads everything that stands under a namespace and compares it with the jobs, as the store itself answers them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import Any

import redis

from celery_durable_jobs import steps
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.stores.redis.keys import key_field, stripe_prefix
from celery_durable_jobs.stores.redis.records import STATES

OF_A_STRIPE = {
    "zset": r"lines:\d+|open|registry|targets|dead|looks|aside",
    "hash": r"counts|backlogs|again|keys|names|leases|contact|keepers|rotation|meta|(ended|calls|adds):\d+:\d+",
    "set": r"paused",
    "string": r"seq",
}
OF_A_SHARD = {"hash": r"jobs|runs", "zset": r"open|claimed|due:\d+"}
SHARD = re.compile(r"([-\w]{8}):(.*)")


def kind_of(name: str) -> str:
    """What kind of key this is; an unknown one is an error."""
    of_a_shard = SHARD.fullmatch(name)
    rest, kinds = (of_a_shard[2], OF_A_SHARD) if of_a_shard else (name, OF_A_STRIPE)
    for kind, names in kinds.items():
        if re.fullmatch(names, rest):
            return kind
    raise AssertionError(f"a key that nobody knows: {name}")


def read_stripe(client: redis.Redis, namespace: str, stripe: int) -> dict[str, Any]:
    """All keys of a stripe by the rest of their names; sorted sets as dicts of member and score."""
    prefix = stripe_prefix(namespace, stripe)
    keys = list(client.scan_iter(match=_literal(prefix) + b"*", count=10_000))
    kinds = {key: kind_of(key[len(prefix) :].decode()) for key in keys}
    pipe = client.pipeline(transaction=False)
    read = {
        "hash": pipe.hgetall,
        "zset": lambda key: pipe.zrange(key, 0, -1, withscores=True),
        "set": pipe.smembers,
        "string": pipe.get,
    }
    for key, kind in kinds.items():
        read[kind](key)
    found: dict[str, Any] = {}
    for (key, kind), value in zip(kinds.items(), pipe.execute(), strict=True):
        scored = kind == "zset"
        found[key[len(prefix) :].decode()] = {member: int(score) for member, score in value} if scored else value
    return found


def _literal(text: bytes) -> bytes:
    return re.sub(rb"([*?\[\]\\])", rb"\\\1", text)


class StripeCheck:
    """One stripe, read whole."""

    def __init__(self, store: RedisStore, client: redis.Redis, stripe: int) -> None:
        self.keys = read_stripe(client, store.options.namespace, stripe)
        self.shards = {match[1] for key in self.keys if (match := SHARD.fullmatch(key))}
        ids = [job_id.decode() for shard in self.shards for job_id in self.of(shard, "jobs")]
        answers = store.send_many([steps.Get(job_id) for job_id in ids])
        self.jobs: dict[str, JobRecord] = dict(zip(ids, answers, strict=True))
        self.routes = {
            member[1:].decode(): number.decode()
            for member, number in self.keys.get("names", {}).items()
            if member.startswith(b"r")
        }

    def of(self, shard: str, what: str) -> dict[bytes, Any]:
        """A key of a shard."""
        found: dict[bytes, Any] = self.keys.get(f"{shard}:{what}", {})
        return found

    def deadlines(self) -> dict[str, int]:
        """Job → deadline."""
        return {job_id.decode(): at for shard in self.shards for job_id, at in self.of(shard, "open").items()}

    def check(self) -> None:
        """AssertionError says which key is wrong."""
        for shard in self.shards:
            self._check_shard(shard)
        self._check_heads()
        self._check_counters()
        self._check_indexes()

    def _in(self, shard: str, *states: JobState) -> list[JobRecord]:
        return [job for job in self.jobs.values() if job.id[1:9] == shard and job.state in states]

    def _route(self, job: JobRecord) -> str:
        assert job.route is not None
        return self.routes[job.route.dumps()]

    def _check_shard(self, shard: str) -> None:
        lines: dict[str, dict[bytes, int]] = {}
        for job in self._in(shard, JobState.WAITING):
            lines.setdefault(f"{shard}:due:{self._route(job)}", {})[job.id.encode()] = job.due_us
        told = {key: line for key, line in self.keys.items() if key.startswith(f"{shard}:due:")}
        _same(f"lines of {shard}", told, lines)
        flying = {job.id.encode() for job in self._in(shard, JobState.CLAIMED, JobState.SENT, JobState.RUNNING)}
        _same(f"{shard}:open", set(self.of(shard, "open")), flying)
        claimed = {job.id.encode() for job in self._in(shard, JobState.CLAIMED)}
        _same(f"{shard}:claimed", set(self.of(shard, "claimed")), claimed)
        assert set(self.of(shard, "runs")) <= set(self.of(shard, "jobs")), f"{shard}:runs of jobs that are gone"

    def _check_heads(self) -> None:
        registry = {}
        for route in set(self.routes.values()):
            lines = {
                shard.encode(): min(line.values()) for shard in self.shards if (line := self.of(shard, f"due:{route}"))
            }
            _same(f"lines:{route}", self.keys.get(f"lines:{route}", {}), lines)
            if lines:
                again = self.keys.get("again", {}).get(route.encode(), b"0:")
                registry[f"r{route}".encode()] = max(min(lines.values()), int(again.split(b":")[0]))
        heads = {shard.encode(): min(flying.values()) for shard in self.shards if (flying := self.of(shard, "open"))}
        _same("open", self.keys.get("open", {}), heads)
        if heads:
            registry[b"open"] = min(heads.values())
        _same("registry", self.keys.get("registry", {}), registry)

    def _check_counters(self) -> None:
        counts = Counter(job.state for job in self.jobs.values())
        told = {STATES[int(number)]: int(count) for number, count in self.keys.get("counts", {}).items() if int(count)}
        _same("counts", told, dict(counts))
        backlogs = Counter(
            self._route(job) for job in self.jobs.values() if job.state in (JobState.CLAIMED, JobState.SENT)
        )
        told_backlogs = {route.decode(): int(count) for route, count in self.keys.get("backlogs", {}).items()}
        _same("backlogs", told_backlogs, dict(backlogs))

    def _check_indexes(self) -> None:
        dead = {job.id.encode(): job.ended_us for job in self.jobs.values() if job.state is JobState.DEAD}
        _same("dead", self.keys.get("dead", {}), dead)
        for field, job_id in self.keys.get("keys", {}).items():
            job = self.jobs.get(job_id.decode())
            assert job is not None, f"key {field!r} names {job_id!r}, which is gone"
            assert job.key is not None, f"key {field!r} names {job}"
            _same("key", field, key_field(job.key, job.target))
            assert not job.state.ended, f"key {field!r} names {job}"
            begun = job.state is JobState.RUNNING and job.key_until == "started"
            assert not begun, f"key {field!r} names {job}"
        targets = {
            hashlib.sha1(job.target.encode()).hexdigest()[:16].encode() + job.id.encode()
            for job in self.jobs.values()
            if job.target is not None and not job.state.ended
        }
        _same("targets", set(self.keys.get("targets", {})), targets)


def _same(what: str, told: object, true: object) -> None:
    assert told == true, f"{what}: in Redis {told}, in truth {true}"
