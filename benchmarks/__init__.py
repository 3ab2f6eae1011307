"""Measurements: ``python -m benchmarks`` lists them, ``python -m benchmarks run burst`` runs one. See README.md."""
