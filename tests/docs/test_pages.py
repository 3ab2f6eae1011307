"""The pages say what the code says, and their links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.site import Site, app_module

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *ROOT.glob("[be]*/README.md")])


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_settings_page_is_what_the_code_says():
    made = _load(DOCS / "make_settings.py")
    assert made.PAGE.read_text(encoding="utf-8") == made.page(), "run: python docs/make_settings.py"


def test_the_recipes_are_the_code_that_is_tested():
    source = (ROOT / "tests" / "docs" / "recipes.py").read_text(encoding="utf-8")
    tested = dict(re.findall(r"^# recipe: (.*?)\n(.*?)\n+^# end\n", source, re.DOTALL | re.MULTILINE))
    page = (DOCS / "guides" / "recipes.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^## (.*?)\n.*?```python\n(.*?)\n```", page, re.DOTALL | re.MULTILINE))
    assert {title: code.strip() for title, code in tested.items()} == shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in headings}, link


def test_the_glossary_has_every_state():
    from celery_durable_jobs import JobState

    text = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")
    for state in JobState:
        assert f"| {state} |" in text


def test_the_command_line_page_names_every_command_and_no_other():
    from celery_durable_jobs.cli.durable_jobs import COMMANDS

    text = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    named = {word.split()[0] for cell in cells for word in re.findall(r"`([^`]+)`", cell)}
    assert named == set(COMMANDS)


def test_settings_that_pages_name_exist():
    from celery_durable_jobs.settings import SETTINGS

    known = {setting.full_name for setting in SETTINGS}
    for page in PAGES:
        for name in re.findall(r"\bdurable_jobs_[a-z_]+", page.read_text(encoding="utf-8")):
            assert name in known, f"{page.name}: {name}"


def _python(page: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)\n```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples_are_python(page: Path):
    for code in _python(page):
        compile(code, str(page), "exec")


def test_the_readmes_twenty_lines_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from celery_durable_jobs.testing import moved_time

    (code, *_) = _python(ROOT / "README.md")
    assert len(code.splitlines()) <= 30
    (tmp_path / "readme_shop.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    closed: list[int] = []
    refunded: list[int] = []
    site = Site(broker_url="", store_url="", namespace="")
    with app_module("readme_shop", site) as shop, moved_time(shop.app) as time:
        shop.app.set_current()
        shop.close_order, shop.refund = closed.append, refunded.append
        ids: dict[int, str] = {}
        shop.remember_expiry, shop.expiry_of = ids.__setitem__, ids.__getitem__
        for order_id in (1, 1, 2):
            shop.order_placed(order_id)
        shop.order_paid(1)
        shop.order_paid(1)
        time.move(timedelta(hours=24) - timedelta(seconds=1))
        assert (closed, refunded) == ([], [])
        time.move(1)
        assert (closed, refunded) == ([2], [])
        shop.order_paid(2)
        assert (closed, refunded) == ([2], [2])
