"""Putting a Lua script together, so that a run of it costs little beside the commands it calls.

A run makes each function of its script anew, and ties it to each local name that it uses; with all of the shared code
that took longer than the commands. Hence five things are done to a script, none of which changes what it does:

- of the files that it includes only what it needs is taken: an outermost statement that only defines names stays if
  something that stays uses one of them;
- a function under a line ``--! rarely`` gets the functions into itself that nothing else needs: they are made when it
  is called, which most runs of the script never do;
- constants (``local WAITING, CLAIMED = 1, 2``) are written out;
- what is left of the definitions stands as late as it can: where the step returns early, later ones are never made;
- all but the values of ``lib/base.lua`` stands in a function of its own: from inside it, those are found at once.

The files keep to a layout that makes this simple: outermost statements begin in the first column, and so do only their
``else`` and ``end``; constants are in capitals and nothing else is; a comment mark stands in no string.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set

from celery_durable_jobs._dataclasses import dataclass

INCLUDE = re.compile(r"^--! include (\S+)\n", re.MULTILINE)
BASE = "lib/base.lua"
RARELY = "--! rarely"

_COMMENT = re.compile(r"--.*")
_TEXT = re.compile(r"""'[^'\n]*'|"[^"\n]*\"""")
_WORD = re.compile(r"[A-Za-z_]\w*")
_FUNCTION = re.compile(r"local function (\w+)")
_VALUES = re.compile(r"local ([\w, ]+?)(?: =|$)")
_CONSTANTS = re.compile(r"local ([A-Z_, ]+) = ([\d, ]+)$")
_GOES_ON = re.compile(r"\s|end\b|else\b|elseif\b|[)}]")
_TEXT_OR_CONSTANT = re.compile(r"""'[^'\n]*'|"[^"\n]*"|(?<![.\w])[A-Z][A-Z_]*\b""")


@dataclass(frozen=True, slots=True)
class Statement:
    """An outermost statement: its code, the names that it defines (none: it does something), and the words it uses.

    ``rare``: a function that few runs of the script call.
    """

    code: str
    defines: frozenset[str]
    uses: frozenset[str]
    rare: bool = False

    @property
    def is_function(self) -> bool:
        """Whether it defines a function, and nothing else."""
        return bool(_FUNCTION.match(self.code))


def assemble(step: str, read: Callable[[str], str]) -> str:
    """The whole script of a step. ``read`` answers the text of a file that it includes."""
    constants: dict[str, str] = {}
    base: list[Statement] = []
    rest: list[Statement] = []
    for file in INCLUDE.findall(step):
        for statement in split_constants(read(file), constants):
            (base if file == BASE and not statement.is_function else rest).append(statement)
    rest += statements_of(INCLUDE.sub("", step))
    every = base + rest
    kept = _kept(every)
    library = {each for file in INCLUDE.findall(step) for each in statements_of(read(file))}
    steps = {each for each in rest if not (each.is_function or each in library)}
    parts = [each.code for each in base if each in kept]
    inner = [(each, _with_its_own(each, every, kept)) for each in rest if each in kept]
    parts += ["return (function()", *_late(inner, steps), "end)()"]
    return written_out("\n".join(parts), constants)


def _late(parts: Sequence[tuple[Statement, str]], steps: Set[Statement]) -> list[str]:
    """The code in an order in which each definition stands right before the first of the ``steps`` that needs it: where
    a step returns, what only later ones need is never made."""
    code: list[str] = []
    waiting: list[tuple[Statement, str]] = []
    for statement, text in parts:
        if statement not in steps:
            waiting.append((statement, text))
            continue
        needed = set(_words(text))
        now: list[tuple[Statement, str]] = []
        for each in reversed(waiting):
            if each[0].defines & needed:
                needed |= set(_words(each[1]))
                now.insert(0, each)
        waiting = [each for each in waiting if each not in now]
        code += [*(each[1] for each in now), text]
    return code


def _kept(statements: Sequence[Statement]) -> set[Statement]:
    """The outermost statements of a script: those that do something, and what they need. What holds a value is shared,
    so it stands there too where only a rare function needs it."""
    words = {word for each in statements if not each.defines for word in each.uses}
    while True:
        kept = needed(statements, words, frozenset(statements)) | {each for each in statements if not each.defines}
        inside = {one for each in kept if each.rare for one in needed(statements, each.uses, kept)}
        values = {one for one in inside - kept if not one.is_function}
        if not values:
            return kept
        words |= {name for one in values for name in one.defines}


def needed(statements: Sequence[Statement], words: Iterable[str], outside: Set[Statement]) -> set[Statement]:
    """The definitions behind these words, and what they need in turn; but not what rare functions need that stand
    outside. What is used is defined before it is."""
    needed, found = set(words), set()
    for statement in reversed(statements):
        if statement.defines & needed:
            found.add(statement)
            if not (statement.rare and statement in outside):
                needed |= statement.uses
    return found


def _with_its_own(statement: Statement, statements: Sequence[Statement], outside: Set[Statement]) -> str:
    """The code of a statement; of a rare function together with the functions that stand nowhere else."""
    if not statement.rare:
        return statement.code
    inside = needed(statements, statement.uses, outside) - outside
    head, _, body = statement.code.partition("\n")
    return "\n".join([head, *(each.code for each in statements if each in inside), body])


def split_constants(text: str, constants: dict[str, str]) -> list[Statement]:
    """The outermost statements of a file but those that give a number a name: these go into ``constants``."""
    rest: list[Statement] = []
    for statement in statements_of(text):
        found = _CONSTANTS.match(statement.code)
        if found:
            constants.update(zip(found[1].split(", "), found[2].split(", "), strict=True))
        else:
            rest.append(statement)
    return rest


def statements_of(text: str) -> list[Statement]:
    """The outermost statements of a file, without comments."""
    blocks: list[list[str]] = []
    rare: set[int] = set()
    for line in text.splitlines():
        if line == RARELY:
            rare.add(len(blocks))
        bare = _COMMENT.sub("", line).rstrip()
        if not bare:
            continue
        if blocks and _GOES_ON.match(bare):
            blocks[-1].append(bare)
        else:
            blocks.append([bare])
    return [_statement("\n".join(block), place in rare) for place, block in enumerate(blocks)]


def _statement(code: str, rare: bool) -> Statement:
    defines: list[str] = []
    if function := _FUNCTION.match(code):
        defines = [function[1]]
    elif values := _VALUES.match(code):
        defines = values[1].split(", ")
    return Statement(code, frozenset(defines), frozenset(_words(code)) - set(defines), rare)


def _words(code: str) -> list[str]:
    return _WORD.findall(_TEXT.sub("", _COMMENT.sub("", code)))


def written_out(code: str, constants: dict[str, str]) -> str:
    """The code with numbers in place of their names."""

    def value(match: re.Match[str]) -> str:
        text = match[0]
        return text if text[0] in "'\"" else constants.get(text, text)

    return _TEXT_OR_CONSTANT.sub(value, code)
