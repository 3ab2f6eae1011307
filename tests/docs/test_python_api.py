"""The reference of the Python API: its examples run as they stand, and it leaves out no public name."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import celery_durable_jobs
from celery_durable_jobs import errors
from celery_durable_jobs.testing import moved_time
from tests.support.site import Site, app_module

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "python-api.md"


def test_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    text = PAGE.read_text(encoding="utf-8")
    (tmp_path / "shop.py").write_text("\n\n".join(re.findall(r"```python\n(.*?)\n```", text, re.DOTALL)))
    monkeypatch.syspath_prepend(tmp_path)
    typed = "\n".join(re.findall(r"```pycon\n(.*?\n)```", text, re.DOTALL)).replace("…", "...")
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    with app_module("shop", Site(broker_url="", store_url="", namespace="")) as shop, moved_time(shop.app) as time:
        shop.app.set_current()
        world = {**vars(shop), "time": time}
        results = runner.run(doctest.DocTestParser().get_doctest(typed, world, PAGE.name, None, None), out=said.append)
    assert results.failed == 0, "".join(said)
    assert results.attempted > 40


def test_every_public_name_is_explained():
    text = PAGE.read_text(encoding="utf-8")
    for name in celery_durable_jobs.__all__:
        if name != "__version__":
            assert re.search(rf"\b{name}\b", text), name


def test_the_tree_of_errors_is_the_modules_own():
    assert errors.__doc__ is not None
    drawn = [line.strip() for line in errors.__doc__.splitlines() if re.match(r"\s+[│├└D]", line)]
    shown = [line.strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\s*[│├└]", line)]
    assert drawn[0] == "DurableJobsError"
    assert shown == drawn[1:]
