"""The time limits that the worker's pool keeps, which its command line may set for all tasks."""

from __future__ import annotations

from typing import Any

_default: tuple[float | None, float | None] = (None, None)


def set_default(hard: float | None, soft: float | None) -> None:
    """What this worker was started with."""
    global _default
    _default = (hard, soft)


def of(request: Any) -> tuple[float | None, float | None]:
    """Hard and soft limit of a request, as its pool will keep them: its own, its task's, or the worker's."""
    hard, soft = request.time_limits
    return hard or request.task.time_limit or _default[0], soft or request.task.soft_time_limit or _default[1]
