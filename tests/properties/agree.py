"""Two stores that get the same requests: what the second one names differently is translated, the rest must be equal.

Generations and tokens are each store's own. The requests are written in the first store's; ``Pair`` knows which of the
second's stand for which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from celery_durable_jobs import steps
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.steps import Delivery, Term
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.contract import Store

Answer = TypeVar("Answer")


class Pair:
    """The specification and another store."""

    def __init__(self, spec: Store, other: Store) -> None:
        self.spec, self.other = spec, other
        self._tokens: dict[Term, Term] = {}
        self._generations: dict[tuple[str, int], int] = {}
        self._spec_tokens: dict[Term, Term] = {}
        self._spec_generations: dict[tuple[str, int], int] = {}

    def send(self, request: Request[Answer]) -> Answer:
        """Both answers, which must say the same; the specification's."""
        want = self.spec.send(request)
        got = self.other.send(self._to_other(request))
        self._learn(want, got)
        self._same(request, want, self._to_spec(got))
        return want

    def send_many(self, requests: Sequence[Request[Any]]) -> list[Any]:
        """Requests that only read, in one call."""
        wants = self.spec.send_many(requests)
        gots = self.other.send_many(requests)
        for request, want, got in zip(requests, wants, gots, strict=True):
            self._same(request, want, self._to_spec(got))
        return wants

    def _same(self, request: Request[Any], want: Any, got: Any) -> None:
        one, two = plain(want), plain(got)
        if one != two:
            raise AssertionError(f"{request}\n  specification: {one}\n  the other:     {two}\n  {difference(one, two)}")

    # -- names

    def _learn(self, want: Any, got: Any) -> None:
        """New terms and generations come with looks and claims."""
        if isinstance(want, steps.Looked) and isinstance(got, steps.Looked):
            terms = {held.term.shard_id: held.term for held in got.held}
            for held in want.held:
                if held.granted and held.term.shard_id in terms:
                    self._term(held.term, terms[held.term.shard_id])
        if isinstance(want, steps.Claimed) and isinstance(got, steps.Claimed):
            generations = {job.id: job.generation for job in got.jobs}
            for job in want.jobs:
                if job.id in generations:
                    self._generation(job.id, job.generation, generations[job.id])

        if isinstance(want, steps.Dispatched) and isinstance(got, steps.Dispatched):
            numbers = dict(got.jobs)
            for job_id, generation in want.jobs:
                if job_id in numbers:
                    self._generation(job_id, generation, numbers[job_id])

    def _term(self, one: Term, two: Term) -> None:
        assert one.token.split(".", 1)[1] == two.token.split(".", 1)[1], (one, two)
        assert two not in self._spec_tokens, f"{two} was there before"
        self._tokens[one], self._spec_tokens[two] = two, one

    def _generation(self, job_id: str, one: int, two: int) -> None:
        assert (job_id, two) not in self._spec_generations, f"generation {two} of {job_id} was there before"
        self._generations[job_id, one], self._spec_generations[job_id, two] = two, one

    def _to_other(self, value: Any) -> Any:
        """The request in the other store's tokens and generations; forged ones stay what they are."""
        if isinstance(value, Term):
            return self._tokens.get(value, value)
        if isinstance(value, Delivery | steps.Begin | steps.Bury):
            generation = self._generations.get((value.job_id, value.generation), value.generation)
            value = replace(value, generation=generation)
            if isinstance(value, steps.Bury) and value.term is not None:
                return replace(value, term=self._to_other(value.term))
            return value
        if isinstance(value, steps.MarkSent | steps.PutBack):
            jobs = value.jobs
            if jobs is not None:
                jobs = tuple((job_id, self._generations.get((job_id, number), number)) for job_id, number in jobs)
            return replace(value, term=self._to_other(value.term), jobs=jobs)
        return _deep(value, self._to_other)

    def _to_spec(self, value: Any) -> Any:
        """The answer in the specification's tokens and generations."""
        if isinstance(value, Term):
            return self._spec_tokens.get(value, value)
        if isinstance(value, JobRecord):
            generation = value.generation
            return replace(value, generation=self._spec_generations.get((value.id, generation), generation))
        if isinstance(value, steps.Dispatched):
            jobs = tuple((job, self._spec_generations.get((job, number), number)) for job, number in value.jobs)
            return _deep(replace(value, jobs=jobs), self._to_spec)
        return _deep(value, self._to_spec)


def _deep(value: Any, change: Any) -> Any:
    """The value with all its parts changed."""
    if isinstance(value, tuple):
        return tuple(change(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: getattr(value, each.name) for each in fields(value)}
        changed = {name: change(part) for name, part in parts.items() if isinstance(part, tuple) or is_dataclass(part)}
        return replace(value, **changed) if changed else value
    return value


def plain(answer: Any) -> Any:
    """The answer with what has no order sorted, and what may differ left out."""
    if isinstance(answer, steps.Looked):
        due = tuple(held for held in answer.held if held.lines or held.overdue)
        rest = tuple(sorted((held for held in answer.held if not (held.lines or held.overdue)), key=repr))
        return replace(answer, held=due + rest, lost=_sorted(answer.lost), keepers=_sorted(answer.keepers))
    if isinstance(answer, steps.Resending):
        return replace(answer, jobs=_sorted(answer.jobs), expired=_sorted(answer.expired))
    if isinstance(answer, steps.PutBackDone):
        return replace(answer, expired=_sorted(answer.expired))
    if isinstance(answer, steps.Rescued):
        parts = ("returned", "dead", "cancelled", "expired")
        return replace(answer, **{name: _sorted(getattr(answer, name)) for name in parts})
    if isinstance(answer, steps.StripeStats):
        # ``ended`` counts some that are shown no more.
        return replace(answer, ended=0, routes=_sorted(answer.routes), paused=_sorted(answer.paused))
    return answer


def _sorted(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(values, key=repr))


def difference(one: Any, two: Any, path: str = "") -> str:
    """Where two answers part, in a line each."""
    if type(one) is not type(two):
        return f"{path}: {one!r} != {two!r}"
    if isinstance(one, tuple) and len(one) == len(two):
        found = [difference(*each, f"{path}[{at}]") for at, each in enumerate(zip(one, two, strict=True))]
    elif is_dataclass(one):
        found = [
            difference(getattr(one, each.name), getattr(two, each.name), f"{path}.{each.name}") for each in fields(one)
        ]
    else:
        return "" if one == two else f"{path}: {one!r} != {two!r}"
    return "\n  ".join(each for each in found if each)
