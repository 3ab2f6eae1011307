"""What a setting may be: each check turns a given value into the one that is used, or says what is wrong with it."""

from __future__ import annotations

import math
import re
from datetime import timedelta
from typing import Any

from celery_durable_jobs._broker_url import STORE_SCHEMES, mask_url, scheme_of, store_url_of_broker
from celery_durable_jobs._dataclasses import dataclass


class Check:
    """Base: call it with a value; ValueError says what is wrong. ``allowed`` is the range in words."""

    allowed: str = ""
    unit: str = ""
    takes_none: bool = False

    def __call__(self, value: Any) -> Any:
        raise NotImplementedError


@dataclass(frozen=True)
class Duration(Check):
    """A number of seconds, or a timedelta, between two bounds."""

    least: float
    most: float
    unit: str = "s"

    @property
    def allowed(self) -> str:  # type: ignore[override]
        return f"{self.least:g} to {self.most:,.10g} s, a number or a timedelta"

    def __call__(self, value: Any) -> float:
        if isinstance(value, timedelta):
            value = value.total_seconds()
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValueError(f"it is {_kind(value)}")
        if not math.isfinite(value):
            raise ValueError("it is no finite number")
        if not self.least <= value <= self.most:
            raise ValueError("it is out of range")
        return float(value)


@dataclass(frozen=True)
class Whole(Check):
    """A whole number between two bounds; with ``none``, None is allowed and means that."""

    least: int
    most: int
    unit: str = ""
    none: str = ""

    @property
    def takes_none(self) -> bool:  # type: ignore[override]
        return bool(self.none)

    @property
    def allowed(self) -> str:  # type: ignore[override]
        none = f", or None: {self.none}" if self.none else ""
        return f"{self.least:,} to {self.most:,}{' ' + self.unit if self.unit else ''}{none}"

    def __call__(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"it is {_kind(value)}, no whole number")
        if not self.least <= value <= self.most:
            raise ValueError("it is out of range")
        return value


class Flag(Check):
    """True or False, and nothing that is like it."""

    allowed = "True or False"

    def __call__(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError(f"it is {_kind(value)}")
        return value


@dataclass(frozen=True)
class Text(Check):
    """A string that matches a pattern in full."""

    longest: int
    pattern: str
    allowed: str

    def __call__(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError(f"it is {_kind(value)}, no string")
        if len(value) > self.longest:
            raise ValueError(f"it has {len(value)} characters")
        if not re.fullmatch(self.pattern, value):
            raise ValueError("it has other characters, or is empty" if value else "it is empty")
        return value


class StoreUrl(Check):
    """A store's URL: its scheme is one that exists."""

    allowed = ", ".join(f"{scheme}://" for scheme in STORE_SCHEMES)

    def __call__(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError(f"it is {_kind(value)}, no URL")
        scheme = scheme_of(value)
        if scheme.endswith("+socket"):
            return store_url_of_broker(value)
        if scheme == "sentinel" and not re.search(r"[?&]master_name=[^&]", value):
            raise ValueError("it needs ?master_name=…, as the sentinels call the primary")
        if scheme not in STORE_SCHEMES:
            raise ValueError(f"there is no store {scheme}://" if scheme else f"{mask_url(value)!r} is no URL")
        return value


class Durability(Check):
    """``"memory"``, ``"fsync"``, or ``("replicas", n)``; a list will do."""

    allowed = "\"memory\", \"fsync\", (\"replicas\", n) with n from 1 to 100"  # fmt: skip

    def __call__(self, value: Any) -> str | tuple[str, int]:
        if isinstance(value, str):
            if value not in ("memory", "fsync"):
                raise ValueError("say how many replicas" if value == "replicas" else "there is no such level")
            return value
        if not isinstance(value, (list, tuple)):
            raise ValueError(f"it is {_kind(value)}")
        if len(value) != 2 or value[0] != "replicas":
            raise ValueError("the only pair is (\"replicas\", n)")  # fmt: skip
        return "replicas", Whole(1, 100)(value[1])


class RetryHook(Check):
    """A callable, or an import path of one."""

    allowed = "a callable, its import path (\"shop.policies:decide\"), or None"  # fmt: skip
    takes_none = True

    def __call__(self, value: Any) -> Any:
        if callable(value):
            return value
        if not isinstance(value, str):
            raise ValueError(f"it is {_kind(value)}")
        if not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*[.:][^\W\d]\w*", value):
            raise ValueError("it is no import path")
        return value


def _kind(value: Any) -> str:
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
