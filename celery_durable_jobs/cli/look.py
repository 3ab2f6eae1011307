"""``durable-jobs list``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import click

from celery_durable_jobs.cli.common import (
    JobsCommand,
    extension,
    filter_options,
    json_option,
    plural,
    say,
    say_error,
    say_json_lines,
    taken_filters,
)
from celery_durable_jobs.cli.moments import say_distance
from celery_durable_jobs.cli.tables import Column, table, terminal_width

if TYPE_CHECKING:
    from celery_durable_jobs.jobs import DurableJob

COLUMNS = (
    Column("ID"),
    Column("STATE"),
    Column("DUE", right=True),
    Column("NAME", least=10, cut_left=True),
    Column("TARGET", least=8, drop=1),
    Column("ATTEMPT", right=True, drop=3),
    Column("ERROR", least=12, drop=2),
)
PAGE = 1_000
"""Rows a table is made of at a time: its columns are as wide as their cells are."""


@click.command("list", cls=JobsCommand)
@filter_options
@click.option("--limit", type=click.IntRange(min=0), default=100, show_default=True, help="At most so many; 0: all.")
@json_option
@click.pass_context
def list_jobs(ctx: click.Context, /, limit: int, as_json: bool, **options: Any) -> None:
    """List jobs in due order: by default all that have not ended.

    Dead letters and ended jobs are listed with --state dead, succeeded, cancelled or expired; ended ones are
    remembered for `durable_jobs_keep_ended` only.
    """
    extension(ctx)
    from celery_durable_jobs import durable_jobs

    more = More(durable_jobs.find(**taken_filters(options)), limit)
    if as_json:
        say_json_lines(job.to_dict() for job in more)
    else:
        _say_table(more)
        say_error(plural(more.count, "job") if not more.cut else "")
    if more.cut:
        say_error(f"the first {plural(limit, 'job')}; there are more: --limit 0 shows all")


class More:
    """The first ``limit`` of some jobs (0: all); knows afterwards whether there were more."""

    def __init__(self, jobs: Iterable[DurableJob], limit: int) -> None:
        self._jobs = jobs
        self._limit = limit
        self.count = 0
        self.cut = False

    def __iter__(self) -> Iterator[DurableJob]:
        for job in self._jobs:
            if self._limit and self.count == self._limit:
                self.cut = True
                return
            self.count += 1
            yield job


def _say_table(jobs: Iterable[DurableJob]) -> None:
    rest = iter(jobs)
    first = True
    while page := list(itertools.islice(rest, PAGE)):
        now = datetime.now(timezone.utc)
        lines = table(
            COLUMNS if any(job.error for job in page) else COLUMNS[:-1],
            [_row(job, now) for job in page],
            terminal_width(),
        )
        say(lines if first else lines[1:])
        first = False


def _row(job: DurableJob, now: datetime) -> list[object]:
    row = [job.id, job.state, say_distance(job.due_time, now), job.name, job.target or "", job.attempt]
    return [*row, _short_error(job.error or "")]


def _short_error(error: str) -> str:
    """The first line, its class without the module: ``ValueError: no such user``."""
    first, *_ = error.strip().splitlines() or [""]
    return re.sub(r"^(?:\w+\.)+(\w+)", r"\1", first)
