"""Names for parameters, the same in every process."""

from __future__ import annotations

import re


def label(value: object) -> str:
    """The value's repr without addresses, so that pytest-xdist's processes agree on what was collected."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))
