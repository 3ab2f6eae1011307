"""Travelling together: a carrier's message in a worker (``batch=``, docs/adr/0006-travelling-together.md).

``task``: the Celery task that carriers are for. ``strategy`` and ``request``: in the worker's parent. ``run``: in the
process that executes them.
"""
