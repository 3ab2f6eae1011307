"""Many waiting jobs, quickly: the store's own steps by the thousand, from several processes."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone

from benchmarks.lab import APART, Place
from celery_durable_jobs import JobRequest
from celery_durable_jobs.client.prepare import prepare
from celery_durable_jobs.errors import StoreError
from celery_durable_jobs.model.identity import IDS, job_id_of
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Add, AddOutcome
from celery_durable_jobs.stores.contract import Store

AT_ONCE = 1_000
NUMBER = b"[[0]"

Due = Callable[[int], int]
"""The due time, in µs since 1970, of the job of that number."""


class Filler:
    """Makes jobs of the handler ``small`` as ``schedule_job`` makes them, each with its own number as argument.

    :param store: of another namespace than the place's.
    :param handler: another handler of one number.
    """

    def __init__(
        self, place: Place, store: Store | None = None, queue: str | None = APART, handler: str = "small"
    ) -> None:
        jobs = place.module.jobs
        self.store = jobs.store if store is None else store
        self._window = jobs.settings.shard_duration_us
        eta = datetime(2000, 1, 1, tzinfo=timezone.utc)
        task = getattr(place.module, handler)
        self._add = prepare(JobRequest(task, args=(0,), eta=eta, queue=queue), jobs).add
        if not self._add.content.body.startswith(NUMBER):
            raise RuntimeError(f"not the body that was thought of: {self._add.content.body!r}")
        self.route = self._add.route

    def add(self, number: int, due_us: int) -> Add:
        """The step that stores job ``number``."""
        like, content = self._add, self._add.content
        body = b"[[%d]%b" % (number, content.body[len(NUMBER) :])
        job_id = job_id_of(
            IDS.seed(),
            due_us=due_us,
            shard_duration_us=self._window,
            stripes=self.store.options.stripes,
            target=None,
            key=None,
        )
        # (Constructors: dataclasses.replace takes five times as long.)
        content = Content(body, content.content_type, content.content_encoding, content.headers, content.options)
        return Add(job_id, like.handler, like.route, When(due_us), content, os.urandom(8))

    def fill(self, count: int, due: Due, *, start: int = 0, processes: int = 2) -> None:
        """Store so many jobs, numbered from ``start`` on.

        :raises RuntimeError: some could not be stored.
        """
        if count < 20 * AT_ONCE or processes < 2:
            self._fill(range(start, start + count), due)
            return
        forks = multiprocessing.get_context("fork")
        share = -(-count // processes)
        parts = [range(at, min(start + count, at + share)) for at in range(start, start + count, share)]
        children = [forks.Process(target=self._fill, args=(part, due)) for part in parts]
        for child in children:
            child.start()
        for child in children:
            child.join()
        if any(child.exitcode for child in children):
            raise RuntimeError("a process that stores jobs has failed")

    def _fill(self, numbers: range, due: Due) -> None:
        for batch in _chunks(numbers):
            answers = self.store.send_many([self.add(number, due(number)) for number in batch], timeout=60)
            for answer in answers:
                if isinstance(answer, StoreError):
                    raise answer
                if answer.outcome is not AddOutcome.STORED:
                    raise RuntimeError(f"not stored: {answer}")


def _chunks(numbers: range) -> Iterator[range]:
    for at in range(0, len(numbers), AT_ONCE):
        yield numbers[at : at + AT_ONCE]


def overdue(_: int) -> int:
    """All due at one moment, a little while ago."""
    return _moment


def ahead(seconds: float, span: float, count: int) -> Due:
    """Due from so many seconds from now on, spread evenly over ``span`` seconds."""
    first = time.time_ns() // 1_000 + round(seconds * SECOND)
    return lambda number: first + round(number % count * span * SECOND / count)


_moment = time.time_ns() // 1_000 - 5 * SECOND
