"""``memory://``: the specification that runs. Each step is a small function over plain data, under one lock."""

from celery_durable_jobs.stores.memory.store import MemoryStore

__all__ = ["MemoryStore"]
