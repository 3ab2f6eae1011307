"""dispatch: claim and publish in one step, where the queue is a list in the store's own database."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from celery_durable_jobs.model.options import PAUSE_LOOK_US
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import (
    Begin,
    Begun,
    Carrier,
    Dispatch,
    Dispatched,
    FinishKind,
    Pause,
    PutBack,
    Refusal,
    Refused,
    Resume,
    Template,
    Term,
)
from celery_durable_jobs.stores.codec import form_of
from celery_durable_jobs.stores.contract import Store
from celery_durable_jobs.stores.memory import MemoryStore
from celery_durable_jobs.stores.splicing import show
from celery_durable_jobs.testing import StoreDriver
from tests.contract import conftest
from tests.contract.conftest import MakeDriver

CELERY = Route()
HANDLER = "shop.tasks.remind"
QUEUE, MARK = b"celery", b"dj-mark"
TEXTS = (
    b'{"body": ',
    b', "headers": {"id": "',
    b'", "retries": ',
    b', "argsrepr": ',
    b', "kwargsrepr": ',
    b", ",
    b'"generation": ',
    b'}, "tag": "',
    b'"}',
)
PLAIN = form_of(Content(b"[[], {}, {}]")).kind
ANY = Template(HANDLER, PLAIN, None, TEXTS, "BIRAKHGT")


class Lists:
    """The broker's side of the database."""

    def __init__(self, store: Store, client: Any) -> None:
        self.memory: Any = store._state if isinstance(store, MemoryStore) else None
        self.client = client

    def mark(self) -> None:
        if self.memory is not None:
            self.memory.marks.add(MARK)
        else:
            self.client.set(MARK, b"")

    def spoil(self, key: bytes = QUEUE) -> None:
        if self.memory is not None:
            self.memory.lists[key] = None
        else:
            self.client.set(key, b"no list")

    def messages(self, key: bytes = QUEUE) -> list[dict[str, Any]]:
        """In the order in which a consumer takes them."""
        raws = (self.memory.lists.get(key) or []) if self.memory is not None else self.client.lrange(key, 0, -1)
        return [json.loads(raw) for raw in reversed(raws)]


@pytest.fixture
def lists(jobs: StoreDriver, store_kind: str, request: pytest.FixtureRequest) -> Iterator[Lists]:
    """The lists of the database that ``jobs`` are in; the keeper has left its mark there."""
    if store_kind == "cluster":
        pytest.skip("no queue of Kombu's lies on a cluster")
    if store_kind == "memory":
        lists = Lists(jobs.store, None)
        lists.mark()
        yield lists
        return
    server = request.getfixturevalue("server" if store_kind == "valkey" else "redis7")
    with server.client(conftest._database(server, request)) as client:
        lists = Lists(jobs.store, client)
        client.delete(QUEUE, b"other")
        lists.mark()
        yield lists
        client.delete(QUEUE, b"other", MARK)


def dispatch(term: Term, route: Route = CELERY, *templates: Template, **fields: Any) -> Dispatch:
    return Dispatch(term, route, MARK, QUEUE, templates or (ANY,), **fields)


def body(*args: Any, **kwargs: Any) -> Content:
    return Content(json.dumps([args, kwargs, {}]).encode())


# -- what it does


def test_due_jobs_are_sent_with_a_deadline_of_a_begin_timeout(jobs: StoreDriver, lists: Lists) -> None:
    job_id = jobs.add(content=body(42, "it's", who="ü"))
    term = jobs.lease(job_id)
    answer = jobs.send(dispatch(term))
    job = jobs.get(job_id)
    assert answer == Dispatched(
        jobs.clock(), jobs.clock() + jobs.options.lease_ttl_us, ((job_id, job.generation),), room=999
    )
    assert job.state is JobState.SENT
    assert jobs.deadline(job_id) == jobs.clock() + jobs.options.begin_timeout_us
    assert jobs.backlog() == 1
    assert lists.messages() == [
        {
            "body": json.dumps([[42, "it's"], {"who": "ü"}, {}]),
            "headers": {
                "id": job_id,
                "retries": 0,
                "argsrepr": "(42, 'it\\'s')",
                "kwargsrepr": "{'who': 'ü'}",
                "generation": job.generation,
            },
            "tag": f"{job_id}.{job.generation}",
        }
    ]


