"""Pure values and rules: no I/O, no Celery, no store."""
