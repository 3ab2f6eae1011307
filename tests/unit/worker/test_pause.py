"""The consumer's pause: what is parked while the store is away, in order, and given to Celery when it is back."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from celery_durable_jobs.steps import Delivery
from celery_durable_jobs.worker.pause import Pause, pause_of


class Entry:
    """What a timer gives for a call to come."""

    def __init__(self, timer, call):
        self.timer, self.call = timer, call

    def cancel(self):
        self.timer.entries.remove(self)


class Timer:
    """One whose time the test lets pass."""

    def __init__(self):
        self.entries = []

    def call_after(self, seconds, call):
        assert 0 < seconds <= 0.5
        self.entries.append(Entry(self, call))
        return self.entries[-1]


class Consumer:
    """What comes to Celery, and its timer."""

    def __init__(self):
        self.timer = Timer()
        self.received = []
        self.task_consumer = SimpleNamespace(on_message=self.received.append)

    def pass_time(self):
        due, self.timer.entries = self.timer.entries, []
        for entry in due:
            entry.call()


@pytest.fixture
def consumer():
    return Consumer()


@pytest.fixture
def heart():
    return SimpleNamespace(away=True)


@pytest.fixture
def pause(consumer, heart):
    return Pause(consumer, heart)


def park(pause, *names):
    for name in names:
        pause.park(name, Delivery(name, 1, f"d-{name}"))


class TestPause:
    def test_is_on_while_the_store_is_away(self, pause, heart):
        assert pause.on
        heart.away = False
        assert not pause.on

    def test_is_on_until_those_that_came_first_are_through(self, pause, heart, consumer):
        park(pause, "a", "b")
        heart.away = False
        assert pause.on
        consumer.pass_time()
        assert not pause.on
        assert consumer.received == ["a", "b"]

    def test_what_is_handed_over_isnt_parked_again(self, pause, heart, consumer):
        seen = []
        consumer.task_consumer.on_message = lambda message: seen.append((message, pause.on))
        park(pause, "a", "b")
        heart.away = False
        consumer.pass_time()
        assert seen == [("a", False), ("b", False)]

    def test_looks_again_while_the_store_stays_away(self, pause, heart, consumer):
        park(pause, "a")
        for _ in range(3):
            consumer.pass_time()
            assert not consumer.received
            assert len(consumer.timer.entries) == 1
        heart.away = False
        consumer.pass_time()
        assert consumer.received == ["a"]
        assert not consumer.timer.entries

    def test_stops_where_the_store_goes_away_again(self, pause, heart, consumer):
        def receive(message):
            consumer.received.append(message)
            heart.away = True

        consumer.task_consumer.on_message = receive
        park(pause, "a", "b")
        heart.away = False
        consumer.pass_time()
        assert consumer.received == ["a"]
        assert len(pause) == 1
        assert pause.on
        heart.away = False
        consumer.pass_time()
        assert consumer.received == ["a", "b"]

    def test_a_message_that_raises_doesnt_hold_up_the_others(self, pause, heart, consumer):
        def receive(message):
            if message == "a":
                raise ConnectionError
            consumer.received.append(message)

        consumer.task_consumer.on_message = receive
        park(pause, "a", "b")
        heart.away = False
        with pytest.raises(ConnectionError):
            consumer.pass_time()
        consumer.pass_time()
        assert consumer.received == ["b"]

    def test_a_lost_connection_takes_them_along(self, pause, heart, consumer):
        park(pause, "a", "b")
        assert [delivery.job_id for delivery in pause.drop()] == ["a", "b"]
        heart.away = False
        consumer.pass_time()
        assert not consumer.received
        assert not pause.on
        heart.away = True
        park(pause, "c")
        heart.away = False
        consumer.pass_time()
        assert consumer.received == ["c"]

    def test_one_a_consumer(self, consumer, heart):
        assert pause_of(consumer, heart) is pause_of(consumer, heart)
