"""Where jobs live: one function over the requests of ``celery_durable_jobs.steps``."""
