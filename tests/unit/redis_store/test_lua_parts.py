"""What is done to a script before the server gets it changes nothing of what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from celery_durable_jobs.stores.redis.lua_parts import assemble, statements_of

if TYPE_CHECKING:
    from tests.support.servers import Server

BASE = """
-- the base
local call = redis.call
local SMALL, LARGE = 1, 20
local now
if ARGV[1] == '' then
  now = SMALL
else
  now = tonumber(ARGV[1])
end
local function unused()
  return nonsense
end
"""

SHARED = """
local TABLE = {
  small = SMALL, -- a constant
}
local seen = {}

-- needed by way of double
local function twice(number)
  return number * 2
end

local function double(number)
  seen[#seen + 1] = number
  return twice(number) + TABLE.small
end

local function never()
  return 'LARGE'
end
"""

STEP = """-- step: an example
--! include lib/base.lua
--! include lib/shared.lua

return {double(now), LARGE, 'LARGE', #seen, SMALL}
"""

FILES = {"lib/base.lua": BASE, "lib/shared.lua": SHARED}


def test_only_what_is_needed_stays() -> None:
    code = assemble(STEP, FILES.__getitem__)
    assert "twice" in code
    assert "double" in code
    assert "never" not in code
    assert "unused" not in code
    assert "--" not in code


def test_what_only_a_rare_function_needs_stands_in_it() -> None:
    shared = SHARED.replace("local function double", "--! rarely\nlocal function double")
    code = assemble(STEP, {**FILES, "lib/shared.lua": shared}.__getitem__)
    assert code.index("local function double") < code.index("local function twice") < code.index("seen[#seen + 1]")
    assert max(code.index("local seen"), code.index("local TABLE")) < code.index("local function double")


def test_definitions_stand_as_late_as_they_can() -> None:
    step = STEP.replace("return {", "if ARGV[1] == 'soon' then\n  return {}\nend\nreturn {")
    code = assemble(step, FILES.__getitem__)
    assert code.index("'soon'") < code.index("local function twice") < code.index("local function double")


def test_words_in_texts_need_nothing() -> None:
    step = STEP.replace("'LARGE'", "'never'")
    assert "function never" not in assemble(step, FILES.__getitem__)


def test_constants_are_written_out_but_not_in_texts() -> None:
    code = assemble(STEP, FILES.__getitem__)
    assert "local SMALL" not in code
    assert "20, 'LARGE'" in code
    assert "small = 1" in code


def test_it_does_what_it_says(server: Server) -> None:
    with server.client() as client:
        code = assemble(STEP, FILES.__getitem__)
        assert client.eval(code, 0, "") == [3, 20, b"LARGE", 1, 1]
        assert client.eval(code, 0, "5") == [11, 20, b"LARGE", 1, 1]
        rare = {**FILES, "lib/shared.lua": SHARED.replace("local function double", "--! rarely\nlocal function double")}
        assert client.eval(assemble(STEP, rare.__getitem__), 0, "5") == [11, 20, b"LARGE", 1, 1]


def test_outermost_statements() -> None:
    assert [sorted(each.defines) for each in statements_of(BASE)] == [
        ["call"],
        ["LARGE", "SMALL"],
        ["now"],
        [],
        ["unused"],
    ]
