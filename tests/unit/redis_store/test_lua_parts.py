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


def test_outermost_statements() -> None:
    assert [sorted(each.defines) for each in statements_of(BASE)] == [
        ["call"],
        ["LARGE", "SMALL"],
        ["now"],
        [],
        ["unused"],
    ]
