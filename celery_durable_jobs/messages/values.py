"""Header and property values as JSON: what a store keeps is plain, and comes back equal on every store."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from kombu.utils import json as kombu_json

TYPED = "typed"
"""In ``Content.options``: header name -> Kombu's JSON text, for values (datetime, UUID …) that plain JSON lacks."""

_dumps: Any = kombu_json.dumps
_loads: Any = kombu_json.loads


class NotPlainError(Exception):
    """A value has no plain JSON form."""


def plain(value: Any) -> Any:
    """A copy of ``value`` from JSON's own types (tuples become lists, subclasses their base).

    :raises NotPlainError: there is no such copy.
    """
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if math.isfinite(value):
            return float(value)
        raise NotPlainError
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {_key(key): plain(each) for key, each in value.items()}
    raise NotPlainError


def _key(key: Any) -> str:
    if isinstance(key, str):
        return str.__str__(key)
    raise NotPlainError


def pack(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Split values into those that are plain JSON and the texts of those that need Kombu's JSON.

    :raises TypeError: a name is no string, or a value fits neither; the message names it.
    """
    simple: dict[str, Any] = {}
    typed: dict[str, str] = {}
    for name, value in values.items():
        if not isinstance(name, str):
            raise TypeError(f"the name {name!r} is no string")
        try:
            simple[name] = plain(value)
        except NotPlainError:
            try:
                typed[name] = _dumps(value)
            except Exception as error:
                raise TypeError(f"{name!r}: {error}") from error
        except RecursionError as error:
            raise TypeError(f"{name!r}: it contains itself") from error
    return simple, typed


def unpack(typed: Mapping[str, str]) -> dict[str, Any]:
    """The inverse of ``pack``'s second part.

    :raises ValueError: a text can't be read, or names a type that isn't registered here.
    """
    return {name: _loads(text) for name, text in typed.items()}
