"""What each request sends to the server, and how its replies become the answer."""

from __future__ import annotations

from typing import Any

from celery_durable_jobs import steps
from celery_durable_jobs.stores.redis.plans import (
    changes,
    claims,
    clients,
    dispatch,
    figures,
    finds,
    keepers,
    operators,
    parents,
    recovery,
    workers,
)
from celery_durable_jobs.stores.redis.plans.context import Plan, Planner

PLANS: dict[type[steps.Request[Any]], Planner[Any]] = {
    steps.Add: clients.add,
    steps.Begin: workers.begin,
    steps.Bury: recovery.bury,
    steps.Cancel: clients.cancel,
    steps.Change: changes.change,
    steps.Claim: claims.claim,
    steps.Dispatch: dispatch.dispatch,
    steps.Find: finds.find,
    steps.Finish: workers.finish,
    steps.Forget: changes.forget,
    steps.Get: clients.get,
    steps.Heartbeat: workers.heartbeat,
    steps.Hold: parents.hold,
    steps.Identify: operators.identify,
    steps.Keepers: figures.keepers,
    steps.Look: keepers.look,
    steps.MarkSent: claims.mark_sent,
    steps.Pause: changes.pause,
    steps.Purge: figures.purge,
    steps.PutBack: recovery.put_back,
    steps.Release: keepers.release,
    steps.Replay: changes.replay,
    steps.Rescue: recovery.rescue,
    steps.Resend: recovery.resend,
    steps.Resume: changes.pause,
    steps.Settle: parents.settle,
    steps.Shards: figures.shards,
    steps.Stats: figures.stats,
}

__all__ = ["PLANS", "Plan"]
