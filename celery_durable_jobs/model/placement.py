"""Which keeper a shard prefers: rendezvous hashing (Thaler and Ravishankar, 1998).

Every store and every keeper computes the same: the live keeper with the greatest hash of shard and keeper. When one
joins or leaves, only the shards that it wins or won move.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def preferred_keeper(shard_id: str, keepers: Iterable[str]) -> str | None:
    """The keeper that should have the shard, or None when there is none alive."""
    return max(keepers, key=lambda keeper: hashlib.sha1(f"{shard_id}:{keeper}".encode()).hexdigest(), default=None)
