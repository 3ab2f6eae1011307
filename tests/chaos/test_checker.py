"""The checker is able to fail: a history for each promise, with its breach planted; and clean ones that pass."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from tests.chaos import checker
from tests.chaos.checker import Limits, Report, judge, load
from tests.chaos.checker.cancelled import AFTER_CANCELLED, AFTER_ENDED, AFTER_REQUESTED, BEFORE_NEW_TIME, WRONG_ANSWER
from tests.chaos.checker.doubled import OVERLAPPING, WITHOUT_CAUSE
from tests.chaos.checker.leftover import LEFT_OVER, MISCOUNTED
from tests.chaos.checker.looks import FOUND_CANCELLED, FOUND_TWICE, NOT_FOUND
from tests.chaos.checker.lost import LOST, REFUSED, TWO_JOBS, WRONG_END
from tests.chaos.checker.order import OUT_OF_ORDER
from tests.chaos.checker.recovery import SLOW
from tests.chaos.checker.timing import EARLY, TOO_LATE, WRONG_DUE

BOOT = 1_000_000.0
"""The wall clock's time when the monotonic clock began: due times are given by the monotonic clock here."""

A, B, C = "1--1234567aaaaaaaaaaaaaaaaaaaaa", "1--1234567bbbbbbbbbbbbbbbbbbbbb", "1--1234567ccccccccccccccccccccc"
CLIENT, KEEPER, WORKER, OTHER = ("client-1.1", 10), ("keeper-1.1", 20), ("worker-1.1", 30), ("worker-2.1", 40)


class Told:
    """A history that is made by hand. Times are seconds of the monotonic clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store: dict[str, Any] = {
            "rested": True, "jobs": {}, "counts": {}, "backlogs": {}, "shards": [], "recount": "", "keys": {},
        }  # fmt: skip
        self._numbers = 0
        self.line(("harness", 1), "clock", 0, wall=BOOT)
        self.line(("harness", 1), "tap", 0)

    def line(self, who: tuple[str, int], event: str, t: float, /, **fields: Any) -> None:
        path = self.folder / f"{who[0]}-{who[1]}.jsonl"
        first = "" if path.exists() else json.dumps({"k": "process", "t": 0, "pid": who[1], "ppid": who[1] // 10 * 10})
        with path.open("a") as file:
            file.write((first + "\n" if first else "") + json.dumps({"k": event, "t": t, **fields}) + "\n")

    def call(self, op: str, asked: float, answered: float | None, /, given: dict[str, Any], answer: Any = None) -> None:
        self._numbers += 1
        self.line(CLIENT, "call", asked, op=op, n=self._numbers, **given)
        if answered is not None:
            self.line(CLIENT, "answer", answered, op=op, n=self._numbers, **answer)

    def apply(self, job: str, at: float, due: float, do: str = "ok", tag: str = "", **more: Any) -> Told:
        """A job that was acknowledged 10 ms after it was asked for."""
        tag = tag or job[-1]
        given = {"tag": tag, "plan": {"do": do, **more.pop("plan", {})}, "eta": BOOT + due, "queue": "q", **more}
        answer = {"tag": tag, "id": job, "due": BOOT + due, "created": True, "target": more.get("target")}
        self.call("apply", at, at + 0.01, given, answer)
        return self

    def cancel(self, job: str, at: float, out: str | None) -> Told:
        self.call("cancel", at, None if out is None else at + 0.01, {"id": job}, {"id": job, "out": out})
        return self

    def reschedule(self, job: str, at: float, due: float | None) -> Told:
        told = None if due is None else BOOT + due
        self.call("reschedule", at, at + 0.01, {"id": job}, {"id": job, "due": told})
        return self

    def find(self, at: float, *ids: str) -> Told:
        self.call("find", at, at + 0.01, {"target": "t"}, {"target": "t", "ids": list(ids)})
        return self

    def sent(self, job: str, at: float, generation: int = 1) -> Told:
        self.line(("harness", 1), "sent", at, wall=BOOT + at, id=job, gen=generation, queue="q")
        return self

    def ran(
        self, job: str, at: float, until: float | None, how: str = "return", who: Any = WORKER, **fields: Any
    ) -> Told:
        """A run; ``until`` None: it wrote no end."""
        self._numbers += 1
        told = {
            "attempt": 1,
            "run": f"r{self._numbers}",
            "failures": 0,
            "lost": 0,
            "due": BOOT,
            "tag": job[-1],
            **fields,
        }
        self.line(who, "start", at, n=self._numbers, id=job, **told)
        if until is not None:
            self.line(who, "end", until, n=self._numbers, id=job, how=how)
        return self

    def fault(self, kind: str, who: tuple[str, int] | str, since: float, until: float | None = None) -> Told:
        """Something was done to a process, or to the store or broker."""
        end = since if until is None else until
        if isinstance(who, str):
            self.line(("harness", 1), "fault", since, until=end, kind=kind, role=who)
        else:
            role = who[0].split("-")[0]
            self.line(("harness", 1), "fault", since, until=end, kind=kind, role=role, victim=who[0], pids=[who[1]])
        return self

    def ended(self, **states: str) -> Told:
        """What the final store says: job's last letter → state."""
        for job in (A, B, C):
            if job[-1] in states:
                self.store["jobs"][job] = {"state": states[job[-1]], "attempt": 1, "error": ""}
        dead = sum(1 for state in states.values() if state == "dead")
        self.store["counts"] = {"dead": dead}
        self.store["keys"] = {"-1234567:jobs": dead} if dead else {}
        return self

    def judged(self, **limits: float) -> Report:
        (self.folder / "store.json").write_text(json.dumps(self.store))
        return judge(load(self.folder), Limits(**limits))


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(tmp_path)


