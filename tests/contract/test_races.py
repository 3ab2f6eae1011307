"""Two steps that meet on one job, in either order: what each is answered, and what becomes of the job.

Each step is atomic in the store, so that the two orders are all that can happen. After both, a worker begins the
message that was out before (or that the claim of the race made): at most one of all messages ever begins (G4), none
after ``CANCELLED`` (G6), none of a keeper's that lost its lease (G5).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from celery_durable_jobs import steps
from celery_durable_jobs.model.options import CONTACT_QUIET_US
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.when import NOW, SECOND, When
from celery_durable_jobs.steps import Delivery, FinishKind, KeyRef, Term
from celery_durable_jobs.testing import StoreDriver
from celery_durable_jobs.testing.driver import CELERY

KEY = KeyRef("k")


class Scene:
    """A job in some state, and what those who act on it know."""

    job: JobRecord
    """As its newest message carries it."""

    def __init__(self, jobs: StoreDriver) -> None:
        self.jobs = jobs
        jobs.keep_looking(CONTACT_QUIET_US / SECOND)

    def term(self, keeper: str = "k1") -> Term:
        return self.jobs.terms[keeper][self.job.id[1:9]]

    def holder(self) -> str:
        """Whom the key names."""
        record = self.jobs.send(steps.Get(KEY))
        return "nobody" if record is None else "it" if record.id == self.job.id else "another"


# -- where it starts


def keyless(scene: Scene) -> None:
    """A job that has nothing to do with the key."""
    scene.job = scene.jobs.sent()


def waiting(scene: Scene) -> None:
    scene.job = scene.jobs.get(scene.jobs.add(key="k"))
    scene.jobs.lease(scene.job.id)


def claimed(scene: Scene) -> None:
    scene.job = scene.jobs.claimed(key="k")


def sent(scene: Scene) -> None:
    scene.job = scene.jobs.sent(key="k")


def lost(scene: Scene) -> None:
    """Sent, and not begun in time."""
    sent(scene)
    scene.jobs.keep_looking(30)


def running(scene: Scene) -> None:
    scene.job = scene.jobs.running("run", key="k")


def silent(scene: Scene) -> None:
    """Running, and its run lease is over."""
    running(scene)
    scene.jobs.keep_looking(30)


def stopping(scene: Scene) -> None:
    """Running, and a cancel was requested; its run lease is over."""
    silent(scene)
    scene.jobs.cancel(scene.job.id)


def dead(scene: Scene) -> None:
    running(scene)
    scene.jobs.finish(scene.job.id, "run", FinishKind.DIE, error="it died")


def abandoned(scene: Scene) -> None:
    """Claimed by a keeper whose lease is over and taken by another, k2."""
    claimed(scene)
    scene.jobs.keep_looking(7, "k2")
    assert scene.job.id[1:9] in scene.jobs.terms["k2"]


# -- steps: each sends one request, and says in a word what the answer was


def add(scene: Scene) -> str:
    """Another job with the same key."""
    return said(scene.jobs.send(scene.jobs.request(60, key="k")))


def add_or_error(scene: Scene) -> str:
    return said(scene.jobs.send(scene.jobs.request(60, key="k", on_conflict="error")))


def replace_by_key(scene: Scene) -> str:
    return said(scene.jobs.send(scene.jobs.request(60, key="k", on_conflict="replace")))


def claim(scene: Scene) -> str:
    answer = scene.jobs.send(steps.Claim(scene.term(), CELERY))
    if answer.jobs:
        scene.job = answer.jobs[0]
    return said(answer)


def mark(scene: Scene) -> str:
    return said(scene.jobs.send(steps.MarkSent(scene.term(), ((scene.job.id, scene.job.generation),))))


def put_back(scene: Scene) -> str:
    """The keeper that claimed it couldn't publish."""
    return said(scene.jobs.send(steps.PutBack(scene.term(), ((scene.job.id, scene.job.generation),))))


