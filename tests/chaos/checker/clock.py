"""A server's wall clock as the history tells of it: it may be set, forward and back, while the run goes on."""

from __future__ import annotations

import bisect

STEP = 1.0
"""Two readings that differ by so many seconds have a step between them; less is what clocks do."""

STALE = 60.0
"""Seconds for which the last reading holds."""

FOREVER = float("inf")


class WallClock:
    """What it showed at each moment of the monotonic clock, from readings."""

    def __init__(self) -> None:
        self._readings: list[tuple[float, float]] = []
        """Moments, and by how much it was ahead of the monotonic clock from then on."""
        self._found: list[tuple[float, float, float]] = []

    def read(self, at: float, wall: float) -> None:
        """At ``at`` it showed ``wall``."""
        bisect.insort(self._readings, (at, wall - at))
        self._found = []

    def shown(self, at: float) -> float:
        """What it showed at a moment."""
        if not self._readings:
            return at
        return at + self._readings[max(0, bisect.bisect_right(self._readings, (at, FOREVER)) - 1)][1]

    def latest(self, since: float, until: float) -> float:
        """The latest time that it showed between two moments."""
        before = [end + offset for _, end, offset in self._eras() if since < end <= until]
        return max(self.shown(since), self.shown(until), *before)

    def earliest(self, since: float, until: float) -> float:
        """The earliest."""
        after = [self.shown(start) for start, _, _ in self._eras() if since < start <= until]
        return min(self.shown(since), self.shown(until), *after)

    def steps(self, until: float) -> int:
        """How often it was set until then."""
        return sum(1 for start, _, _ in self._eras() if -FOREVER < start <= until)

    def moment(self, wall: float) -> float:
        """When it showed that first. (A clock that is set by an hour shows nothing twice within a run of an hour.)

        A server may see a step a moment later than we do: what it says then belongs to the era that lies nearest.
        """
        nearest, found = FOREVER, wall
        for start, end, offset in self._eras():
            at = self._moment_of_era(wall, offset)
            first, last = max(start, self._readings[0][0]), min(end, self._readings[-1][0] + STALE)
            distance = max(0.0, first - at, at - last)
            if distance < nearest:
                nearest, found = distance, at
        return found

    def reached(self, wall: float, since: float) -> float:
        """The first moment from ``since`` on at which it showed that or later; never: as if it were not set again."""
        for start, end, offset in self._eras():
            begin = max(start, since)
            if begin >= end:
                continue
            if self.shown(begin) >= wall:
                return begin
            at = self._moment_of_era(wall, offset)
            if begin <= at < end:
                return at
        return max(since, wall - self._readings[-1][1] if self._readings else wall)

    def _moment_of_era(self, wall: float, offset: float) -> float:
        """As exact as the reading that lies nearest before."""
        about = wall - offset
        exact = wall - (self.shown(about) - about)
        return exact if abs(exact - about) < STEP else about

    def _eras(self) -> list[tuple[float, float, float]]:
        """From when until when no step was, and by how much it was ahead then."""
        if not self._found and self._readings:
            offsets = [offset for _, offset in self._readings]
            steps = [number for number in range(1, len(offsets)) if abs(offsets[number] - offsets[number - 1]) >= STEP]
            starts = [-FOREVER, *(self._readings[number][0] for number in steps)]
            ahead = [offsets[number] for number in (0, *steps)]
            self._found = list(zip(starts, [*starts[1:], FOREVER], ahead, strict=True))
        return self._found
