"""Messages of jobs cost no bookkeeping on a Redis broker; ordinary tasks beside them keep theirs; none is lost."""

from __future__ import annotations

import time
from types import SimpleNamespace

import celery
import pytest
from kombu import Connection
from kombu.transport import redis as kombu_redis

from celery_durable_jobs.jobs import JobState
from celery_durable_jobs.messages.headers import HEADER, make_header
from celery_durable_jobs.worker.acks import BATCH, SparingQoS, spare_unacked
from tests.apps.worker_fixtures import keeper, settings, stage, worker  # noqa: F401
from tests.support.waiting import wait_until

NAMESPACE = "shop"
ON = SimpleNamespace(skip_unacked=True, namespace=NAMESPACE)
QUEUE = "jobs"


@pytest.fixture
def url(server, database):
    return server.url(database)


@pytest.fixture
def client(server, database):
    with server.client(database) as opened:
        yield opened


class Consuming:
    """A channel as a worker's consumer has it, and what it was given."""

    def __init__(self, url, given=ON, **options):
        self.connection = Connection(url, transport_options=options)
        self.connection.connect()
        self.spared = spare_unacked(self, given)
        self.channel = self.connection.default_channel
        self.messages = []

    def consume(self, prefetch=0):
        self.channel.basic_qos(0, prefetch, False)
        queue = self.connection.SimpleQueue(QUEUE).queue
        self.consumer = self.connection.Consumer([queue], on_message=self.messages.append, channel=self.channel)
        self.consumer.consume()
        return self

    def drain(self, count):
        """Take so many, or what there is in half a second."""
        end = time.monotonic() + 5
        while len(self.messages) < count and time.monotonic() < end:
            try:
                self.connection.drain_events(timeout=0.5)
            except TimeoutError:
                break
        return self.messages

    def close(self):
        self.connection.release()


@pytest.fixture
def consuming(url):
    made = []

    def make(given=ON, **options):
        made.append(Consuming(url, given, **options))
        return made[-1]

    yield make
    for each in made:
        each.close()


def publish(url, *bodies, header=None, **properties):
    """Put messages onto the queue; of a job unless told otherwise."""
    headers = {HEADER: header or make_header(NAMESPACE, 1)} if header is not False else {}
    with Connection(url) as connection:
        producer = connection.Producer()
        for body in bodies:
            producer.publish(body, exchange="", routing_key=QUEUE, headers={**headers, "id": str(body)}, **properties)


def bookkeeping(client):
    return client.hlen("unacked"), client.zcard("unacked_index")


