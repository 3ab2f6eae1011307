"""Everything this library raises on purpose.

::

    DurableJobsError
    ├── ConfigurationError
    │   ├── SettingError              a durable_jobs_* setting is unknown or out of range
    │   ├── HandlerOptionError        an option of @durable_job_handler is out of range
    │   ├── NoAppError                no app with the extension can be told
    │   └── StoreIdentityError        the store belongs to another app, or has another number of stripes
    ├── InvalidJobError (ValueError)  refused where it was given; nothing was stored
    │   ├── NotAHandlerError (TypeError)
    │   ├── UnknownOptionError (TypeError)
    │   ├── InvalidArgumentsError (TypeError)   args/kwargs that are no arguments or don't bind
    │   ├── UnserializableError
    │   ├── PayloadTooLargeError
    │   ├── InvalidMetadataError
    │   ├── InvalidTimeError          eta, countdown, expires
    │   ├── InvalidLabelError         name, target, key
    │   ├── InvalidRouteError         queue, exchange, routing_key, priority
    │   └── InvalidJobIdError
    ├── DuplicateKeyError             the key names another job
    ├── DuplicateJobIdError           another request was stored under this id
    ├── JobNotFoundError (LookupError)
    ├── JobTimeoutError (TimeoutError)
    ├── BulkScheduleError             apply_many: some were refused, or it was cut half-way
    ├── RunStopped                    raise_if_stopping() in a handler
    └── StoreError
        ├── StoreUnavailableError     can't be reached; says whether the job may have been stored
        │   └── StoreNotDurableError  stored, and not yet as durable as the settings ask
        ├── StoreFullError            the server is at its memory limit
        └── StoreBrokenError          an answer that makes no sense; a script that failed
"""

from __future__ import annotations

from typing import Any


class DurableJobsError(Exception):
    """Root of the hierarchy."""


class ConfigurationError(DurableJobsError):
    """The app, the store or a setting doesn't fit; the message says what to set."""


class SettingError(ConfigurationError):
    """A ``durable_jobs_*`` setting is unknown or has an impossible value."""

    def __init__(self, message: str, *, setting: str, value: Any = None) -> None:
        super().__init__(message)
        self.setting = setting
        self.value = value

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), {"setting": self.setting, "value": self.value})


class HandlerOptionError(ConfigurationError):
    """An option of ``@durable_job_handler`` has an impossible value; ``option``, ``value``, and what is ``allowed``."""

    def __init__(self, message: str, *, option: str, value: Any = None, allowed: str = "") -> None:
        super().__init__(message)
        self.option = option
        self.value = value
        self.allowed = allowed

    def __reduce__(self) -> tuple[Any, ...]:
        attributes = {"option": self.option, "value": repr(self.value)[:200], "allowed": self.allowed}
        return _rebuild, (type(self), str(self), attributes)


class NoAppError(ConfigurationError):
    """It can't be told which app's extension a call belongs to."""


class StoreIdentityError(ConfigurationError):
    """The namespace in the store belongs to another app, or was made with other fixed settings."""


class InvalidJobError(DurableJobsError, ValueError):
    """A job was refused before anything was stored.

    ``argument`` names the argument, ``value`` is what was given, ``limit`` the bound it broke (or None).
    """

    def __init__(self, message: str, *, argument: str = "", value: Any = None, limit: Any = None) -> None:
        super().__init__(message)
        self.argument = argument
        self.value = value
        self.limit = limit

    def __reduce__(self) -> tuple[Any, ...]:
        # ``value`` may be anything, picklable or not: its repr is what travels.
        return _rebuild, (
            type(self),
            str(self),
            {"argument": self.argument, "value": repr(self.value)[:200], "limit": self.limit},
        )


class NotAHandlerError(InvalidJobError, TypeError):
    """What was given is no durable job handler, signature of one, or name of one."""


class UnknownOptionError(InvalidJobError, TypeError):
    """An option that doesn't exist; the message has a "did you mean"."""


