"""The recipe of a test: apart from the others, since it imports their module anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.site import Site, app_module


def test_a_test_with_a_moved_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RECIPES_DATABASE", str(tmp_path / "facts.sqlite3"))
    with app_module("tests.docs.recipes", Site(broker_url="", store_url="", namespace="")) as recipes:
        recipes.app.set_current()
        recipes.test_an_order_expires_after_a_day()
