"""Dispatch through Kombu, from Redis to another Redis and to RabbitMQ with confirms; beside apply_async one by one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from benchmarks.dispatch_one_step import UNREAD
from benchmarks.filling import Filler, overdue
from benchmarks.lab import APART, Lab, Place
from benchmarks.report import Report
from benchmarks.rounds import by_turns
from tests.support.rabbitmq import rabbitmq_vhost
from tests.support.services import missing
from tests.support.waiting import wait_until

SMALL = {"count": 100, "repeats": 1}


def run(lab: Lab, report: Report, *, count: int = 10_000, repeats: int = 5) -> None:
    """``count`` overdue jobs a round, and a fifth as many messages one by one."""
    with lab.server() as other:
        _measure(lab, report, "Redis to Redis", other.url(other.next_database()), {}, "kombu_redis", count, repeats)
    reason = missing("rabbitmq")
    if reason:
        report.skip(reason)
        return
    with rabbitmq_vhost() as url:
        confirms = {"broker_transport_options": {"confirm_publish": True}}
        _measure(lab, report, "RabbitMQ with confirms", url, confirms, "kombu_rabbitmq", count, repeats)


def _measure(
    lab: Lab, report: Report, what: str, url: str, settings: dict[str, Any], row: str, count: int, repeats: int
) -> None:
    with lab.place(settings={**UNREAD, **settings}, broker_url=url) as place:
        with place.module.app.connection_for_write() as connection:
            channel = connection.default_channel

            def length() -> int:
                return int(channel.queue_declare(APART, durable=True, auto_delete=False).message_count)

            def empty() -> None:
                channel.queue_purge(APART)

            place.module.app.amqp.queues[APART](channel).declare()
            place.start_keeper()
            filler = Filler(place)
            names = f"{what}: the keeper", f"{what}: apply_async"
            rates = by_turns(
                {
                    names[1]: lambda: _one_by_one(place, max(1, count // 5), empty),
                    names[0]: lambda: count / _keeper(place, filler, count, length, empty),
                },
                repeats,
            )
            channel.queue_delete(APART)
            for name, samples in rates.items():
                report.add(name, "/s", samples)
            report.ratio(f"{what}: against apply_async", rates[names[0]], rates[names[1]], row)


def _one_by_one(place: Place, count: int, empty: Callable[[], None]) -> float:
    started = time.perf_counter()
    for number in range(count):
        place.module.small_plain.apply_async(args=(number,), queue=APART)
    rate = count / (time.perf_counter() - started)
    empty()
    return rate


def _keeper(place: Place, filler: Filler, count: int, length: Callable[[], int], empty: Callable[[], None]) -> float:
    jobs = place.module.jobs
    jobs.pause(APART)
    filler.fill(count, overdue)
    started = time.perf_counter()
    jobs.resume(APART)
    wait_until(lambda: length() >= count, 120, lambda: f"{length():,} of {count:,} were dispatched", interval=0.0005)
    took = time.perf_counter() - started
    empty()
    return took