class InvalidArgumentsError(InvalidJobError, TypeError):
    """Arguments that are not a list or mapping, or that don't bind to the handler's signature."""


class UnserializableError(InvalidJobError):
    """The arguments can't be encoded by the chosen serializer."""


class PayloadTooLargeError(InvalidJobError):
    """The encoded arguments exceed ``durable_jobs_max_payload`` bytes."""


class InvalidMetadataError(InvalidJobError):
    """Metadata that isn't ``str -> str``, or exceeds its limits."""


class InvalidTimeError(InvalidJobError):
    """``eta``, ``countdown`` or ``expires`` is no usable time."""


class InvalidLabelError(InvalidJobError):
    """A name, target or key that is empty, blank, too long or no string."""


class InvalidRouteError(InvalidJobError):
    """A queue, exchange, routing key or priority that can't be used."""


class InvalidJobIdError(InvalidJobError):
    """A string that is no job id of this library (or of this number of stripes)."""


class DuplicateKeyError(DurableJobsError):
    """The key names another job. ``job_id`` is that job's id, or None where it isn't known any more."""

    def __init__(self, message: str, *, key: str, target: str | None = None, job_id: str | None = None) -> None:
        super().__init__(message)
        self.key = key
        self.target = target
        self.job_id = job_id

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), {"key": self.key, "target": self.target, "job_id": self.job_id})


class DuplicateJobIdError(DurableJobsError):
    """Another request was stored under this id (a request was changed after it had been sent)."""


class JobNotFoundError(DurableJobsError, LookupError):
    """No such job: never stored, forgotten, or ended longer ago than ``durable_jobs_keep_ended``."""


class JobTimeoutError(DurableJobsError, TimeoutError):
    """``join()`` ran out of time. ``state`` is the job's state at the last look."""

    def __init__(self, message: str, *, state: Any = None) -> None:
        super().__init__(message)
        self.state = state

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), {"state": self.state})


class BulkScheduleError(DurableJobsError):
    """``apply_many`` could not store all.

    ``refused`` holds ``(index, request, error)`` for each that was refused; the others are in ``stored``
    (their ``DurableJob`` values). ``unknown`` holds the requests whose fate isn't known (the store went
    away while they were sent): sending these same requests again is safe.
    """

    def __init__(
        self,
        message: str,
        *,
        stored: Any = (),
        refused: Any = (),
        unknown: Any = (),
    ) -> None:
        super().__init__(message)
        self.stored = list(stored)
        self.refused = list(refused)
        self.unknown = list(unknown)


class RunStopped(DurableJobsError):
    """Raised by ``context.raise_if_stopping()``: leave the handler; the library decides what becomes of the job."""


class StoreError(DurableJobsError):
    """Trouble with the store. ``request`` is what was being sent, as given (or None)."""

    def __init__(self, message: str, *, request: Any = None) -> None:
        super().__init__(message)
        self.request = request


class StoreUnavailableError(StoreError):
    """The store can't be reached.

    ``maybe_done`` tells whether the call may have taken effect (its answer was lost) or surely hasn't.
    ``request`` repeated is the very same call, and safe.
    """

    def __init__(self, message: str, *, request: Any = None, maybe_done: bool = True) -> None:
        super().__init__(message, request=request)
        self.maybe_done = maybe_done


class StoreNotDurableError(StoreUnavailableError):
    """It is done in the store, and not yet as durable as ``durable_jobs_durability`` asks: the server's disk or its
    replicas did not answer in time. ``request`` repeated gets the same answer, and waits again.
    """


class StoreFullError(StoreError):
    """The server is at its memory limit and refuses new jobs; nothing was stored."""


class StoreBrokenError(StoreError):
    """The store answered with something that can't be right: a foreign key's type, a failed script."""


def _rebuild(cls: type[Exception], message: str, attributes: dict[str, Any]) -> Exception:
    return cls(message, **attributes)
