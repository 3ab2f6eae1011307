"""Names in Redis: the prefix of a stripe's keys, the field of a key, the channel of wake-ups.

All keys of a stripe begin with ``dj:1:{<namespace>:<stripe>}:`` (1 is the layout), so they share a slot; the scripts
make the rest (``lua/lib/base.lua``).
"""

from __future__ import annotations

from celery_durable_jobs.model.identity import parse_job_id, stripe_of_label
from celery_durable_jobs.steps.common import KeyRef
from celery_durable_jobs.stores.codec import to_bytes


def quoted(namespace: str) -> str:
    """The namespace without braces: only the first pair of a key makes its slot."""
    return namespace.replace("%", "%25").replace("{", "%7B").replace("}", "%7D")


def stripe_prefix(namespace: str, stripe: int) -> bytes:
    """What all keys of a stripe begin with."""
    return to_bytes(f"dj:1:{{{quoted(namespace)}:{stripe}}}:")


def wake_channel(namespace: str) -> bytes:
    """Where the scripts publish that a keeper is needed sooner than it knew."""
    return to_bytes(f"dj:1:{quoted(namespace)}:wake")


def key_field(key: str, target: str | None) -> bytes:
    """The field of the hash ``keys`` under which a key stands: unique within its target, whatever characters."""
    if target is None:
        return b"-:" + to_bytes(key)
    data = to_bytes(target)
    return b"%d:%b%b" % (len(data), data, to_bytes(key))


def stripe_of(job: str | KeyRef, stripes: int) -> int:
    """The stripe of a job named by id or key."""
    if isinstance(job, str):
        return parse_job_id(job).stripe
    return stripe_of_label(job.target if job.target is not None else job.key, stripes)
