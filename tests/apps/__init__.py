"""Celery apps that the tests start as real processes; each reads its surroundings from TEST_* variables."""