def rules(report: Report) -> set[str]:
    return {violation.rule for violation in report.violations}


def test_it_knows_nothing_of_the_library():
    folder = Path(checker.__file__).parent
    for path in [*folder.glob("*.py"), folder.parent / "history.py"]:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.startswith("celery") for name in names), path


def test_a_clean_history_breaks_nothing(told):
    told.apply(A, 1, 5).sent(A, 5.01).ran(A, 5.02, 5.03)
    told.apply(B, 1, 6, do="fail", plan={"times": 1}).sent(B, 6.01).ran(B, 6.02, 6.03, "raise")
    told.sent(B, 6.5, 2).ran(B, 6.51, 6.52, failures=1, attempt=2)
    told.apply(C, 1, 9).cancel(C, 3, "cancelled").cancel(C, 4, "cancelled")
    report = told.ended(a="succeeded", b="succeeded", c="cancelled").judged()
    assert report.violations == []
    assert report.counts["jobs"] == 3
    assert report.counts["runs"] == 3


class TestLost:
    def test_a_job_that_never_ran(self, told):
        assert rules(told.apply(A, 1, 5).judged()) == {LOST}

    def test_a_job_that_still_waits(self, told):
        told.apply(A, 1, 5).ended(a="waiting").store["counts"] = {"waiting": 1}
        assert LOST in rules(told.judged())

    def test_a_dead_letter_that_should_have_succeeded(self, told):
        assert rules(told.apply(A, 1, 5).ran(A, 5, 6).ended(a="dead").judged()) == {LOST}

    def test_a_success_that_nobody_saw(self, told):
        assert rules(told.apply(A, 1, 5).ended(a="succeeded").judged()) == {LOST}

    def test_a_success_that_should_have_died(self, told):
        told.apply(A, 1, 5, do="hopeless").ran(A, 5, 6).ended(a="succeeded")
        assert rules(told.judged()) == {WRONG_END}

    def test_cancelled_and_nobody_asked(self, told):
        assert rules(told.apply(A, 1, 5).ended(a="cancelled").judged()) == {LOST}

    def test_a_job_that_may_be_forgotten(self, told):
        assert rules(told.apply(A, 1, 5).ran(A, 5, 6).judged()) == set()

    def test_two_jobs_of_one_call(self, told):
        told.apply(A, 1, 5).ran(A, 5, 6).ran(B, 5, 6, tag="a").ended(a="succeeded", b="succeeded")
        assert rules(told.judged()) == {TWO_JOBS}

    def test_three_killed_children_are_a_reason_to_die(self, told):
        told.apply(A, 1, 5)
        for number in range(3):
            child = (f"worker-1.1 child {number}", 31 + number)
            told.ran(A, 5 + number, None, who=child, lost=number, attempt=number + 1)
            told.line(("harness", 1), "fault", 5.5 + number, kind="kill", role="child", pids=[child[1]])
        assert rules(told.ended(a="dead").judged()) == set()

    def test_bad_input_that_was_taken(self, told):
        told.call("bad", 1, 2, {"tag": "x"}, {"tag": "x", "refused": None, "id": A})
        assert rules(told.judged()) == {REFUSED}

    def test_bad_input_that_was_refused_and_ran(self, told):
        told.call("bad", 1, 2, {"tag": "x"}, {"tag": "x", "refused": "InvalidTimeError"})
        assert REFUSED in rules(told.ran(A, 5, 6, tag="x").judged())


