"""What there is to measure, and the figures to reach."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from types import ModuleType

NAMES = (
    "schedule",
    "schedule_bulk",
    "aapply",
    "scripts",
    "functions",
    "import_time",
    "dispatch_one_step",
    "dispatch_kombu",
    "start_lag",
    "waiting",
    "memory",
    "overdue",
    "idle",
    "burst",
    "burst_batch",
)
"""One module each: ``run(lab, report, …)``, its sizes as keyword arguments, and ``SMALL``, those of a smoke test."""


def module_of(name: str) -> ModuleType:
    """The script of that name."""
    return importlib.import_module(f"benchmarks.{name}")


def title_of(name: str) -> str:
    """The first line of the script's docstring."""
    return (module_of(name).__doc__ or "").splitlines()[0].rstrip(".")


@dataclass(frozen=True, slots=True)
class Row:
    """A figure to reach: at least (``>=``) or at most (``<=``) ``bound``, in ``unit`` (``report.show`` knows them)."""

    what: str
    sign: str
    bound: float
    unit: str

    def reached(self, value: float) -> bool:
        """Whether a value is good enough."""
        return value >= self.bound if self.sign == ">=" else value <= self.bound


ROWS = {
    "schedule": Row("Schedule one by one, against Celery `apply_async(countdown=)`", ">=", 5, "x"),
    "schedule_bulk": Row("Schedule in bulk, against Celery one by one", ">=", 25, "x"),
    "one_step": Row(
        "Dispatch in one step, backlogs unbounded, against the bare script looped by a minimal client", ">=", 0.8, "x"
    ),
    "kombu_redis": Row("Dispatch through Kombu, Redis to Redis, against one-by-one `apply_async`", ">=", 5, "x"),
    "kombu_rabbitmq": Row("Dispatch through Kombu, RabbitMQ with confirms, against the same", ">=", 5, "x"),
    "burst": Row("10,000 jobs due at one moment, against as many plain messages, rate", ">=", 1.8, "x"),
    "burst_eta": Row("The same, against Celery `eta`, rate", ">=", 1, "x"),
    "burst_batch": Row("No-op jobs with `batch=50`, due at one moment, against plain messages, rate", ">=", 5, "x"),
    "lag_100_p50": Row("Start lag at 100/s, p50", "<=", 0.002, "s"),
    "lag_100_p99": Row("Start lag at 100/s, p99", "<=", 0.004, "s"),
    "lag_500_p99": Row("Start lag at 500/s, p99", "<=", 0.020, "s"),
    "waiting_lag": Row("Lag with 10,000,000 jobs waiting, against 10,000", "<=", 1.2, "x"),
    "waiting_schedule": Row("Schedule, likewise: time of a call", "<=", 1.2, "x"),
    "waiting_claim": Row("Claim, likewise", "<=", 1.2, "x"),
    "waiting_cancel": Row("Cancel, likewise", "<=", 1.2, "x"),
    "waiting_get": Row("Get, likewise", "<=", 1.2, "x"),
    "memory_busy": Row("`used_memory` of a small job at 1,000,000, busy windows", "<=", 240, "B"),
    "memory_sparse": Row("The same, one job a window", "<=", 380, "B"),
    "overdue_rate": Row("1,000,000 overdue: rate, against the same workers with few overdue", ">=", 0.9, "x"),
    "overdue_queue": Row("… longest queue, in backlogs' bounds", "<=", 1, "x"),
    "overdue_memory": Row("… keeper's memory", "<=", 150e6, "MB"),
    "overdue_p99": Row("… other clients' calls, p99", "<=", 0.020, "s"),
    "idle_cpu": Row("An idle keeper's CPU, whatever the number of stripes", "<=", 0.5, "%"),
    "idle_commands": Row("… its commands to a server", "<=", 10, "/s"),
    "import": Row("Import of the package on top of Celery", "<=", 0.050, "s"),
}
"""By name, in the order of the page."""
