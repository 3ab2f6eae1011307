"""The final store, recounted: what it counts is what it holds, and nothing is left of what has ended."""

from __future__ import annotations

import re
from collections import Counter

from tests.chaos.checker.model import Case, Limits
from tests.chaos.checker.report import Report

LEFT_OVER = "left over"
MISCOUNTED = "miscounted"
LIVING = ("waiting", "claimed", "sent", "running")
OF_ENDED = re.compile(
    r"(ended|calls|adds):\d+:\d+|[-\w]{8}:(jobs|runs)|dead|seq|meta|names|contact|keepers|looks|rotation"
    r"|counts|backlogs|leases|again"
)
"""Keys that may be there when no job waits or runs. (Times to look again are forgotten a day later.)"""


def check(case: Case, limits: Limits, report: Report) -> None:
    """Only a store that came to rest can be recounted."""
    store = case.store
    if not store:
        report.violate(LEFT_OVER, "", "the final store could not be read")
        return
    if not store["rested"]:
        counts = {state: count for state, count in store["counts"].items() if count and state in LIVING}
        report.violate(LEFT_OVER, "", f"the store did not come to rest: {counts}")
        return
    held = Counter(job["state"] for job in store["jobs"].values())
    for state in (*LIVING, "dead"):
        if store["counts"].get(state, 0) != held[state]:
            text = f"{state}: the store counts {store['counts'].get(state, 0)}, and holds {held[state]}"
            report.violate(MISCOUNTED, "", text)
    for queue, count in store["backlogs"].items():
        if count:
            report.violate(MISCOUNTED, "", f"the backlog of {queue} is {count}, and nothing is in flight")
    if store["shards"]:
        report.violate(LEFT_OVER, "", f"shards that hold nothing are listed: {store['shards'][:5]}")
    if store["recount"]:
        report.violate(MISCOUNTED, "", store["recount"])
    for key, size in (store["keys"] or {}).items():
        if not OF_ENDED.fullmatch(key):
            report.violate(LEFT_OVER, "", f"the key {key} is left, with {size} entries")
    report.counts["dead letters"] = held["dead"]
    jobs = sum(size for key, size in (store["keys"] or {}).items() if re.fullmatch(r"[-\w]{8}:jobs", key))
    if store["keys"] is not None and jobs != held["dead"]:
        report.violate(LEFT_OVER, "", f"{jobs} records are kept, and {held['dead']} jobs are dead")
