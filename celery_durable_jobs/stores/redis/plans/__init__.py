"""What each request sends to the server, and how its replies become the answer."""

from __future__ import annotations

from typing import Any

from celery_durable_jobs import steps
from celery_durable_jobs.stores.redis.plans import claims, clients, keepers, operators, workers
from celery_durable_jobs.stores.redis.plans.context import Plan, Planner

PLANS: dict[type[steps.Request[Any]], Planner[Any]] = {
    steps.Add: clients.add,
    steps.Begin: workers.begin,
    steps.Cancel: clients.cancel,
    steps.Claim: claims.claim,
    steps.Finish: workers.finish,
    steps.Get: clients.get,
    steps.Heartbeat: workers.heartbeat,
    steps.Identify: operators.identify,
    steps.Look: keepers.look,
    steps.MarkSent: claims.mark_sent,
    steps.Release: keepers.release,
}

__all__ = ["PLANS", "Plan"]
