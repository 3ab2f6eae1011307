"""What is explored: the models as they are, and with one rule dropped each, which must then break a property.

The tables below follow DESIGN's table of steps and guards, step by step.
"""

from __future__ import annotations

from .explore import Configuration


def _whole(
    name: str, model: str, *flags: str, cycles: bool = False, quick: bool = False, large: bool = False
) -> Configuration:
    return Configuration(name, model, flags, cycles=cycles, quick=quick, large=large)


def _drop(rule: str, breaks: str, model: str, *flags: str, quick: bool = False, why: str = "") -> Configuration:
    """Without this rule one of these properties is broken."""
    name = rule.replace("NO_", "without ").replace("_", " ").lower()
    if model != "dispatch":
        name = f"{name} ({model})"
    return Configuration(name, model, (rule, *flags), frozenset(breaks.split()), quick=quick, guards=why)


def _spare(rule: str, why: str, model: str, *flags: str) -> Configuration:
    """Dropping it breaks nothing here; ``why`` says what it is for."""
    name = rule.replace("NO_", "without ").replace("_", " ").lower()
    return Configuration(f"{name} ({model})", model, (rule, *flags), large=True, guards=why)


WHOLE = (
    _whole("one trouble of any kind", "dispatch", "TROUBLES=1", "POLLS=0", quick=True),
    _whole("... with polls", "dispatch", "TROUBLES=1"),
    _whole("... and a cancel and a change", "dispatch", "TROUBLES=1", "POLLS=0", "CANCELLING", "CHANGING",
           large=True),
    _whole("two troubles of any kind", "dispatch", "TROUBLES=2", "POLLS=0", large=True),
    _whole("two troubles of keepers, with all else", "dispatch", "TROUBLES=2", "POLLS=0", "ONLY_KEEPERS", "ONE_WORKER",
           "FAILURES=0", "CANCELLING", "CHANGING", large=True),
    _whole("two troubles of workers, with polls", "dispatch", "TROUBLES=2", "ONLY_WORKERS", large=True),
    _whole("three troubles of keepers", "dispatch", "TROUBLES=3", "POLLS=0", "ONLY_KEEPERS", "ONE_WORKER"),
    _whole("dispatch in one step, or in two", "dispatch", "TROUBLES=2", "POLLS=0", "ONLY_KEEPERS", "IN_ONE_STEP"),
    _whole("every run ends", "dispatch", "TROUBLES=1", "POLLS=0", cycles=True),
    _whole("every run ends, two troubles of keepers", "dispatch", "TROUBLES=2", "POLLS=0", "ONLY_KEEPERS", "ONE_WORKER",
           cycles=True),
    _whole("batches of two, two troubles", "order", "TROUBLES=2", quick=True),
    _whole("batches of two, three troubles", "order", "TROUBLES=3"),
    _whole("claims of one, three troubles", "order", "TROUBLES=3", "LIMIT=1"),
    _whole("a backlog of one, three troubles", "order", "TROUBLES=3", "BOUND=1"),
    _whole("a queue that is paused", "order", "TROUBLES=2", "PAUSING"),
    _whole("dispatch in one step, or in two", "order", "TROUBLES=3", "IN_ONE_STEP"),
    _whole("every run ends", "order", "TROUBLES=2", cycles=True),
    _whole("three calls, one copy", "client", "CALLS=3", quick=True),
    _whole("four calls, one copy", "client", "CALLS=4", "FAILURES=0", large=True),
    _whole("three calls, two copies", "client", "CALLS=3", "TROUBLES=2"),
    _whole("jobs that expire", "client", "CALLS=3", "TROUBLES=2", "EXPIRING"),
    _whole("keys kept until the end", "client", "CALLS=3", "KEY_UNTIL_ENDED"),
    _whole("what ended is pruned later than copies come", "client", "CALLS=3", "TROUBLES=2", "PRUNING"),
    _whole("every run ends", "client", "CALLS=3", cycles=True),
)  # fmt: skip

ONE = ("TROUBLES=1", "POLLS=0")
TWO = ("TROUBLES=2", "POLLS=0")

