"""Durable jobs for Celery: run something once, at one moment, and survive every crash on the way.

The names below are imported when they are first used: importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from celery_durable_jobs.app import DurableJobs as DurableJobs
    from celery_durable_jobs.client.durable_jobs import durable_jobs as durable_jobs
    from celery_durable_jobs.client.schedule import schedule_job as schedule_job
    from celery_durable_jobs.errors import BulkScheduleError as BulkScheduleError
    from celery_durable_jobs.errors import ConfigurationError as ConfigurationError
    from celery_durable_jobs.errors import DuplicateJobIdError as DuplicateJobIdError
    from celery_durable_jobs.errors import DuplicateKeyError as DuplicateKeyError
    from celery_durable_jobs.errors import DurableJobsError as DurableJobsError
    from celery_durable_jobs.errors import HandlerOptionError as HandlerOptionError
    from celery_durable_jobs.errors import InvalidArgumentsError as InvalidArgumentsError
    from celery_durable_jobs.errors import InvalidJobError as InvalidJobError
    from celery_durable_jobs.errors import InvalidJobIdError as InvalidJobIdError
    from celery_durable_jobs.errors import InvalidLabelError as InvalidLabelError
    from celery_durable_jobs.errors import InvalidMetadataError as InvalidMetadataError
    from celery_durable_jobs.errors import InvalidRouteError as InvalidRouteError
    from celery_durable_jobs.errors import InvalidTimeError as InvalidTimeError
    from celery_durable_jobs.errors import JobNotFoundError as JobNotFoundError
    from celery_durable_jobs.errors import JobTimeoutError as JobTimeoutError
    from celery_durable_jobs.errors import NoAppError as NoAppError
    from celery_durable_jobs.errors import NotAHandlerError as NotAHandlerError
    from celery_durable_jobs.errors import PayloadTooLargeError as PayloadTooLargeError
    from celery_durable_jobs.errors import RunStopped as RunStopped
    from celery_durable_jobs.errors import SettingError as SettingError
    from celery_durable_jobs.errors import StoreBrokenError as StoreBrokenError
    from celery_durable_jobs.errors import StoreError as StoreError
    from celery_durable_jobs.errors import StoreFullError as StoreFullError
    from celery_durable_jobs.errors import StoreIdentityError as StoreIdentityError
    from celery_durable_jobs.errors import StoreNotDurableError as StoreNotDurableError
    from celery_durable_jobs.errors import StoreUnavailableError as StoreUnavailableError
    from celery_durable_jobs.errors import UnknownOptionError as UnknownOptionError
    from celery_durable_jobs.errors import UnserializableError as UnserializableError
    from celery_durable_jobs.jobs import CancelOutcome as CancelOutcome
    from celery_durable_jobs.jobs import DurableJob as DurableJob
    from celery_durable_jobs.jobs import JobRequest as JobRequest
    from celery_durable_jobs.jobs import JobState as JobState
    from celery_durable_jobs.worker.context import JobContext as JobContext
    from celery_durable_jobs.worker.handler import durable_job_handler as durable_job_handler
    from celery_durable_jobs.worker.outcomes import PollAfter as PollAfter
    from celery_durable_jobs.worker.outcomes import RescheduleAt as RescheduleAt

__version__ = "0.1.0"

_MODULES = {
    "app": ("DurableJobs",),
    "client.durable_jobs": ("durable_jobs",),
    "client.schedule": ("schedule_job",),
    "jobs": ("CancelOutcome", "DurableJob", "JobRequest", "JobState"),
    "worker.context": ("JobContext",),
    "worker.handler": ("durable_job_handler",),
    "worker.outcomes": ("PollAfter", "RescheduleAt"),
    "errors": (
        "BulkScheduleError", "ConfigurationError", "DuplicateJobIdError", "DuplicateKeyError", "DurableJobsError",
        "HandlerOptionError", "InvalidArgumentsError", "InvalidJobError", "InvalidJobIdError", "InvalidLabelError",
        "InvalidMetadataError", "InvalidRouteError", "InvalidTimeError", "JobNotFoundError", "JobTimeoutError",
        "NoAppError", "NotAHandlerError", "PayloadTooLargeError", "RunStopped", "SettingError", "StoreBrokenError",
        "StoreError", "StoreFullError", "StoreIdentityError", "StoreNotDurableError", "StoreUnavailableError",
        "UnknownOptionError",
        "UnserializableError",
    ),
}  # fmt: skip
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [*sorted(_HOMES), "__version__"]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