class TestQoS:
    def test_ours_leave_nothing_and_others_are_kept_as_ever(self, url, client, consuming):
        there = consuming().consume()
        assert there.spared
        publish(url, 1, 2)
        publish(url, 3, header=False)
        publish(url, 4, header=make_header("another", 1))
        publish(url, 5, header=make_header(NAMESPACE, 1, "unheard"))
        publish(url, 6, header="99:who:knows")
        publish(url, 7, header=make_header(f"x:handler:{NAMESPACE}", 1))
        publish(url, 8, header=f"1::handler:{NAMESPACE}")
        publish(url, 9, header={"no": "text"})
        messages = there.drain(9)
        assert len(messages) == 9
        assert bookkeeping(client) == (7, 7)
        kept = {tag.decode() for tag in client.hkeys("unacked")}
        assert kept == {message.delivery_tag for message in messages if message.payload > 2}
        for message in messages:
            message.ack()
        assert bookkeeping(client) == (0, 0)
        there.close()
        assert client.llen(QUEUE) == 0

    def test_prefetch_counts_both(self, url, client, consuming):
        there = consuming().consume(prefetch=3)
        publish(url, 1, 2)
        publish(url, 3, header=False)
        publish(url, 4, 5)
        assert [message.payload for message in there.drain(5)] == [1, 2, 3]
        assert not there.channel.qos.can_consume()
        assert client.llen(QUEUE) == 2
        there.messages[0].ack()
        assert there.channel.qos.can_consume()
        there.drain(4)
        assert [message.payload for message in there.messages] == [1, 2, 3, 4]
        there.messages[1].reject()
        there.messages[2].ack()
        there.drain(5)
        assert [message.payload for message in there.messages] == [1, 2, 3, 4, 5]
        assert len(there.channel.qos._delivered) - len(there.channel.qos._dirty) == 2

    def test_a_closed_channel_puts_both_back_in_order(self, url, client, consuming):
        publish(url, 1)
        publish(url, 2, header=False)
        publish(url, 3, 4, 5)
        publish(url, 6, header=False)
        there = consuming().consume()
        messages = there.drain(6)
        messages[3].ack()
        messages[4].reject()
        there.close()
        assert bookkeeping(client) == (0, 0)
        again = consuming().consume()
        back = again.drain(4)
        assert sorted(message.payload for message in back) == [1, 2, 3, 6]
        assert [message.payload for message in back if message.payload in (1, 3)] == [1, 3]
        for message in back:
            assert message.headers["redelivered"] is True
            assert message.headers["id"] == str(message.payload)

    def test_many_are_put_back_in_their_order(self, url, client, consuming):
        many = 2 * BATCH + 10
        publish(url, *range(many))
        there = consuming().consume()
        assert len(there.drain(many)) == many
        there.close()
        assert client.llen(QUEUE) == many
        assert [message.payload for message in consuming().consume().drain(many)] == list(range(many))

    def test_what_is_put_back_is_the_same_message(self, url, client, consuming):
        import json

        publish(url, {"x": [1, "ü"]}, priority=3, correlation_id="c", expiration=60)
        (key,) = [key for key in client.scan_iter() if client.type(key) == b"list"]
        (before,) = client.lrange(key, 0, -1)
        there = consuming().consume()
        there.drain(1)
        assert there.messages[0].payload == {"x": [1, "ü"]}
        there.close()
        (after,) = client.lrange(key, 0, -1)
        before, after = json.loads(before), json.loads(after)
        assert after["headers"].pop("redelivered") is True
        assert after["properties"]["delivery_info"].pop("redelivered") is True
        assert after == before

    def test_a_global_prefix_and_priorities(self, url, client, consuming):
        with Connection(url, transport_options={"global_keyprefix": "site:"}) as connection:
            connection.Producer().publish(
                1, exchange="", routing_key=QUEUE, headers={HEADER: make_header(NAMESPACE, 1)}, priority=9
            )
        before = [key for key in client.scan_iter() if client.type(key) == b"list"]
        there = consuming(global_keyprefix="site:").consume()
        there.drain(1)
        assert not [key for key in client.scan_iter() if b"unacked" in key]
        there.close()
        assert [key for key in client.scan_iter() if client.type(key) == b"list"] == before

    def test_reject_and_requeue(self, url, client, consuming):
        there = consuming().consume(prefetch=1)
        publish(url, 1, 2)
        there.drain(1)
        there.messages[0].reject(requeue=True)
        there.drain(2)
        there.messages[1].ack()
        there.drain(3)
        # To the end of the queue, as Kombu does it.
        assert [message.payload for message in there.messages] == [1, 2, 1]
        there.messages[2].ack()
        assert client.llen(QUEUE) == 0

    def test_a_late_acknowledgement_on_a_closed_channel_is_nothing(self, url, client, consuming):
        there = consuming().consume()
        publish(url, 1)
        there.drain(1)
        qos, tag = there.channel.qos, there.messages[0].delivery_tag
        there.close()
        assert client.llen(QUEUE) == 1
        qos.ack(tag)
        qos.reject(tag, requeue=True)
        assert client.llen(QUEUE) == 1

    def test_visibility_timeout_doesnt_double_ours(self, url, client, consuming):
        there = consuming(visibility_timeout=0).consume()
        publish(url, 1)
        publish(url, 2, header=False)
        there.drain(2)
        wait_until(lambda: client.zrangebyscore("unacked_index", 0, time.time() - 0.01))
        other = consuming(visibility_timeout=0).consume()
        other.channel.qos.restore_visible(interval=1)
        assert [message.payload for message in other.drain(2)] == [2]

    def test_a_broker_that_is_gone_takes_only_ours_along(self, make_server, caplog):
        caplog.set_level("INFO")
        broker = make_server()
        there = Consuming(broker.url(0)).consume()
        publish(broker.url(0), 1, 2)
        there.drain(2)
        broker.kill()
        there.channel.qos.restore_unacked()
        assert "2 messages of jobs are lost with the broker" in caplog.text
        assert not there.channel.qos._delivered


