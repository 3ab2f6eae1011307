"""What a keeper tells of itself with each look, and how a probe judges it.

Times travel as ages in seconds at the moment of the look, so that no two clocks are compared: a stage's age is what the
keeper said, plus how long ago, by the store's clock, it said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.steps import KeeperEntry

STUCK_S = 8.0
"""A stage that hasn't finished a round for so long is stuck. A probe must fail within 10 s."""

STAGES = {"look": "the look loop", "batch": "the batch loop (claim, publish, recover)"}


@dataclass(frozen=True, slots=True)
class Health:
    """A verdict, and the reason in words."""

    healthy: bool
    message: str


def info(
    *,
    hostname: str,
    pid: int,
    version: str,
    shards: int,
    dispatched: int,
    look_age: float,
    batch_age: float,
    failing: float,
    trouble: str = "",
) -> dict[str, str]:
    """The keeper's entry. ``failing``: for how many seconds nothing could be published (0: it can), and why."""
    told = {
        "hostname": hostname,
        "pid": str(pid),
        "version": version,
        "shards": str(shards),
        "dispatched": str(dispatched),
        "look_age": f"{look_age:.2f}",
        "batch_age": f"{batch_age:.2f}",
    }
    if failing > 0:
        told["failing"] = f"{failing:.2f}"
        told["trouble"] = trouble[:200]
    return told


def own_entry(entries: Iterable[KeeperEntry], hostname: str) -> KeeperEntry | None:
    """The entry of the keeper with this hostname that looked last."""
    named = [entry for entry in entries if entry.info.get("hostname") == hostname]
    return max(named, key=lambda entry: entry.last_look_us, default=None)


def judge(entry: KeeperEntry | None, hostname: str, lease_ttl: float) -> Health:
    """Whether a keeper does its work.

    Unhealthy: it isn't there, a stage is stuck, or nothing could be published for longer than a lease (its shards are
    then others', and restarting it does no harm).
    """
    if entry is None:
        return Health(False, f"no keeper named {hostname} is known: not started, stopped, or gone for an hour")
    silence = max(0.0, (entry.now_us - entry.last_look_us) / 1e6)
    for stage, words in STAGES.items():
        age = silence + _seconds(entry.info, f"{stage}_age")
        if age > STUCK_S:
            return Health(False, f"{hostname}: {words} has not finished a round for {age:.1f} s")
    failing = _seconds(entry.info, "failing")
    if failing > lease_ttl:
        reason = entry.info.get("trouble") or "no reason given"
        return Health(False, f"{hostname}: nothing could be published for {failing:.1f} s: {reason}")
    shards = entry.info.get("shards", "0")
    return Health(True, f"{hostname}: healthy; looked {silence:.1f} s ago, holds {shards} shards")


def _seconds(told: Mapping[str, str], name: str) -> float:
    try:
        return float(told.get(name, "0"))
    except ValueError:
        return 0.0
