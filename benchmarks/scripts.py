"""The server's time for each step's script, from INFO commandstats."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from benchmarks.filling import ahead
from benchmarks.hands import Hands
from benchmarks.lab import APART, Lab
from benchmarks.report import Report
from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps import (
    Begin,
    Cancel,
    Change,
    Claim,
    Delivery,
    Finish,
    FinishKind,
    Get,
    Heartbeat,
    Hold,
    Look,
    MarkSent,
)

SMALL = {"count": 20, "repeats": 1}
TOGETHER = 50
"""So many jobs in one call of what takes several."""


def run(lab: Lab, report: Report, *, count: int = 5_000, repeats: int = 5) -> None:
    """``count`` jobs a round: each step once a job, or by fifties."""
    with lab.place() as place, place.client() as client:
        hands = Hands(place, f"scripts-{secrets.token_hex(2)}")
        taken: dict[str, list[float]] = {}

        def server_time(name: str, requests: Sequence[Any], jobs: int = 1) -> list[Any]:
            client.config_resetstat()
            answers = [hands.store.send(request) for request in requests]
            told = client.info("commandstats")
            spent = sum(
                told[key]["usec"] for key in ("cmdstat_fcall", "cmdstat_evalsha", "cmdstat_eval") if key in told
            )
            taken.setdefault(name, []).append(spent / 1e6 / len(requests) / jobs)
            return answers

        for number in range(repeats + 1):
            one_round(hands, server_time, count)
            client.delete(APART)
            if number == 0:
                taken.clear()
        hands.close()
        for name, samples in taken.items():
            report.add(name, "s", samples)
        report.notes = ["Other processes' calls in the same time would count too: there are none, but for a small run."]


def one_round(hands: Hands, server_time: Any, count: int) -> None:
    due = ahead(3_600, 600, count)
    adds = [hands.filler.add(number, due(number)) for number in range(count)]
    ids = [add.job_id for add in adds]
    server_time("add", adds)
    server_time("get", [Get(job) for job in ids])
    server_time(
        "change (another time)", [Change(job, secrets.token_bytes(8), due=When(after_us=10**10)) for job in ids]
    )
    server_time("cancel", [Cancel(job, secrets.token_bytes(8)) for job in ids])
    server_time("look, nothing due", [Look(hands.name, {}) for _ in range(20)])

    hands.fill(count)
    [term] = hands.terms()
    few = min(count, TOGETHER)
    calls = count // few
    request = hands.request(term, few)
    sent = [job for each in server_time("dispatch in one step, a job", [request] * calls, few) for job in each.jobs]
    deliveries = [(job, generation, secrets.token_hex(8)) for job, generation in sent]
    held = [Delivery(*each) for each in deliveries]
    server_time("hold, a job", [Hold(tuple(held[at : at + few])) for at in range(0, len(held), few)], few)
    server_time("begin", [Begin(*each) for each in deliveries])
    runs = [(job, delivery, None) for job, _, delivery in deliveries]
    server_time("heartbeat, a run", [Heartbeat(tuple(runs[at : at + few])) for at in range(0, len(runs), few)], few)
    server_time("finish (succeed)", [Finish(job, delivery, FinishKind.SUCCEED) for job, delivery, _ in runs])

    hands.fill(count)
    [term] = hands.terms()
    claims = server_time("claim, a job", [Claim(term, hands.route, few)] * calls, few)
    marks = [MarkSent(term, tuple((job.id, job.generation) for job in each.jobs)) for each in claims]
    server_time("mark sent, a job", marks, few)
