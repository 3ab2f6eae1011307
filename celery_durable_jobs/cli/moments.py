"""Moments and durations, as people type and read them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

import click

_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d|w)")


def parse_duration(text: str) -> timedelta:
    """Seconds (``90``, ``1.5``) or parts with units (``500ms``, ``45s``, ``10m``, ``2h``, ``1d12h``, ``1w``)."""
    said = text.strip().lower()
    try:
        if re.fullmatch(r"\d+(\.\d+)?", said):
            return timedelta(seconds=float(said))
        if said and _PART.sub("", said) == "":
            return timedelta(seconds=sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(said)))
    except OverflowError:
        raise ValueError(f"{text!r} is too long") from None
    raise ValueError(f"{text!r} is no duration: seconds, or for instance 45s, 10m, 2h, 1d12h")


def parse_moment(text: str, zone: tzinfo, now: datetime | None = None, *, dates: bool = False) -> datetime:
    """An ISO date and time (a naive one is in ``zone``), ``now``, or a duration from now: ``+2h``, ``-30m``.

    A date alone is refused, as by the API, unless ``dates``: then it is its midnight.
    """
    said = text.strip()
    moment = now or datetime.now(timezone.utc)
    if said.lower() == "now":
        return moment
    if said[:1] in "+-" and said[1:]:
        distance = parse_duration(said[1:])
        try:
            return moment + distance if said[0] == "+" else moment - distance
        except OverflowError:
            raise ValueError(f"{text!r} lies outside of the calendar") from None
    from dateutil.parser import isoparse  # type: ignore[import-untyped]

    try:
        if not _DATE.match(said):  # "2030" and "1200" are years to the parser
            raise ValueError
        # Python 3.10's own parser knows neither the Z nor tenths of a second.
        given: datetime = isoparse(said.upper())
    except (ValueError, OverflowError):
        hint = f"; from now is +{said}" if _is_span(said) else ""
        raise ValueError(
            f"{text!r} is no moment: 2030-01-31T09:00, 2030-01-31T09:00:00Z, now, +2h or -30m{hint}"
        ) from None
    if _DATE.fullmatch(said) and not dates:  # the parser would take midnight
        raise ValueError(f"{text!r} is a date, which has no time of day: {said}T09:00, for instance")
    return given if given.tzinfo else given.replace(tzinfo=zone)


def _is_span(text: str) -> bool:
    try:
        parse_duration(text)
    except ValueError:
        return False
    return not text.isdigit()  # 2030 is more likely a year


class Duration(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A duration on the command line."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        try:
            return parse_duration(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Moment(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A moment on the command line; a naive one is in the app's timezone. With ``dates`` a day will do."""

    name = "moment"

    def __init__(self, *, dates: bool = False) -> None:
        self._dates = dates

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        zone: tzinfo = timezone.utc
        if ctx is not None and ctx.obj is not None:
            zone = ctx.obj.app.timezone
        try:
            return parse_moment(value, zone, dates=self._dates)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def say_duration(seconds: float) -> str:
    """``0.4 s``, ``12 s``, ``3 min``, ``2 h 05 min``, ``3 d 4 h``, ``400 d``: the size of it, not every digit."""
    if seconds < 0:
        return "-" + say_duration(-seconds)
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    minutes = whole // 60
    if minutes < 120:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes:02} min"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if days < 100 else f"{days} d"


def say_distance(moment: datetime, now: datetime) -> str:
    """``in 3 min`` or ``12 s ago``."""
    seconds = (moment - now).total_seconds()
    return f"in {say_duration(seconds)}" if seconds >= 0 else f"{say_duration(-seconds)} ago"


def say_moment(moment: datetime | None, now: datetime) -> str | None:
    """The moment in the reader's own zone, with its distance; None stays None."""
    if moment is None:
        return None
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S.%f %z} ({say_distance(moment, now)})"
