"""Celery's own way from a call to a message, stopped just before the broker.

Celery routes the call, makes the message, fires ``before_task_publish``, hands the message to a producer of ours that
keeps it, and fires ``after_task_publish``. No connection is opened and no result backend is told.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from celery import Celery, signals
from celery.app.task import Task
from celery.exceptions import QueueNotFound
from celery.utils.functional import maybe_list
from celery.utils.nodenames import anon_nodename

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.errors import InvalidRouteError
from celery_durable_jobs.messages.body import Encoded, encode, reprs
from celery_durable_jobs.messages.overridden import apply_async_is_own, send_task_is_own

DROPPED = (
    "task_id", "task_type", "result_cls", "add_to_parent", "retries", "router",
    "eta", "countdown", "expires", "now", "timezone",
    "producer", "publisher", "connection", "retry", "retry_policy", "timeout", "confirm_timeout",
    "event_dispatcher", "create_sent_event", "mandatory", "immediate",
)  # fmt: skip
"""Options of ``apply_async`` that belong to one publish, or to a job's own time; none is kept."""

MESSAGE_OPTIONS = frozenset(
    ("group_id", "group_index", "chord", "time_limit", "soft_time_limit", "origin", "argsrepr", "kwargsrepr",
     "replaced_task_nesting")
)  # fmt: skip
"""Options that ``as_task_v2`` turns into headers; ``send_task_message`` would take them for message properties."""


@dataclass(frozen=True, slots=True)
class Caught:
    """A message as Celery gave it to the producer, its body encoded.

    ``derived`` are ``origin``, ``argsrepr`` and ``kwargsrepr`` as Celery makes them, before anybody changes them; the
    latter two are missing, and empty in ``headers``, where nobody was to see them.
    """

    encoded: Encoded
    args: Any
    kwargs: Any
    exchange: Any
    routing_key: str | None
    delivery_mode: Any
    declare: list[Any] | None
    headers: dict[str, Any]
    properties: dict[str, Any]
    derived: dict[str, str]
    body: tuple[Any, ...] = ()
    serializer: str | None = None


