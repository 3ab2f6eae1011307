"""Keeps shards: leases them, dispatches their due jobs, recovers what is overdue."""
