"""Everything that is proved about celery-durable-jobs."""
