"""Dispatch in one step, one keeper, backlogs unbounded; beside the bare script looped by a minimal client."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.filling import Filler, overdue
from benchmarks.hands import Hands
from benchmarks.lab import APART, Lab, Place
from benchmarks.report import Report
from benchmarks.rounds import by_turns
from celery_durable_jobs.stores.redis.plans import PLANS
from celery_durable_jobs.stores.redis.plans.context import Context
from celery_durable_jobs.stores.redis.scripts import Form, script
from celery_durable_jobs.stores.redis.wire import call as call_of
from celery_durable_jobs.stores.redis.wire import command
from tests.support.waiting import wait_until

SMALL = {"count": 200, "repeats": 1, "limit": 50}
UNREAD = {"durable_jobs_max_backlog": None, "durable_jobs_begin_timeout": 3_600.0}
"""Settings for queues that nobody reads: no bound, and nothing is sent again meanwhile."""


def run(lab: Lab, report: Report, *, count: int = 50_000, repeats: int = 5, limit: int = 250) -> None:
    """``count`` overdue jobs a round and side; ``limit`` of them a call of the bare script."""
    with lab.place(settings=UNREAD) as place:
        place.start_keeper()
        hands = Hands(place)
        filler = Filler(place)
        rates = by_turns(
            {
                "bare script": lambda: count / _bare(place, hands, count, limit),
                "one keeper": lambda: count / keeper_drains(place, filler, count),
            },
            repeats,
        )
        hands.close()
        for what, samples in rates.items():
            report.add(what, "/s", samples)
        report.ratio("one keeper, against the bare script", rates["one keeper"], rates["bare script"], "one_step")


def keeper_drains(place: Place, filler: Filler, count: int) -> float:
    """How long the keeper takes for so many overdue jobs, from the moment at which it may begin."""
    jobs = place.module.jobs
    jobs.pause(APART)
    filler.fill(count, overdue)
    with place.client() as client:
        client.delete(APART)
        started = time.perf_counter()
        jobs.resume(APART)
        wait_until(
            lambda: client.llen(APART) >= count,
            120,
            lambda: f"{client.llen(APART):,} of {count:,} were dispatched",
            interval=0.0005,
        )
        took = time.perf_counter() - started
        client.delete(APART)
    return took


def _bare(place: Place, hands: Hands, count: int, limit: int) -> float:
    """The same script with the same templates, over a bare socket, always one call ahead of the answers."""
    hands.fill(count)
    [term] = hands.terms()
    request = hands.request(term, limit)
    wire = next(PLANS[type(request)](Context(hands.store.options, None), request))[0]
    loaded = script(wire.script, Form.FUNCTIONS)
    call = call_of(loaded.verb, loaded.name, wire)
    with _bare_client(place) as (connection, replies):
        done = 0
        started = time.perf_counter()
        connection.sendall(call)
        while done < count:
            connection.sendall(call)
            jobs = len(_reply(replies)[2]) // 2
            if not jobs:
                raise RuntimeError(f"the script dispatched {done:,} of {count:,}")
            done += jobs
        took = time.perf_counter() - started
        _reply(replies)
    with place.client() as client:
        client.delete(APART)
    return took


@contextlib.contextmanager
def _bare_client(place: Place) -> Iterator[tuple[socket.socket, Any]]:
    with socket.create_connection(("127.0.0.1", place.server.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection.makefile("rb") as replies:
            connection.sendall(command([b"SELECT", b"%d" % place.database]))
            _reply(replies)
            yield connection, replies


def _reply(replies: Any) -> Any:
    line = replies.readline()
    kind, rest = line[:1], line[1:-2]
    if kind == b"*":
        return [_reply(replies) for _ in range(int(rest))]
    if kind == b"$":
        return replies.read(int(rest) + 2)[:-2] if int(rest) >= 0 else None
    if kind == b"-":
        raise RuntimeError(rest.decode())
    return int(rest) if kind == b":" else rest
