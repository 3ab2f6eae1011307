"""Delivery ids: made by the worker's parent for each message that it takes, and carried to the child."""

from __future__ import annotations

import os

DELIVERY = "durable_delivery"
"""Key of the delivery id in a request's dictionary. (Never in a message.)"""

LIMITS = "durable_limits"
"""Key of the time limits (hard, soft; s or None) that the pool keeps for this delivery."""


def new_delivery_id() -> str:
    """A new one; no other process makes the same."""
    return os.urandom(12).hex()


def new_call_id() -> bytes:
    """The identity of a call that a worker makes in a client's place."""
    return os.urandom(16)
