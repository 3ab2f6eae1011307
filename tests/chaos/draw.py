"""What clients ask for: drawn from a seed, so that a run can be had again (as far as processes allow)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

Plan = dict[str, Any]


@dataclass(frozen=True)
class Mix:
    """What jobs do, by weight, and how far ahead they are due.

    :param ahead: the longest countdown in seconds.
    :param long: the longest that a handler sleeps.
    :param sleepy: the weight of those that sleep for seconds (all together weigh about 100).
    :param poison: whether jobs that kill their process each time are among them (each takes ten seconds to end).
    """

    ahead: float = 20.0
    long: float = 6.0
    poison: bool = True
    sleepy: float = 2.0


def draw_plan(rng: random.Random, mix: Mix) -> tuple[str, Plan]:
    """A handler and what it is to do. The outcome is known from it: see ``checker.expected``."""
    draws: list[tuple[float, str, Plan]] = [
        (45, "work", {"do": "ok"}),
        (15, "small", {"do": "ok"}),
        (2, "small", {"do": "sleep", "s": round(rng.uniform(0.05, 0.4), 3)}),
        (1, "small", {"do": "fail", "times": 1}),
        (0.1, "small", {"do": "kill", "times": 1}),
        (8, "work", {"do": "sleep", "s": round(rng.uniform(0.05, 0.4), 3)}),
        (mix.sleepy, "work", {"do": "sleep", "s": round(rng.uniform(1, mix.long), 3)}),
        (4, "work", {"do": "cpu", "s": round(rng.uniform(0.001, 0.02), 4)}),
        (6, "work", {"do": "fail", "times": rng.randint(1, 2)}),
        (2, "hopeless", {"do": "hopeless"}),
        (3, "work", {"do": "poll", "times": rng.randint(1, 3), "s": 0.3}),
        (3, "work", {"do": "again", "times": 1, "s": round(rng.uniform(0.3, 2), 2)}),
        (1, "work", {"do": "polite", "s": round(rng.uniform(0.5, mix.long), 2)}),
        (2, "work", {"do": "child"}),
        (4, "late", {"do": "ok"}),
        (4, "asleep", {"do": "async", "s": round(rng.uniform(0.01, 0.3), 3)}),
        (0.3, "work", {"do": "kill", "times": 1}),
        (0.1, "late", {"do": "gil", "s": round(rng.uniform(1, mix.long), 2)}),
        (0.1, "unknown", {"do": "unknown"}),
        (0.05 if mix.poison else 0, "work", {"do": "kill", "times": 0}),
    ]
    _, handler, plan = rng.choices(draws, [weight for weight, _, _ in draws])[0]
    return handler, plan


def draw_countdown(rng: random.Random, mix: Mix) -> float:
    """Now, soon, or some seconds ahead; often the same for several jobs."""
    return rng.choice([0.0, 0.0, round(rng.uniform(0, 2), 3), float(rng.randint(0, 5)), rng.uniform(0, mix.ahead)])
