"""A client process: schedules, cancels, reschedules, looks; and writes down each call before it, each answer after it.

It speaks of its own jobs alone, one call at a time, so that the order of its calls is known. A call whose outcome isn't
known (the store went away) is made again until it is answered.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import time
from collections import deque
from datetime import datetime, timedelta, timezone
from typing import Any

from celery_durable_jobs import DurableJob, JobRequest, durable_jobs, schedule_job
from celery_durable_jobs.errors import BulkScheduleError, InvalidJobError, StoreUnavailableError
from tests.chaos import app as chaos
from tests.chaos.draw import Mix, draw_countdown, draw_plan
from tests.chaos.history import NAME_VARIABLE

HANDLERS: dict[str, Any] = {
    "work": chaos.work, "hopeless": chaos.hopeless, "late": chaos.late, "asleep": chaos.asleep, "small": chaos.small,
}  # fmt: skip
UNKNOWN = "tests.chaos.app.nowhere"
WRONG_CLOCK = "SHIFTED_CLOCK" in os.environ
"""This process's clock is wrong: then it gives no ``eta``, which would be as wrong."""
BAD: list[dict[str, Any]] = [
    {"countdown": "soon"}, {"eta": "yesterday"}, {"target": ""}, {"key": "x" * 300}, {"metadata": {"a": 1}},
    {"priority": "high"}, {"args": ("only a tag",)}, {"args": (object(), {})},
]  # fmt: skip


