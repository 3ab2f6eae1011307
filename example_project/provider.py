"""Somebody else's payment service, as such services are: away at times, and firm about bad cards."""

from __future__ import annotations

from example_project import database


class ProviderAwayError(Exception):
    """Try again later."""


class CardDeclinedError(Exception):
    """Trying again is no use."""


def charge(invoice: str, amount: int, *, idempotency_key: str) -> None:
    """Charge ``amount`` once for each idempotency key.

    :raises ProviderAwayError: the service can't be reached.
    :raises CardDeclinedError: the card is no good.
    """
    card = database.status(f"card of {invoice}") or "good"
    if card.startswith("away"):
        left = int(card.split()[1])
        database.set_status(f"card of {invoice}", f"away {left - 1}" if left > 1 else "good")
        raise ProviderAwayError("503 Service Unavailable")
    if card == "declined":
        raise CardDeclinedError(f"the card for {invoice} was declined")
    database.set_status(f"charge {idempotency_key}", str(amount))
