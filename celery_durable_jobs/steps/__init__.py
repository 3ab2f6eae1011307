"""THE CONTRACT: every step of a job's life as a request. One file a step, its guard in prose, its answer."""

from celery_durable_jobs.steps.add import Add, Added, AddOutcome
from celery_durable_jobs.steps.begin import Begin, Begun
from celery_durable_jobs.steps.bury import Bury
from celery_durable_jobs.steps.cancel import Cancel, CancelAnswer
from celery_durable_jobs.steps.change import Change, ChangeAnswer, ChangeOutcome
from celery_durable_jobs.steps.claim import Claim, Claimed
from celery_durable_jobs.steps.common import UNSET, Delivery, KeyRef, Refusal, Refused, Term, Unset
from celery_durable_jobs.steps.dispatch import Carrier, Dispatch, Dispatched, Template
from celery_durable_jobs.steps.find import Find, Page, Source
from celery_durable_jobs.steps.finish import Finish, Finished, FinishKind
from celery_durable_jobs.steps.forget import Forget, ForgetOutcome
from celery_durable_jobs.steps.get import Get
from celery_durable_jobs.steps.heartbeat import Heartbeat, Pulse
from celery_durable_jobs.steps.hold import Hold
from celery_durable_jobs.steps.identify import Identified, Identify
from celery_durable_jobs.steps.look import DueLine, Held, Look, Looked
from celery_durable_jobs.steps.mark_sent import Mark, MarkedSent, MarkSent
from celery_durable_jobs.steps.pause import Pause, Resume
from celery_durable_jobs.steps.put_back import PutBack, PutBackDone
from celery_durable_jobs.steps.recover import Rescue, Rescued, Resend, Resending
from celery_durable_jobs.steps.release import Release
from celery_durable_jobs.steps.replay import Replay, ReplayAnswer, ReplayOutcome
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.steps.settle import Settle, Settled
from celery_durable_jobs.steps.stats import (
    KeeperEntry,
    Keepers,
    Purge,
    Purged,
    RouteStats,
    ShardEntry,
    Shards,
    Stats,
    StripeStats,
)

__all__ = [
    "UNSET", "Add", "AddOutcome", "Added", "Begin", "Begun", "Bury", "Cancel", "CancelAnswer", "Carrier", "Change",
    "ChangeAnswer", "ChangeOutcome", "Claim", "Claimed", "Delivery", "Dispatch", "Dispatched", "DueLine", "Find",
    "Finish", "FinishKind", "Finished", "Forget", "ForgetOutcome", "Get", "Heartbeat", "Held", "Hold", "Identified",
    "Identify", "KeeperEntry", "Keepers", "KeyRef", "Look", "Looked", "Mark", "MarkSent", "MarkedSent", "Page",
    "Pause", "Pulse", "Purge", "Purged", "PutBack", "PutBackDone", "Refusal", "Refused", "Release", "Replay",
    "ReplayAnswer", "ReplayOutcome", "Request", "Rescue", "Rescued", "Resend", "Resending", "Resume", "RouteStats",
    "Settle", "Settled", "ShardEntry", "Shards", "Source", "Stats", "StripeStats", "Template", "Term", "Unset",
]  # fmt: skip
