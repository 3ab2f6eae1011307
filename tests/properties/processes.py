"""Two keepers and two workers as they are written, step by step, over a network and a broker that lose and repeat.

Each request may get lost, or its reply, or be repeated by a client library later and out of order. Each message is
delivered in any order, any number of times. Each process may stand still between any two of its steps, or die.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from celery_durable_jobs import steps
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Delivery, FinishKind, Pulse, Source, Term
from celery_durable_jobs.steps.request import Request
from tests.properties.choices import ROUTES, dues, picks
from tests.properties.player import Player

LOST: Any = object()
"""What the sender sees where request or reply got lost."""

fates = st.sampled_from(["arrives"] * 6 + ["is lost", "reply is lost"])
keeping = st.sampled_from(["k1", "k2"])
working = st.sampled_from(["w1", "w2"])
Move = tuple[int, int, str, int, FinishKind, float]
moves = st.tuples(st.integers(0, 11), picks, fates, st.sampled_from([1, 1, 1, 0, 2]), st.sampled_from(FinishKind), dues)
"""Which of the steps that the process can make; upon what; how it fares; copies; and how a run finishes."""


@dataclass
class KeeperProcess:
    """What one keeper knows."""

    terms: dict[str, Term] = field(default_factory=dict)
    unswept: set[Term] = field(default_factory=set)
    due: list[tuple[Term, Route]] = field(default_factory=list)
    overdue: list[Term] = field(default_factory=list)
    hand: list[tuple[Term, JobRecord]] = field(default_factory=list)
    """Claimed, not published."""
    out: list[tuple[Term, JobRecord]] = field(default_factory=list)
    """Published, not marked."""

    def doubt(self, term: Term) -> None:
        """Rule 2: when in doubt, a new term."""
        self.terms = {shard: held for shard, held in self.terms.items() if held != term}


@dataclass
class WorkerProcess:
    """What one worker knows."""

    held: list[tuple[JobRecord, Delivery]] = field(default_factory=list)
    running: list[tuple[JobRecord, Delivery]] = field(default_factory=list)
    finishing: list[steps.Finish] = field(default_factory=list)
    """Sent, and not yet answered."""

    @property
    def busy(self) -> bool:
        """It has something in hand."""
        return bool(self.held or self.running or self.finishing)


class Processes(Player):
    """Their rules."""

    @initialize(
        plan=st.lists(
            st.tuples(st.sampled_from(["client", "k1", "k1", "k2", "w1", "w1", "w2", "w2"]), moves),
            min_size=100,
            max_size=240,
        )
    )
    def plan_ahead(self, plan: list[tuple[str, Move]]) -> None:
        self.plan = plan

    def start_processes(self) -> None:
        self.keeping = {name: KeeperProcess() for name in ("k1", "k2")}
        self.working = {name: WorkerProcess() for name in ("w1", "w2")}
        self.broker: list[JobRecord] = []
        self.wire: list[Request[Any]] = []
        """Requests that a client library will repeat: their first reply was lost."""

    def over_the_wire(self, request: Request[Any], fate: str) -> Any:
        """The answer, or LOST."""
        if fate == "is lost":
            return LOST
        answer = self.once(request)
        if fate == "arrives":
            return answer
        if type(request).resendable:
            self.wire.append(request)
        return LOST

    @precondition(lambda self: self.wire)
    @rule(which=picks, stays=st.booleans())
    def a_repeat_arrives(self, which: int, stays: bool) -> None:
        """Late, in any order, and perhaps not for the last time."""
        request = self.pick(self.wire, which)
        if not stays:
            self.wire.remove(request)
        self.once(request)

    # -- one step of one process: of those that it can make

    @invariant()
    def they_go_on(self) -> None:
        """Not a rule, since Hypothesis leaves rules out of most examples; and these have long ways to go."""
        for _ in range(min(4, len(getattr(self, "plan", ())))):
            name, move = self.plan.pop()
            if name in self.keeping:
                self.keeper_step(name, *move)
            elif name in self.working:
                self.worker_step(name, *move)
            else:
                self.client_step(*move)
            if self.wire and move[1] > 6:
                self.once(self.pick(self.wire, move[1]))
            self.clock.move(0.1)

    def client_step(self, what: int, which: int, fate: str, copies: int, kind: FinishKind, after: float) -> None:
        """Some jobs come, a few are cancelled or changed."""
        if what < 8 or not self.adds:
            number = next(self.counter)
            key = "a" if which == 0 else None
            job_id = self.ids.new(self.clock(), None, key)
            due = When(at_us=self.clock() + round(max(after, 0) * SECOND))
            content = Content(b"%d" % number)
            self.adds.append(steps.Add(job_id, "shop.remind", ROUTES[0], due, content, b"%08d" % number, key=key))
            self.over_the_wire(self.adds[-1], fate if fate != "is lost" else "arrives")
        elif what < 10:
            self.over_the_wire(steps.Cancel(self.pick(self.adds, which).job_id, self.call_id()), fate)
        else:
            content = Content(b"changed")
            self.over_the_wire(steps.Change(self.pick(self.adds, which).job_id, self.call_id(), content=content), fate)

    def keeper_step(self, keeper: str, what: int, which: int, fate: str, copies: int, *_: Any) -> None:
        me = self.keeping[keeper]
        steps_now: list[Callable[[], None]] = []
        if me.hand:
            outcome = ("confirmed", "confirmed", "confirmed", "in doubt, is there", "in doubt, is not", "failed")[
                which % 6
            ]
            steps_now += [lambda: self.keeper_publishes(keeper, 1 + which, outcome, max(copies, 1), fate)] * 3
        if me.out:
            steps_now += [lambda: self.keeper_marks(keeper, fate, copies == 0)] * 2
        if me.due:
            steps_now += [lambda: self.keeper_claims(keeper, which, 1_000 if copies == 1 else copies + 1, fate)] * 3
        if me.overdue:
            steps_now += [lambda: self.keeper_recovers(keeper, fate, copies)] * 2
        steps_now += [lambda: self.keeper_looks(keeper, fate, ill=which == 8)]
        steps_now += [lambda: self.keeper_works(keeper, "claimed" if copies == 0 else "the end", fate)]
        if me.terms:
            steps_now += [lambda: self.keeper_ends(keeper, copies > 0, fate)]
        if which == 9 and copies == 2:
            # For as long that what others have in hand is lost.
            steps_now = [lambda: self.keeper_goes_on(keeper, 40)]
        steps_now[what % len(steps_now)]()

    def worker_step(
        self, worker: str, what: int, which: int, fate: str, copies: int, kind: FinishKind, after: float
    ) -> None:
        me = self.working[worker]
        steps_now: list[Callable[[], None]] = []
        if me.running or me.finishing:
            steps_now += [lambda: self.worker_finishes(worker, which, kind, after, fate)] * 3
            steps_now += [lambda: self.worker_beats(worker, fate)]
        if me.held:
            steps_now += [lambda: self.worker_begins(worker, which, fate)] * 3
            steps_now += [lambda: self.worker_holds(worker, fate)]
        if me.held or me.running:
            steps_now += [lambda: self.child_dies(worker, which, 3 if copies == 1 else 0, fate)]
        if self.broker:
            steps_now += [lambda: self.worker_works(worker, 1 + which % 4, which, fate)] * 2
            steps_now += [lambda: self.worker_takes(worker, which, again=copies == 2)] * 3
        if me.busy:
            steps_now += [lambda: self.worker_dies(worker, back=copies > 0)]
        if steps_now:
            steps_now[what % len(steps_now)]()

    # -- keepers

    def keeper_looks(self, keeper: str, fate: str, ill: bool) -> None:
        me = self.keeping[keeper]
        hands: dict[Term, list[str]] = {}
        for term, job in me.hand + me.out:
            hands.setdefault(term, []).append(job.id)
        extend = tuple((term, tuple(ids)) for term, ids in hands.items())
        looked = self.over_the_wire(steps.Look(keeper, {}, tuple(me.terms.values()), extend=extend, ill=ill), fate)
        if looked is LOST:
            return
        me.terms = {held.term.shard_id: held.term for held in looked.held}
        me.unswept |= {held.term for held in looked.held if held.granted}
        me.due = [(held.term, line.route) for held in looked.held for line in held.lines]
        me.overdue = [held.term for held in looked.held if held.overdue]

    def _sweep(self, me: KeeperProcess, term: Term, fate: str) -> None:
        in_hand = tuple(job.id for each, job in me.hand + me.out if each == term)
        done = self.over_the_wire(steps.PutBack(term, in_hand=in_hand), fate)
        if done is not LOST and not done.more:
            me.unswept.discard(term)

    def keeper_claims(self, keeper: str, which: int, limit: int, fate: str) -> None:
        """Of a term that is swept; else it sweeps."""
        me = self.keeping[keeper]
        if not me.due:
            return
        term, route = self.pick(me.due, which)
        if term in me.unswept:
            self._sweep(me, term, fate)
            return
        claimed = self.over_the_wire(steps.Claim(term, route, limit), fate)
        me.due.remove((term, route))
        if claimed is LOST or claimed.refused:
            me.doubt(term)
        else:
            me.hand += [(term, job) for job in claimed.jobs]

    def keeper_publishes(self, keeper: str, count: int, outcome: str, copies: int, fate: str) -> None:
        """Whatever became of its lease meanwhile: it may have been stopped since it looked at its clock."""
        me = self.keeping[keeper]
        batch, me.hand = me.hand[:count], me.hand[count:]
        if outcome in ("confirmed", "in doubt, is there"):
            self.broker += [job for _, job in batch] * copies
        for term, job in batch:
            if outcome == "confirmed":
                me.out.append((term, job))
            elif outcome == "failed":
                named = ((job.id, job.generation),)
                if self.over_the_wire(steps.PutBack(term, named), fate) is LOST:
                    me.doubt(term)
            else:
                me.doubt(term)

    def keeper_marks(self, keeper: str, fate: str, gives_up: bool) -> None:
        me = self.keeping[keeper]
        for term in dict.fromkeys(term for term, _ in me.out):
            jobs = tuple({job.id: job.generation for each, job in me.out if each == term}.items())
            marked = self.over_the_wire(steps.MarkSent(term, jobs), fate)
            if marked is LOST and not gives_up:
                continue
            if marked is LOST or marked.refused:
                me.doubt(term)
            me.out = [(each, job) for each, job in me.out if each != term]

    def keeper_recovers(self, keeper: str, fate: str, copies: int) -> None:
        """What it asked to send again and didn't, comes at its next deadline."""
        me = self.keeping[keeper]
        for term in me.overdue:
            self._sweep(me, term, fate)
            resending = self.over_the_wire(steps.Resend(term), fate)
            if resending is not LOST:
                self.broker += [*resending.jobs] * copies
            self.over_the_wire(steps.Rescue(term), fate)

    @rule(keeper=keeping, seconds=st.sampled_from([6, 24, 40]))
    def keeper_goes_on(self, keeper: str, seconds: int) -> None:
        """The other processes stand still meanwhile."""
        for _ in range(0, seconds, 2):
            self.clock.move(2)
            self.keeper_looks(keeper, "arrives", False)

    def keeper_ends(self, keeper: str, politely: bool, fate: str) -> None:
        me = self.keeping[keeper]
        if politely:
            self.over_the_wire(steps.Release(keeper, tuple(me.terms.values()), leaving=True), fate)
        self.keeping[keeper] = KeeperProcess()

    def keeper_works(self, keeper: str, stops_at: str, fate: str) -> None:
        """All of the above in a row, up to where something happens."""
        me = self.keeping[keeper]
        self.keeper_looks(keeper, "arrives", False)
        for term in sorted(me.unswept, key=repr):
            self._sweep(me, term, "arrives")
        while me.due:
            self.keeper_claims(keeper, 0, 1_000, fate if stops_at == "claimed" else "arrives")
        if stops_at != "claimed":
            self.keeper_publishes(keeper, 1_000, "confirmed", 1, "arrives")
        if stops_at == "the end":
            self.keeper_marks(keeper, fate, False)

    # -- workers

    def worker_works(self, worker: str, count: int, which: int, fate: str) -> None:
        """It takes and begins some."""
        for _ in range(min(count, len(self.broker))):
            self.worker_takes(worker, which, False)
            self.worker_begins(worker, 0, fate)

    def worker_takes(self, worker: str, which: int, again: bool) -> None:
        """Any message; it may be delivered again. A copy of what this worker holds is dropped at once."""
        me, job = self.working[worker], self.pick(self.broker, which)
        if not again:
            self.broker.remove(job)
        if all((job.id, job.generation) != (other.id, other.generation) for other, _ in me.held + me.running):
            me.held.append((job, Delivery(job.id, job.generation, f"{worker}-{next(self.counter)}")))

    def worker_holds(self, worker: str, fate: str) -> None:
        me = self.working[worker]
        answers = self.over_the_wire(steps.Hold(tuple(delivery for _, delivery in me.held)), fate) if me.held else LOST
        if answers is not LOST:
            me.held = [held for held, refused in zip(me.held, answers, strict=True) if refused is None]

    def worker_begins(self, worker: str, which: int, fate: str) -> None:
        """Without an answer it asks again, under the same delivery id."""
        me = self.working[worker]
        if not me.held:
            return
        job, delivery = self.pick(me.held, which)
        begun = self.over_the_wire(steps.Begin(job.id, job.generation, delivery.delivery_id), fate)
        if begun is LOST:
            return
        me.held.remove((job, delivery))
        runs = self.ledger.running.get(job.id) == delivery.delivery_id
        assert isinstance(begun, steps.Begun) == runs, f"{delivery} was answered {begun}"
        if runs:
            me.running.append((job, delivery))

    def worker_beats(self, worker: str, fate: str) -> None:
        """A run that was taken over stops."""
        me = self.working[worker]
        runs = tuple((delivery.job_id, delivery.delivery_id, None) for _, delivery in me.running)
        pulses = self.over_the_wire(steps.Heartbeat(runs), fate) if runs else LOST
        if pulses is LOST:
            return
        for (job, delivery), pulse in zip(list(me.running), pulses, strict=True):
            alive = self.ledger.running.get(job.id) == delivery.delivery_id
            assert (pulse is not Pulse.TAKEN_OVER) == alive, f"{delivery} was answered {pulse}"
            if not alive:
                me.running.remove((job, delivery))

    def worker_finishes(self, worker: str, which: int, kind: FinishKind, after: float, fate: str) -> None:
        """Without an answer it asks again, with the same finish."""
        me = self.working[worker]
        if me.running:
            job, delivery = self.pick(me.running, which)
            me.running.remove((job, delivery))
            me.finishing.append(steps.Finish(job.id, delivery.delivery_id, kind, self.in_seconds(after), "as it went"))
        for request in list(me.finishing):
            runs = self.ledger.running.get(request.job_id) == request.delivery_id
            answer = self.over_the_wire(request, fate)
            if answer is not LOST:
                assert isinstance(answer, steps.Finished) or not runs, f"{request} was answered {answer}"
                me.finishing.remove(request)

    def child_dies(self, worker: str, which: int, points: int, fate: str) -> None:
        """Before or after its begin; or its parent drops a message."""
        me = self.working[worker]
        mine = me.held if points == 0 else me.running + me.held
        if mine:
            lost = self.pick(mine, which)
            (me.held if lost in me.held else me.running).remove(lost)
            self.over_the_wire(steps.Settle(lost[1], points, "signal 9" if points else None), fate)

    def worker_dies(self, worker: str, back: bool) -> None:
        """What it had taken the broker delivers again, or lost."""
        me = self.working[worker]
        if back:
            self.broker += [job for job, _ in me.held + me.running]
        self.working[worker] = WorkerProcess()

    # -- the end: all processes have died, a new keeper and a new worker come, and nothing gets lost any more

    def come_to_an_end(self) -> None:
        """G2: whatever happened, every job comes to its end."""
        self.ending = True
        for stripe in self.stripes:
            for queue in ("mail", "news"):
                self.once(steps.Resume(queue, stripe, self.call_id()))
        me = self.keeping["k1"] = KeeperProcess()
        for _ in range(40):
            left = self._left()
            if not left:
                return
            ahead = min(job.due_us for job in left) - self.clock()
            self.clock.move(us=max(ahead, 30 * SECOND))
            for _ in range(12):
                self.clock.move(2)
                self.keeper_looks("k1", "arrives", False)
            for term in sorted({*me.unswept, *me.overdue}, key=repr):
                self._sweep(me, term, "arrives")
                for job in self.once(steps.Resend(term)).jobs:
                    self._work_off(job)
                self.once(steps.Rescue(term))
            for term, route in me.due:
                for job in self.once(steps.Claim(term, route)).jobs:
                    self._work_off(job)
        raise AssertionError(f"G2: these never end: {self._left()}")

    def _work_off(self, job: JobRecord) -> None:
        delivery_id = f"end-{next(self.counter)}"
        if isinstance(self.once(steps.Begin(job.id, job.generation, delivery_id)), steps.Begun):
            self.once(steps.Finish(job.id, delivery_id, FinishKind.SUCCEED))

    def _left(self) -> list[JobRecord]:
        sources = (Source.WAITING, Source.IN_FLIGHT)
        pages = [self.spec.send(steps.Find(stripe, source)) for stripe in self.stripes for source in sources]
        return [job for page in pages for job in page.jobs]
