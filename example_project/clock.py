"""Days and hours of the examples: real ones, or shorter where ``EXAMPLE_DAY`` says how many seconds a day has."""

from __future__ import annotations

import os
from datetime import timedelta

DAY = timedelta(seconds=float(os.environ.get("EXAMPLE_DAY", "86400")))


def days(number: float) -> timedelta:
    """``number`` days."""
    return DAY * number


def hours(number: float) -> timedelta:
    """``number`` hours."""
    return DAY * number / 24