class TestWhere:
    def test_not_where_the_setting_is_off(self, url, client, consuming):
        there = consuming(SimpleNamespace(skip_unacked=False, namespace=NAMESPACE)).consume()
        assert not there.spared
        publish(url, 1)
        there.drain(1)
        assert bookkeeping(client) == (1, 1)

    def test_not_where_kombu_keeps_no_list(self, consuming):
        there = consuming(ack_emulation=False)
        assert not there.spared
        assert not isinstance(there.channel.qos, SparingQoS)

    def test_not_on_a_channel_of_another_make(self, url):
        class Channel(kombu_redis.Channel):
            """Somebody's own."""

        class Transport(kombu_redis.Transport):
            """With a channel of its own."""

            Channel = None

        Transport.Channel = Channel
        with Connection(url, transport=Transport) as connection:
            connection.connect()
            assert not spare_unacked(SimpleNamespace(connection=connection), ON)

    def test_not_where_it_is_in_use(self, url, consuming):
        there = consuming(SimpleNamespace(skip_unacked=False, namespace=NAMESPACE)).consume()
        publish(url, 1)
        there.drain(1)
        assert not spare_unacked(there, ON)
        there.messages[0].ack()
        there.channel.qos._flush()
        assert spare_unacked(there, ON)
        assert not spare_unacked(there, ON)

    def test_not_on_another_transport(self):
        with Connection("memory://") as connection:
            assert not spare_unacked(SimpleNamespace(connection=connection), ON)
        real = SimpleNamespace(default_channel=SimpleNamespace())  # AMQP's, which has none of all this
        assert not spare_unacked(SimpleNamespace(connection=real), ON)


def places(stage):  # noqa: F811
    """Messages on the queue, and in Kombu's list."""
    with stage.app.connection_for_read() as connection, connection.default_channel.conn_or_acquire() as client:
        return client.llen(stage.site.queue), client.hlen("unacked"), client.zcard("unacked_index")


def tags(stage, what):  # noqa: F811
    return sorted(line["tag"] for line in stage.trace.lines(what))


@pytest.mark.usefixtures("keeper")
class TestWorker:
    """Jobs and ordinary tasks on one queue, in one worker."""

    @pytest.fixture
    def settings(self):
        return {"durable_jobs_run_lease": 3, "durable_jobs_begin_timeout": 3}

    @pytest.fixture(params=["prefork", "threads", "gevent"])
    def pool(self, request):
        return request.param

    def full(self, stage, worker, pool):  # noqa: F811
        """A worker that runs something, and holds three jobs and three ordinary tasks beside."""
        process = worker(pool, concurrency=1, options=["--prefetch-multiplier=7"])
        gate = stage.file("gate")
        running = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        jobs, tasks = [], []
        for number in range(3):
            jobs.append(stage.job("note", str(number)))
            stage.wait_state(jobs[-1], JobState.SENT)
            tasks.append(stage.module.plain.delay(str(number)))
        for each in [*jobs, *tasks] if pool != "gevent" else jobs[:1]:  # a full gevent pool stops its consumer
            stage.trace.wait("signal task_received", id=each.id)
        return process, gate, running, jobs

    def test_a_warm_shutdown_returns_both(self, stage, worker, pool):  # noqa: F811
        process, gate, running, jobs = self.full(stage, worker, pool)
        assert places(stage) == ((0, 3, 3) if pool != "gevent" else (5, 0, 0))
        process.send_signal(15)
        process.wait_for_log("Warm shutdown")
        gate.touch()
        assert process.wait(20) == 0
        assert stage.state(running) is JobState.SUCCEEDED
        assert places(stage)[1:] == (0, 0)
        started = time.time()
        worker("threads", concurrency=2)
        assert {job.join(20) for job in jobs} == {JobState.SUCCEEDED}
        stage.trace.wait("plain", count=3)
        assert time.time() - started < 10
        assert tags(stage, "note") == tags(stage, "plain") == ["0", "1", "2"]
        assert len(stage.trace.lines("waits")) == 1
        wait_until(lambda: places(stage) == (0, 0, 0), 10, lambda: str(places(stage)))

    def test_a_cold_shutdown_too(self, stage, worker):  # noqa: F811
        process, gate, running, jobs = self.full(stage, worker, "prefork")
        process.send_signal(3)
        process.wait(20)
        gate.touch()
        assert places(stage)[1:] == (0, 0)
        worker("threads", concurrency=2)
        assert {job.join(20) for job in [*jobs, running]} == {JobState.SUCCEEDED}
        stage.trace.wait("plain", count=3)
        assert tags(stage, "note") == tags(stage, "plain") == ["0", "1", "2"]

    @pytest.mark.parametrize("pool", ["prefork", "threads"])
    def test_a_lost_connection_costs_none(self, stage, server, database, worker, pool):  # noqa: F811
        process, gate, running, jobs = self.full(stage, worker, pool)
        with server.client(database) as client:
            # Those of this worker alone: others share the server.
            ours = [each for each in client.client_list() if int(each["db"]) == database and each["cmd"] == "brpop"]
            assert ours
            for each in ours:
                client.client_kill_filter(_id=each["id"])
        gate.touch()
        assert running.join(20) is JobState.SUCCEEDED
        assert {job.join(20) for job in jobs} == {JobState.SUCCEEDED}
        stage.trace.wait("plain", count=3)
        assert stage.job("note", "3").join(15) is JobState.SUCCEEDED
        assert tags(stage, "note") == ["0", "1", "2", "3"]
        # The new connection's channel spares them as well.
        assert places(stage) == (0, 0, 0)
        second_gate = stage.file("second")
        stage.job("waits", str(second_gate))
        stage.trace.wait("waits", count=2)
        late = stage.job("note", "4")
        stage.trace.wait("signal task_received", id=late.id)
        assert places(stage) == (0, 0, 0)
        second_gate.touch()
        assert late.join(15) is JobState.SUCCEEDED
        assert process.running

    def test_late_acknowledgement_keeps_none_either(self, stage, worker):  # noqa: F811
        worker(concurrency=2, options=["--prefetch-multiplier=1"])
        gate = stage.file("gate")
        jobs = [stage.job("late", str(gate)) for _ in range(3)]
        stage.trace.wait("waits", count=2)
        stage.wait_state(jobs[2], JobState.SENT)
        # Two run unacknowledged, which is all that the prefetch allows.
        assert places(stage) == (1, 0, 0)
        gate.touch()
        assert {job.join(20) for job in jobs} == {JobState.SUCCEEDED}
        assert len(stage.trace.lines("waits")) == 3


