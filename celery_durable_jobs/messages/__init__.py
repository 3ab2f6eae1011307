"""All that knows the wire: a handler call becomes a stored content, and a stored job an ordinary Celery message.

::

    capture(app, handler, args, kwargs, options, *, job_id) -> Captured(route, content)        # client
        handler: a Celery task or a task's name; args: list/tuple or None; kwargs: mapping or None
        options: what ``apply_async`` takes (queue, priority, headers, link, time_limit, …)
        raises UnserializableError, InvalidRouteError, InvalidArgumentsError, UnknownOptionError

    HEADER = "durable_job"                                                                       # worker
    make_header(namespace, generation, kind="handler") -> str
    read_header(headers) -> DurableHeader | None     # .version .namespace .generation .kind .problem (None: valid)

    build_envelope(app, record, namespace) -> Envelope  # keeper; raises UnreadableContentError (bury the job)
    Publisher(app)                                       # keeper; one thread at a time
        .publish_batch(envelopes, timeout=10.0) -> list[PublishOutcome]   # in the order given
        .probe(timeout=2.0) -> bool                      # can the broker be reached?  (.last_error says why not)
        .close()
    PublishOutcome(result: PublishResult, reason: str)
    PublishResult.CONFIRMED | UNROUTABLE | FAILED | DOUBT

Each name lives in the module of its verb: ``messages.capture``, ``.headers``, ``.envelope``, ``.publish``.
"""