class TestTiming:
    def test_begun_early(self, told):
        assert rules(told.apply(A, 1, 5).ran(A, 4.9, 6).ended(a="succeeded").judged()) == {EARLY}

    def test_a_retry_begun_early(self, told):
        told.apply(A, 1, 5, do="fail").ran(A, 5, 6, "raise").ran(A, 7, 8, failures=1, due=BOOT + 7.5)
        assert rules(told.ended(a="succeeded").judged()) == {EARLY}

    def test_sent_early(self, told):
        told.apply(A, 1, 5).sent(A, 4.5).ran(A, 5, 6).ended(a="succeeded")
        assert rules(told.judged()) == {EARLY}

    def test_a_message_of_before_a_reschedule_may_be_late(self, told):
        told.apply(A, 1, 5).reschedule(A, 4.9, 9).sent(A, 5, 1).sent(A, 9, 2).ran(A, 9.1, 10)
        assert rules(told.ended(a="succeeded").judged()) == set()

    def test_begun_after_a_reschedule_and_before_its_time(self, told):
        told.apply(A, 1, 5).reschedule(A, 4, 9).ran(A, 8, 10).ended(a="succeeded")
        assert rules(told.judged()) == {EARLY, BEFORE_NEW_TIME}

    def test_a_reschedule_that_was_under_way_may_have_come_too_late(self, told):
        told.apply(A, 1, 5).ran(A, 5.005, 6).reschedule(A, 5, None).ended(a="succeeded")
        assert rules(told.judged()) == set()

    def test_another_due_time_than_asked(self, told):
        given = {"tag": "a", "plan": {"do": "ok"}, "cd": 5, "queue": "q"}
        told.call("apply", 1, 2, given, {"id": A, "due": BOOT + 8, "created": True})
        assert rules(told.ran(A, 8, 9).ended(a="succeeded").judged()) == {WRONG_DUE}

    def test_begun_after_it_had_expired(self, told):
        told.apply(A, 1, 5, expires=8).ran(A, 12, 13).ended(a="succeeded")
        assert rules(told.judged()) == {TOO_LATE}

    def test_expired_is_an_end(self, told):
        assert rules(told.apply(A, 1, 5, expires=8).ended(a="expired").judged()) == set()

    def test_a_clock_that_was_set(self, told):
        told.line(("harness", 1), "clock", 100, wall=BOOT + 50)
        told.apply(A, 101, 60).ran(A, 109, 110).ended(a="succeeded")
        assert rules(told.judged()) == {EARLY}