@pytest.mark.slow
@pytest.mark.usefixtures("keeper")
class TestKilled:
    @pytest.fixture
    def settings(self):
        return {"durable_jobs_run_lease": 3, "durable_jobs_begin_timeout": 3}

    def test_what_a_killed_worker_had_taken_comes_back_within_bound(self, stage, worker):  # noqa: F811
        started = time.time()
        first = worker(concurrency=1, options=["--prefetch-multiplier=8"])
        wait_until(lambda: time.time() > started + 21, 30, "the contact rule")
        stage.job("waits", str(stage.file("never")))
        stage.trace.wait("waits")
        jobs = [stage.job("note", str(number)) for number in range(5)]
        tasks = [stage.module.plain.delay(str(number)) for number in range(2)]
        for each in [*jobs, *tasks]:
            stage.trace.wait("signal task_received", id=each.id)
        assert places(stage) == (0, 2, 2)
        first.kill_group()
        killed = time.time()
        worker("threads", concurrency=4)
        assert {job.join(20) for job in jobs} == {JobState.SUCCEEDED}
        assert max(line["at"] for line in stage.trace.lines("note")) - killed < 6
        assert tags(stage, "note") == ["0", "1", "2", "3", "4"]
        # Ordinary tasks wait for Kombu's visibility timeout, as ever.
        assert places(stage)[1:] == (2, 2)
        assert not stage.trace.lines("plain")


@pytest.mark.usefixtures("keeper")
class TestCelerysOwnOptions:
    """Options of Celery 5.5 and later that have to do with what is unacknowledged."""

    @pytest.fixture(autouse=True)
    def needs_it(self):
        if celery.VERSION < (5, 7):
            pytest.skip("of later releases of Celery")

    @pytest.fixture
    def settings(self):
        return {"worker_soft_shutdown_timeout": 8, "worker_disable_prefetch": True}

    def test_without_prefetch_it_takes_what_it_runs(self, stage, worker):  # noqa: F811
        worker("threads", concurrency=2)
        gate = stage.file("gate")
        jobs = [stage.job("waits", str(gate)) for _ in range(4)]
        stage.trace.wait("waits", count=2)
        for job in jobs[2:]:
            stage.wait_state(job, JobState.SENT)
        assert places(stage) == (2, 0, 0)
        gate.touch()
        assert {job.join(20) for job in jobs} == {JobState.SUCCEEDED}
        assert len(stage.trace.lines("waits")) == 4

    def test_a_soft_shutdown_finishes_what_runs_and_returns_the_rest(self, stage, worker):  # noqa: F811
        process = worker(concurrency=1, options=["--prefetch-multiplier=4"])
        gate = stage.file("gate")
        running = stage.job("waits", str(gate))
        stage.trace.wait("waits")
        jobs = [stage.job("note", str(number)) for number in range(3)]
        for job in jobs:
            stage.wait_state(job, JobState.SENT)
        process.send_signal(3)
        process.wait_for_log("Soft Shutdown|soft shutdown", 10)
        gate.touch()
        process.wait(20)
        assert stage.wait_state(running, JobState.SUCCEEDED)
        worker("threads", concurrency=2)
        assert {job.join(20) for job in jobs} == {JobState.SUCCEEDED}
        assert tags(stage, "note") == ["0", "1", "2"]
        assert len(stage.trace.lines("waits")) == 1