def test_none_before_its_time(jobs: StoreDriver, lists: Lists) -> None:
    """G3: never early, not by a microsecond."""
    due, early = jobs.add(), jobs.add(When(after_us=1))
    term = jobs.lease(due)
    answer = jobs.send(dispatch(term))
    assert [job_id for job_id, _ in answer.jobs] == [due]
    assert answer.head_us == jobs.clock() + 1
    jobs.clock.move(us=1)
    assert [job_id for job_id, _ in jobs.send(dispatch(term)).jobs] == [early]


def test_in_due_order_for_who_takes_from_the_list(jobs: StoreDriver, lists: Lists) -> None:
    """G3: in order, over several calls."""
    rng = random.Random(1)
    offsets = [rng.choice([-1.0, -0.5, 0.0, -1e-6]) for _ in range(60)]
    ids = [jobs.add(offset, target=f"t{rng.random()}") for offset in offsets]
    expected = [ids[index] for index in sorted(range(60), key=lambda index: offsets[index])]
    term = jobs.lease(ids[0])
    for _ in range(10):
        jobs.send(dispatch(term, limit=7))
    assert [message["headers"]["id"] for message in lists.messages()] == expected
    generations = [message["headers"]["generation"] for message in lists.messages()]
    assert generations == sorted(set(generations))


def test_its_message_begins_and_an_older_one_does_not(jobs: StoreDriver, lists: Lists) -> None:
    old = jobs.claimed()
    term = jobs.terms["k1"][old.id[1:9]]
    jobs.send(PutBack(term, ((old.id, old.generation),)))
    ((_, generation),) = jobs.send(dispatch(term)).jobs
    assert isinstance(jobs.send(Begin(old.id, old.generation, "d1")), Refused)
    assert isinstance(jobs.send(Begin(old.id, generation, "d2")), Begun)
    assert jobs.backlog() == 0


def test_a_retry_says_how_often_it_failed(jobs: StoreDriver, lists: Lists) -> None:
    job_id = jobs.running("d1").id
    jobs.finish(job_id, "d1", FinishKind.RETRY, error="no")
    term = jobs.lease(job_id)
    ((_, generation),) = jobs.send(dispatch(term)).jobs
    (message,) = lists.messages()
    assert (message["headers"]["retries"], message["headers"]["generation"]) == (1, generation)


def test_a_cancel_after_it_is_final(jobs: StoreDriver, lists: Lists) -> None:
    """G6."""
    job_id = jobs.add()
    ((_, generation),) = jobs.send(dispatch(jobs.lease(job_id))).jobs
    assert jobs.cancel(job_id).outcome is CancelOutcome.CANCELLED
    assert isinstance(jobs.send(Begin(job_id, generation, "d1")), Refused)


# -- its guards


def test_without_the_lease_nothing_happens(jobs: StoreDriver, lists: Lists) -> None:
    """G5"""
    job_id = jobs.add()
    term = jobs.lease(job_id)
    for wrong in (Term(term.shard_id, "999999.k1"), Term(term.shard_id, term.token + "x")):
        assert jobs.send(dispatch(wrong)) == Dispatched(jobs.clock(), refused=Refusal.LEASE)
    jobs.clock.move(us=jobs.options.lease_ttl_us)
    assert jobs.send(dispatch(term)).refused is Refusal.LEASE
    assert lists.messages() == []
    assert jobs.state(job_id) is JobState.WAITING


def test_without_the_keeper_s_mark_nothing_happens(jobs: StoreDriver, lists: Lists) -> None:
    """The broker is another database, or another server by now."""
    job_id = jobs.add()
    answer = jobs.send(Dispatch(jobs.lease(job_id), CELERY, b"no such mark", QUEUE, (ANY,)))
    assert (answer.elsewhere, answer.jobs) == (True, ())
    assert lists.messages() == []
    assert jobs.state(job_id) is JobState.WAITING


def test_a_push_that_fails_moves_nothing(jobs: StoreDriver, lists: Lists) -> None:
    """The queue's name is another type's: all wait as before, and can be dispatched when it is gone."""
    ids = [jobs.add() for _ in range(3)]
    gone = jobs.add(-1, expires=When(at_us=jobs.when(5)))
    jobs.clock.move(5)
    term = jobs.lease(ids[0])
    lists.spoil(b"other")
    failed = jobs.send(Dispatch(term, CELERY, MARK, b"other", (ANY,)))
    assert "WRONGTYPE" in failed.failed
    assert (failed.jobs, [job.id for job in failed.expired]) == ((), [gone])
    assert [jobs.state(job_id) for job_id in ids] == [JobState.WAITING] * 3
    assert jobs.backlog() == 0
    jobs.recount()
    assert [job_id for job_id, _ in jobs.send(dispatch(term)).jobs] == ids


