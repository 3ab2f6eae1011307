"""For tests, yours and ours: a clock that is moved by hand, and a driver for any store."""

from celery_durable_jobs.testing.clock import MovedClock
from celery_durable_jobs.testing.driver import StoreDriver

__all__ = ["MovedClock", "StoreDriver"]
