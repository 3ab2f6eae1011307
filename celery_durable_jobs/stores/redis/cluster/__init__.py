"""The Redis store on a cluster: which node has which stripe, and calls that follow it when it moves."""

from celery_durable_jobs.stores.redis.cluster.store import ClusterStore

__all__ = ["ClusterStore"]