def test_the_backlog_has_a_bound(make_jobs: MakeDriver, request: pytest.FixtureRequest) -> None:
    jobs = make_jobs(max_backlog=16)
    lists = next(iter([Lists(jobs.store, _client(request))]))
    lists.mark()
    ids = [jobs.add() for _ in range(20)]
    term = jobs.lease(ids[0])
    answer = jobs.send(dispatch(term))
    assert (len(answer.jobs), answer.room) == (16, 0)
    assert len(lists.messages()) == 16
    assert jobs.send(dispatch(term)).jobs == ()
    assert jobs.look().next_us == jobs.clock() + jobs.options.poll_interval_us


def _client(request: pytest.FixtureRequest) -> Any:
    kind = request.getfixturevalue("store_kind")
    if kind == "cluster":
        pytest.skip("no queue of Kombu's lies on a cluster")
    if kind == "memory":
        return None
    server = request.getfixturevalue("server" if kind == "valkey" else "redis7")
    client = server.client(conftest._database(server, request))
    request.addfinalizer(client.close)
    client.delete(QUEUE)
    request.addfinalizer(lambda: client.delete(QUEUE, MARK))
    return client


def test_a_paused_queue(jobs: StoreDriver, lists: Lists) -> None:
    job_id = jobs.add()
    term = jobs.lease(job_id)
    jobs.send(Pause("celery", 0, jobs.call_id()))
    answer = jobs.send(dispatch(term))
    assert (answer.paused, answer.jobs, lists.messages()) == (True, (), [])
    assert jobs.look().next_us == jobs.clock() + PAUSE_LOOK_US
    jobs.send(Resume("celery", 0, jobs.call_id()))
    assert len(jobs.send(dispatch(term)).jobs) == 1


def test_what_is_past_its_expires_is_ended_on_the_way(jobs: StoreDriver, lists: Lists) -> None:
    late = jobs.add(expires=When(at_us=jobs.when(2)))
    job_id = jobs.add(1)
    jobs.clock.move(2)
    answer = jobs.send(dispatch(jobs.lease(job_id)))
    assert [job.id for job in answer.expired] == [late]
    assert [job_id for job_id, _ in answer.jobs] == [job_id]
    assert len(lists.messages()) == 1


def test_limits_of_jobs_and_bytes(jobs: StoreDriver, lists: Lists) -> None:
    ids = [jobs.add(content=body("x" * 100)) for _ in range(10)]
    term = jobs.lease(ids[0])
    assert len(jobs.send(dispatch(term, limit=2)).jobs) == 2
    assert len(jobs.send(dispatch(term, limit_bytes=250)).jobs) == 2
    assert len(jobs.send(dispatch(term, limit_bytes=1)).jobs) == 1
    assert len(jobs.send(dispatch(term)).jobs) == 5
    assert [message["headers"]["id"] for message in lists.messages()] == ids


# -- what fits


def test_a_job_that_no_template_fits_ends_the_batch(jobs: StoreDriver, lists: Lists) -> None:
    ids = [
        jobs.add(),
        jobs.add(handler="shop.tasks.other"),
        jobs.add(content=Content(b"\x80pickle", "application/x-python-serialize", "binary")),
        jobs.add(content=body([[[[1]]]])),
        jobs.add(),
    ]
    term = jobs.lease(ids[0])
    answer = jobs.send(dispatch(term))
    assert ([job_id for job_id, _ in answer.jobs], answer.unfit) == ([ids[0]], jobs.get(ids[1]))
    assert answer.head_us == jobs.get(ids[1]).due_us
    for job_id in ids[1:4]:
        answer = jobs.send(dispatch(term))
        assert (answer.jobs, answer.unfit) == ((), jobs.get(job_id))
        jobs.cancel(job_id)
    assert [job_id for job_id, _ in jobs.send(dispatch(term)).jobs] == [ids[4]]


def test_without_templates_it_shows_the_first_job(jobs: StoreDriver, lists: Lists) -> None:
    ids = [jobs.add(), jobs.add()]
    answer = jobs.send(Dispatch(jobs.lease(ids[0]), CELERY, MARK, QUEUE, ()))
    assert (answer.jobs, answer.unfit) == ((), jobs.get(ids[0]))


