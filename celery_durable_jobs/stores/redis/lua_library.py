"""Steps as one function library (``FUNCTION LOAD`` of Redis 7 and Valkey).

A script makes each of its functions anew whenever it is run. A library makes them once, when it is loaded. So the files
of ``lua/`` are put together in another way than for a script (``lua_parts.py``), and mean the same:

- functions and constants are made when the library is loaded; those of ``lua/lib`` that several steps need, once;
- what holds a value (``local now``, ``local watched = {}``) is declared there too, so that the functions find it, but
  gets its value in each call, before anything that may use it: nothing of a call is seen by the next one, however it
  ended;
- a step's own values that none of its functions use are what they were: locals of the call.

A constant is what has a name in capitals. Short names of the server's own functions (``local call = redis.call``) are
given at the first call: they aren't there while a library is loaded.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from celery_durable_jobs.stores.redis.lua_parts import (
    INCLUDE,
    Statement,
    needed,
    split_constants,
    written_out,
)

SHARED_BY = 2
"""What at least so many steps need is made for all of them; the rest for each of its own: there may be 200 names at a
time, and those of the largest step are among them.
"""

_CAPITALS = re.compile(r"[A-Z][A-Z_]+$")
_SHORT_NAMES = re.compile(r"local [\w, ]+ = (?:(?:redis|struct|cmsgpack|cjson|string|math|table)\.\w+(?:, |$))+$")
_LOCAL = re.compile(r"local ([\w, ]+?)( =|$)", re.MULTILINE)


def build(
    steps: Mapping[str, str],
    flags: Mapping[str, Sequence[str]],
    read: Callable[[str], str],
    prefix: str,
) -> tuple[str, str]:
    """The library's name and its code.

    :param steps: the text of each step.
    :param flags: what the server is told of each.
    :param read: answers the text of a file that a step includes.
    :param prefix: what the name begins with; a hash of the code follows.
    """
    includes = {step: INCLUDE.findall(text) for step, text in steps.items()}
    constants: dict[str, str] = {}
    files = {file: split_constants(read(file), constants) for file in _in_order(includes.values())}
    own = {step: split_constants(INCLUDE.sub("", text), constants) for step, text in steps.items()}
    uses = {
        step: _used(own[step], [one for file in files if file in includes[step] for one in files[file]]) for step in own
    }
    users = Counter(each for statements in uses.values() for each in statements)
    shared = [each for statements in files.values() for each in statements if users[each]]
    common = {each for each in shared if users[each] >= SHARED_BY}
    common |= needed(shared, {word for each in common for word in each.uses}, frozenset())
    code = ["local KEYS, ARGV", *(_declared(each) for each in shared if _holds_a_value(each))]
    code += ["local _given", "local function _give()", "_given = true"]
    code += [*(_assigned(each) for each in shared if _SHORT_NAMES.match(each.code)), "end"]
    code += [each.code for each in shared if _is_made_once(each) and each in common]
    for step, statements in own.items():
        alone = [each.code for each in uses[step] if _is_made_once(each) and each not in common]
        code += ["do", *alone, *_step(statements, uses[step])]
        code += [_registered(step, flags[step]), "end"]
    text = written_out("\n".join(code) + "\n", constants)
    name = f"{prefix}_{hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]}"
    return name, f"#!lua name={name}\nlocal LIBRARY = '{name}'\n{text}"


def _in_order(lists: Iterable[Sequence[str]]) -> list[str]:
    """All files, each behind those that stand before it in some list."""
    order: list[str] = []
    for files in sorted(lists, key=len, reverse=True):
        at = 0
        for file in files:
            if file in order:
                at = order.index(file) + 1
            else:
                order.insert(at, file)
                at += 1
    return order


def _used(own: Sequence[Statement], shared: Sequence[Statement]) -> list[Statement]:
    """What of the shared statements a step needs, in their order."""
    acting = [each for each in shared if not each.defines]
    words = {word for each in [*own, *acting] for word in each.uses}
    found = needed(shared, words, frozenset())
    return [each for each in shared if each in found or not each.defines]


def _step(own: Sequence[Statement], shared: Sequence[Statement]) -> list[str]:
    """The functions and constants of a step, and the function that runs it."""
    seen = {word for each in own if each.is_function for word in each.uses}
    outside, made, body = [], [], []
    every = [*shared, *own]
    unset = [each for each in shared if _is_set_anew(each)]
    for each in own:
        if _is_made_once(each):
            made.append(each.code)
            continue
        now = _needed_for(each, every, unset)
        unset = [one for one in unset if one not in now]
        body += [_assigned(one) for one in now]
        if each.defines & seen:
            outside.append(_declared(each))
            body.append(_assigned(each))
        else:
            body.append(each.code)
    head = ["local function _step(keys, args)", "if not _given then _give() end", "KEYS, ARGV = keys, args"]
    return [*outside, *made, *head, *body, "end"]


def _needed_for(statement: Statement, every: Sequence[Statement], unset: Sequence[Statement]) -> list[Statement]:
    """What is to get its value before this statement runs, by way of all functions that it may call. Whatever acts by
    itself does so first.
    """
    acting = [each for each in unset if not each.defines]
    words = {word for each in [statement, *acting] for word in each.uses}
    found = needed([each for each in every if each is not statement], words, frozenset())
    return [each for each in unset if each in found or not each.defines]


def _registered(name: str, flags: Sequence[str]) -> str:
    quoted = ", ".join(f"'{flag}'" for flag in flags)
    return f"redis.register_function{{function_name = LIBRARY .. '_{name}', callback = _step, flags = {{{quoted}}}}}"


def _is_made_once(statement: Statement) -> bool:
    if statement.is_function:
        return True
    return bool(statement.defines) and all(_CAPITALS.match(name) for name in statement.defines)


def _is_set_anew(statement: Statement) -> bool:
    return not (_is_made_once(statement) or _SHORT_NAMES.match(statement.code))


def _holds_a_value(statement: Statement) -> bool:
    return bool(statement.defines) and not _is_made_once(statement)


def _declared(statement: Statement) -> str:
    return f"local {', '.join(sorted(statement.defines))}"


def _assigned(statement: Statement) -> str:
    """The value is given to what is declared elsewhere; none where none is said."""
    found = _LOCAL.match(statement.code)
    if not found:
        return statement.code
    rest = statement.code[found.end() :] if found[2] else " nil"
    return f"{found[1]} ={rest}"
