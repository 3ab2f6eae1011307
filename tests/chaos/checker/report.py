"""What the rules found: violations, and figures for the table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.chaos.checker.model import Violation


@dataclass
class Report:
    """Filled by the rules."""

    violations: list[Violation] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    """Figures by name: jobs, runs, doubled with cause …"""
    slowest: dict[str, tuple[float, float, int]] = field(default_factory=dict)
    """By kind of recovery: slowest in seconds, its bound, how many were measured."""

    def violate(self, rule: str, job: str, text: str) -> None:
        """A promise was broken."""
        self.violations.append(Violation(rule, job, text))

    def recovered(self, kind: str, seconds: float, bound: float) -> None:
        """A recovery was measured."""
        slowest, allowed, count = self.slowest.get(kind, (0.0, bound, 0))
        if seconds - bound > slowest - allowed or not count:
            slowest, allowed = seconds, bound
        self.slowest[kind] = (slowest, allowed, count + 1)

    def broken(self, rule: str) -> int:
        """How often a rule was broken."""
        return sum(1 for violation in self.violations if violation.rule == rule)

    @property
    def ok(self) -> bool:
        """Whether every promise was kept."""
        return not self.violations