def test_headers_are_spliced_or_belong_to_the_template(jobs: StoreDriver, lists: Lists) -> None:
    plain = b"[[], {}, {}]"
    common, own = Content(plain, headers={"a": 1, "b": [None]}), Content(plain, headers={"trace": 'ü"\\'})
    exact = Template(HANDLER, PLAIN, form_of(common).headers, (b'{"exact": "', b'"}'), "I")
    ids = [jobs.add(content=common), jobs.add(content=own), jobs.add(content=Content(plain, options={"x": 1}))]
    answer = jobs.send(dispatch(jobs.lease(ids[0]), CELERY, exact, ANY))
    assert answer.unfit == jobs.get(ids[2])
    first, second = lists.messages()
    assert first == {"exact": ids[0]}
    assert second["headers"]["trace"] == 'ü"\\'


BODIES = [
    [[], {}],
    [[1], {}],
    [["a", 2.5, None, True, False], {"k": "v"}],
    [["it's", 'say "x"', "back\\slash", "tab\t", "\x00\x7f/", "ü€😀"], {"ü": "'"}],
    [[[1, 2], {"a": [3]}], {"deep": {"er": 1}}],
    [[[[[1]]]], {}],
    [["]", "[{", "}, {", "true null NaN"], {"a, b: c": "d"}],
    [[float("nan")], {}],
    [["\ud800"], {}],
    [[{"__type__": "x"}], {}],
    [["y" * 1_001], {}],
    [["y" * 985], {}],
    [[10**30, -1, 1e-07, 1e22], {}],
    [[], {"one": 1, "two": [{}, []]}],
]


@pytest.mark.parametrize("parts", BODIES, ids=range(len(BODIES)))
def test_arguments_are_shown_as_the_specification_shows_them(parts: Any, jobs: StoreDriver, lists: Lists) -> None:
    content = Content(json.dumps([*parts, {}]).encode())
    job_id = jobs.add(content=content)
    answer = jobs.send(dispatch(jobs.lease(job_id)))
    want = show(content.body)
    if want is None:
        assert answer.unfit is not None
        assert lists.messages() == []
    else:
        (message,) = lists.messages()
        assert (message["headers"]["argsrepr"], message["headers"]["kwargsrepr"]) == want
        assert message["body"] == content.body.decode()


def test_any_arguments_are_shown_as_the_specification_shows_them(jobs: StoreDriver, lists: Lists) -> None:
    rng = random.Random(7)
    bodies = [_any_body(rng) for _ in range(400)]
    ids = {jobs.add(content=Content(each)): each for each in bodies}
    term = jobs.lease(next(iter(ids)))
    unfit = set()
    while True:
        answer = jobs.send(dispatch(term))
        if answer.unfit is None:
            break
        unfit.add(answer.unfit.id)
        jobs.cancel(answer.unfit.id)
    shown = {each["headers"]["id"]: each["headers"] for each in lists.messages()}
    for job_id, each in ids.items():
        want = show(each)
        assert (job_id in unfit) == (want is None), each
        if want is not None:
            assert (shown[job_id]["argsrepr"], shown[job_id]["kwargsrepr"]) == want, each
    assert 50 < len(unfit) < 350


TEXTS_OF_ALL_KINDS = [
    "",
    "a",
    "true",
    "null",
    "it's",
    "a b",
    "a, b",
    "[",
    "}",
    '"',
    "\\",
    "ü",
    "😀",
    "\n",
    "N",
    ":",
    "a" * 330,
]


def _any_body(rng: random.Random) -> bytes:
    """JSON of some arguments; now and then with other separators, a blank too many, or what isn't JSON at all."""

    def value(depth: int) -> Any:
        kind = rng.randrange(12 if depth < 4 else 8)
        if kind > 9:
            return [value(depth + 1) for _ in range(rng.randrange(3))]
        if kind > 7:
            return {rng.choice(TEXTS_OF_ALL_KINDS): value(depth + 1) for _ in range(rng.randrange(3))}
        return [None, True, False, rng.randrange(-9, 99), rng.random(), *(rng.choice(TEXTS_OF_ALL_KINDS),) * 3][kind]

    args = [value(0) for _ in range(rng.randrange(4))]
    kwargs = {rng.choice(TEXTS_OF_ALL_KINDS): value(1) for _ in range(rng.choice([0, 0, 0, 1, 2]))}
    separators = (",", ":") if rng.random() < 0.05 else None
    text = json.dumps([args, kwargs, {}], separators=separators)
    if rng.random() < 0.1:
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice([" ", ",", "NaN", "\t"]) + text[at:]
    return text.encode()


