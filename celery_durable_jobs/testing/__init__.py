"""For tests, yours and ours: time that is moved by hand, and a driver for any store."""

from celery_durable_jobs.testing.clock import MovedClock
from celery_durable_jobs.testing.driver import StoreDriver
from celery_durable_jobs.testing.moving import MovedTime, moved_time

__all__ = ["MovedClock", "MovedTime", "StoreDriver", "moved_time"]
