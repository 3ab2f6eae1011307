"""A job's message from a template: the specification of what ``lua/lib/message.lua`` does.

Not every job can be spliced; None says so, and its message is then made by Celery's and Kombu's own code:

- no template is meant for its handler, form and headers;
- its body isn't ASCII (Kombu's JSON is; a compressed or pickled body isn't);
- its arguments are to be shown, and that takes more than a look at the JSON text: a type of Kombu's own, a float that
  is no number, four levels of containers, more than a thousand characters, other separators than Python's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from celery_durable_jobs.model import carrier as carriers
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.steps import dispatch as slots
from celery_durable_jobs.steps.dispatch import Carrier, Template
from celery_durable_jobs.stores.codec import form_of

SHOWN_BODY = 2_000
"""Bytes of a body whose arguments are shown."""

SHOWN = 1_000
"""Bytes of what is shown. (Celery cuts at 1,024 characters.)"""

LEVELS = 3

_ODD = re.compile(r"[NI\t\r\n]|,[^ ]|:[^ ]|[^,:] ")
"""Outside of strings: NaN, Infinity, separators other than Python's own."""

_RESERVED = (b'"compression":', b'"argsrepr":', b'"kwargsrepr":')
_LONE_SURROGATE = re.compile(rb"\xed[\xa0-\xbf]")

Templates = Mapping[tuple[str, bytes, bytes | None], Template]


def templates_by_kind(templates: Iterable[Template]) -> Templates:
    """The templates by what they are meant for."""
    return {(each.handler, each.form, each.headers): each for each in templates}


def splice(
    templates: Templates, handler: str, content: Content, job_id: str, generation: int, failures: int
) -> bytes | None:
    """The message, or None where none can be spliced."""
    form = form_of(content)
    template = templates.get((handler, form.kind, form.headers))
    spliced = b""
    if template is None:
        template = templates.get((handler, form.kind, None))
        if template is None or any(word in form.headers for word in _RESERVED) or _LONE_SURROGATE.search(form.headers):
            return None
        spliced = form.headers[1:-1] + b", " if len(form.headers) > 2 else b""
    body = content.body
    if not body.isascii():
        return None
    values = {
        slots.ID: job_id.encode(),
        slots.GENERATION: b"%d" % generation,
        slots.RETRIES: b"%d" % failures,
        slots.BODY: _quoted(body.decode()),
        slots.HEADERS: spliced,
        slots.TAG: b"%b.%d" % (job_id.encode(), generation),
    }
    if slots.ARGUMENTS in template.slots or slots.KEYWORDS in template.slots:
        shown = show(body)
        if shown is None:
            return None
        values[slots.ARGUMENTS], values[slots.KEYWORDS] = (_quoted(text) for text in shown)
    return _filled(template, values)


def splice_carrier(carrier: Carrier, jobs: Sequence[carriers.Named]) -> bytes:
    """The message that carries these jobs."""
    job_id = carriers.carrier_id(jobs[0]).encode()
    values = {
        slots.ID: job_id,
        slots.GENERATION: b"0",
        slots.RETRIES: b"0",
        slots.BODY: _quoted(carriers.body_of(carrier.handler, jobs)),
        slots.HEADERS: b"",
        slots.TAG: job_id + b".0",
        slots.ARGUMENTS: _quoted(carriers.shown(carrier.handler, len(jobs))),
        slots.KEYWORDS: b'"{}"',
    }
    return _filled(carrier, values)


def _filled(template: Template | Carrier, values: Mapping[str, bytes]) -> bytes:
    parts = [template.texts[0]]
    for slot, text in zip(template.slots, template.texts[1:], strict=True):
        parts += [values[slot], text]
    return b"".join(parts)


def show(body: bytes) -> tuple[str, str] | None:
    """``argsrepr`` and ``kwargsrepr`` of an ASCII JSON body as Celery's ``saferepr`` makes them, or None."""
    if len(body) > SHOWN_BODY or b"__type__" in body:
        return None
    strings: list[str | None] = []
    skeleton = _without_strings(body.decode(), strings)
    args = _balanced(skeleton, 1, "[", "]") if skeleton.startswith("[[") else None
    if args is None or skeleton[1 + len(args) : 3 + len(args)] != ", ":
        return None
    kwargs = _balanced(skeleton, 3 + len(args), "{", "}")
    if kwargs is None or any(_ODD.search(each) or _levels(each) > LEVELS for each in (args, kwargs)):
        return None
    inner = args[1:-1]
    one = inner != "" and "," not in _flat(inner)
    left = iter(strings)
    shown = _written(f"({inner}{',' if one else ''})", left), _written(kwargs, left)
    if shown[0] is None or shown[1] is None or any(len(text.encode()) > SHOWN for text in shown if text is not None):
        return None
    return shown[0], shown[1]


def _quoted(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False).encode()


def _without_strings(text: str, strings: list[str | None]) -> str:
    """The text with a mark in place of each string; the strings as they are shown, None for one that can't be."""
    text = text.replace("\\\\", "\2").replace('\\"', "\3")

    def shown(match: re.Match[str]) -> str:
        strings.append(_string(match[1]))
        return "\1"

    return re.sub(r'"([^"]*)"', shown, text)


def _string(value: str) -> str | None:
    if "\\" in value or "\2" in value or "\3" in value:
        try:
            value = json.loads('"{}"'.format(value.replace("\2", "\\\\").replace("\3", '\\"')))
            value.encode()  # lone surrogates aren't shown
        except ValueError:
            return None
    return "'{}'".format(value.replace("'", "\\'"))


def _balanced(text: str, at: int, opening: str, closing: str) -> str | None:
    """From an opening bracket at that place to the one that closes it."""
    if text[at : at + 1] != opening:
        return None
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == opening) - (text[place] == closing)
        if depth == 0:
            return text[at : place + 1]
    return None


def _levels(text: str) -> int:
    depth = deepest = 0
    for char in text:
        depth += (char in "[{") - (char in "]}")
        deepest = max(deepest, depth)
    return deepest


def _flat(text: str) -> str:
    """Without what stands in brackets."""
    depth, kept = 0, []
    for char in text:
        depth += char in "[{"
        if depth == 0:
            kept.append(char)
        depth -= char in "]}"
    return "".join(kept)


def _written(text: str, strings: Iterator[str | None]) -> str | None:
    text = text.replace("true", "True").replace("false", "False").replace("null", "None")
    found = [next(strings) for _ in range(text.count("\1"))]
    if None in found:
        return None
    left = iter(found)
    return re.sub("\1", lambda _: next(left) or "", text)
