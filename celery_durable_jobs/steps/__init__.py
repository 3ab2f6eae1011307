"""THE CONTRACT: every step of a job's life as a request. One file a step, its guard in prose, its answer.

A step is imported when its name is first asked for: who schedules needs few of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from celery_durable_jobs.steps.add import Add as Add
    from celery_durable_jobs.steps.add import Added as Added
    from celery_durable_jobs.steps.add import AddOutcome as AddOutcome
    from celery_durable_jobs.steps.begin import Begin as Begin
    from celery_durable_jobs.steps.begin import Begun as Begun
    from celery_durable_jobs.steps.bury import Bury as Bury
    from celery_durable_jobs.steps.cancel import Cancel as Cancel
    from celery_durable_jobs.steps.cancel import CancelAnswer as CancelAnswer
    from celery_durable_jobs.steps.change import Change as Change
    from celery_durable_jobs.steps.change import ChangeAnswer as ChangeAnswer
    from celery_durable_jobs.steps.change import ChangeOutcome as ChangeOutcome
    from celery_durable_jobs.steps.claim import Claim as Claim
    from celery_durable_jobs.steps.claim import Claimed as Claimed
    from celery_durable_jobs.steps.common import UNSET as UNSET
    from celery_durable_jobs.steps.common import Delivery as Delivery
    from celery_durable_jobs.steps.common import KeyRef as KeyRef
    from celery_durable_jobs.steps.common import Refusal as Refusal
    from celery_durable_jobs.steps.common import Refused as Refused
    from celery_durable_jobs.steps.common import Term as Term
    from celery_durable_jobs.steps.common import Unset as Unset
    from celery_durable_jobs.steps.dispatch import Carrier as Carrier
    from celery_durable_jobs.steps.dispatch import Dispatch as Dispatch
    from celery_durable_jobs.steps.dispatch import Dispatched as Dispatched
    from celery_durable_jobs.steps.dispatch import Template as Template
    from celery_durable_jobs.steps.find import Find as Find
    from celery_durable_jobs.steps.find import Page as Page
    from celery_durable_jobs.steps.find import Source as Source
    from celery_durable_jobs.steps.finish import Finish as Finish
    from celery_durable_jobs.steps.finish import Finished as Finished
    from celery_durable_jobs.steps.finish import FinishKind as FinishKind
    from celery_durable_jobs.steps.forget import Forget as Forget
    from celery_durable_jobs.steps.forget import ForgetOutcome as ForgetOutcome
    from celery_durable_jobs.steps.get import Get as Get
    from celery_durable_jobs.steps.heartbeat import Heartbeat as Heartbeat
    from celery_durable_jobs.steps.heartbeat import Pulse as Pulse
    from celery_durable_jobs.steps.hold import Hold as Hold
    from celery_durable_jobs.steps.identify import Identified as Identified
    from celery_durable_jobs.steps.identify import Identify as Identify
    from celery_durable_jobs.steps.look import DueLine as DueLine
    from celery_durable_jobs.steps.look import Held as Held
    from celery_durable_jobs.steps.look import Look as Look
    from celery_durable_jobs.steps.look import Looked as Looked
    from celery_durable_jobs.steps.mark_sent import Mark as Mark
    from celery_durable_jobs.steps.mark_sent import MarkedSent as MarkedSent
    from celery_durable_jobs.steps.mark_sent import MarkSent as MarkSent
    from celery_durable_jobs.steps.pause import Pause as Pause
    from celery_durable_jobs.steps.pause import Resume as Resume
    from celery_durable_jobs.steps.put_back import PutBack as PutBack
    from celery_durable_jobs.steps.put_back import PutBackDone as PutBackDone
    from celery_durable_jobs.steps.recover import Rescue as Rescue
    from celery_durable_jobs.steps.recover import Rescued as Rescued
    from celery_durable_jobs.steps.recover import Resend as Resend
    from celery_durable_jobs.steps.recover import Resending as Resending
    from celery_durable_jobs.steps.release import Release as Release
    from celery_durable_jobs.steps.replay import Replay as Replay
    from celery_durable_jobs.steps.replay import ReplayAnswer as ReplayAnswer
    from celery_durable_jobs.steps.replay import ReplayOutcome as ReplayOutcome
    from celery_durable_jobs.steps.request import Request as Request
    from celery_durable_jobs.steps.settle import Settle as Settle
    from celery_durable_jobs.steps.settle import Settled as Settled
    from celery_durable_jobs.steps.stats import KeeperEntry as KeeperEntry
    from celery_durable_jobs.steps.stats import Keepers as Keepers
    from celery_durable_jobs.steps.stats import Purge as Purge
    from celery_durable_jobs.steps.stats import Purged as Purged
    from celery_durable_jobs.steps.stats import RouteStats as RouteStats
    from celery_durable_jobs.steps.stats import ShardEntry as ShardEntry
    from celery_durable_jobs.steps.stats import Shards as Shards
    from celery_durable_jobs.steps.stats import Stats as Stats
    from celery_durable_jobs.steps.stats import StripeStats as StripeStats

_MODULES = {
    "add": ("Add", "Added", "AddOutcome"),
    "begin": ("Begin", "Begun"),
    "bury": ("Bury",),
    "cancel": ("Cancel", "CancelAnswer"),
    "change": ("Change", "ChangeAnswer", "ChangeOutcome"),
    "claim": ("Claim", "Claimed"),
    "common": ("UNSET", "Delivery", "KeyRef", "Refusal", "Refused", "Term", "Unset"),
    "dispatch": ("Carrier", "Dispatch", "Dispatched", "Template"),
    "find": ("Find", "Page", "Source"),
    "finish": ("Finish", "Finished", "FinishKind"),
    "forget": ("Forget", "ForgetOutcome"),
    "get": ("Get",),
    "heartbeat": ("Heartbeat", "Pulse"),
    "hold": ("Hold",),
    "identify": ("Identified", "Identify"),
    "look": ("DueLine", "Held", "Look", "Looked"),
    "mark_sent": ("Mark", "MarkedSent", "MarkSent"),
    "pause": ("Pause", "Resume"),
    "put_back": ("PutBack", "PutBackDone"),
    "recover": ("Rescue", "Rescued", "Resend", "Resending"),
    "release": ("Release",),
    "replay": ("Replay", "ReplayAnswer", "ReplayOutcome"),
    "request": ("Request",),
    "settle": ("Settle", "Settled"),
    "stats": (
        "KeeperEntry", "Keepers", "Purge", "Purged", "RouteStats", "ShardEntry", "Shards", "Stats", "StripeStats",
    ),
}  # fmt: skip
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
