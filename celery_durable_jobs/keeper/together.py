"""Which jobs go together in one message, and that message (``batch=``, docs/adr/0006-travelling-together.md).

A keeper knows it of the handlers of its own app, as a worker does. Jobs of one that it doesn't know go one by one.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from celery import Celery

from celery_durable_jobs.messages.carrier import carrier_envelope, cut_carrier
from celery_durable_jobs.messages.envelope import Envelope
from celery_durable_jobs.messages.template import Render
from celery_durable_jobs.model.carrier import parts, travels
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Carrier
from celery_durable_jobs.stores.splicing import splice_carrier

logger = get_logger("keeper")


class Together:
    """Answers for one app."""

    def __init__(self, app: Celery, namespace: str) -> None:
        self._app = app
        self._namespace = namespace
        self._known: dict[str, int] = {}

    def most(self, handler: str) -> int:
        """So many jobs of this handler may go in one message; 0: each goes alone."""
        most = self._known.get(handler)
        if most is None:
            most = self._known[handler] = self._ask(handler)
        return most

    def _ask(self, handler: str) -> int:
        task: Any = self._app.tasks.get(handler)
        most: int = getattr(task, "durable_batch", None) or 0
        if not most:
            return 0
        for name in ("time_limit", "soft_time_limit", "rate_limit"):
            # Celery keeps these for a message: they would be meant for all of its jobs together.
            if getattr(task, name) or getattr(self._app.conf, f"task_{name}", None):
                logger.warning("%s: its jobs go one by one in spite of batch=, since it has a %s", handler, name)
                return 0
        return most

    def load(self, jobs: Sequence[JobRecord]) -> list[tuple[Sequence[JobRecord], Envelope | None]]:
        """A line's jobs, in their order, with the message of those that go together; None: each has its own."""
        loads: list[tuple[Sequence[JobRecord], Envelope | None]] = []
        for (handler, most), group in groupby(jobs, self._kind):
            of_kind = list(group)
            if not most:
                loads.append((of_kind, None))
                continue
            for part in parts(of_kind, most):
                loads.append((part, self._shared(handler, part)))
        return loads

    def _shared(self, handler: str, jobs: Sequence[JobRecord]) -> Envelope | None:
        route = jobs[0].route
        assert route is not None
        try:
            named = [(job.id, job.generation) for job in jobs]
            return carrier_envelope(self._app, handler, route, named, self._namespace)
        except Exception as error:  # their own messages will tell
            logger.debug("no carrier for %s: %r", handler, error)
            return None

    def _kind(self, job: JobRecord) -> tuple[str, int]:
        return (job.handler, self.most(job.handler)) if job.route is not None and travels(job.content) else ("", 0)

    # -- in one step -----------------------------------------------------------------------------------------------

    def carrier(self, job: JobRecord, route: Route, render: Render) -> tuple[bytes, Carrier] | None:
        """The template for a job's handler, and the key of the list that it goes onto; None where it has none.

        It is compared with the message that Kombu would push, for carriers of one and of two jobs.
        """
        handler, most = self._kind(job)
        if not most:
            return None
        named = [(job.id, job.generation), (job.id, job.generation + 1)]
        made = cut_carrier(self._app, handler, route, named, self._namespace, render)
        if made is None:
            return None
        carrier = Carrier(handler, most, made.texts, made.slots)
        for count in (1, 2):
            rendered = render(carrier_envelope(self._app, handler, route, named[:count], self._namespace))
            if rendered is None or rendered[0] != made.key:
                return None
            if not same_message(splice_carrier(carrier, named[:count]), rendered[1]):
                return None
        return made.key, carrier


def same_message(spliced: bytes, rendered: str) -> bool:
    """Whether a spliced message says what Kombu's own does."""
    ours, kombus = json.loads(spliced), json.loads(rendered)
    kombus["body"] = base64.b64decode(kombus["body"]).decode()
    for message in (ours, kombus):
        del message["properties"]["delivery_tag"], message["properties"]["body_encoding"]
    return bool(ours == kombus)
