"""The rules of clients, and of the people who run it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from celery_durable_jobs import steps
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.when import NOW, SECOND, When
from celery_durable_jobs.steps import Source
from celery_durable_jobs.steps.request import Request
from tests.properties.choices import dues, expiries, few_keys, keys, picks, routes, targets
from tests.properties.player import Player


class Clients(Player):
    """The rules of clients, and of the people who run it."""

    @rule(
        due=dues,
        route=routes,
        key=keys,
        aimed=targets,
        expires=expiries,
        on_conflict=st.sampled_from(["return", "replace", "error"]),
        key_until=st.sampled_from(["started", "ended"]),
        handler=st.sampled_from(["shop.remind", "shop.remind", "shop.charge"]),
        metadata=st.sampled_from([None, {}, {"a": "é\x00"}]),
        relative=st.booleans(),
    )
    def add(self, due: float, expires: float | None, relative: bool, aimed: str | None, **given: Any) -> None:
        when = self.in_seconds(due)
        assert when is not None
        if relative:
            when = When(after_us=round(due * SECOND))
        number = next(self.counter)
        request = steps.Add(
            job_id=self.ids.new(when.resolve(self.clock()), aimed, given["key"]),
            due=when,
            content=Content(b"body %d" % number, headers={"number": number}),
            digest=b"%08d" % number,
            target=aimed,
            name=None if number % 3 else f"name {number}",
            expires=None if expires is None else self.in_seconds(max(due, 0) + expires),
            **given,
        )
        self.adds.append(request)
        self.twice(request)

    @rule(count=st.sampled_from([3, 20]), route=routes)
    def add_many(self, count: int, route: Route) -> None:
        for _ in range(count):
            number, due = next(self.counter), When(at_us=self.clock())
            job_id = self.ids.new(self.clock(), None, None)
            content, digest = Content(b"%d" % number), b"%08d" % number
            self.adds.append(steps.Add(job_id, "shop.remind", route, due, content, digest))
            self.once(self.adds[-1])

    @precondition(lambda self: self.adds)
    @rule(which=picks, what=st.sampled_from(["add", "another", "call"]))
    def again(self, which: int, what: str) -> None:
        """A call that was in the network for a while; or another request under an id that is taken."""
        if what == "call" and self.calls:
            self.twice(self.pick(self.calls, which))
            return
        request = self.pick(self.adds, which)
        self.twice(replace(request, digest=b"another!", handler="other") if what == "another" else request)

    @precondition(lambda self: self.adds)
    @rule(which=picks, key=few_keys, aimed=targets)
    def cancel(self, which: int, key: str | None, aimed: str | None) -> None:
        self.calls.append(steps.Cancel(self.ref(which, key, aimed), self.call_id()))
        self.twice(self.calls[-1])

    @precondition(lambda self: self.adds)
    @rule(
        which=picks,
        key=few_keys,
        aimed=targets,
        due=st.one_of(st.none(), dues),
        content=st.booleans(),
        metadata=st.sampled_from([steps.UNSET, None, {"b": "2"}]),
        expires=st.sampled_from([steps.UNSET, None, 1.0, 50.0]),
    )
    def change(self, which: int, key: str | None, aimed: str | None, due: float | None, **parts: Any) -> None:
        expires = parts["expires"]
        call = steps.Change(
            self.ref(which, key, aimed),
            self.call_id(),
            self.in_seconds(due),
            Content(b"changed", options={"time_limit": 3}) if parts["content"] else None,
            parts["metadata"],
            self.in_seconds(expires) if isinstance(expires, float) else expires,
        )
        self.calls.append(call)
        self.twice(call)

    @precondition(lambda self: self.adds)
    @rule(
        what=st.sampled_from(["replay", "replay", "forget", "get", "pause", "resume", "resume", "purge"]),
        which=picks,
        due=dues,
        expires=expiries,
        queue=st.sampled_from(["mail", "news"]),
    )
    def operate(self, what: str, which: int, due: float, expires: float | None, queue: str) -> None:
        """What people do by hand."""
        stripe = which % self.spec.options.stripes
        request: Request[Any]
        if what == "replay":
            dead = [job.id for number in self.stripes for job in self.spec.send(steps.Find(number, Source.DEAD)).jobs]
            job_id, when = self.pick(dead, which) if dead else self.job_id(which), self.in_seconds(due)
            request = steps.Replay(job_id, self.call_id(), when or NOW, self.in_seconds(expires))
        elif what == "forget":
            request = steps.Forget(self.job_id(which), self.call_id())
        elif what == "get":
            self.twice(steps.Get(self.job_id(which)))
            return
        elif what == "purge":
            # Which ended ones go first is nobody's business: all of them do.
            kind = ("waiting", "dead", "ended")[which % 3]
            self.once(steps.Purge(stripe, kind, 1_000 if kind == "ended" else 2))
            return
        else:
            request = (steps.Resume if what == "resume" else steps.Pause)(queue, stripe, self.call_id())
        self.calls.append(request)
        self.twice(request)