class Client:
    """One client's life."""

    def __init__(self, name: str, orders: dict[str, Any]) -> None:
        self.name = name
        self.rng = random.Random(f"{orders['seed']} {name}")
        self.mix = Mix(**orders["mix"])
        self.rate = float(orders["rate"])
        self.left = orders.get("jobs")
        self.queues = orders["queues"]
        self.plain = bool(orders.get("plain"))
        self.numbers = itertools.count(1)
        self.mine: deque[DurableJob] = deque(maxlen=400)
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop)

    def _stop(self, *_: object) -> None:
        self.stopping = True

    # -- the loop --------------------------------------------------

    def run(self) -> None:
        """Until told to stop, or all jobs are scheduled."""
        owed, last = 0.0, time.monotonic()
        while not self.stopping and (self.left is None or self.left > 0):
            now = time.monotonic()
            owed = min(owed + (now - last) * self.rate, 200.0)
            last = now
            if owed < 1:
                time.sleep((1 - owed) / self.rate)
                continue
            count = self._plain() if self.plain else self._something()
            owed -= count
            if self.left is not None:
                self.left -= count
        chaos.history.write("done")

    def _something(self) -> int:
        """One call; answers how many jobs it made."""
        action = self.rng.choices(
            [
                self._apply,
                self._apply_many,
                self._keyed,
                self._cancel,
                self._reschedule,
                self._get,
                self._find,
                self._bad,
            ],
            [70, 4, 4, 9, 6, 4, 1, 0.5],
        )[0]
        return action()

    # -- making jobs --------------------------------------------------

    def _request(self, eta: datetime | None = None) -> tuple[JobRequest, dict[str, Any]]:
        """A request and what the history says of it.

        :param eta: its due time; drawn, if not given.
        """
        rng = self.rng
        handler, plan = draw_plan(rng, self.mix)
        tag = f"{self.name}:{next(self.numbers)}"
        countdown = draw_countdown(rng, self.mix)
        options: dict[str, Any] = {"countdown": countdown}
        said: dict[str, Any] = {"tag": tag, "plan": plan, "handler": handler, "cd": countdown}
        if eta is None and rng.random() < 0.2 and not WRONG_CLOCK:
            eta = datetime.now(timezone.utc) + timedelta(seconds=countdown)
        if eta is not None:
            options = {"eta": eta}
            said = {**said, "cd": None, "eta": eta.timestamp()}
        if rng.random() < 0.3:
            options["target"] = f"{self.name}:{rng.randint(1, 30)}"
        if rng.random() < 0.02 and eta is None:
            options["expires"] = said["expires"] = countdown + 3
        # What kills its process goes where only prefork workers take it: a thread would take its worker along.
        options["queue"] = said["queue"] = self.queues[1] if plan["do"] == "kill" else rng.choice(self.queues)
        request = JobRequest(HANDLERS.get(handler, UNKNOWN), args=(tag, plan), **options)
        return request, said

    def _apply(self) -> int:
        request, said = self._request()
        number = self._call("apply", **said)
        job = self._insist(number, lambda: schedule_job.apply(request))
        if job is not None:
            self._answer_apply(number, said["tag"], job)
        return 1

    def _keyed(self) -> int:
        """A key that often names a job already."""
        conflict = self.rng.choice(["return", "replace"])
        # Replaced jobs keep handler and route: these have but one.
        plan = {"do": "ok"}
        tag = f"{self.name}:{next(self.numbers)}"
        key = f"{self.name}:{self.rng.randint(1, 10)}"
        countdown = round(self.rng.uniform(0.5, self.mix.ahead), 3)
        said = {"tag": tag, "plan": plan, "handler": "work", "cd": countdown, "key": key, "conflict": conflict}
        queue = self.queues[0]
        request = JobRequest(
            chaos.work, args=(tag, plan), countdown=countdown, key=key, on_conflict=conflict, queue=queue
        )
        number = self._call("apply", queue=queue, **said)
        job = self._insist(number, lambda: schedule_job.apply(request))
        if job is not None:
            self._answer_apply(number, tag, job)
        return 1

    def _apply_many(self) -> int:
        eta = None
        if self.rng.random() < 0.5 and not WRONG_CLOCK:  # all at one moment: then in the order given
            eta = datetime.now(timezone.utc) + timedelta(seconds=self.rng.uniform(0.5, self.mix.ahead))
        made = [self._request(eta) for _ in range(self.rng.randint(2, 40))]
        numbers = [self._call("apply", **said) for _, said in made]
        known = {request.seed: (number, said) for number, (request, said) in zip(numbers, made, strict=True)}
        left = [request for request, _ in made]
        pause = 0.05
        while left:
            try:
                jobs, unknown = schedule_job.apply_many(left), []
            except BulkScheduleError as error:
                jobs, unknown = error.stored, list(error.unknown)
                if error.refused:
                    raise
            except StoreUnavailableError:
                jobs, unknown = [], left
            for job in jobs:
                number, said = known[job.id[-21:]]
                self._answer_apply(number, said["tag"], job)
            left = unknown
            if left and self.stopping:
                return len(made)
            if left:
                time.sleep(pause)
                pause = min(1.0, pause * 2)
        return len(made)

    def _plain(self) -> int:
        """Five hundred plain jobs at once, which by turns travel alone and together; one line for all of them."""
        count = min(500, self.left if self.left is not None else 500)
        first = next(self.numbers)
        tags = [f"{self.name}:{first}.{index}" for index in range(count)]
        handler = "small" if first % 2 else "work"
        requests = [
            JobRequest(HANDLERS[handler], args=(tag, {"do": "ok"}), countdown=draw_countdown(self.rng, self.mix))
            for tag in tags
        ]
        jobs = schedule_job.apply_many(requests)
        made = [[tag, job.id, job.due_time.timestamp()] for tag, job in zip(tags, jobs, strict=True)]
        chaos.history.write("many", handler=handler, queue=self.queues[0], jobs=made)
        return count

    # -- changing and looking --------------------------------------------------

    def _one(self) -> DurableJob | None:
        """Mostly one that isn't due yet."""
        some = [self.rng.choice(self.mine) for _ in range(5)] if self.mine else []
        return max(some, key=lambda job: job.due_time, default=None)

    def _cancel(self) -> int:
        job = self._one()
        if job is None:
            return self._apply()
        for _ in range(2 if self.rng.random() < 0.1 else 1):  # asked again, the answer is the same
            number = self._call("cancel", id=job.id)
            outcome = self._insist(number, lambda: durable_jobs.cancel(job.id))
            if outcome is not None:
                self._answer("cancel", number, id=job.id, out=str(outcome))
        return 0

    def _reschedule(self) -> int:
        job = self._one()
        if job is None:
            return self._apply()
        countdown = draw_countdown(self.rng, self.mix)
        number = self._call("reschedule", id=job.id, cd=countdown)
        now = self._insist(number, lambda: [durable_jobs.reschedule(job.id, countdown=countdown, expires=None)])
        if now is not None:
            due = None if now[0] is None else now[0].due_time.timestamp()
            self._answer("reschedule", number, id=job.id, due=due)
        return 0

    def _get(self) -> int:
        job = self._one()
        if job is None:
            return self._apply()
        number = self._call("get", id=job.id)
        found = self._insist(number, lambda: [durable_jobs.get(job.id)])
        if found is not None:
            self._answer("get", number, id=job.id, state=None if found[0] is None else found[0].state.value)
        return 0

    def _find(self) -> int:
        target = f"{self.name}:{self.rng.randint(1, 30)}"
        number = self._call("find", target=target)
        ids = self._insist(number, lambda: [job.id for job in durable_jobs.find(target=target)])
        if ids is not None:
            self._answer("find", number, target=target, ids=ids)
        return 0

    def _bad(self) -> int:
        tag = f"{self.name}:{next(self.numbers)}"
        options = {"args": (tag, {"do": "ok"}), "countdown": 0, **self.rng.choice(BAD)}
        if "eta" in options:
            del options["countdown"]
        number = self._call("bad", tag=tag)
        try:
            job = schedule_job.apply(chaos.work, **options)
        except InvalidJobError as error:
            self._answer("bad", number, tag=tag, refused=type(error).__name__, argument=error.argument)
        except StoreUnavailableError:
            self._answer("bad", number, tag=tag, refused="unavailable", argument="")
        else:
            self._answer("bad", number, tag=tag, refused=None, id=job.id)
        return 0

    # -- calls and answers --------------------------------------------------

    def _insist(self, number: int, call: Any) -> Any:
        """Make the call until it is answered; None when we are told to stop before."""
        pause = 0.05
        while True:
            try:
                return call()
            except StoreUnavailableError as error:
                chaos.history.write("error", n=number, maybe=error.maybe_done)
            if self.stopping:
                return None
            time.sleep(pause)
            pause = min(1.0, pause * 2)

    def _call(self, op: str, **fields: Any) -> int:
        number = next(self.numbers)
        chaos.history.write("call", op=op, n=number, **fields)
        return number

    def _answer(self, op: str, number: int, **fields: Any) -> None:
        chaos.history.write("answer", op=op, n=number, **fields)

    def _answer_apply(self, number: int, tag: str, job: DurableJob) -> None:
        due = job.due_time.timestamp()
        self._answer("apply", number, tag=tag, id=job.id, due=due, created=job.created, target=job.target)
        self.mine.append(job)


def main() -> None:
    """The command: orders are JSON in the environment."""
    chaos.app.set_default()
    Client(os.environ[NAME_VARIABLE], json.loads(os.environ["CHAOS_ORDERS"])).run()


if __name__ == "__main__":
    main()
    sys.exit(0)
