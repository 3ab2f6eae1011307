"""Every call that reaches the store has a twin with an ``a`` in front, with the same parameters and answer."""

from __future__ import annotations

import inspect

import pytest

from celery_durable_jobs import DurableJob, DurableJobs, schedule_job
from celery_durable_jobs.client.selection import Selection

FACES = {
    DurableJobs: "get cancel reschedule update replay forget join find stats pause resume",
    DurableJob: "cancel reschedule update replay forget refresh join",
    type(schedule_job): "apply apply_many",
    Selection: "first count cancel reschedule replay forget",
}
PAIRS = [(face, name) for face, names in FACES.items() for name in names.split()]


@pytest.mark.parametrize(("face", "name"), PAIRS, ids=lambda value: getattr(value, "__name__", value))
def test_twins_have_one_signature(face: type, name: str) -> None:
    plain, twin = getattr(face, name), getattr(face, f"a{name}")
    one, other = inspect.signature(plain), inspect.signature(twin)
    assert one.return_annotation == other.return_annotation
    if name == "apply_many":  # the twin takes asynchronous iterables as well
        assert list(one.parameters) == list(other.parameters)
        return
    assert one.parameters == other.parameters
    assert inspect.iscoroutinefunction(twin) is (name != "find")


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.__name__)
def test_no_twin_is_forgotten(face: type) -> None:
    neither = {"from_record", "to_dict", "from_dict", "init_app", "close", "aopen"}
    public = {
        name for name, value in inspect.getmembers(face, callable) if not name.startswith("_") and name not in neither
    }
    names = set(FACES[face].split())
    assert public == names | {f"a{name}" for name in names}


def test_public_calls_are_explained() -> None:
    for face, name in PAIRS:
        assert getattr(face, name).__doc__
        assert getattr(face, f"a{name}").__doc__
