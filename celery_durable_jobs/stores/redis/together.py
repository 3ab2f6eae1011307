"""Which of some requests travel in one script call: adds of one stripe, handler and route."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from celery_durable_jobs.steps import Add
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.codec import encode_content, encode_metadata

_BYTES = 500_000
_AT_FIRST, _LEAST, _MOST = 50, 10, 500
_AIM_US = 3_000
"""A call is to hold the server for so long; 5 ms are the bound."""


_NO_GROUP: tuple[list[int], list[int]] = ([], [])


class Pace:
    """How many adds a call has, so that it holds the server for a few ms at most: learnt from what calls took."""

    def __init__(self) -> None:
        self.jobs = _AT_FIRST

    def took(self, jobs: int, us: int) -> None:
        """A call with so many held the server for ``us`` (0: nobody knows)."""
        if us > 0 and (jobs * 2 > self.jobs or us > _AIM_US):
            self.jobs = max(_LEAST, min(_MOST, 2 * self.jobs, _AIM_US * jobs // us))


def together(requests: Sequence[Request[Any]], most: int) -> tuple[list[list[int]], list[int]]:
    """The places of the requests by script call; and of those that are to be sent by themselves after all of these: of
    several adds of one key only the first shares a call.
    """
    if not all(type(request) is Add for request in requests):  # another one may be about a job that is added here
        return [[place] for place in range(len(requests))], []
    return _grouped(requests, most)


def _grouped(adds: Sequence[Any], most: int) -> tuple[list[list[int]], list[int]]:
    groups: list[list[int]] = []
    open_groups: dict[tuple[Any, ...], tuple[list[int], list[int]]] = {}
    keys: set[tuple[str | None, str]] = set()
    later: list[int] = []
    for place, add in enumerate(adds):
        if add.key is not None:
            named = (add.target, add.key)
            if named in keys:
                later.append(place)
                continue
            keys.add(named)
        kind, size = (add.job_id[1:3], add.handler, add.route), _weight(add)
        group, weight = open_groups.get(kind, _NO_GROUP)
        if not group or len(group) >= most or weight[0] + size > _BYTES:
            group, weight = [], [0]
            open_groups[kind] = (group, weight)
            groups.append(group)
        group.append(place)
        weight[0] += size
    return groups, later


def _weight(add: Add) -> int:
    """About so many bytes are its own in a call. (Most have nothing but a body.)"""
    content = add.content
    size = len(encode_content(content)) if content.headers or content.options else len(content.body)
    return size + len(encode_metadata(add.metadata)) if add.metadata else size
