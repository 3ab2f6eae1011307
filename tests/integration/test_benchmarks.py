"""The benchmarks run, and measure what they say. Their figures are not judged here."""

from __future__ import annotations

import json

import pytest

from tests.support.processes import ProcessGroup


def test_they_are_listed(processes: ProcessGroup):
    listed = processes.python("-m", "benchmarks")
    assert listed.wait(30) == 0
    assert [line.split()[0] for line in listed.log().splitlines()] == ["start_lag", "burst"]


@pytest.mark.xdist_group("benchmarks")
def test_start_lag(processes: ProcessGroup):
    run = processes.python("-m", "benchmarks", "start_lag", "--rate", "20", "--seconds", "1", "--json")
    assert run.wait(110) == 0, run.log()
    report = json.loads(run.log().splitlines()[-1])
    assert [(row["what"], row["started"]) for row in report["rows"]] == [("durable jobs", 20), ("Celery eta", 20)]
    assert all(0 <= row["min"] <= row["p50"] <= row["p99"] <= row["max"] for row in report["rows"])


@pytest.mark.xdist_group("benchmarks")
def test_burst(processes: ProcessGroup):
    run = processes.python("-m", "benchmarks", "burst", "--count", "100", "--json")
    assert run.wait(110) == 0, run.log()
    report = json.loads(run.log().splitlines()[-1])
    rows = {row["what"]: row for row in report["rows"]}
    assert {what: row["started"] for what, row in rows.items()} == {
        "plain Celery queue": 100,
        "durable jobs": 100,
        "Celery eta": 100,
    }
    assert rows["durable jobs"]["min"] >= 0
