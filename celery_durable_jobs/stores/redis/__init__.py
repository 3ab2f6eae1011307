"""Jobs on Redis or Valkey: each step one Lua script, atomic in one slot (DESIGN section 6)."""

from celery_durable_jobs.stores.redis.store import RedisStore

__all__ = ["RedisStore"]
