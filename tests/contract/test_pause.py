"""pause and resume: of a queue."""

from __future__ import annotations

from celery_durable_jobs.model.options import PAUSE_LOOK_US
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps import Pause, Resume
from celery_durable_jobs.testing import StoreDriver

MAIL = Route("mail")


def test_it_says_whether_that_changed_anything(jobs: StoreDriver) -> None:
    assert jobs.send(Pause("mail", 0, jobs.call_id())) is True
    assert jobs.send(Pause("mail", 0, jobs.call_id())) is False
    assert jobs.stats().paused == ("mail",)
    assert jobs.send(Resume("mail", 0, jobs.call_id())) is True
    assert jobs.send(Resume("mail", 0, jobs.call_id())) is False
    assert jobs.stats().paused == ()


def test_repeated_the_answer_is_the_first(jobs: StoreDriver) -> None:
    pause, resume = Pause("mail", 0, jobs.call_id()), Resume("mail", 0, jobs.call_id())
    assert [jobs.send(each) for each in (pause, pause, resume, resume)] == [True] * 4
    assert jobs.send(pause) is True
    assert jobs.stats().paused == ()


def test_what_waits_is_not_shown_as_due(jobs: StoreDriver) -> None:
    jobs.add(route=MAIL)
    jobs.send(Pause("mail", 0, jobs.call_id()))
    looked = jobs.look()
    assert (looked.held, looked.next_us) == ((), jobs.clock() + PAUSE_LOOK_US)
    assert jobs.stats().routes[0].blocked == "paused"
    jobs.clock.move(us=PAUSE_LOOK_US)
    assert jobs.look().held == ()


def test_what_is_added_later_is_not_shown_either(jobs: StoreDriver) -> None:
    jobs.send(Pause("mail", 0, jobs.call_id()))
    jobs.add(route=Route("mail", priority=1))
    assert jobs.look().held == ()
    assert jobs.stats().routes[0].blocked == "paused"


def test_a_resume_shows_the_true_heads_again(jobs: StoreDriver) -> None:
    jobs.add(route=MAIL)
    jobs.add(5, route=Route("mail", priority=1))
    jobs.send(Pause("mail", 0, jobs.call_id()))
    assert jobs.look().held == ()
    jobs.send(Resume("mail", 0, jobs.call_id()))
    looked = jobs.look()
    assert [line.route for line in looked.held[0].lines] == [MAIL]
    assert looked.next_us == jobs.when(5)
    assert {row.blocked for row in jobs.stats().routes} == {""}


def test_what_was_sent_runs(jobs: StoreDriver) -> None:
    job = jobs.sent(route=MAIL)
    jobs.send(Pause("mail", 0, jobs.call_id()))
    jobs.begin(job)


def test_other_queues_go_on(jobs: StoreDriver) -> None:
    jobs.add(route=MAIL)
    jobs.add(route=Route("news"))
    jobs.add(route=Route(None, "exchange", "mail"))
    jobs.send(Pause("mail", 0, jobs.call_id()))
    lines = [line.route for line in jobs.look().held[0].lines]
    assert set(lines) == {Route("news"), Route(None, "exchange", "mail")}
