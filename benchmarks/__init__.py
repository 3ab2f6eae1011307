"""Measurements: ``python -m benchmarks`` lists them, ``python -m benchmarks burst --json`` runs one.

Each starts its own server, worker and keeper, and measures plain Celery beside the durable jobs in the same run.
"""