DROPPED = (
    # add
    _drop("NO_STORED_CHECK_ON_ADD", "G4", "client", "CALLS=3"),
    _drop("NO_LEFT_CHECK_ON_ADD", "G4", "client", "CALLS=3"),
    _drop("NO_DIGEST_ON_ADD", "G1", "client", "CALLS=3"),
    _drop("NO_KEPT_ADD", "R1", "client", "CALLS=3"),
    _drop("NO_EXPIRES_ON_ADD", "KEY", "client", "CALLS=3", "EXPIRING"),
    _drop("NO_STATE_ON_REPLACE", "G4", "client", "CALLS=3", "KEY_UNTIL_ENDED"),
    _drop("PRUNED_EARLY", "G4", "client", "CALLS=3", "TROUBLES=2", "PRUNING", "BLIND"),
    # look
    _drop("NO_TOKEN_ON_RENEW", "G5", "dispatch", *ONE),
    _drop("NO_LEASE_CHECK_ON_LOOK", "G5", "dispatch", *ONE, quick=True),
    _drop("NO_RUN_OUT", "G5", "dispatch", *ONE),
    _drop("NO_NEW_TERM", "ORDER", "order", "TROUBLES=2"),
    # release
    _drop("NO_TOKEN_ON_RELEASE", "G5", "dispatch", *TWO),
    # put back
    _drop("NO_TOKEN_ON_PUT_BACK", "G5", "dispatch", *TWO),
    _drop("NO_STATE_ON_PUT_BACK", "G4", "dispatch", *TWO),
    _drop("NO_GENERATION_ON_PUT_BACK", "ORDER", "order", "TROUBLES=3"),
    _drop("NO_SWEEP_FIRST", "ORDER", "order", "TROUBLES=2"),
    _drop("SWEEP_IN_PARTS", "ORDER", "order", "TROUBLES=2",
          why="a sweep that takes less than a batch at a time lets a stopped keeper publish the rest of it"),
    _drop("NO_OTHER_TOKEN_ON_PUT_BACK", "END", "dispatch", *TWO, "NO_OVERDUE_PUT_BACK",
          why="each of the two ways brings back what a dead keeper claimed; without both nothing does"),
    _spare("NO_DEADLINE_ON_PUT_BACK", "load: what a keeper has in hand isn't put back under it; DESIGN's keeper sweeps "
           "with nothing in hand", "dispatch", *TWO),
    # claim
    _drop("NO_TOKEN_ON_CLAIM", "G5", "dispatch", *ONE),
    _drop("NO_DUE_ON_CLAIM", "G3", "dispatch", *ONE, quick=True),
    _drop("NO_ROOM_ON_CLAIM", "LOAD", "order", "TROUBLES=1", "BOUND=1"),
    _drop("NO_PAUSE_ON_CLAIM", "LOAD", "order", "TROUBLES=1", "PAUSING"),
    _drop("CLAIM_RESENT", "ORDER", "order", "TROUBLES=2", "LIMIT=1"),
    _drop("NO_NEW_GENERATION", "G1 G4 G5 COUNT", "dispatch", *TWO),
    # mark sent
    _drop("NO_TOKEN_ON_MARK", "G5", "dispatch", *ONE),
    _drop("NO_STATE_ON_MARK", "G4", "dispatch", *TWO),
    _drop("NO_GENERATION_ON_MARK", "G7", "dispatch", *TWO),
    # resend
    _drop("NO_TOKEN_ON_RESEND", "G5", "dispatch", *TWO),
    _drop("NO_STATE_ON_RESEND", "LOAD", "dispatch", *ONE),
    _drop("NO_DEADLINE_ON_RESEND", "LOAD", "dispatch", *ONE),
    # hold
    _drop("NO_STATE_ON_HOLD", "G7", "dispatch", *ONE),
    _drop("NO_GENERATION_ON_HOLD", "G7", "dispatch", *ONE),
    # begin
    _drop("NO_WAITING_CHECK_ON_BEGIN", "G3", "dispatch", *ONE, "CHANGING"),
    _drop("NO_RUNNING_CHECK_ON_BEGIN", "G4", "dispatch", *ONE),
    _drop("NO_ENDED_CHECK_ON_BEGIN", "G6", "dispatch", *ONE, "CANCELLING"),
    _drop("NO_GENERATION_ON_BEGIN", "G5", "dispatch", *ONE),
    _drop("NO_GENERATION_ON_BEGIN", "G1", "client", "CALLS=3"),
    _drop("NO_SAME_DELIVERY_ON_BEGIN", "G4", "dispatch", *ONE),
    _spare("NO_LAST_ON_BEGIN", "the reason that a late copy is told; state and generation refuse it as well",
           "dispatch", *TWO),
    _drop("NO_EXPIRES_ON_BEGIN", "G2", "client", "CALLS=3", "EXPIRING"),
    _drop("NO_KEY_FREED_AT_BEGIN", "KEY", "client", "CALLS=3"),
    # finish
    _drop("NO_STATE_ON_FINISH", "COUNT", "dispatch", *TWO),
    _drop("NO_DELIVERY_ON_FINISH", "G4 COUNT", "dispatch", *ONE),
    _drop("NO_LAST_ON_FINISH", "R1", "dispatch", *ONE),
    _drop("NO_CANCEL_ON_FINISH", "G6", "dispatch", *ONE, "CANCELLING"),
    _drop("NO_EXPIRES_ON_FINISH", "G2", "client", "CALLS=3", "EXPIRING"),
    # settle
    _drop("NO_DELIVERY_ON_SETTLE", "G4", "dispatch", *TWO),
    _drop("NO_GENERATION_ON_SETTLE", "COUNT", "dispatch", *TWO),
    _drop("NO_LAST_ON_SETTLE", "R1", "dispatch", *TWO),
    _drop("NO_CANCEL_ON_LOSS", "G6", "dispatch", *ONE, "CANCELLING"),
    # rescue
    _drop("NO_TOKEN_ON_RESCUE", "G5", "dispatch", *TWO),
    _drop("NO_STATE_ON_RESCUE", "COUNT", "dispatch", *ONE),
    _drop("NO_DEADLINE_ON_RESCUE", "G4", "dispatch", *ONE),
    _drop("NO_CONTACT_RULE", "G4", "dispatch", *ONE),
    # bury
    _drop("NO_TOKEN_ON_BURY", "G5", "dispatch", *TWO),
    _drop("NO_STATE_ON_BURY", "G2", "dispatch", *TWO),
    _drop("NO_GENERATION_ON_BURY", "G1", "dispatch", *ONE, "CHANGING", "UNREADABLE"),
    # cancel
    _drop("NO_RUNNING_CHECK_ON_CANCEL", "G6", "dispatch", *ONE, "CANCELLING"),
    _drop("NO_CALL_ID_ON_CANCEL", "G1", "client", "CALLS=3", "BLIND"),
    _drop("NO_OUTCOME_KEPT", "G6", "client", "CALLS=3"),
    # change
    _drop("NO_RUNNING_CHECK_ON_CHANGE", "G4", "dispatch", *ONE, "CHANGING"),
    _drop("NO_ENDED_CHECK_ON_CHANGE", "G6", "dispatch", *ONE, "CANCELLING", "CHANGING"),
    _drop("NO_WAITING_ON_CHANGE", "G1 G3", "dispatch", *ONE, "CHANGING"),
    _drop("NO_CALL_ID_ON_CHANGE", "G1", "client", "CALLS=3", "BLIND"),
    # replay
    _drop("NO_STATE_ON_REPLAY", "G6", "client", "CALLS=3"),
    _drop("NO_KEY_ON_REPLAY", "KEY", "client", "CALLS=3"),
    _drop("NO_CALL_ID_ON_REPLAY", "G4", "client", "CALLS=3", "BLIND"),
    # forget, pause, resume
    _drop("NO_STATE_ON_FORGET", "G1", "client", "CALLS=3"),
    _drop("NO_ID_LEFT_ON_FORGET", "G4", "client", "CALLS=3", "BLIND"),
    _drop("NO_CALL_ID_ON_FORGET", "G1", "client", "CALLS=3", "BLIND"),
    _drop("NO_CALL_ID_ON_PAUSE", "END", "order", "TROUBLES=1", "PAUSING"),
    # keys
    _drop("NO_OWNER_ON_FREE", "KEY", "client", "CALLS=3"),
    _drop("NO_FREE_CHECK_ON_TAKE", "KEY", "client", "CALLS=3"),
    _drop("NO_KEY_FREED_AT_END", "KEY", "client", "CALLS=3"),
    # when in doubt, a new term
    _drop("NO_DOUBT", "ORDER", "order", "TROUBLES=2", "LIMIT=1"),
    # the registry rule
    _drop("NO_HEAD_ON_ADD", "END", "order", "TROUBLES=1", quick=True),
    _drop("NO_HEAD_ON_CLAIM", "LOAD", "order", "TROUBLES=1"),
    _drop("NO_OPEN_ON_CLAIM", "END", "order", "TROUBLES=2"),
    _drop("NO_HEAD_ON_WAIT", "END", "order", "TROUBLES=2"),
    _drop("NO_OPEN_ON_END", "LOAD", "order", "TROUBLES=1"),
    _drop("NO_LOOK_AGAIN", "END", "order", "TROUBLES=1", "BOUND=1", "NO_WAKE_ON_ROOM",
          why="a full route is opened by room and by the poll interval; without both it stays closed"),
    _spare("NO_WAKE_ON_ROOM", "how soon a full route is looked at: within a poll interval it is anyway", "order",
           "TROUBLES=3", "BOUND=1"),
)  # fmt: skip

CONFIGURATIONS = WHOLE + DROPPED