class TestAStoresClockThatIsSet:
    """It shows an hour more from 10 to 20, and an hour less from 30 to 40."""

    @pytest.fixture
    def told(self, told):
        for at, ahead in ((10, 3600), (20, 0), (30, -3600), (40, 0)):
            told.line(("harness", 1), "clock", at, wall=BOOT + at, ahead=ahead)
            told.line(("harness", 1), "fault", at, until=at, kind="step", role="store")
        return told

    def test_messages_are_placed_by_it(self, told):
        for wall in (5, 3615, 25, -3565, 45):
            told.sent(A, wall)
        assert [round(at, 6) for at, _, _ in load(told.folder).job(A).sent] == [5, 15, 25, 35, 45]

    def test_a_message_just_after_a_step_that_the_server_had_not_seen_yet(self, told):
        told.sent(A, 10.003).sent(A, 3620.003)
        assert [round(at, 3) for at, _, _ in load(told.folder).job(A).sent] == [10.003, 20.003]

    def test_messages_of_another_server_are_not(self, told):
        told.line(("harness", 1), "tap", 0, shared=False)
        told.sent(A, 15).sent(A, 35)
        assert [round(at, 6) for at, _, _ in load(told.folder).job(A).sent] == [15, 35]

    def test_due_by_the_step(self, told):
        told.apply(A, 1, 1000).sent(A, 3610.1).ran(A, 10.2, 10.3, due=BOOT + 1000)
        assert rules(told.ended(a="succeeded").judged()) == set()

    def test_it_stays_due_when_the_clock_goes_back(self, told):
        told.apply(A, 1, 3619.5).sent(A, 3619.9).ran(A, 20.2, 20.3, due=BOOT + 3619.5)
        assert rules(told.ended(a="succeeded").judged()) == set()

    def test_begun_early(self, told):
        told.apply(A, 21, 1000).ran(A, 25, 26, due=BOOT + 1000)
        assert rules(told.ended(a="succeeded").judged()) == {EARLY}

    def test_begun_early_when_it_went_back(self, told):
        told.apply(A, 31, 33).ran(A, 39, 39.5, due=BOOT + 33)
        assert rules(told.ended(a="succeeded").judged()) == {EARLY}

    @pytest.mark.parametrize(("at", "broken"), [(45.5, set()), (46.5, {SLOW})])
    def test_a_lease_that_lasts_too_long(self, told, at, broken):
        told.apply(A, 31, 40).sent(A, at).ran(A, 50, 51)
        assert rules(told.ended(a="succeeded").judged()) == broken

    def test_a_countdown_is_by_either_clock_of_its_call(self, told):
        given = {"tag": "a", "plan": {"do": "ok"}, "cd": 5, "queue": "q"}
        told.call("apply", 9.9, 10.1, given, {"id": A, "due": BOOT + 3615.05, "created": True})
        told.call("apply", 19.9, 20.1, {**given, "tag": "b"}, {"id": B, "due": BOOT + 25.05, "created": True})
        told.ran(A, 15.1, 15.2, due=BOOT + 3615.05).ran(B, 25.1, 25.2, due=BOOT + 25.05, tag="b")
        assert rules(told.ended(a="succeeded", b="succeeded").judged()) == set()

    @pytest.mark.parametrize("asked", [1, 11])
    def test_order_by_what_it_showed(self, told, asked):
        told.apply(A, asked, 3650).apply(B, asked + 1, 3660).sent(B, 3614).sent(A, 3614.1).ran(A, 55, 56).ran(B, 55, 56)
        assert OUT_OF_ORDER in rules(told.ended(a="succeeded", b="succeeded").judged())

    def test_order_of_those_that_were_due_when_the_other_came(self, told):
        told.apply(B, 11, 60).sent(B, 3611.1).apply(A, 12, 50).sent(A, 3612.2).ran(A, 13, 14).ran(B, 13, 14)
        assert rules(told.ended(a="succeeded", b="succeeded").judged()) == set()


class TestOrder:
    def three(self, told: Told, *sent: str) -> Report:
        told.apply(A, 1, 5).apply(B, 1.1, 6).apply(C, 1.2, 7)
        at = 7.1
        for job in sent:
            told.sent(job, at)
            at += 0.01
        for job in (A, B, C):
            told.ran(job, 8, 9)
        return told.ended(a="succeeded", b="succeeded", c="succeeded").judged(slack=5)

    def test_in_order(self, told):
        report = self.three(told, A, B, C)
        assert rules(report) == set()
        assert report.counts["compared in order"] == 3

    @pytest.mark.parametrize("sent", [(B, A, C), (A, C, B), (C, B, A), (B, C, A)])
    def test_out_of_order(self, told, sent):
        assert rules(self.three(told, *sent)) == {OUT_OF_ORDER}

    @pytest.mark.parametrize(("sent", "broken"), [((A, B), set()), ((B, A), {OUT_OF_ORDER})])
    def test_equal_due_times_of_one_client(self, told, sent, broken):
        told.apply(A, 1, 5).apply(B, 1.1, 5)
        for number, job in enumerate(sent):
            told.sent(job, 5.1 + number / 100).ran(job, 6, 7)
        assert rules(told.ended(a="succeeded", b="succeeded").judged()) == broken

    def test_copies_come_in_any_order(self, told):
        assert rules(self.three(told, A, B, C, A, B)) == set()

    def test_the_broker_was_away(self, told):
        told.fault("away", "broker", 7, 7.2)
        assert rules(self.three(told, B, A, C)) == set()

    def test_one_that_came_when_the_other_was_due(self, told):
        told.apply(A, 1, 6).apply(B, 6.5, 5).sent(A, 6.6).sent(B, 6.7).ran(A, 8, 9).ran(B, 8, 9)
        assert rules(told.ended(a="succeeded", b="succeeded").judged()) == set()

    def test_lines_of_different_shards(self, told):
        other = A.replace("1234567", "7654321")
        told.apply(other, 1, 5, tag="a").apply(B, 1, 6).sent(B, 6.1).sent(other, 6.2).ran(other, 7, 8).ran(B, 7, 8)
        told.store["jobs"][other] = {"state": "succeeded"}
        assert rules(told.ended(b="succeeded").judged(slack=5)) == set()


