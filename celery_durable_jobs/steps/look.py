"""look: a keeper's view of what is due, and the renewal and grant of leases. See DESIGN sections 5 to 7."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps.common import Term
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class DueLine:
    """A line whose head is due and whose route is open (not paused, resting or full)."""

    route: Route
    head_us: int


@dataclass(frozen=True, slots=True)
class Held:
    """A shard that the keeper holds, until ``lease_until_us`` of the store's clock.

    ``granted``: by this look, so a new term: put back what was claimed under old tokens before the first claim, unless
    ``clean``: when it was granted, nothing was claimed in it (and under old tokens nothing can be from then on).
    ``lines``: what is due, oldest first. ``overdue``: some in-flight job's deadline has passed.
    """

    term: Term
    lease_until_us: int
    granted: bool
    lines: tuple[DueLine, ...] = ()
    overdue: bool = False
    clean: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """``held``: shards of this keeper, those with the oldest due head first. ``lost``: named terms that are no longer
    its own. ``next_us``: when a keeper is next needed as far as the registry tells (None: nothing waits); never
    earlier than ``now_us`` for what this keeper may not have. ``may_recover``: the contact rule allows rescue and
    resend. ``recover_us``: from when it will (equal to or before ``now_us`` when it does). ``pruned``: dead letters
    that went. ``aside``: records of a newer version, moved aside. ``keepers``: ids of live keepers that can publish.
    ``nexts``: ``next_us`` of each stripe (``MAX_US`` for never), where the store tells.
    """

    now_us: int
    held: tuple[Held, ...]
    lost: tuple[Term, ...]
    next_us: int | None
    may_recover: bool
    recover_us: int
    keepers: tuple[str, ...]
    pruned: int = 0
    aside: int = 0
    nexts: tuple[tuple[int, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Look(Request[Looked]):
    """Say what is due; renew and grant leases, oldest due first; extend what is being published; prune a little.

    By: keeper, on a clock of its own, at least every ``poll_interval``. Guard: none for the view.

    A renewal names shard and token: it must be the shard's current one and not run out, else it is ``lost``. A free
    (or run out) shard with something due or overdue is granted with a new token: at once to the keeper that rendezvous
    hashing prefers among the live ones, to another when the preferred one has not come (one look missed). A lease of
    the asking keeper that it does not name is granted anew: a new term.

    ``ill``: the keeper can't publish. It ranks last for every shard: it counts as no live keeper where shards are
    placed, neither here nor in ``keepers``, until a look says otherwise, and has just joined then.

    ``let_go``: terms to release in this same call, before anything is granted (politely: what it no longer prefers,
    and what is drained); they aren't granted again to this keeper by the same look. ``extend``: jobs being published,
    by term: their ``claimed`` deadline moves to now + lease ttl at least, where the token holds. ``limit`` bounds what
    is newly granted.

    Writes the keeper's own entry (``keeper``, ``info``, the time), and the time of contact: a gap above 3 s, or a time
    that went back, sets "contact since" to now; nothing is rescued or resent until that is 20 s old. A look that sees
    time go back also cuts leases and deadlines that lie further ahead than their full length.

    Prunes up to 100 dead letters older than ``keep_dead``, run-out calls and ended entries, dead keepers' entries,
    leases that ran out a while ago. What has been aside for 5 s goes back to where it was, up to 100, if it can be read
    here: this process may be of the version that wrote it.
    """

    keeper: str
    info: Mapping[str, str]
    terms: tuple[Term, ...] = ()
    let_go: tuple[Term, ...] = ()
    extend: tuple[tuple[Term, tuple[str, ...]], ...] = field(default=())
    limit: int = 100
    ill: bool = False
