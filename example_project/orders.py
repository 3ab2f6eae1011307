"""An order that reminds of its delivery 24 hours before, and expires when it isn't paid within 24 hours."""

from __future__ import annotations

from datetime import datetime

from celery_durable_jobs import JobContext, JobRequest, durable_job_handler, durable_jobs, schedule_job
from example_project import database
from example_project.clock import hours


def place_order(order_id: int, delivery: datetime) -> None:
    """Take an order. Both of its jobs are stored in one round trip, under keys by which they are found again."""
    order = f"order:{order_id}"
    database.set_status(order, "placed")
    schedule_job.apply_many(
        [
            JobRequest(
                remind_of_delivery.s(order_id),
                eta=delivery - hours(24),
                name="DeliveryReminder",
                target=order,
                key="reminder",
            ),
            JobRequest(expire.s(order_id), countdown=hours(24), name="OrderExpiry", target=order, key="expiry"),
        ]
    )


def pay(order_id: int) -> bool:
    """Take the money, unless the order has expired. Its expiry is cancelled: no run of it will begin."""
    order = f"order:{order_id}"
    if not durable_jobs.cancel(key="expiry", target=order):
        return False
    database.set_status(order, "paid")
    return True


@durable_job_handler
def remind_of_delivery(context: JobContext, order_id: int) -> None:
    """Tell the customer that the parcel comes tomorrow."""
    database.send_mail(context.job.id, f"order:{order_id}", "your parcel comes tomorrow")


@durable_job_handler
def expire(context: JobContext, order_id: int) -> None:
    """Close an order that nobody paid, and drop whatever else waits for it."""
    database.set_status(f"order:{order_id}", "expired")
    durable_jobs.find(target=context.job.target, name="DeliveryReminder").cancel()