def sweep(scene: Scene) -> str:
    """The new term of another keeper puts back what the old one left."""
    return said(scene.jobs.send(steps.PutBack(scene.term("k2"))))


def bury(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Bury(scene.job.id, scene.job.generation, "unroutable", scene.term())))


def resend(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Resend(scene.term())))


def rescue(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Rescue(scene.term())))


def release(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Release("k1", (scene.term(),), leaving=True)))


def look_of_another(scene: Scene) -> str:
    looked = scene.jobs.send(steps.Look("k2", {}))
    return "granted" if scene.job.id[1:9] in {held.term.shard_id for held in looked.held} else "not granted"


def look(scene: Scene) -> str:
    """The keeper's own: it renews."""
    looked = scene.jobs.send(steps.Look("k1", {}, (scene.term(),)))
    return "lost" if scene.term() in looked.lost else "renewed"


def begin(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Begin(scene.job.id, scene.job.generation, "run")))


def begin_of_another(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Begin(scene.job.id, scene.job.generation, "another")))


def hold(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Hold((Delivery(scene.job.id, scene.job.generation, "run"),))))


def heartbeat(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Heartbeat(((scene.job.id, "run", None),))))


def succeed(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Finish(scene.job.id, "run", FinishKind.SUCCEED)))


def succeed_of_another(scene: Scene) -> str:
    """A worker that was refused, or whose run was taken over."""
    return said(scene.jobs.send(steps.Finish(scene.job.id, "another", FinishKind.SUCCEED)))


def retry(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Finish(scene.job.id, "run", FinishKind.RETRY, error="once more")))


def settle(scene: Scene) -> str:
    """A message is dropped, or its run stops."""
    return said(scene.jobs.send(steps.Settle(Delivery(scene.job.id, scene.job.generation, "run"))))


def child_died(scene: Scene) -> str:
    delivery = Delivery(scene.job.id, scene.job.generation, "run")
    return said(scene.jobs.send(steps.Settle(delivery, 3, "signal 9")))


def cancel(scene: Scene) -> str:
    return said(scene.jobs.cancel(scene.job.id))


def change(scene: Scene) -> str:
    return said(scene.jobs.change(scene.job.id, metadata={"a": "b"}))


def change_later(scene: Scene) -> str:
    return said(scene.jobs.change(scene.job.id, due=When(after_us=60 * SECOND)))


def change_to_now(scene: Scene) -> str:
    return said(scene.jobs.change(scene.job.id, due=NOW))


def replay(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Replay(scene.job.id, scene.jobs.call_id())))


def forget(scene: Scene) -> str:
    return said(scene.jobs.send(steps.Forget(scene.job.id, scene.jobs.call_id())))


def said(answer: Any) -> str:
    """The answer in a word."""
    refused = getattr(answer, "refused", None)
    if refused is not None:
        return str(refused.value)
    words: dict[type, Callable[[Any], Any]] = {
        steps.Refused: lambda answer: answer.why,
        steps.Begun: lambda answer: "begun!",
        steps.MarkedSent: lambda answer: answer.marks[0],
        steps.PutBackDone: lambda answer: f"{answer.count} put back",
        steps.Claimed: lambda answer: f"{len(answer.jobs)} claimed",
        steps.Resending: lambda answer: f"{len(answer.jobs)} again",
        steps.Rescued: lambda answer: "returned" if answer.returned else "cancelled" if answer.cancelled else "none",
        steps.Finished: lambda answer: answer.state,
        steps.Settled: lambda answer: answer.state,
        JobRecord: lambda answer: answer.state,
        tuple: lambda answer: "held" if answer[0] is None else getattr(answer[0], "why", answer[0]),
        int: lambda answer: f"{answer} let go",
    }
    word = words[type(answer)](answer) if type(answer) in words else getattr(answer, "outcome", answer)
    return str(getattr(word, "value", word))


# -- the table