class TestDoubled:
    def test_run_again_after_success(self, told):
        told.apply(A, 1, 5).ran(A, 5, 6).ran(A, 7, 8).ended(a="succeeded")
        assert rules(told.judged()) == {WITHOUT_CAUSE}

    def test_run_again_though_its_worker_lives(self, told):
        told.apply(A, 1, 5).ran(A, 5, None).ran(A, 40, 41, attempt=2, lost=1).ended(a="succeeded")
        assert rules(told.judged()) == {WITHOUT_CAUSE, OVERLAPPING}

    def test_a_failure_that_is_run_twice(self, told):
        told.apply(A, 1, 5, do="fail").ran(A, 5, 6, "raise").ran(A, 7, 8, "raise").ran(A, 9, 10, failures=1)
        assert rules(told.ended(a="succeeded").judged()) == {WITHOUT_CAUSE}

    def test_its_worker_was_killed(self, told):
        told.apply(A, 1, 5).ran(A, 5, None).fault("kill", WORKER, 6).ran(A, 7, 8, who=OTHER, attempt=2, lost=1)
        report = told.ended(a="succeeded").judged()
        assert rules(report) == set()
        assert report.counts["doubled with cause"] == 1

    def test_another_worker_was_killed(self, told):
        told.apply(A, 1, 5).ran(A, 5, 6).fault("kill", OTHER, 5.5).ran(A, 7, 8).ended(a="succeeded")
        assert rules(told.judged()) == {WITHOUT_CAUSE}

    def test_its_worker_was_killed_when_all_was_over(self, told):
        told.apply(A, 1, 5).ran(A, 5, 6).ran(A, 7, 8).fault("kill", WORKER, 9).ended(a="succeeded")
        assert rules(told.judged()) == {WITHOUT_CAUSE}

    def test_frozen_for_less_than_a_lease(self, told):
        told.apply(A, 1, 5).ran(A, 5, 30).fault("stop", WORKER, 6, 16).ran(A, 20, 21, who=OTHER, attempt=2, lost=1)
        assert rules(told.ended(a="succeeded").judged()) == {WITHOUT_CAUSE, OVERLAPPING}

    def test_frozen_beyond_its_lease(self, told):
        told.apply(A, 1, 5).ran(A, 5, 50).fault("stop", WORKER, 6, 46).ran(A, 40, 45, who=OTHER, attempt=2, lost=1)
        report = told.ended(a="succeeded").judged()
        assert rules(report) == set()
        assert report.counts["overlapping, its lease lost"] == 1

    @pytest.mark.parametrize(("attempt", "broken"), [(1, set()), (3, {WITHOUT_CAUSE})])
    def test_frozen_before_its_first_statement_until_the_next_attempt_was_over(self, told, attempt, broken):
        told.apply(A, 1, 5).fault("stop", WORKER, 6, 46).ran(A, 45, 46, who=OTHER, attempt=2, lost=1)
        told.ran(A, 46.5, 47, attempt=attempt).ended(a="succeeded")
        assert rules(told.judged()) == broken

    def test_frozen_between_begin_and_first_statement(self, told):
        told.apply(A, 1, 5).fault("stop", WORKER, 6, 46).ran(A, 46.1, 46.2).ran(A, 47, 48, who=OTHER, attempt=2, lost=1)
        assert rules(told.ended(a="succeeded").judged()) == set()

    @pytest.mark.parametrize(("since", "broken"), [(6.5, set()), (9, {WITHOUT_CAUSE})])
    def test_a_failover_forgets_what_was_not_replicated(self, told, since, broken):
        told.apply(A, 1, 5).ran(A, 5, 6).fault("failover", "store", since, since + 3).ran(A, 15, 16)
        assert rules(told.ended(a="succeeded").judged()) == broken

    def test_a_store_that_was_away_is_no_cause(self, told):
        told.apply(A, 1, 5).ran(A, 5, 6).fault("away", "store", 5, 6).ran(A, 9, 10).ended(a="succeeded")
        assert rules(told.judged()) == {WITHOUT_CAUSE}

    def test_polls_are_one_run(self, told):
        told.apply(A, 1, 5, do="poll").ran(A, 5, 6, "poll", run="r").ran(A, 7, 8, "poll", run="r").ran(
            A, 9, 10, run="r"
        )
        assert rules(told.ended(a="succeeded").judged()) == set()

    def test_a_poll_under_another_run_id(self, told):
        told.apply(A, 1, 5, do="poll").ran(A, 5, 6, "poll", run="r").ran(A, 7, 8, run="s").ended(a="succeeded")
        assert rules(told.judged()) == {WITHOUT_CAUSE}

    @pytest.mark.parametrize(("killed", "broken"), [(7.5, set()), (20, {WITHOUT_CAUSE})])
    def test_a_poll_that_was_cut_before_its_first_statement(self, told, killed, broken):
        told.apply(A, 1, 5, do="poll").ran(A, 5, 6, "poll", run="r").fault("kill", OTHER, killed)
        told.ran(A, 9, 10, run="s", attempt=2, lost=1).ended(a="succeeded")
        assert rules(told.judged()) == broken

    def test_two_at_once_though_the_first_had_asked_for_another(self, told):
        told.apply(A, 1, 5, do="again").ran(A, 5, 9, "again").ran(A, 7, 8, who=OTHER).ended(a="succeeded")
        assert OVERLAPPING in rules(told.judged())


