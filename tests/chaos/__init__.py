"""Chaos: real clients, keepers, workers, servers and brokers, killed and cut on a seeded schedule, and a checker.

``python -m tests.chaos --minutes 30 --seed 1`` prints one table, and fails on any violation of G1 to G8.

A run leaves a *history*: one append-only file a process, written by clients, handlers, the worker's parent, the tap on
the broker and the harness itself. ``checker`` reads it with the export of the final store and decides; it knows nothing
of the library.
"""
