"""The message that carries several jobs, as a keeper publishes it."""

from __future__ import annotations

from collections.abc import Sequence

from celery import Celery

from celery_durable_jobs.messages.envelope import Envelope, build_envelope
from celery_durable_jobs.messages.template import Cut, Render, cut
from celery_durable_jobs.model.carrier import CARRIER, KIND_CARRIER, Named, body_of, carrier_id, shown
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState


def carrier_envelope(app: Celery, handler: str, route: Route, jobs: Sequence[Named], namespace: str) -> Envelope:
    """The message of these jobs, made by Celery's own ``as_task_v2``."""
    envelope = build_envelope(app, _record(handler, route, jobs), namespace, KIND_CARRIER)
    envelope.headers.update(argsrepr=shown(handler, len(jobs)), kwargsrepr="{}")
    return envelope


def cut_carrier(
    app: Celery, handler: str, route: Route, jobs: Sequence[Named], namespace: str, render: Render
) -> Cut | None:
    """The template of such messages; None where there can't be one."""
    return cut(app, _record(handler, route, jobs), namespace, render, any_headers=False, kind=KIND_CARRIER)


def _record(handler: str, route: Route, jobs: Sequence[Named]) -> JobRecord:
    """As if it were a job."""
    body = body_of(handler, jobs).encode()
    # In logs, and in Flower, it goes by its handler's name.
    content = Content(body, headers={"shadow": handler, "ignore_result": True})
    return JobRecord(carrier_id(jobs[0]), CARRIER, JobState.SENT, 0, route=route, content=content)