class TestCancelled:
    def test_begun_after_cancelled(self, told):
        told.apply(A, 1, 5).cancel(A, 4, "cancelled").ran(A, 5, 6).ended(a="cancelled")
        assert rules(told.judged()) == {AFTER_CANCELLED}

    def test_begun_long_before_by_a_frozen_process(self, told):
        told.apply(A, 1, 5).cancel(A, 60, "cancelled").fault("stop", WORKER, 5, 70).ran(A, 70, 71).ended(a="cancelled")
        assert AFTER_CANCELLED not in rules(told.judged())

    def test_begun_again_after_requested(self, told):
        told.apply(A, 1, 5, do="fail").ran(A, 5, 8, "raise").cancel(A, 6, "requested").ran(A, 9, 10, failures=1)
        assert rules(told.ended(a="succeeded").judged()) == {AFTER_REQUESTED}

    def test_begun_after_ended(self, told):
        told.apply(A, 1, 5, do="again").ran(A, 5, 6, "again").cancel(A, 7, "ended").ran(A, 9, 10).ended(a="succeeded")
        assert rules(told.judged()) == {AFTER_ENDED}

    def test_ended_and_it_never_ran(self, told):
        told.apply(A, 1, 5).cancel(A, 2, "ended").ended(a="cancelled")
        assert WRONG_ANSWER in rules(told.judged())

    def test_not_found_though_acknowledged(self, told):
        told.apply(A, 1, 5).cancel(A, 2, "not_found").ran(A, 5, 6).ended(a="succeeded")
        assert rules(told.judged()) == {WRONG_ANSWER}

    def test_cancelled_and_then_something_else(self, told):
        told.apply(A, 1, 5).cancel(A, 2, "cancelled").cancel(A, 3, "ended").ended(a="cancelled")
        assert rules(told.judged()) == {WRONG_ANSWER}

    def test_a_cancel_that_was_never_answered_may_have_come(self, told):
        assert rules(told.apply(A, 1, 5).cancel(A, 2, None).ended(a="cancelled").judged()) == set()

    def test_cancelled_and_the_store_says_succeeded(self, told):
        told.apply(A, 1, 5).ran(A, 5, 6).cancel(A, 7, "cancelled").ended(a="succeeded")
        assert rules(told.judged()) == {WRONG_END}


