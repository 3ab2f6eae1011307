"""The scripts as files: headed, complete, and accepted by the server with and without the ``#!lua`` line."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from celery_durable_jobs import steps
from celery_durable_jobs.model.losses import LOST_RUN, POINTS_DEATH
from celery_durable_jobs.stores import splicing
from celery_durable_jobs.stores.codec import TAIL
from celery_durable_jobs.stores.redis.lua_parts import INCLUDE, statements_of
from celery_durable_jobs.stores.redis.plans import PLANS
from celery_durable_jobs.stores.redis.scripts import DISPATCH_TRICKLE, TRICKLE, Form, flags, script, source

if TYPE_CHECKING:
    from tests.support.servers import Server

FOLDER = resources.files("celery_durable_jobs.stores.redis").joinpath("lua")
NAMES = sorted(each.name.removesuffix(".lua") for each in FOLDER.iterdir() if each.name.endswith(".lua"))
LIBRARY = sorted(each.name for each in FOLDER.joinpath("lib").iterdir() if each.name.endswith(".lua"))


def text(name: str) -> str:
    return FOLDER.joinpath(f"{name}.lua").read_text()


def test_every_request_has_a_plan() -> None:
    requests = {each for each in vars(steps).values() if isinstance(each, type) and issubclass(each, steps.Request)}
    assert set(PLANS) == requests - {steps.Request}


@pytest.mark.parametrize("name", NAMES)
def test_a_step_says_its_keys_arguments_guard_and_answer(name: str) -> None:
    head = text(name).partition("--! include")[0]
    assert re.search(r"^-- KEYS", head, re.MULTILINE)
    assert re.search(r"^-- Guard:", head, re.MULTILINE)
    assert re.search(r"^-- Returns", head, re.MULTILINE)
    numbers = {int(number) for number in re.findall(r"ARGV\[(\d+)\]", text(name).partition("--! include")[2])}
    told = re.findall(r"ARGV\[(\d+)(?:\.\.(\d+))?(…)?", head)
    named = {each for first, last, _ in told for each in range(int(first), int(last or first) + 1)}
    assert numbers <= named | {number for first, _, more in told if more for number in range(int(first), 99)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", [Form.FLAGGED, Form.PLAIN])
def test_the_server_takes_it(name: str, form: Form, server: Server) -> None:
    with server.client() as client:
        one = script(name, form)
        assert client.execute_command(*one.loading) == one.name


def test_each_library_file_is_used_and_included_once() -> None:
    used = set()
    for name in NAMES:
        included = re.findall(r"^--! include lib/(\S+)$", text(name), re.MULTILINE)
        assert len(included) == len(set(included))
        assert "--! include" not in source(name)
        used.update(included)
    assert sorted(used) == LIBRARY


def test_files_keep_to_the_layout_that_is_relied_upon() -> None:
    for path in [*(f"{name}.lua" for name in NAMES), *(f"lib/{file}" for file in LIBRARY)]:
        for number, line in enumerate(FOLDER.joinpath(*path.split("/")).read_text().splitlines(), 1):
            assert "--" not in re.sub(r"^[^'\"]*?--.*", "", line), f"{path}:{number} has a comment mark in a text"
            assert len(line) <= 120, f"{path}:{number} is too long"


def test_no_name_is_given_twice() -> None:
    """A definition moves to where it is first needed, so a name must mean the same throughout a script."""
    for name in NAMES:
        step = text(name)
        files = [*(FOLDER.joinpath(*file.split("/")).read_text() for file in INCLUDE.findall(step)), step]
        names = [each for file in files for statement in statements_of(file) for each in statement.defines]
        assert sorted(names) == sorted(set(names)), name


def test_no_script_lists_keys_or_touches_json() -> None:
    for name in NAMES:
        assert not re.search(r"call\('(KEYS|SCAN|FLUSH\w*)'", source(name))
        # Texts alone: of tables it makes other ones, and of numbers.
        assert "cjson" not in source(name) or name == "dispatch"


def test_what_only_reads_has_no_writing_command() -> None:
    writes = r"call\('(HSET|HDEL|ZADD|ZREM|DEL|UNLINK|INCR\w*|HINCRBY|SADD|SREM|SET)'"
    for name in NAMES:
        if "writes nothing" in text(name):
            assert flags(name) == ("no-writes",)
            assert not re.search(writes, text(name))
        else:
            assert "no-writes" not in flags(name)


def test_what_grows_is_refused_on_a_full_server() -> None:
    growing = {plan.__name__ for request, plan in PLANS.items() if request.grows} | {"claim", "dispatch", "add_many"}
    assert {name for name in NAMES if flags(name) == ()} == growing
    assert "allow-oom" in flags(TRICKLE)
    assert "allow-oom" in flags(DISPATCH_TRICKLE)


def test_what_python_and_lua_both_know_is_the_same() -> None:
    losses = FOLDER.joinpath("lib", "losses.lua").read_text()
    assert f"'{LOST_RUN}'" in losses
    assert f"POINTS_DEATH = {POINTS_DEATH}\n" in losses
    message = FOLDER.joinpath("lib", "message.lua").read_text()
    assert f"local TAIL = '{TAIL.decode()}'\n" in message
    assert f"SHOWN_BODY, SHOWN, LEVELS = {splicing.SHOWN_BODY}, {splicing.SHOWN}, {splicing.LEVELS}\n" in message
    assert f"TAIL_LENGTH = {len(TAIL)} " in FOLDER.joinpath("lib", "record.lua").read_text()
