"""Tests with real workers, keepers and servers."""