class _Connection:
    """What ``send_task`` asks a producer's connection for."""

    recoverable_connection_errors: tuple[type[Exception], ...] = ()

    def _reraise_as_library_errors(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()


class _Catcher:
    """A producer that keeps the one message that it is given and publishes nothing."""

    serializer = None
    channel = None
    connection = _Connection()

    def __init__(self) -> None:
        self.derived: dict[str, str] = {}
        self.caught: Caught | None = None

    def revive(self, _connection: Any) -> None:
        """Nothing is connected."""

    def publish(
        self,
        body: Any,
        exchange: Any = None,
        routing_key: str | None = None,
        serializer: str | None = None,
        compression: str | None = None,
        delivery_mode: Any = None,
        declare: list[Any] | None = None,
        headers: dict[str, Any] | None = None,
        **properties: Any,
    ) -> None:
        headers = headers or {}
        if self.caught is not None or not isinstance(body, tuple):
            return  # Celery's event "task-sent" also passes here
        ignored = headers.get("ignore_result")
        if isinstance(ignored, _IgnoreResult):
            headers["ignore_result"] = ignored.meant
        self.caught = Caught(
            encode(body, serializer, compression),
            body[0], body[1],
            exchange, routing_key, delivery_mode, declare, headers,
            {name: value for name, value in properties.items() if name not in DROPPED and name not in MESSAGE_OPTIONS},
            self.derived, body, serializer,
        )  # fmt: skip


class _IgnoreResult(int):
    """Stands for the option's real value, and is true: ``send_task`` then doesn't tell the result backend, which
    would open a connection (and with Redis subscribe to a channel) for a job that may run tomorrow."""

    meant: Any

    def __new__(cls, meant: Any) -> _IgnoreResult:
        self = super().__new__(cls, bool(meant))
        self.meant = meant
        return self

    def __bool__(self) -> bool:
        return True


def catch(
    app: Celery, task: Task | None, name: str, args: Any, kwargs: Any, options: Mapping[str, Any], job_id: str
) -> Caught:
    """The message that ``task.apply_async`` (or ``app.send_task``, without a task) would publish.

    Where somebody has wrapped or overridden those two (Sentry, New Relic, tenants: they add headers there), the call
    goes through them; else straight to what lies below.

    :raises InvalidRouteError: the queue isn't in ``task_queues`` and may not be created.
    :raises UnserializableError: the arguments can't be encoded.
    """
    options = {key: value for key, value in options.items() if key not in DROPPED}
    try:
        return _through(app, task, name, args, kwargs, options, job_id) or _direct(
            app, task, name, args, kwargs, options, job_id
        )
    except QueueNotFound as error:
        raise InvalidRouteError(str(error), argument="queue", value=options.get("queue")) from error


def _direct(
    app: Celery, task: Task | None, name: str, args: Any, kwargs: Any, options: dict[str, Any], job_id: str
) -> Caught:
    amqp = app.amqp
    link, link_error = options.pop("link", None), options.pop("link_error", None)
    shadow, chain = options.pop("shadow", None), options.pop("chain", None)
    root_id, parent_id = options.pop("root_id", None), options.pop("parent_id", None)
    if task is not None:
        shadow = shadow or task.shadow_name(args, kwargs, options)
        options = merged_options(task, options)
        args, kwargs = _dump_pydantic(task, args, kwargs, options)
        options.setdefault("ignore_result", task.ignore_result)
    ignore_result = options.pop("ignore_result", None)
    options = amqp.router.route(options, options.pop("route_name", None) or name, args, kwargs, task)
    if not root_id or not parent_id:
        parent = app.current_worker_task
        if parent:
            root_id = root_id or parent.request.root_id or parent.request.id
            parent_id = parent_id or parent.request.id
            if app.conf.task_inherit_parent_priority:
                options.setdefault("priority", (parent.request.delivery_info or {}).get("priority"))
    reply_to = options.pop("reply_to", None) or app.thread_oid
    given = options.get("argsrepr"), options.get("kwargsrepr")
    unseen = given == (None, None) and not watched()
    if unseen:  # making them is a third of the work
        options["argsrepr"] = options["kwargsrepr"] = ""
    message = amqp.as_task_v2(
        job_id, name, args, kwargs,
        callbacks=maybe_list(link), errbacks=maybe_list(link_error), chain=chain,
        reply_to=reply_to, root_id=root_id, parent_id=parent_id, shadow=shadow, ignore_result=ignore_result,
        **options,
    )  # fmt: skip
    for used in MESSAGE_OPTIONS.intersection(options):
        del options[used]
    for stamp in options.pop("stamped_headers", None) or ():
        options.pop(stamp, None)
    catcher = _Catcher()
    if unseen:
        catcher.derived = {"origin": message.headers["origin"]}
    elif given == (None, None):
        catcher.derived = {key: message.headers[key] for key in ("origin", "argsrepr", "kwargsrepr")}
    else:
        catcher.derived = _derived(app, args, kwargs)
    amqp.send_task_message(catcher, name, message, retry=False, **options)
    assert catcher.caught is not None, "Celery published nothing"
    return catcher.caught


def _derived(app: Celery, args: Any, kwargs: Any) -> dict[str, str]:
    args_text, kwargs_text = reprs(app, args, kwargs)
    return {"origin": anon_nodename(), "argsrepr": args_text, "kwargsrepr": kwargs_text}


def merged_options(task: Task, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a call over the task's own."""
    return {**_task_options(task), **options}


def watched() -> bool:
    """Whether a receiver of Celery's signals sees each message."""
    return bool(
        signals.before_task_publish.receivers or signals.after_task_publish.receivers or signals.task_sent.receivers
    )


def _task_options(task: Task) -> dict[str, Any]:
    """The task's own queue, priority, serializer …, as ``apply_async`` takes them."""
    own = {key: value for key, value in task._get_exec_options().items() if key not in DROPPED}
    if own.get("priority") is None and task.priority is not None:
        own["priority"] = task.priority  # Celery 5.4 keeps it apart
    return own


def _dump_pydantic(task: Task, args: Any, kwargs: Any, options: Mapping[str, Any]) -> tuple[Any, Any]:
    dump = getattr(task, "_dump_pydantic_arguments", None)  # since Celery 5.7
    if dump is None or options.get("serializer") == "pickle":
        return args, kwargs
    dumped: tuple[Any, Any] = dump(args, kwargs)
    return dumped


def _through(
    app: Celery, task: Task | None, name: str, args: Any, kwargs: Any, options: dict[str, Any], job_id: str
) -> Caught | None:
    """The message as it comes out below whatever is wrapped around Celery's own methods, or None."""
    overridden = task is not None and not apply_async_is_own(task)
    if not overridden and send_task_is_own(app):
        return None
    if app.conf.task_always_eager or app.conf.task_protocol != 2:
        return None  # there the call would run the task at once, or make a message of the old kind
    catcher = _Catcher()
    common = {"task_id": job_id, "producer": catcher, "retry": False, "add_to_parent": False}
    if overridden:
        assert task is not None
        ignored = options.get("ignore_result", task.ignore_result)
        catcher.derived = _derived(app, *_dump_pydantic(task, args, kwargs, options))
        task.apply_async(args, kwargs, **{**options, **common, "ignore_result": _IgnoreResult(ignored)})
        return catcher.caught
    if task is not None:
        shadow = options.get("shadow") or task.shadow_name(args, kwargs, options)
        options = {"ignore_result": task.ignore_result, **_task_options(task), **options, "shadow": shadow}
        args, kwargs = _dump_pydantic(task, args, kwargs, options)
    ignored = options.get("ignore_result")
    catcher.derived = _derived(app, args, kwargs)
    app.send_task(name, args, kwargs, task_type=task, **{**options, **common, "ignore_result": _IgnoreResult(ignored)})
    return catcher.caught
