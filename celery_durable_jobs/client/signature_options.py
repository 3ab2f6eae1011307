"""What a signature's ``.set(…)`` may bring along: Celery's own options, but for those that no stored job can keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from celery_durable_jobs._options import suggestion
from celery_durable_jobs.client.validate import short
from celery_durable_jobs.errors import InvalidArgumentsError, UnknownOptionError
from celery_durable_jobs.jobs import JobRequest
from celery_durable_jobs.messages.checks import check_delivery_mode
from celery_durable_jobs.messages.overridden import apply_async_is_own, send_task_is_own

KEPT = frozenset((
    "eta", "countdown", "expires",
    "queue", "exchange", "exchange_type", "routing_key", "priority", "delivery_mode", "route_name",
    "serializer", "compression", "headers", "shadow", "ignore_result", "time_limit", "soft_time_limit",
    "link", "link_error", "chain", "chord", "group_id", "group_index", "root_id", "parent_id", "reply_to",
    "origin", "argsrepr", "kwargsrepr", "replaced_task_nesting", "stamped_headers",
    "correlation_id", "message_id", "app_id", "user_id", "cluster_id", "type", "timestamp",
    "declare",  # refused later, with the way out
))  # fmt: skip
"""What ``apply_async`` and the message below it know."""

WITHOUT_MEANING = frozenset(("add_to_parent", "retries"))
"""Canvas and ``signature_from_request`` bring them; a job has its own parent and counts its own retries."""

_PUBLISH = "is about one publish, and a job is published later, by a keeper: leave it out"
REFUSED = {
    "task_id": "can't be chosen: the job's id is the task id (job.id), and a name of your own is key=",
    "retry": f"{_PUBLISH} (whether a failed run is run again, its handler's max_retries says)",
    "expiration": "isn't kept: expires= ends a job that was not run in time",
} | dict.fromkeys(
    ("producer", "publisher", "connection", "retry_policy", "timeout", "confirm_timeout", "mandatory", "immediate",
     "event_dispatcher", "create_sent_event", "router", "result_cls", "task_type", "now", "timezone"),
    _PUBLISH,
)  # fmt: skip

OURS = frozenset(each.name for each in fields(JobRequest)) - KEPT
"""Options of ``schedule_job.apply`` that a signature knows nothing of."""

_MISSPELT = 0.8
"""How alike two names must be where a name of somebody else's is possible as well."""


def check(app: Any, task: Any, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a signature that a job can have.

    Where ``apply_async`` or ``send_task`` was overridden, they may take options of their own: only what looks like a
    misspelling is refused then.

    :raises UnknownOptionError: one doesn't exist, or means nothing to a job.
    :raises InvalidJobError: (others) a value that would trip up whoever runs the job.
    """
    kept = {}
    for name, value in options.items():
        if name in KEPT:
            _check_value(name, value)
            kept[name] = value
        elif name in REFUSED:
            if value is not None:
                raise _refused(name, value, REFUSED[name])
        elif name in OURS:
            raise _refused(name, value, f"is an option of schedule_job.apply: give {name}= there")
        elif name in (options.get("stamped_headers") or ()):
            kept[name] = value
        elif name not in WITHOUT_MEANING:
            hint = suggestion(name, KEPT, 0.6 if _is_celerys(app, task) else _MISSPELT)
            if hint or _is_celerys(app, task):
                raise _refused(name, value, f"doesn't exist{hint}")
            kept[name] = value
    return kept


def _check_value(name: str, value: Any) -> None:
    if name == "delivery_mode":
        check_delivery_mode(value)
    elif name in ("link", "link_error") and value is not None:
        several = value if isinstance(value, (list, tuple)) else [value]
        if not all(isinstance(each, Mapping) and "task" in each for each in several):
            raise InvalidArgumentsError(
                f"{name} is a signature or a list of them, not {short(value)}", argument=name, value=value
            )


def _is_celerys(app: Any, task: Any) -> bool:
    return send_task_is_own(app) and (task is None or apply_async_is_own(task))


def _refused(name: str, value: Any, reason: str) -> UnknownOptionError:
    return UnknownOptionError(f"the signature's option {name}={short(value)} {reason}", argument=name, value=value)