class TestLooks:
    def test_get_that_finds_nothing(self, told):
        told.apply(A, 1, 5).ran(A, 5, 6).ended(a="succeeded")
        told.call("get", 2, 3, {"id": A}, {"id": A, "state": None})
        assert rules(told.judged()) == {NOT_FOUND}

    def test_find_that_leaves_one_out(self, told):
        told.apply(A, 1, 5, target="t").find(2).ran(A, 5, 6).ended(a="succeeded")
        assert rules(told.judged()) == {NOT_FOUND}

    def test_find_that_lists_one_twice(self, told):
        told.apply(A, 1, 5, target="t").find(2, A, A).ran(A, 5, 6).ended(a="succeeded")
        assert rules(told.judged()) == {FOUND_TWICE}

    def test_find_that_lists_a_cancelled_one(self, told):
        told.apply(A, 1, 5, target="t").cancel(A, 2, "cancelled").find(3, A).ended(a="cancelled")
        assert rules(told.judged()) == {FOUND_CANCELLED}


class TestRecovery:
    def test_dispatched_late_without_a_reason(self, told):
        told.apply(A, 1, 5).sent(A, 6.5).ran(A, 7, 8).ended(a="succeeded")
        assert rules(told.judged()) == {SLOW}

    @pytest.mark.parametrize(("at", "broken"), [(10.5, set()), (11.5, {SLOW})])
    def test_after_a_killed_keeper(self, told, at, broken):
        told.apply(A, 1, 5).fault("kill", KEEPER, 4.8).sent(A, at).ran(A, 12, 13).ended(a="succeeded")
        report = told.judged()
        assert rules(report) == broken
        told = report.recoveries["dispatch: keeper killed"]
        assert (told.slowest, told.bound, told.jobs) == (pytest.approx(at - 5), 6, 1)

    def test_figures_are_by_fault_of_its_slowest_job(self, told):
        for number, (job, late) in enumerate(((A, 1.0), (B, 3.0), (C, 5.0))):
            kill = 100.0 + 10 * (number // 2)
            told.fault("kill", KEEPER, kill).apply(job, 1, kill + 0.5).sent(job, kill + 0.5 + late)
        figures = told.judged().recoveries["dispatch: keeper killed"]
        assert sorted(figures.cases.values()) == pytest.approx([3.0, 5.0])
        assert (figures.median, figures.slowest, figures.jobs) == (pytest.approx(4.0), pytest.approx(5.0), 3)

    def test_a_kill_beside_another_fault_is_measured_where_that_one_changes_nothing(self, told):
        told.apply(A, 1, 5).sent(A, 5).ran(A, 5, None).fault("kill", WORKER, 6).fault("term", KEEPER, 10)
        told.sent(A, 36, 2).ran(A, 36, 37, who=OTHER, attempt=2, lost=1).ended(a="succeeded")
        assert told.judged().recoveries["run of a killed worker"].slowest == pytest.approx(30)

    def test_after_a_keeper_that_was_asked_to_stop(self, told):
        told.apply(A, 1, 5).fault("term", KEEPER, 5).sent(A, 8).ran(A, 12, 13).ended(a="succeeded")
        assert rules(told.judged()) == {SLOW}

    @pytest.mark.parametrize(("at", "broken"), [(36.5, set()), (37.5, {SLOW})])
    def test_runs_of_a_killed_worker(self, told, at, broken):
        told.apply(A, 1, 5).sent(A, 5).ran(A, 5, None).fault("kill", WORKER, 6)
        told.sent(A, at, 2).ran(A, at, at + 1, who=OTHER, attempt=2, lost=1).ended(a="succeeded")
        assert rules(told.judged()) == broken

    @pytest.mark.parametrize(("at", "broken"), [(36.5, set()), (37.5, {SLOW})])
    def test_what_a_killed_worker_had_prefetched(self, told, at, broken):
        told.apply(A, 1, 4).sent(A, 4).fault("kill", WORKER, 6).line(WORKER, "received", 4.5, id=A, gen=1)
        told.sent(A, at, 1).ran(A, at, at + 1, who=OTHER).ended(a="succeeded")
        assert rules(told.judged()) == broken

    def test_a_killed_worker_had_a_copy_of_an_earlier_generation(self, told):
        told.apply(A, 1, 2).sent(A, 2, 1).ran(A, 2, 3, "raise").sent(A, 3.5, 2).fault("kill", WORKER, 6)
        told.line(WORKER, "received", 4.5, id=A, gen=1)
        told.ran(A, 50, 51, who=OTHER, failures=1).ended(a="succeeded")
        assert SLOW not in rules(told.judged())

    @pytest.mark.parametrize(("at", "broken"), [(6.9, set()), (7.5, {SLOW})])
    def test_a_killed_child(self, told, at, broken):
        told.apply(A, 1, 5).sent(A, 5).ran(A, 5, None, who=("child", 31))
        told.line(("harness", 1), "fault", 6, kind="kill", role="child", pids=[31])
        told.sent(A, at, 2).ran(A, at, at + 1, who=OTHER, attempt=2, lost=1).ended(a="succeeded")
        assert rules(told.judged()) == broken

    @pytest.mark.parametrize(("at", "broken"), [(11.5, set()), (12.5, {SLOW})])
    def test_a_killed_child_whose_parent_is_cut_off(self, told, at, broken):
        told.apply(A, 1, 5).sent(A, 5).ran(A, 5, None, who=("child", 31)).fault("cut", WORKER, 5.5, 10)
        told.line(("harness", 1), "fault", 6, kind="kill", role="child", pids=[31])
        told.sent(A, at, 2).ran(A, at, at + 1, who=OTHER, attempt=2, lost=1).ended(a="succeeded")
        assert rules(told.judged()) == broken

    @pytest.mark.parametrize(("at", "broken"), [(36.5, set()), (37.5, {SLOW})])
    def test_a_killed_child_whose_worker_is_killed_with_it(self, told, at, broken):
        told.apply(A, 1, 5).sent(A, 5).ran(A, 5, None)
        told.line(("harness", 1), "fault", 6, kind="kill", role="child", pids=[WORKER[1]])
        told.fault("kill", WORKER, 6.1).sent(A, at, 2)
        told.ran(A, at, at + 1, who=OTHER, attempt=2, lost=1).ended(a="succeeded")
        assert rules(told.judged()) == broken

    @pytest.mark.parametrize(("at", "broken"), [(50.5, set()), (51.5, {SLOW})])
    def test_after_a_step_of_the_clock_deadlines_begin_anew(self, told, at, broken):
        told.apply(A, 1, 5).sent(A, 5).ran(A, 5, None).fault("kill", WORKER, 6)
        told.line(("harness", 1), "fault", 20, until=20, kind="step", role="store")
        told.sent(A, at, 2).ran(A, at, at + 1, who=OTHER, attempt=2, lost=1).ended(a="succeeded")
        assert rules(told.judged()) == broken

    @pytest.mark.parametrize(("kind", "who"), [("away", "store"), ("cut", KEEPER)])
    def test_the_contact_rule_is_allowed_for(self, told, kind, who):
        told.apply(A, 1, 5).sent(A, 5).ran(A, 5, None).fault("kill", WORKER, 6).fault(kind, who, 30, 33)
        told.sent(A, 55, 2).ran(A, 55, 56, who=OTHER, attempt=2, lost=1).ended(a="succeeded")
        assert rules(told.judged()) == set()


class TestLeftOver:
    def test_no_export(self, tmp_path):
        Told(tmp_path)
        assert rules(judge(load(tmp_path), Limits())) == {LEFT_OVER}

    @pytest.mark.parametrize(
        ("key", "value", "rule"),
        [
            ("rested", False, LEFT_OVER),
            ("counts", {"waiting": 1}, MISCOUNTED),
            ("counts", {"dead": 2}, MISCOUNTED),
            ("backlogs", {"q": 1}, MISCOUNTED),
            ("shards", ["-1234567"], LEFT_OVER),
            ("recount", "heads: the store tells 1, its jobs say 2", MISCOUNTED),
            ("keys", {"-1234567:due:1": 1}, LEFT_OVER),
            ("keys", {"-1234567:jobs": 1}, LEFT_OVER),
            ("keys", {"registry": 1}, LEFT_OVER),
            ("keys", {"targets": 3}, LEFT_OVER),
        ],
    )
    def test_something_is_left(self, told, key, value, rule):
        told.store[key] = value
        assert rules(told.judged()) == {rule}


def test_a_process_that_ended_by_itself(told):
    told.line(("harness", 1), "trouble", 5, text="worker-1.1 ended with 1")
    assert rules(told.judged()) == {"a process ended by itself"}


def test_a_line_that_was_cut_short_is_no_line(told):
    with (told.folder / "worker-1.1-30.jsonl").open("a") as file:
        file.write('{"k":"start","t":5')
    assert rules(told.judged()) == set()
