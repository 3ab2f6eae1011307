"""Dispatch in one step, where a route's queue lies in the store's own database; else nothing of this is used.

The keeper leaves a mark through its connection to the broker. A script that finds it pushes onto the lists from which
that broker's consumers take; wherever it doesn't, the messages go through Kombu's producer, and the log says so once.

What is pushed is made from templates (``messages/template.py``). The first job of a kind comes back as one that no
template fits; its template is made, checked against the very message that Kombu would push, and kept for a while. A job
that none can be made for, or whose body can't be spliced, is claimed, and some behind it with it: so the order stays,
and a line of many such jobs goes in full batches.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import field
from typing import Any

from celery import Celery

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.keeper.clock import steady
from celery_durable_jobs.keeper.routes import Routes, describe
from celery_durable_jobs.keeper.together import Together, same_message
from celery_durable_jobs.messages.envelope import build_envelope
from celery_durable_jobs.messages.template import cut
from celery_durable_jobs.model.options import CALL_LIMIT_BYTES, CALL_LIMIT_JOBS
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Carrier, Dispatch, Dispatched, Template, Term
from celery_durable_jobs.stores.codec import form_of
from celery_durable_jobs.stores.splicing import splice, templates_by_kind

logger = get_logger("keeper")

MARK_S = 60
"""So long a mark stays; it is left anew each third of it while there is something to dispatch."""

AGAIN_S = 30.0
"""After so long it is tried again where the broker was another database, or out of reach."""

TEMPLATES, VARIANTS = 16, 4
"""So many templates a route; so many of one handler for jobs with certain stored headers, then one for any headers."""

FRESH_S, BOUND_FRESH_S = 600.0, 5.0
"""So long a template is used; where an exchange has queues bound to it, which may change, not so long."""

AIM_US, AT_MOST_US = 2_500, 4_000
"""For so long a call should keep the server busy."""

FEWEST, LEAST_BYTES = 16, 16_000
FIRST_JOBS, FIRST_BYTES = 200, 100_000
LONGEST_DETOUR = 64


@dataclass(slots=True)
class _Line:
    """What is known of a route."""

    templates: dict[tuple[str, bytes, bytes | None], Template] = field(default_factory=dict)
    carriers: dict[str, Carrier] = field(default_factory=dict)
    key: bytes = b""
    made_at: float = 0.0
    detour: int = 0
    """So many batches are claimed before one step is tried again."""
    detours: int = 0
    off_until: float = 0.0
    told: bool = False


class OneStep:
    """Makes the requests and learns from their answers. Used by the batch loop alone.

    :param publisher: a ``messages.publish.Publisher``.
    :param timeout: seconds that the broker has for an answer.
    """

    def __init__(
        self,
        app: Celery,
        namespace: str,
        publisher: Any,
        routes: Routes,
        *,
        together: Together | None = None,
        timeout: float,
        clock: Callable[[], float] = steady,
    ) -> None:
        self._app = app
        self._namespace = namespace
        self._publisher = publisher
        self._routes = routes
        self._together = together or Together(app, namespace)
        self._timeout = timeout
        self._clock = clock
        self._name = f"dj:1:here:{secrets.token_hex(8)}"
        self._mark: bytes | None = None
        self._marked_at = self._off_until = 0.0
        self._told: set[str] = set()
        self._lines: dict[Route, _Line] = {}
        self._jobs: float = FIRST_JOBS
        self._bytes: float = FIRST_BYTES

    def request(self, term: Term, route: Route, share: int) -> Dispatch | None:
        """The request for a line that is one of so many; None where its jobs are to be claimed."""
        now = self._clock()
        line = self._lines.setdefault(route, _Line())
        if now < line.off_until or now < self._off_until:
            return None
        if line.detour:
            line.detour -= 1
            return None
        mark = self._marked(now)
        if mark is None:
            return None
        if now - line.made_at > (BOUND_FRESH_S if route.exchange else FRESH_S):
            line.templates.clear()
            line.carriers.clear()
            line.made_at = now
        size = self._routes.size(route) if self._routes.failing(route) else round(self._jobs)
        return Dispatch(
            term,
            route,
            mark,
            line.key,
            tuple(line.templates.values()),
            limit=max(1, size // share),
            limit_bytes=max(1, round(self._bytes) // share),
            carriers=tuple(line.carriers.values()),
        )

    def answered(self, request: Dispatch, answer: Dispatched, took_us: int) -> None:
        """Learn from an answer that wasn't refused, and took the server so long (where it can't say: at most)."""
        now, line = self._clock(), self._lines[request.route]
        if answer.elsewhere:
            self._off("the broker isn't in the store's database", now)
            return
        self._fit_size(request, answer, took_us)
        if answer.failed:
            # The producer will meet the same, and let the route rest.
            self.turn_off(request.route, answer.failed)
        elif answer.unfit is not None:
            if answer.jobs:
                line.detours = 0
            self._learn(line, request, answer.unfit)
        elif answer.jobs:
            line.detours = 0

    def turn_off(self, route: Route, why: str) -> None:
        """Claim this route's jobs for a while."""
        logger.info("%s: dispatch in one step failed: %s", describe(route), why)
        self._lines[route] = _Line(off_until=self._clock() + AGAIN_S)

    # -- the mark --------------------------------------------------------------------------------------------------

    def _marked(self, now: float) -> bytes | None:
        if self._mark is None or now - self._marked_at > MARK_S / 3:
            self._mark = self._publisher.mark(self._name, MARK_S, timeout=self._timeout)
            self._marked_at = now
            if self._mark is None:
                reason = self._publisher.last_error
                self._off(f"no mark can be left there: {reason}" if reason else "the broker isn't Redis", now)
        return self._mark

    def _off(self, why: str, now: float) -> None:
        self._mark, self._off_until = None, now + AGAIN_S
        if why not in self._told:
            self._told.add(why)
            logger.info("Messages go through Kombu's producer, not straight from the store: %s.", why)

    # -- how much at a time ----------------------------------------------------------------------------------------

    def _fit_size(self, request: Dispatch, answer: Dispatched, took_us: int) -> None:
        """A call holds up all other clients of the server."""
        if took_us > AT_MOST_US:
            less = max(0.25, AIM_US / took_us)
            self._jobs = max(FEWEST, min(self._jobs, len(answer.jobs) or FEWEST) * less)
            self._bytes = max(LEAST_BYTES, self._bytes * less)
        elif took_us < AIM_US and answer.jobs:
            more = min(2.0, AIM_US / max(1, took_us))
            if len(answer.jobs) >= request.limit:
                self._jobs = min(CALL_LIMIT_JOBS, self._jobs * more)
            elif answer.unfit is None and answer.head_us is not None and answer.head_us <= answer.now_us:
                self._bytes = min(CALL_LIMIT_BYTES, self._bytes * more)

    # -- templates -------------------------------------------------------------------------------------------------

    def _learn(self, line: _Line, request: Dispatch, job: JobRecord) -> None:
        try:
            learned = self._make(line, request, job)
        except Exception as error:  # whatever it is, the producer's way will tell
            logger.debug("no template of job %s: %r", job.id, error)
            learned = False
        if not learned:
            line.detours = min(LONGEST_DETOUR, max(1, line.detours * 2))
            line.detour = line.detours

    def _make(self, line: _Line, request: Dispatch, job: JobRecord) -> bool:
        """Whether there is a template for the job that this request had not."""
        if job.content is None:
            return False
        if job.handler not in line.carriers:
            carrier = self._together.carrier(job, request.route, self._render)
            if carrier is not None:
                self._take_key(line, carrier[0])
                line.carriers[job.handler] = carrier[1]
                return True
        form = form_of(job.content)
        variants = sum(handler == job.handler and kind == form.kind for handler, kind, _ in line.templates)
        known = (job.handler, form.kind, form.headers), (job.handler, form.kind, None)
        for template in (line.templates[each] for each in known if each in line.templates):
            return template not in request.templates  # else it is the body
        any_headers = variants >= VARIANTS
        made = cut(self._app, job, self._namespace, self._render, any_headers=any_headers)
        if made is None:
            self._tell_once(line, request.route)
            return False
        headers = None if any_headers else form.headers
        template = Template(job.handler, form.kind, headers, made.texts, made.slots)
        if not self._right(template, made.key, job):
            return False
        self._take_key(line, made.key)
        if len(line.templates) >= TEMPLATES:
            del line.templates[next(iter(line.templates))]
        line.templates[job.handler, form.kind, headers] = template
        return True

    def _take_key(self, line: _Line, key: bytes) -> None:
        """The list that a new template is for."""
        if key != line.key:
            line.templates.clear()
            line.carriers.clear()
            line.key = key
        if not line.templates and not line.carriers:
            line.made_at = self._clock()

    def _right(self, template: Template, key: bytes, job: JobRecord) -> bool:
        """Whether the job's message from this template is the one that Kombu would push."""
        assert job.content is not None
        text = splice(templates_by_kind([template]), job.handler, job.content, job.id, job.generation, job.failures)
        rendered = self._render(build_envelope(self._app, job, self._namespace))
        if text is None or rendered is None or rendered[0] != key:
            return False
        return same_message(text, rendered[1])

    def _render(self, envelope: Any) -> tuple[bytes, str] | None:
        rendered: tuple[bytes, str] | None = self._publisher.render(envelope, timeout=self._timeout)
        return rendered

    def _tell_once(self, line: _Line, route: Route) -> None:
        if not line.told:
            line.told = True
            logger.info("%s: messages that aren't plain go through Kombu's producer.", describe(route))
