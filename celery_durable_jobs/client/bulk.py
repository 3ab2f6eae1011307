"""Many requests as a stream: prepared one by one, sent in bounded batches, each one's fate told.

While one batch is under way the next one is prepared; no more than these two are held.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from celery_durable_jobs.client.added import in_doubt, job_of, with_request
from celery_durable_jobs.client.calls import END, Begin, Many, Next, Steps, Wait
from celery_durable_jobs.client.outlines import Fresh
from celery_durable_jobs.client.prepare import Prepared, prepare
from celery_durable_jobs.errors import (
    BulkScheduleError,
    ConfigurationError,
    DurableJobsError,
    InvalidArgumentsError,
    StoreError,
    StoreUnavailableError,
)
from celery_durable_jobs.jobs import DurableJob
from celery_durable_jobs.model.options import CALL_LIMIT_BYTES, CALL_LIMIT_JOBS


def iterator_of(requests: Any) -> Any:
    """An iterator, or asynchronous one.

    :raises InvalidArgumentsError: it is no iterable of requests.
    """
    if hasattr(requests, "__aiter__"):
        return requests.__aiter__()
    if not isinstance(requests, Iterable) or isinstance(requests, (str, bytes, dict)):
        raise InvalidArgumentsError(
            f"apply_many takes an iterable of JobRequest, not {type(requests).__name__}",
            argument="requests",
            value=requests,
        )
    return iter(requests)


class Batch:
    """What has been prepared and not been sent, and what became of all before it."""

    def __init__(self) -> None:
        self.stored: list[DurableJob] = []
        self.refused: list[tuple[int, Any, Exception]] = []
        self.unknown: list[Any] = []
        self.cut: BaseException | None = None
        self.read = 0
        self._waiting: list[tuple[int, Prepared]] = []
        self._sent: list[tuple[int, Prepared]] = []
        self._fresh: Fresh = set()
        self._bytes = 0
        self._next: tuple[int, Prepared] | None = None

    def take(self, request: Any, extension: Any) -> bool:
        """Prepare a request; True when what waits should be sent before the next one is taken."""
        index, self.read = self.read, self.read + 1
        try:
            prepared = prepare(request, extension, self._fresh)
        except ConfigurationError:
            raise
        except Exception as error:  # bad input; or a router or serializer of the app's own that failed for this one
            self.refused.append((index, request, error))
            return False
        if self._waiting and (
            self._bytes + prepared.size > CALL_LIMIT_BYTES or prepared.extension is not self._waiting[0][1].extension
        ):
            self._next = (index, prepared)
            return True
        self._add(index, prepared)
        return len(self._waiting) >= CALL_LIMIT_JOBS

    def _add(self, index: int, prepared: Prepared) -> None:
        self._waiting.append((index, prepared))
        self._bytes += prepared.size

    @property
    def empty(self) -> bool:
        """Whether nothing waits to be sent."""
        return not self._waiting

    def call(self) -> Many:
        """What waits, as one call that is under way from now on."""
        self._sent, self._waiting, self._bytes = self._waiting, [], 0
        self._fresh = set()
        if self._next is not None:
            following, self._next = self._next, None
            self._add(*following)
        return Many([prepared.add for _, prepared in self._sent], self._sent[0][1].extension)

    def settle(self, answers: Any) -> None:
        """Sort the requests of the last call by their answers."""
        sent, self._sent = self._sent, []
        for (index, prepared), answer in zip(sent, answers, strict=True):
            if isinstance(answer, StoreError):
                if isinstance(answer, StoreUnavailableError):
                    self.cut = self.cut or answer
                told = with_request(answer, prepared)
                if in_doubt(prepared.request):
                    self.unknown.append(prepared.request)
                else:
                    self.refused.append((index, prepared.request, told))
            elif isinstance(answer, Exception):
                self.refused.append((index, prepared.request, answer))
            else:
                try:
                    self.stored.append(job_of(prepared, answer))
                except DurableJobsError as error:
                    self.refused.append((index, prepared.request, error))

    def failed(self, error: StoreError) -> None:
        """The last call failed as a whole."""
        self.cut = self.cut or error
        self.settle([error] * len(self._sent))

    def outcome(self) -> list[DurableJob]:
        """All jobs, in the order of their requests.

        :raises BulkScheduleError: some were refused, or it was cut half-way.
        """
        if not self.refused and not self.unknown and self.cut is None:
            return self.stored
        parts = [f"{len(self.stored):,} of {self.read:,} jobs were stored"]
        if self.refused:
            index, _, error = self.refused[0]
            parts.append(f"{len(self.refused):,} refused (the first is number {index}: {error})")
        if self.unknown:
            parts.append(f"of {len(self.unknown):,} it isn't known (to apply these again is safe)")
        if self.cut is not None:
            unsent = len(self._waiting)
            first = self.read - unsent
            parts.append(f"it was cut by {self.cut!r}, and from number {first} on none was sent")
        raise BulkScheduleError(
            "; ".join(parts), stored=self.stored, refused=self.refused, unknown=self.unknown
        ) from self.cut


def apply_many(requests: Any, extension: Any) -> Steps[list[DurableJob]]:
    """Store all that can be stored; stop reading where the store goes away."""
    batch = Batch()
    begun: Any = None
    while batch.cut is None:
        try:
            request = yield Next(requests)
        except Exception as error:
            batch.cut = error
            break
        if request is END:
            break
        try:
            full = batch.take(request, extension)
        except ConfigurationError as error:
            if batch.read == 1:
                raise
            batch.cut = error
            break
        if full:
            yield from _wait(batch, begun)
            begun = None
            if batch.cut is None:
                begun = yield from _begin(batch)
    while True:
        yield from _wait(batch, begun)
        begun = None
        if batch.cut is not None or batch.empty:
            return batch.outcome()
        begun = yield from _begin(batch)


def _begin(batch: Batch) -> Steps[Any]:
    try:
        begun = yield Begin(batch.call())
    except StoreError as error:
        batch.failed(error)
        return None
    return begun


def _wait(batch: Batch, begun: Any) -> Steps[None]:
    if begun is None:
        return
    try:
        answers = yield Wait(begun)
    except StoreError as error:
        batch.failed(error)
    else:
        batch.settle(answers)
