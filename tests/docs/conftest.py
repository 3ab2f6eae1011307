"""One worker and one keeper for all recipes: they are of one app, and in nobody's way."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.support.processes import ProcessGroup
from tests.support.servers import Server
from tests.support.site import Site, app_module
from tests.support.workers import start_keeper, start_worker

APP = "tests.docs.recipes"


@pytest.fixture(scope="module")
def recipes(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The module of the recipes, with a worker and a keeper at work for it."""
    folder = tmp_path_factory.mktemp("recipes")
    url = server.url(server.next_database())
    facts = {"RECIPES_DATABASE": str(folder / "facts.sqlite3")}
    site = Site(broker_url=url, store_url=url, namespace=f"t{secrets.token_hex(5)}", extra=facts)
    group = ProcessGroup(folder / "logs")
    before = os.environ.get("RECIPES_DATABASE")
    try:
        start_worker(group, APP, env=site.variables(), pool="threads", concurrency=4)
        start_keeper(group, APP, env=site.variables())
        with app_module(APP, site) as module:
            os.environ.update(facts)
            yield module
    finally:
        if before is None:
            os.environ.pop("RECIPES_DATABASE", None)
        group.close()
