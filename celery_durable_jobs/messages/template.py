"""The text of a job's message with slots in place of what is particular to it, made by Celery's and Kombu's own code.

The message of a job is built and given to Kombu as any other, with marks for the particular values; what Kombu would
push is cut at the marks. The body travels as the text that it is: Kombu wraps it into base64, which a script can't, and
without ``body_encoding`` every release reads it as text.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import re
import secrets
from collections.abc import Callable

from celery import Celery

from celery_durable_jobs.messages.body import JSON
from celery_durable_jobs.messages.envelope import Envelope, build_envelope
from celery_durable_jobs.messages.headers import HEADER, KIND_HANDLER
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.steps import dispatch as slots

Render = Callable[[Envelope], "tuple[bytes, str] | None"]
"""What ``Publisher.render`` does."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cut:
    """``texts`` are one more than ``slots`` (``steps/dispatch.py`` names them); ``key`` is the list's."""

    key: bytes
    texts: tuple[bytes, ...]
    slots: str


def cut(
    app: Celery, record: JobRecord, namespace: str, render: Render, *, any_headers: bool, kind: str = KIND_HANDLER
) -> Cut | None:
    """The template of this job's message, and of all others like it; None where there can't be one.

    :param kind: of the header.
    :param any_headers: leave the stored headers out, with a slot for them.
    :raises Exception: the job can't be made into a message, or the broker is in the way.
    """
    content = record.content
    if content is None or (content.content_type, content.content_encoding) != (JSON, "utf-8"):
        return None
    if "compression" in content.headers or not content.body.isascii():
        return None
    marks = _Marks()
    body = b"[[], {}, {}]"
    marked = dataclasses.replace(
        record,
        id=marks.text(slots.ID),
        generation=marks.number(slots.GENERATION),
        failures=marks.number(slots.RETRIES),
        content=dataclasses.replace(content, body=body, headers={} if any_headers else content.headers),
    )
    envelope = build_envelope(app, marked, namespace, kind)
    headers = envelope.headers
    given = {} if any_headers else content.headers
    for name, slot in (("argsrepr", slots.ARGUMENTS), ("kwargsrepr", slots.KEYWORDS)):
        if name in headers and name not in given:
            headers[name] = marks.text(slot)
    if any_headers:
        ours = headers.pop(HEADER)
        headers[marks.text(slots.HEADERS)] = 0
        headers[HEADER] = ours
    rendered = render(envelope)
    if rendered is None:
        return None
    key, text = rendered
    message = json.loads(text)
    properties = message["properties"]
    if properties.get("body_encoding") != "base64" or base64.b64decode(message["body"]) != body:
        return None
    message["body"] = marks.text(slots.BODY)
    properties["body_encoding"] = None
    properties["delivery_tag"] = marks.text(slots.TAG)
    return marks.cut(key, json.dumps(message))


class _Marks:
    """Texts and numbers that stand nowhere else."""

    def __init__(self) -> None:
        self._slots: dict[str, str] = {}

    def text(self, slot: str) -> str:
        mark = f"mark{secrets.token_hex(10)}"
        self._slots[mark] = slot
        return mark

    def number(self, slot: str) -> int:
        number = 10**15 + secrets.randbelow(8 * 10**15)
        self._slots[str(number)] = slot
        return number

    def cut(self, key: bytes, text: str) -> Cut | None:
        """The text cut at the marks; None where one that must be there once isn't."""
        pattern = "|".join(_around(mark, slot) for mark, slot in self._slots.items())
        texts, found, at = [], [], 0
        for match in re.finditer(pattern, text):
            texts.append(text[at : match.start()].encode())
            found.append(next(slot for mark, slot in self._slots.items() if mark in match[0]))
            at = match.end()
        texts.append(text[at:].encode())
        once = (slots.GENERATION, slots.RETRIES, slots.BODY, slots.TAG)
        if slots.ID not in found or any(found.count(slot) != 1 for slot in once):
            return None
        return Cut(key, tuple(texts), "".join(found))


def _around(mark: str, slot: str) -> str:
    """A mark with what is filled in along with it: quotes of a JSON text, all of the headers' member."""
    if slot in (slots.BODY, slots.ARGUMENTS, slots.KEYWORDS):
        return f'"{mark}"'
    return f'"{mark}": 0, ' if slot == slots.HEADERS else mark
