"""All that knows the wire: a handler call becomes a stored content, and a stored job an ordinary Celery message.

Each name lives in the module of its verb::

    capture    capture(app, handler, args, kwargs, options, *, job_id) -> Captured(route, content)       client
                   handler: a Celery task, or a task's name; args: list, tuple or None; kwargs: mapping or None
                   options: what ``apply_async`` takes (queue, priority, headers, link, time_limit, …)
                   raises UnserializableError, InvalidRouteError, InvalidArgumentsError, UnknownOptionError
    headers    HEADER = "durable_job"                                                                    worker
               make_header(namespace, generation, kind="handler") -> str
               read_header(headers) -> DurableHeader | None   (.version .namespace .generation .kind; .problem, .valid)
    envelope   build_envelope(app, record, namespace) -> Envelope; raises UnreadableContentError: bury   keeper
    publish    Publisher(app)                                                                            keeper
                   .publish_batch(envelopes, timeout=10.0) -> list[PublishOutcome], in the order given
                   .probe(timeout=2.0) -> bool; .last_error says why not
                   .close()
    outcomes   PublishOutcome(result: PublishResult, reason: str), .confirmed
               PublishResult.CONFIRMED | UNROUTABLE (a dead letter) | FAILED (not published) | DOUBT (nobody knows)
"""
