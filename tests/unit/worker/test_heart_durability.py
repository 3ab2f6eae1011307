"""Where clients wait for a disk or a replica that is away, hearts don't."""

from __future__ import annotations

import time
from typing import Any

import pytest
from celery import Celery

from celery_durable_jobs import DurableJobs, StoreNotDurableError
from celery_durable_jobs.steps import Cancel, CancelAnswer
from celery_durable_jobs.worker.errands import Errand
from celery_durable_jobs.worker.heartbeat import Heart
from celery_durable_jobs.worker.ids import new_call_id
from tests.support.servers import Server
from tests.support.waiting import wait_until

pytestmark = pytest.mark.service("valkey")


def test_a_revoke_without_its_replica_holds_up_no_heartbeat(server: Server, database: int, namespace: str) -> None:
    app = Celery("shop", broker="memory://", set_as_current=False)
    app.conf.durable_jobs_store = server.url(database)
    app.conf.durable_jobs_namespace = namespace
    app.conf.durable_jobs_durability = ("replicas", 1)
    app.conf.durable_jobs_store_timeout = 4
    extension = DurableJobs(app)
    heart = Heart(extension)
    job_id = "1" + "-" * 29
    with pytest.raises(StoreNotDurableError):
        extension.store.send(Cancel(job_id, new_call_id()), timeout=0.2)
    answers: list[Any] = []
    try:
        started = time.monotonic()
        heart.run(Errand(Cancel(job_id, new_call_id()), answers.append))
        wait_until(lambda: answers, 10, "the errand is answered")
        assert time.monotonic() - started < 2.5
        assert isinstance(answers[0], CancelAnswer)
        assert not heart.away
        assert heart.outage.since is None
    finally:
        heart.stop()
        extension.store.close()