Step = Callable[[Scene], str]
Outcome = tuple[str, str, str, str, str]
"""What each step was answered; the state; whom the key names; what a late begin is answered."""


@dataclass(frozen=True)
class Race:
    """Where it starts, the two steps, and what comes of each order."""

    start: Callable[[Scene], None]
    one: Step
    two: Step
    one_first: Outcome
    two_first: Outcome

    def __str__(self) -> str:
        return f"{self.start.__name__}-{self.one.__name__}-{self.two.__name__}"


PAIRS: list[Race] = [
    Race(
        waiting,
        claim,
        cancel,
        ("1 claimed", "cancelled", "cancelled", "nobody", "ended"),
        ("0 claimed", "cancelled", "cancelled", "nobody", "ended"),
    ),
    Race(
        waiting,
        claim,
        change,
        ("1 claimed", "changed", "waiting", "it", "stale"),
        ("1 claimed", "changed", "claimed", "it", "begun!"),
    ),
    Race(
        waiting,
        claim,
        change_later,
        ("1 claimed", "changed", "waiting, later", "it", "stale"),
        ("0 claimed", "changed", "waiting, later", "it", "stale"),
    ),
    Race(
        waiting,
        claim,
        release,
        ("1 claimed", "1 let go", "claimed", "it", "begun!"),
        ("lease", "1 let go", "waiting", "it", "stale"),
    ),
    Race(
        claimed,
        mark,
        begin,
        ("sent", "begun!", "running", "nobody", "begun"),
        ("begun", "begun!", "running", "nobody", "begun"),
    ),
    Race(
        claimed,
        mark,
        cancel,
        ("sent", "cancelled", "cancelled", "nobody", "ended"),
        ("gone", "cancelled", "cancelled", "nobody", "ended"),
    ),
    Race(
        claimed,
        mark,
        change,
        ("sent", "changed", "waiting", "it", "stale"),
        ("gone", "changed", "waiting", "it", "stale"),
    ),
    Race(
        claimed,
        mark,
        settle,
        ("sent", "waiting", "waiting", "it", "stale"),
        ("gone", "waiting", "waiting", "it", "stale"),
    ),
    Race(claimed, mark, hold, ("sent", "held", "sent", "it", "begun!"), ("sent", "held", "sent", "it", "begun!")),
    Race(
        claimed,
        begin,
        put_back,
        ("begun!", "0 put back", "running", "nobody", "begun"),
        ("stale", "1 put back", "waiting", "it", "stale"),
    ),
    Race(
        claimed,
        begin,
        bury,
        ("begun!", "begun", "running", "nobody", "begun"),
        ("ended", "dead", "dead", "nobody", "ended"),
    ),
    Race(
        claimed,
        cancel,
        put_back,
        ("cancelled", "0 put back", "cancelled", "nobody", "ended"),
        ("cancelled", "1 put back", "cancelled", "nobody", "ended"),
    ),
    Race(
        abandoned,
        begin,
        sweep,
        ("begun!", "0 put back", "running", "nobody", "begun"),
        ("stale", "1 put back", "waiting", "it", "stale"),
    ),
    Race(
        abandoned,
        mark,
        sweep,
        ("lease", "1 put back", "waiting", "it", "stale"),
        ("lease", "1 put back", "waiting", "it", "stale"),
    ),
    Race(
        abandoned,
        claim,
        sweep,
        ("lease", "1 put back", "waiting", "it", "stale"),
        ("lease", "1 put back", "waiting", "it", "stale"),
    ),
    Race(
        abandoned,
        look,
        sweep,
        ("lost", "1 put back", "waiting", "it", "stale"),
        ("lost", "1 put back", "waiting", "it", "stale"),
    ),
    Race(
        sent,
        begin,
        cancel,
        ("begun!", "requested", "running", "nobody", "begun"),
        ("ended", "cancelled", "cancelled", "nobody", "ended"),
    ),
    Race(
        sent,
        begin,
        change,
        ("begun!", "running", "running", "nobody", "begun"),
        ("stale", "changed", "waiting", "it", "stale"),
    ),
    Race(
        sent,
        begin,
        begin_of_another,
        ("begun!", "begun", "running", "nobody", "begun"),
        ("begun", "begun!", "running", "nobody", "begun"),
    ),
    Race(
        sent,
        begin,
        settle,
        ("begun!", "waiting", "waiting", "it", "stale"),
        ("begun", "waiting", "waiting", "it", "stale"),
    ),
    Race(
        sent,
        begin,
        child_died,
        ("begun!", "waiting", "waiting", "it", "stale"),
        ("begun", "waiting", "waiting", "it", "stale"),
    ),
    Race(
        sent,
        begin,
        add,
        ("begun!", "stored", "running", "another", "begun"),
        ("begun!", "returned", "running", "nobody", "begun"),
    ),
    Race(
        sent,
        begin,
        replace_by_key,
        ("begun!", "stored", "running", "another", "begun"),
        ("stale", "replaced", "waiting, later", "it", "stale"),
    ),
    Race(
        sent,
        hold,
        cancel,
        ("held", "cancelled", "cancelled", "nobody", "ended"),
        ("ended", "cancelled", "cancelled", "nobody", "ended"),
    ),
    Race(
        sent,
        cancel,
        change,
        ("cancelled", "ended", "cancelled", "nobody", "ended"),
        ("cancelled", "changed", "cancelled", "nobody", "ended"),
    ),
    Race(
        sent,
        change_to_now,
        change_later,
        ("changed", "changed", "waiting, later", "it", "stale"),
        ("changed", "changed", "waiting", "it", "stale"),
    ),
    Race(lost, hold, resend, ("held", "0 again", "sent", "it", "begun!"), ("held", "1 again", "sent", "it", "begun!")),
    Race(
        lost,
        settle,
        resend,
        ("waiting", "0 again", "waiting", "it", "stale"),
        ("waiting", "1 again", "waiting", "it", "stale"),
    ),
    Race(
        lost,
        resend,
        begin,
        ("1 again", "begun!", "running", "nobody", "begun"),
        ("0 again", "begun!", "running", "nobody", "begun"),
    ),
    Race(
        lost,
        resend,
        cancel,
        ("1 again", "cancelled", "cancelled", "nobody", "ended"),
        ("0 again", "cancelled", "cancelled", "nobody", "ended"),
    ),
    Race(
        lost,
        resend,
        change,
        ("1 again", "changed", "waiting", "it", "stale"),
        ("0 again", "changed", "waiting", "it", "stale"),
    ),
    Race(
        running,
        succeed,
        cancel,
        ("succeeded", "ended", "succeeded", "nobody", "ended"),
        ("succeeded", "requested", "succeeded", "nobody", "ended"),
    ),
    Race(
        running,
        retry,
        cancel,
        ("waiting", "cancelled", "cancelled", "nobody", "ended"),
        ("cancelled", "requested", "cancelled", "nobody", "ended"),
    ),
    Race(
        running,
        retry,
        add,
        ("waiting", "returned", "waiting", "it", "stale"),
        ("waiting", "stored", "waiting", "another", "stale"),
    ),
    Race(
        running,
        succeed,
        settle,
        ("succeeded", "succeeded", "succeeded", "nobody", "ended"),
        ("waiting", "waiting", "waiting", "it", "stale"),
    ),
    Race(
        running,
        succeed,
        child_died,
        ("succeeded", "succeeded", "succeeded", "nobody", "ended"),
        ("waiting", "waiting", "waiting", "it", "stale"),
    ),
    Race(
        running,
        succeed,
        succeed_of_another,
        ("succeeded", "ended", "succeeded", "nobody", "ended"),
        ("succeeded", "stale", "succeeded", "nobody", "ended"),
    ),
    Race(
        running,
        retry,
        child_died,
        ("waiting", "waiting", "waiting", "it", "stale"),
        ("waiting", "waiting", "waiting", "it", "stale"),
    ),
    Race(
        silent,
        succeed,
        rescue,
        ("succeeded", "none", "succeeded", "nobody", "ended"),
        ("stale", "returned", "waiting", "it", "stale"),
    ),
    Race(
        silent,
        retry,
        rescue,
        ("waiting", "none", "waiting", "it", "stale"),
        ("stale", "returned", "waiting", "it", "stale"),
    ),
    Race(
        silent,
        heartbeat,
        rescue,
        ("alive", "none", "running", "nobody", "begun"),
        ("taken_over", "returned", "waiting", "it", "stale"),
    ),
    Race(
        silent,
        child_died,
        rescue,
        ("waiting", "none", "waiting", "it", "stale"),
        ("stale", "returned", "waiting", "it", "stale"),
    ),
    Race(
        silent,
        cancel,
        rescue,
        ("requested", "cancelled", "cancelled", "nobody", "ended"),
        ("cancelled", "returned", "cancelled", "nobody", "ended"),
    ),
    Race(
        stopping,
        retry,
        rescue,
        ("cancelled", "none", "cancelled", "nobody", "ended"),
        ("ended", "cancelled", "cancelled", "nobody", "ended"),
    ),
    Race(
        stopping,
        heartbeat,
        rescue,
        ("cancel", "none", "running", "nobody", "begun"),
        ("taken_over", "cancelled", "cancelled", "nobody", "ended"),
    ),
    Race(
        dead,
        replay,
        forget,
        ("replayed", "alive", "waiting", "it", "stale"),
        ("not_found", "forgotten", "gone", "nobody", "ended"),
    ),
    Race(
        dead,
        replay,
        add,
        ("replayed", "returned", "waiting", "it", "stale"),
        ("key_taken", "stored", "dead", "another", "ended"),
    ),
    Race(
        dead,
        replay,
        cancel,
        ("replayed", "cancelled", "cancelled", "nobody", "ended"),
        ("replayed", "ended", "waiting", "it", "stale"),
    ),
    Race(
        waiting,
        release,
        look_of_another,
        ("1 let go", "granted", "waiting", "it", "stale"),
        ("1 let go", "not granted", "waiting", "it", "stale"),
    ),
    Race(
        waiting,
        cancel,
        add,
        ("cancelled", "stored", "cancelled", "another", "ended"),
        ("cancelled", "returned", "cancelled", "nobody", "ended"),
    ),
    Race(
        keyless,
        add,
        add_or_error,
        ("stored", "key_taken", "sent", "another", "begun!"),
        ("returned", "stored", "sent", "another", "begun!"),
    ),
    Race(
        keyless,
        add,
        replace_by_key,
        ("stored", "replaced", "sent", "another", "begun!"),
        ("returned", "stored", "sent", "another", "begun!"),
    ),
]


def run(race: Race, jobs: StoreDriver, order: str) -> Outcome:
    scene = Scene(jobs)
    race.start(scene)
    if order == "one first":
        one = race.one(scene)
        two = race.two(scene)
    else:
        two = race.two(scene)
        one = race.one(scene)
    record = jobs.send(steps.Get(scene.job.id))
    state = "gone" if record is None else record.state.value
    if state == "waiting" and record is not None and record.due_us > jobs.clock():
        state = "waiting, later"
    holder = scene.holder()
    late = said(jobs.send(steps.Begin(scene.job.id, scene.job.generation, "late")))
    return one, two, state, holder, late


@pytest.mark.parametrize("order", ["one first", "two first"])
@pytest.mark.parametrize("race", PAIRS, ids=str)
def test_both_orders(race: Race, order: str, jobs: StoreDriver) -> None:
    want = race.one_first if order == "one first" else race.two_first
    assert run(race, jobs, order) == want
