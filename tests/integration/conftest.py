"""Integration tests speak pytest-celery's API."""

from tests.support.cluster_fixtures import *  # noqa: F403
