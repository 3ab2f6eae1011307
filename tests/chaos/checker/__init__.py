"""The checker: reads a history and the export of the final store, and decides G1 to G8 as plain rules.

It imports nothing of the library, and nothing of the harness but the reader of files: what the library thinks of
itself is no evidence.
"""

from tests.chaos.checker.model import Case, Limits, Violation
from tests.chaos.checker.report import Report
from tests.chaos.checker.verdict import judge, load

__all__ = ["Case", "Limits", "Report", "Violation", "judge", "load"]