def test_the_usual_tail_is_there_again(jobs: StoreDriver, lists: Lists) -> None:
    tail = b', {"callbacks": null, "errbacks": null, "chain": null, "chord": null}]'
    jobs.lease(jobs.add(content=Content(b"[[1], {}" + tail)))
    jobs.send(dispatch(next(iter(jobs.terms["k1"].values()))))
    (message,) = lists.messages()
    assert message["body"].encode() == b"[[1], {}" + tail


def test_it_wakes_when_the_backlog_opens(jobs: StoreDriver, lists: Lists) -> None:
    """What was sent in one step counts like what was sent in two."""
    job_id = jobs.add()
    ((_, generation),) = jobs.send(dispatch(jobs.lease(job_id))).jobs
    jobs.keep_looking(jobs.options.begin_timeout_us / SECOND)
    assert jobs.look().held[0].overdue
    assert isinstance(jobs.send(Begin(job_id, generation, "d1")), Begun)
    assert jobs.backlog() == 0


# -- several jobs in one message

SHIP = Carrier(HANDLER, 3, TEXTS, "BIRAKHGT")


def aboard(message: dict[str, Any]) -> list[list[Any]]:
    """The jobs that a carrier names."""
    (handler, jobs), kwargs, embed = json.loads(message["body"])
    assert (handler, kwargs, set(embed.values())) == (HANDLER, {}, {None})
    return list(jobs)


def test_jobs_of_one_handler_go_several_in_a_message_in_due_order(jobs: StoreDriver, lists: Lists) -> None:
    """G3. Bodies needn't be such as can be spliced: they don't travel."""
    ids = [jobs.add(due=-9 + place, content=body("ü")) for place in range(4)]
    answer = jobs.send(dispatch(jobs.lease(ids[0]), carriers=(SHIP,)))
    sent = [(job_id, jobs.get(job_id).generation) for job_id in ids]
    assert answer.jobs == tuple(sent)
    assert [jobs.state(job_id) for job_id in ids] == [JobState.SENT] * 4
    messages = lists.messages()
    assert [aboard(message) for message in messages] == [[list(each) for each in sent[:3]], [list(sent[3])]]
    first = messages[0]
    assert first["headers"]["id"] == f"carrier-{sent[0][0]}-{sent[0][1]}"
    assert first["headers"]["argsrepr"] == f"({HANDLER}, jobs: 3)"
    assert first["headers"]["generation"] == first["headers"]["retries"] == 0
    assert len({message["tag"] for message in messages}) == 2
    assert jobs.backlog() == 4


def test_what_wants_a_message_of_its_own_gets_it_between_the_others(jobs: StoreDriver, lists: Lists) -> None:
    ids = [
        jobs.add(due=-9),
        jobs.add(due=-8, content=Content(b"[[], {}, {}]", headers={"timelimit": [5, None]})),
        jobs.add(due=-7, content=Content(b"[[], {}, {}]", headers={"tenant": "a"})),
        jobs.add(due=-6, handler="shop.tasks.other"),
    ]
    other = Template("shop.tasks.other", PLAIN, None, TEXTS, "BIRAKHGT")
    answer = jobs.send(dispatch(jobs.lease(ids[0]), CELERY, ANY, other, carriers=(SHIP,)))
    assert [job_id for job_id, _ in answer.jobs] == ids
    messages = lists.messages()
    assert aboard(messages[0]) == [list(answer.jobs[0])]
    assert messages[1]["headers"]["id"] == ids[1]
    assert aboard(messages[2]) == [list(answer.jobs[2])]
    assert messages[3]["headers"]["id"] == ids[3]


def test_jobs_of_a_carrier_begin_with_their_arguments(jobs: StoreDriver, lists: Lists) -> None:
    content = Content(b'[[1, "\xc3\xbc"], {}, {}]', headers={"tenant": "a"})
    ids = [jobs.add(due=-9, content=content), jobs.add(due=-8)]
    answer = jobs.send(dispatch(jobs.lease(ids[0]), carriers=(SHIP,)))
    jobs.cancel(ids[1])
    begin, refused = (Begin(*each, f"d.{place}", content=True) for place, each in enumerate(answer.jobs))
    begun = jobs.send(begin)
    assert isinstance(begun, Begun)
    assert (begun.job.content, begun.job.route, begun.job.run_id) == (content, CELERY, "d.0")
    assert jobs.send(begin).job == begun.job
    assert jobs.send(refused) == Refused(Refusal.ENDED, JobState.CANCELLED)
