"""Putting a Lua script together, so that a run of it costs little beside the commands it calls.

A run makes each function of its script anew, and ties it to each local name that it uses; with all of the shared code
that took longer than the commands. Hence three things are done to a script, none of which changes what it does:

- of the files that it includes only what it needs is taken: an outermost statement that only defines names stays if
  something that stays uses one of them;
- constants (``local WAITING, CLAIMED = 1, 2``) are written out;
- all but ``lib/base.lua`` stands in a function of its own: from inside it, names of the base are found at once.

The files keep to a layout that makes this simple: outermost statements begin in the first column, and so do only their
``else`` and ``end``; constants are in capitals and nothing else is; a comment mark stands in no string.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

INCLUDE = re.compile(r"^--! include (\S+)\n", re.MULTILINE)
BASE = "lib/base.lua"

_COMMENT = re.compile(r"--.*")
_WORD = re.compile(r"[A-Za-z_]\w*")
_FUNCTION = re.compile(r"local function (\w+)")
_VALUES = re.compile(r"local ([\w, ]+?)(?: =|$)")
_CONSTANTS = re.compile(r"local ([A-Z_, ]+) = ([\d, ]+)$")
_GOES_ON = re.compile(r"\s|end\b|else\b|elseif\b|[)}]")
_TEXT_OR_CONSTANT = re.compile(r"""'[^'\n]*'|"[^"\n]*"|(?<![.\w])[A-Z][A-Z_]*\b""")


@dataclass(frozen=True, slots=True)
class Statement:
    """An outermost statement: its code, the names that it defines (none: it does something), and the words it uses."""

    code: str
    defines: frozenset[str]
    uses: frozenset[str]


def assemble(step: str, read: Callable[[str], str]) -> str:
    """The whole script of a step. ``read`` answers the text of a file that it includes."""
    needed = set(_words(INCLUDE.sub("", step)))
    constants: dict[str, str] = {}
    parts: list[str] = ["return (function()", *(each.code for each in statements_of(INCLUDE.sub("", step))), "end)()"]
    for file in reversed(INCLUDE.findall(step)):
        kept: list[str] = []
        for statement in reversed(statements_of(read(file))):  # what is used is defined before it is
            found = _CONSTANTS.match(statement.code)
            if found:
                constants.update(zip(found[1].split(", "), found[2].split(", "), strict=True))
            elif not statement.defines or statement.defines & needed:
                kept.insert(0, statement.code)
                needed |= statement.uses
        parts[0 if file == BASE else 1 : 0 if file == BASE else 1] = kept
    return _written_out("\n".join(parts), constants)


def statements_of(text: str) -> list[Statement]:
    """The outermost statements of a file, without comments."""
    blocks: list[list[str]] = []
    for line in text.splitlines():
        bare = _COMMENT.sub("", line).rstrip()
        if not bare:
            continue
        if blocks and _GOES_ON.match(bare):
            blocks[-1].append(bare)
        else:
            blocks.append([bare])
    return [_statement("\n".join(block)) for block in blocks]


def _statement(code: str) -> Statement:
    defines: list[str] = []
    if function := _FUNCTION.match(code):
        defines = [function[1]]
    elif values := _VALUES.match(code):
        defines = values[1].split(", ")
    return Statement(code, frozenset(defines), frozenset(_words(code)) - set(defines))


def _words(code: str) -> list[str]:
    return _WORD.findall(_COMMENT.sub("", code))


def _written_out(code: str, constants: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        text = match[0]
        return text if text[0] in "'\"" else constants.get(text, text)

    return _TEXT_OR_CONSTANT.sub(value, code)
