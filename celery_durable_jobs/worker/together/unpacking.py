"""A carrier's job as Celery's tracer takes it: what a message of its own would have brought."""

from __future__ import annotations

from typing import Any

from kombu.serialization import loads, prepare_accept_content

from celery_durable_jobs.messages.body import JSON, reprs
from celery_durable_jobs.messages.envelope import build_envelope
from celery_durable_jobs.messages.headers import HEADER, make_header
from celery_durable_jobs.model.record import Content, JobRecord

Unpacked = tuple[Any, Any, dict[str, Any]]
"""Arguments, keywords and request."""

_PLAIN = (int, float, bool, type(None))


class Unpacking:
    """For the jobs of one carrier.

    The first goes the whole way, as its message would have been made and read. Those that have nothing but their
    arguments of their own differ from it in little.
    """

    def __init__(self, extension: Any, carried: dict[str, Any]) -> None:
        self._app = extension.app
        self._namespace: str = extension.settings.namespace
        self._carried = carried
        self._accept: Any = prepare_accept_content(self._app.conf.accept_content)  # type: ignore[no-untyped-call]
        self._like: dict[str, Any] | None = None

    def __call__(self, job: JobRecord) -> Unpacked:
        """Of one job.

        :raises Exception: its arguments can't be read.
        """
        content = job.content
        bare = content is not None and not content.headers and not content.options and content.content_type == JSON
        if not bare or content is None:
            return self._whole(job)
        if self._like is None:
            args, kwargs, request = self._whole(job)
            self._like = request
            return args, kwargs, dict(request)
        return self._short(job, content, self._like)

    def _whole(self, job: JobRecord) -> Unpacked:
        envelope = build_envelope(self._app, job, self._namespace)
        args, kwargs, embed = self._loaded(envelope.body, envelope.content_type, envelope.content_encoding)
        carried = self._carried
        request = {
            **envelope.headers,
            "args": args,
            "kwargs": kwargs,
            "hostname": carried.get("hostname"),
            "is_eager": False,
            "delivery_info": {**(carried.get("delivery_info") or {}), "redelivered": False},
            "properties": envelope.properties,
            "reply_to": envelope.properties.get("reply_to"),
            "correlation_id": job.id,
            **(embed or {}),
        }
        return args, kwargs, request

    def _short(self, job: JobRecord, content: Content, like: dict[str, Any]) -> Unpacked:
        args, kwargs, embed = self._loaded(content.body, content.content_type, content.content_encoding)
        shown, shown_keywords = _shown(args, kwargs) or reprs(self._app, tuple(args), kwargs)
        request = {
            **like,
            "id": job.id,
            "root_id": job.id,
            "correlation_id": job.id,
            "retries": job.failures,
            "argsrepr": shown,
            "kwargsrepr": shown_keywords,
            HEADER: make_header(self._namespace, job.generation),
            "args": args,
            "kwargs": kwargs,
            "delivery_info": dict(like["delivery_info"]),
            "properties": {**like["properties"], "correlation_id": job.id},
            "stamps": {},
            **(embed or {}),
        }
        return args, kwargs, request

    def _loaded(self, body: bytes, content_type: str, encoding: str) -> tuple[Any, Any, Any]:
        args, kwargs, embed = loads(  # type: ignore[no-untyped-call]
            body, content_type, encoding, accept=self._accept
        )
        return args, kwargs, embed


def _shown(args: Any, kwargs: Any) -> tuple[str, str] | None:
    """What Celery's ``saferepr`` makes of a few numbers and short texts; None of anything else."""
    if kwargs or len(args) > 8:
        return None
    for each in args:
        kind = type(each)
        if kind is str:
            if len(each) > 100 or not each.isprintable() or not each.isascii() or "'" in each or "\\" in each:
                return None
        elif kind not in _PLAIN:
            return None
    return repr(tuple(args)), "{}"
