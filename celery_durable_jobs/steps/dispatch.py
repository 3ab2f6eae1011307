"""dispatch: a keeper moves due jobs onto their Celery queue in one step, where queue and store are one database."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.options import CALL_LIMIT_BYTES, CALL_LIMIT_JOBS
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps.common import Refusal, Term
from celery_durable_jobs.steps.request import Request

ID, GENERATION, RETRIES, BODY, ARGUMENTS, KEYWORDS, HEADERS, TAG = "IGRBAKHT"
"""The slots of a template: id; generation; failures; the body, and how Celery shows the arguments and the keywords
(JSON strings, quotes and all); the headers stored with the job, each with a comma behind; a delivery tag that no other
message has."""


@dataclass(frozen=True, slots=True)
class Template:
    """The text of the messages of many jobs, with slots for what is particular to each.

    It is meant for jobs of this ``handler`` and ``form`` (``stores/codec.py``: content type, encoding, options).
    ``headers`` given: for those with exactly these stored headers, which then stand in the text; None: for those with
    any, and the text has a slot for them. ``texts`` are one more than ``slots``.
    """

    handler: str
    form: bytes
    headers: bytes | None
    texts: tuple[bytes, ...]
    slots: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """A handler whose jobs go several at a time (``model/carrier.py``): up to ``most`` in one message.

    ``texts`` and ``slots`` are as of a template; the id is the carrier's own, its generation and failures are 0.
    """

    handler: str
    most: int
    texts: tuple[bytes, ...]
    slots: str


@dataclass(frozen=True, slots=True)
class Dispatched:
    """``jobs``: id and generation of what is on the queue now, in due order; the rest is as in ``Claimed``.

    ``unfit``: the due job at which it ended because no template fits; it waits, and so does all behind it.
    ``elsewhere``: the queue isn't in the store's database, nothing was done. ``failed``: what the server said to the
    push: nothing is on the queue, all wait as before. ``took_us``: how long the server was busy with it; 0 where it
    can't say.
    """

    now_us: int
    lease_until_us: int = 0
    jobs: tuple[tuple[str, int], ...] = ()
    head_us: int | None = None
    room: int | None = None
    paused: bool = False
    expired: tuple[JobRecord, ...] = ()
    aside: tuple[str, ...] = ()
    unfit: JobRecord | None = None
    elsewhere: bool = False
    failed: str = ""
    took_us: int = field(default=0, compare=False)
    next_us: int | None = field(default=None, compare=False)
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Dispatch(Request[Dispatched]):
    """Move due jobs of one line from waiting to sent, with a deadline of now + begin timeout, and push their messages
    onto the list ``queue_key``, the first of them first to be taken from its other end.

    By: keeper. Guard: as of a claim; and the key ``mark`` is there, which the keeper has left through its connection to
    the broker: so the list is where the messages' consumer takes from. Push and move are one: either both are done or
    nothing is, so there is nothing to mark, to put back, or to doubt. Never resent by a client library: what became of
    one whose answer was lost, the next one sees.

    A message is made for a job whose template is among ``templates``, whose body is ASCII, and whose arguments can be
    shown where they are to be (``stores/splicing.py`` says exactly when). The first job with none of that ends the
    batch: it is to be claimed. Jobs of one line that follow each other and have one of ``carriers`` go in its messages,
    if they may (``model/carrier.py``). A store that has no lists answers ``elsewhere``.
    """

    term: Term
    route: Route
    mark: bytes
    queue_key: bytes
    templates: tuple[Template, ...]
    limit: int = CALL_LIMIT_JOBS
    limit_bytes: int = CALL_LIMIT_BYTES
    carriers: tuple[Carrier, ...] = ()

    resendable: ClassVar[bool] = False
