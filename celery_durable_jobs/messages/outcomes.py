"""What became of a message that was to be published."""

from __future__ import annotations

from enum import Enum

from celery_durable_jobs._dataclasses import dataclass


class PublishResult(str, Enum):
    """The four answers; only ``CONFIRMED`` means that the message is on a queue."""

    CONFIRMED = "confirmed"
    """The broker has it: confirmed by RabbitMQ, written by Redis, accepted by any other transport."""
    UNROUTABLE = "unroutable"
    """It can never be delivered as it is: no queue takes it, or this broker can't carry it. A dead letter."""
    FAILED = "failed"
    """It was not published. The broker, the exchange or the queue refused it, or it wasn't tried any more."""
    DOUBT = "doubt"
    """It may have been published: no answer in time, or the connection went while it was under way."""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class PublishOutcome:
    """``reason`` is a sentence, empty for ``CONFIRMED``."""

    result: PublishResult
    reason: str = ""

    @property
    def confirmed(self) -> bool:
        """True where the message is on a queue."""
        return self.result is PublishResult.CONFIRMED


CONFIRMED = PublishOutcome(PublishResult.CONFIRMED)


def unroutable(reason: str) -> PublishOutcome:
    """Never deliverable."""
    return PublishOutcome(PublishResult.UNROUTABLE, reason)


def failed(reason: object) -> PublishOutcome:
    """Surely not published (now)."""
    return PublishOutcome(PublishResult.FAILED, describe(reason))


def doubt(reason: object) -> PublishOutcome:
    """Nobody knows."""
    return PublishOutcome(PublishResult.DOUBT, describe(reason))


def describe(reason: object) -> str:
    """An error's name and text, or a sentence as it is."""
    return f"{type(reason).__name__}: {reason}" if isinstance(reason, BaseException) else str(reason)
