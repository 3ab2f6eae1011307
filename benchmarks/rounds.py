"""Measuring two or more ways of doing a thing by turns."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def by_turns(sides: Mapping[str, Callable[[], float]], repeats: int, *, warm_up: bool = True) -> dict[str, list[float]]:
    """Run each side once a round, in an order that turns round; answers what each came to, a sample a round.

    :param warm_up: the first round is thrown away: imports, connections, scripts, caches.
    """
    samples: dict[str, list[float]] = {name: [] for name in sides}
    first = 0 if warm_up else 1
    for number in range(first, repeats + 1):
        for name in list(sides)[:: 1 if number % 2 else -1]:
            value = sides[name]()
            if number:
                samples[name].append(value)
    return samples
