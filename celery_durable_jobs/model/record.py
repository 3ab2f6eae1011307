"""What is known of a job: the content of its message, and its record in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState

ENDED_ERROR_LENGTH = 200
"""How many characters of an error outlive the job."""

ERROR_LENGTH = 8_000
"""How many characters of an error are kept with a living job or a dead letter."""


@dataclass(frozen=True, slots=True)
class Content:
    """A message's arguments and what travels with them, encoded; opaque to every store.

    ``body`` is the serialized Celery protocol-2 triple ``(args, kwargs, embed)``. ``headers`` are those that
    the user or a ``before_task_publish`` receiver added to or changed in Celery's own; ``options`` are the
    message's other properties and the signature's options (JSON values).
    """

    body: bytes
    content_type: str = "application/json"
    content_encoding: str = "utf-8"
    headers: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job as a store answers it.

    ``due_us`` is the present due time (a retry's, where one waits). ``content`` and ``route`` are None where the
    answer leaves them out (begin) or where nothing but the outcome is left (an ended job). ``error`` is the last
    error's text. ``lost_points`` counts what ``lost_runs`` weigh (DESIGN "Lost runs").
    """

    id: str
    handler: str
    state: JobState
    due_us: int
    name: str | None = None
    target: str | None = None
    key: str | None = None
    key_until: str = "started"
    expires_us: int | None = None
    route: Route | None = None
    content: Content | None = None
    metadata: Mapping[str, str] | None = None
    attempt: int = 0
    failures: int = 0
    lost_runs: int = 0
    lost_points: int = 0
    generation: int = 0
    run_id: str | None = None
    cancel_requested: bool = False
    error: str | None = None
    ended_us: int | None = None
