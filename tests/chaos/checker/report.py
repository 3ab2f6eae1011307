"""What the rules found: violations, and figures for the table."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field

from tests.chaos.checker.model import Violation


@dataclass
class Recovery:
    """How soon it went on after faults of one kind, each measured by the job that waited longest for it."""

    bound: float = 0.0
    """That of the slowest, where bounds differ."""
    cases: dict[object, float] = field(default_factory=dict)
    """Seconds, by the fault; by the job where nothing was done."""
    jobs: int = 0
    """How many were looked at."""

    def take(self, case: object, seconds: float, bound: float) -> None:
        """One job went on."""
        if not self.cases or seconds - bound > self.slowest - self.bound:
            self.bound = bound
        self.cases[case] = max(seconds, self.cases.get(case, 0.0))
        self.jobs += 1

    @property
    def slowest(self) -> float:
        """p100."""
        return max(self.cases.values(), default=0.0)

    @property
    def median(self) -> float:
        """p50."""
        return statistics.median(self.cases.values())


@dataclass
class Report:
    """Filled by the rules."""

    violations: list[Violation] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    """Figures by name: jobs, runs, doubled with cause …"""
    recoveries: dict[str, Recovery] = field(default_factory=dict)
    """By kind."""

    def violate(self, rule: str, job: str, text: str) -> None:
        """A promise was broken."""
        self.violations.append(Violation(rule, job, text))

    def recovered(self, kind: str, case: object, seconds: float, bound: float) -> None:
        """A recovery was measured."""
        self.recoveries.setdefault(kind, Recovery()).take(case, seconds, bound)

    def broken(self, rule: str) -> int:
        """How often a rule was broken."""
        return sum(1 for violation in self.violations if violation.rule == rule)

    @property
    def ok(self) -> bool:
        """Whether every promise was kept."""
        return not self.violations
