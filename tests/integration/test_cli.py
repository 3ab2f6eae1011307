"""``celery -A proj durable-jobs``: what it prints, what it does, and its exit codes. On a real store."""

from __future__ import annotations

import json
import os
import pty
import re
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import ModuleType
from typing import Any

import pytest
from celery.bin.celery import celery
from click.testing import CliRunner, Result

from celery_durable_jobs import DurableJob, JobState, durable_jobs, schedule_job, steps
from tests.support.processes import ProcessGroup
from tests.support.site import Site
from tests.support.waiting import wait_until

APP = "tests.apps.cli"
HOSTILE = 'a\nb\x1b[2J\u202e\t"{}:💣' + "\x9b1A" + "--;DROP"


@pytest.fixture
def shop(load_app: Callable[..., ModuleType]) -> ModuleType:
    """The app's module; its app is the current one, as it is in the command's own process."""
    module = load_app(APP)
    module.app.set_current()
    return module


@pytest.fixture
def run(shop: ModuleType) -> Callable[..., Result]:
    """``run("list", "--json")``: the command in this process; stderr apart."""

    def run(*arguments: str, code: int = 0, given: str | None = None) -> Result:
        result = CliRunner().invoke(celery, ["-A", APP, "durable-jobs", *arguments], input=given)
        assert result.exit_code == code, f"{result.exit_code}: {result.output}{result.stderr}\n{result.exception!r}"
        return result

    return run


def later(handler: Any, *args: Any, seconds: float = 3_600, **options: Any) -> DurableJob:
    return schedule_job.apply(handler, args=args, countdown=seconds, **options)


def dead_letter(
    shop: ModuleType, error: str = "ValueError: no such user\n\nTraceback (most recent call last):\n  …", **options: Any
) -> DurableJob:
    """A job that was run once and died: by the steps of a keeper and a worker."""
    job, store = later(shop.expire, seconds=0, **options), shop.extension.store

    def granted() -> Any:
        held = store.send(steps.Look("k@test", {})).held
        return next((each for each in held if each.term.shard_id == job.shard_id and each.lines), None)

    held = wait_until(granted)
    claimed = store.send(steps.Claim(held.term, held.lines[0].route)).jobs
    (record,) = [each for each in claimed if each.id == job.id]
    assert isinstance(store.send(steps.Begin(job.id, record.generation, "d1")), steps.Begun)
    store.send(steps.Finish(job.id, "d1", steps.FinishKind.DIE, error=error))
    store.send(steps.Release("k@test", (held.term,), leaving=True))
    found = job.refresh()
    assert found is not None
    assert found.state is JobState.DEAD
    return found


class TestList:
    def test_nothing(self, run: Callable[..., Result]):
        result = run("list")
        assert (result.stdout, result.stderr) == ("", "0 jobs\n")
        assert json.loads(run("list", "--json").stdout) == []

    def test_in_due_order_with_whole_ids(self, run: Callable[..., Result], shop: ModuleType):
        second = later(shop.remind, 1, seconds=7_200, target="user:1", name="Second")
        first = later(shop.remind, 1, seconds=3_600, target="user:2")
        lines = run("list").stdout.splitlines()
        assert lines[0].split() == ["ID", "STATE", "DUE", "NAME", "TARGET", "ATTEMPT"]
        assert [line.split()[0] for line in lines[1:]] == [first.id, second.id]
        assert re.search(r"waiting +in 2 h 00 min +Second +user:1 +0", lines[2])
        listed = json.loads(run("list", "--json").stdout)
        assert [DurableJob.from_dict(each) for each in listed] == [first, second]

    @pytest.mark.parametrize(
        ("options", "count"),
        [
            (["--target", "user:1"], 1),
            (["--name", "Named"], 1),
            (["--handler", "tests.apps.cli.expire"], 1),
            (["--state", "waiting"], 3),
            (["--state", "running"], 0),
            (["--due-before", "+90m"], 2),
            (["--due-before", "2020-01-01"], 0),
            (["--target", "user:1", "--name", "Named"], 0),
        ],
    )
    def test_filters(self, run: Callable[..., Result], shop: ModuleType, options: list[str], count: int):
        later(shop.remind, 1, target="user:1")
        later(shop.remind, 2, name="Named")
        later(shop.expire, seconds=7_200)
        assert len(json.loads(run("list", "--json", *options).stdout)) == count

    def test_a_limit_says_that_there_are_more(self, run: Callable[..., Result], shop: ModuleType):
        for _ in range(3):
            later(shop.expire)
        result = run("list", "--limit", "2", "--json")
        assert len(json.loads(result.stdout)) == 2
        assert "the first 2 jobs; there are more: --limit 0 shows all" in result.stderr
        assert run("list", "--limit", "3").stderr == "3 jobs\n"
        assert run("list", "--limit", "0").stderr == "3 jobs\n"

    def test_dead_letters_with_their_error(self, run: Callable[..., Result], shop: ModuleType):
        job = dead_letter(shop)
        line = run("list", "--state", "dead", "--ended-after", "-1h").stdout.splitlines()[1]
        assert line.startswith(job.id)
        assert line.endswith("ValueError: no such user")
        assert json.loads(run("list", "--state", "dead", "--ended-after", "+1h", "--json").stdout) == []

    def test_wrong_usage(self, run: Callable[..., Result]):
        assert "Invalid value for '--state'" in run("list", "--state", "asleep", code=2).stderr
        assert "is no moment" in run("list", "--due-before", "soon", code=2).stderr
        assert "target" in run("list", "--state", "succeeded", "--target", "user:1", code=2).stderr
        assert "Did you mean 'list'?" in run("lits", code=2).stderr


class TestShow:
    def test_everything_of_a_job(self, run: Callable[..., Result], shop: ModuleType):
        job = later(
            shop.remind,
            42,
            "hi",
            name="Reminder",
            target="user:42",
            key="r",
            metadata={"a": "b"},
            queue="mail",
            priority=3,
        )
        shown = dict(re.split(r" {2,}", line, maxsplit=1) for line in run("show", job.id).stdout.splitlines())
        assert shown["id"] == job.id
        assert shown["state"] == "waiting"
        assert "(in 60 min)" in shown["due"]
        assert shown["handler"] == "tests.apps.cli.remind"
        assert (shown["name"], shown["target"], shown["key"]) == ("Reminder", "user:42", "r")
        assert (shown["queue"], shown["priority"], shown["metadata"]) == ("mail", "3", "a = b")
        assert shown["arguments"] == '[[42, "hi"], {}]'
        assert run("show", "--key", "r", "--target", "user:42").stdout.startswith("id ")
        told = json.loads(run("show", job.id, "--json").stdout)
        assert DurableJob.from_dict(told) == job
        assert (told["queue"], told["failures"], told["ended"]) == ("mail", 0, None)

    def test_a_dead_letter(self, run: Callable[..., Result], shop: ModuleType):
        shown = run("show", dead_letter(shop).id).stdout
        assert re.search(r"^state +dead$", shown, re.MULTILINE)
        assert re.search(r"^error +ValueError: no such user\n\n +Traceback", shown, re.MULTILINE)

    def test_what_is_not_there(self, run: Callable[..., Result], shop: ModuleType):
        gone = later(shop.expire)
        run("purge", "--waiting", "--yes")
        assert run("show", gone.id, code=1).stderr == f"Error: no job {gone.id}\n"
        assert "no job holds the key" in run("show", "--key", "x", code=1).stderr
        assert "no job id" in run("show", "nonsense", code=2).stderr
        assert "either a job id or --key" in run("show", code=2).stderr


class TestSchedule:
    def test_with_everything(self, run: Callable[..., Result], shop: ModuleType):
        options = [
            "--args",
            "[42]",
            "--kwargs",
            '{"text": "hi"}',
            "--countdown",
            "1d12h",
            "--name",
            "R",
            "--target",
            "u:1",
        ]
        more = [
            "--key",
            "k",
            "-m",
            "a=b=c",
            "--metadata",
            "d=",
            "--expires",
            "+3d",
            "--queue",
            "mail",
            "--priority",
            "4",
        ]
        told = json.loads(run("schedule", "tests.apps.cli.remind", *options, *more, "--json").stdout)
        assert told["metadata"] == {"a": "b=c", "d": ""}
        job = durable_jobs.get(told["id"])
        assert job is not None
        assert abs(job.due_time - datetime.now(timezone.utc) - timedelta(hours=36)) < timedelta(minutes=1)
        assert (job.name, job.target, job.key) == ("R", "u:1", "k")
        again = run(
            "schedule", "tests.apps.cli.remind", "--args", "[1]", "--countdown", "1", "--key", "k", "--target", "u:1"
        )
        assert again.stdout.startswith(f"{job.id}  has the key already")
        assert "names another job" in run(
            *("schedule", "tests.apps.cli.expire", "--countdown", "1", "--key", "k", "--target", "u:1"),
            *("--on-conflict", "error"),
            code=1,
        ).stderr.replace("\n", " ")

    def test_a_moment_without_zone_is_in_the_apps(self, run: Callable[..., Result], shop: ModuleType):
        shop.app.conf.timezone = "Asia/Tokyo"
        told = json.loads(run("schedule", "tests.apps.cli.expire", "--eta", "2040-01-31T09:00", "--json").stdout)
        assert datetime.fromisoformat(told["due_time"]) == datetime(2040, 1, 31, 0, 0, tzinfo=timezone.utc)

    def test_a_handler_of_another_project(self, run: Callable[..., Result], shop: ModuleType):
        result = run("schedule", "elsewhere.tasks.work", "--countdown", "60", "--json")
        assert json.loads(result.stdout)["handler"] == "elsewhere.tasks.work"
        assert "no handler 'elsewhere.tasks.work'. A job" in result.stderr
        assert "dead after 10 min (durable_jobs_unknown_grace)" in result.stderr

    def test_a_misspelt_handler(self, run: Callable[..., Result], shop: ModuleType):
        misspelt = run("schedule", "tests.apps.cli.expires", "--countdown", "60")
        assert "no handler 'tests.apps.cli.expires'; did you mean 'tests.apps.cli.expire'?" in misspelt.stderr
        assert run("schedule", "tests.apps.cli.expire", "--countdown", "60").stderr == ""

    @pytest.mark.parametrize(
        "arguments",
        [
            ["tests.apps.cli.expire"],
            ["tests.apps.cli.expire", "--countdown", "1", "--eta", "now"],
            ["tests.apps.cli.expire", "--countdown", "soon"],
            ["tests.apps.cli.remind", "--countdown", "1"],
            ["tests.apps.cli.expire", "--countdown", "1", "--args", "[1]"],
            ["tests.apps.cli.expire", "--countdown", "1", "--args", "{}"],
            ["tests.apps.cli.expire", "--countdown", "1", "--metadata", "novalue"],
            ["tests.apps.cli.expire", "--countdown", "1", "--target", " "],
            ["tests.apps.cli.expire", "--eta", "2300-01-01T00:00"],
            ["celery.backend_cleanup", "--countdown", "1"],
        ],
    )
    def test_bad_input_stores_nothing(self, run: Callable[..., Result], shop: ModuleType, arguments: list[str]):
        assert "Error: " in run("schedule", *arguments, code=2).stderr
        assert list(durable_jobs.find()) == []

    @pytest.mark.parametrize(
        ("option", "value", "said"),
        [
            ("--args", "1,2", "'1,2' is no JSON array, such as '[1, 2]'"),
            ("--args", "{}", "'{}' is no JSON array, such as '[1, 2]'"),
            ("--kwargs", "user=1", "'user=1' is no JSON object, such as '{\"user\": 1}'"),
            ("--eta", "2030-01-31", "'2030-01-31' is a date, which has no time of day: 2030-01-31T09:00"),
            ("--expires", "3h", "from now is +3h"),
        ],
    )
    def test_what_is_meant_is_said(self, run: Callable[..., Result], option: str, value: str, said: str):
        assert said in run("schedule", "tests.apps.cli.expire", option, value, code=2).stderr


class TestChange:
    def test_cancel(self, run: Callable[..., Result], shop: ModuleType):
        one, two = later(shop.expire), later(shop.expire, key="k", target="t")
        assert run("cancel", one.id).stdout == f"{one.id}  cancelled: no run of it will begin\n"
        assert json.loads(run("cancel", "--key", "k", "--target", "t", "--json").stdout) == [
            {"key": "k", "outcome": "cancelled"}
        ]
        assert "cancelled" in run("cancel", two.id).stdout, "and says the same again"
        dead = dead_letter(shop)
        outcome = run("cancel", one.id, dead.id, code=1)
        assert outcome.stdout.splitlines()[1] == f"{dead.id}  had ended already"

    def test_cancel_by_filters_asks(self, run: Callable[..., Result], shop: ModuleType):
        for _ in range(3):
            later(shop.expire, target="t")
        later(shop.expire)
        assert "give --yes" in run("cancel", "--target", "t", code=2).stderr
        assert run("cancel", "--target", "t", "--yes").stdout == "3 cancelled\n"
        assert run("cancel", "--target", "t", "--yes").stdout == "no job matched\n"
        assert json.loads(run("cancel", "--handler", "tests.apps.cli.expire", "-y", "--json").stdout) == {
            "cancelled": 1
        }
        assert "which jobs?" in run("cancel", code=2).stderr
        assert "not both" in run("cancel", "--target", "t", later(shop.expire).id, code=2).stderr

    def test_reschedule_and_run_now(self, run: Callable[..., Result], shop: ModuleType):
        job = later(shop.expire)
        assert "(in 2 h 00 min)" in run("reschedule", job.id, "--countdown", "2h").stdout
        told = json.loads(run("reschedule", job.id, "--eta", "2040-01-31T09:00Z", "--json").stdout)
        assert told["due_time"] == "2040-01-31T09:00:00+00:00"
        run("run-now", job.id)
        moved = job.refresh()
        assert moved is not None
        assert moved.due_time <= datetime.now(timezone.utc)
        dead = dead_letter(shop)
        told = run("run-now", dead.id, code=1).stderr
        assert "is dead: only what has not begun can be moved" in told
        assert f"durable-jobs replay {dead.id}" in told
        assert "no job" in run("reschedule", later_gone(shop), "--countdown", "1", code=1).stderr
        assert "either --eta or --countdown" in run("reschedule", job.id, code=2).stderr

    def test_pause_and_resume(self, run: Callable[..., Result], shop: ModuleType):
        assert run("pause", "mail").stdout == "mail is paused\n"
        assert run("pause", "mail").stdout == "mail was paused already\n"
        assert json.loads(run("stats", "--json").stdout)["paused"] == ["mail"]
        assert json.loads(run("resume", "mail", "--json").stdout) == {"queue": "mail", "changed": True}
        assert run("resume", "mail").stdout == "mail was not paused\n"

    def test_replay_and_forget(self, run: Callable[..., Result], shop: ModuleType):
        first, second, waiting = dead_letter(shop), dead_letter(shop), later(shop.remind, 1)
        assert run("replay", first.id).stdout == f"{first.id}  replayed\n"
        assert "no dead letter" in run("replay", waiting.id, code=1).stdout
        assert run("replay", "--handler", "tests.apps.cli.expire", "--yes").stdout == "1 replayed\n"
        now = second.refresh()
        assert now is not None
        assert now.state is JobState.WAITING
        third = dead_letter(shop)
        assert "not forgotten: it is waiting" in run("forget", waiting.id, code=1).stdout
        assert run("forget", third.id).stdout == f"{third.id}  forgotten\n"
        dead_letter(shop)
        assert json.loads(run("forget", "--state", "dead", "--yes", "--json").stdout) == {"forgotten": 1}


def later_gone(shop: ModuleType) -> str:
    job = later(shop.expire, target="gone")
    for _ in shop.extension.store.send_many([steps.Purge(0, "waiting")]):
        pass
    return job.id


class TestLookAtTheWhole:
    def test_stats(self, run: Callable[..., Result], shop: ModuleType):
        later(shop.expire)
        later(shop.expire, queue="mail", priority=2)
        dead_letter(shop)
        result = run("stats")
        assert re.search(r"^waiting +2$", result.stdout, re.MULTILINE)
        assert re.search(r"^dead +1$", result.stdout, re.MULTILINE)
        assert re.search(r"^mail \(priority 2\) +0 +in 60 min +no keeper$", result.stdout, re.MULTILINE)
        assert "no keeper is alive" in result.stderr
        assert "durable-shards" in result.stderr
        told = json.loads(run("stats", "--json").stdout)
        assert told["counts"] == {"waiting": 2, "claimed": 0, "sent": 0, "running": 0, "dead": 1}
        assert {route["queue"] for route in told["routes"]} >= {"mail"}

    def test_shards(self, run: Callable[..., Result], shop: ModuleType):
        first, second = later(shop.expire), later(shop.expire, seconds=7_200)
        lines = run("shards").stdout.splitlines()
        assert [line.split()[0] for line in lines[1:]] == [first.shard_id, second.shard_id]
        (told,) = json.loads(run("shards", "--limit", "1", "--json").stdout)
        assert (told["shard"], told["keeper"]) == (first.shard_id, None)
        assert datetime.fromisoformat(told["lines"][0]["next_due"]) == first.due_time

    def test_keepers(self, run: Callable[..., Result], shop: ModuleType):
        assert json.loads(run("keepers", "--json").stdout) == []
        shop.extension.store.send(steps.Look("k@test", {"version": "0.1", "host": "h\x1b[0m"}))
        result = run("keepers")
        assert re.search(r"^k@test +yes +0\.\d s ago +.*version 0\.1", result.stdout, re.MULTILINE)
        assert "\x1b" not in result.stdout
        assert "no keeper" not in result.stderr
        assert json.loads(run("keepers", "--json").stdout)[0]["alive"] is True


class TestPurge:
    def test_each_kind(self, run: Callable[..., Result], shop: ModuleType):
        later(shop.expire).cancel()
        dead_letter(shop)
        for _ in range(3):
            later(shop.expire)
        assert "give --yes" in run("purge", "--all", code=2).stderr
        assert "what?" in run("purge", "--yes", code=2).stderr
        assert run("purge", "--waiting", "--yes").stdout == "3 jobs waiting removed\n"
        assert json.loads(run("purge", "--all", "--yes", "--json").stdout) == {"waiting": 0, "ended": 1, "dead": 1}
        assert json.loads(run("stats", "--json").stdout)["counts"]["dead"] == 0


class TestHostileText:
    def test_it_moves_no_cursor(self, run: Callable[..., Result], shop: ModuleType):
        options = {"name": HOSTILE, "target": HOSTILE, "key": HOSTILE, "metadata": {HOSTILE: HOSTILE}}
        job = later(shop.remind, 1, HOSTILE, **options)
        dead_letter(shop, error=f"ValueError: {HOSTILE}", name=HOSTILE)
        for arguments in (["list"], ["list", "--state", "dead"], ["show", job.id], ["stats"], ["pause", HOSTILE]):
            printed = run(*arguments).stdout
            assert all(char.isprintable() or char == "\n" for char in printed), arguments
        assert len(run("list").stdout.splitlines()) == 2
        assert json.loads(run("show", job.id, "--json").stdout)["metadata"] == {HOSTILE: HOSTILE}
        assert run("cancel", "--key", HOSTILE, "--target", HOSTILE).stdout.count("\n") == 1


class TestTrouble:
    def test_a_store_that_is_away(self, run: Callable[..., Result], shop: ModuleType):
        shop.app.conf.durable_jobs_store = "redis://127.0.0.1:1/0"
        result = run("list", code=1)
        assert result.stderr.startswith("Error: ")
        assert "127.0.0.1:1" in result.stderr

    def test_a_wrong_setting(self, run: Callable[..., Result], shop: ModuleType):
        shop.app.conf.durable_jobs_lease_tll = 5
        assert "did you mean durable_jobs_lease_ttl" in run("stats", code=1).stderr

    def test_a_store_in_memory_says_that_nothing_of_it_is_seen_here(self, run: Callable[..., Result], shop: ModuleType):
        shop.app.conf.durable_jobs_store = "memory://"
        for command in (["list"], ["stats"], ["keepers"], ["schedule", f"{APP}.expire", "--countdown", "60"]):
            said = run(*command).stderr
            assert "memory://, which lives inside one process" in said
            assert "no keeper" not in said

    def test_an_app_without_the_extension(self, load_app: Callable[..., ModuleType]):
        load_app("tests.apps.plain")
        result = CliRunner().invoke(celery, ["-A", "tests.apps.plain", "durable-jobs", "list"])
        assert result.exit_code == 1
        assert "DurableJobs(app)" in result.stderr


class TestProcess:
    """As people run it: a process, a terminal."""

    def test_exit_codes_and_streams(self, processes: ProcessGroup, site: Site):
        scheduled = processes.celery(
            APP, "durable-jobs", "schedule", f"{APP}.expire", "--countdown", "60", env=site.variables()
        )
        assert scheduled.wait() == 0
        assert len(re.findall(r"^1[\w-]{29}  due ", scheduled.log(), re.MULTILINE)) == 1
        assert processes.celery(APP, "durable-jobs", "lits", env=site.variables()).wait() == 2

    def test_on_a_terminal_of_80_columns(self, shop: ModuleType, site: Site):
        job = later(shop.remind, 1, name="a name that is far too long for a narrow terminal", target="t" * 200)
        text = on_a_terminal([sys.executable, "-m", "celery", "-A", APP, "durable-jobs", "list"], site, columns=80)
        rows = [line for line in text.splitlines() if line.startswith(job.id)]
        assert len(rows) == 1
        assert len(rows[0]) <= 80
        assert "…" in rows[0]


def on_a_terminal(command: list[str], site: Site, columns: int) -> str:
    """What the command prints on a terminal of so many columns."""
    import fcntl
    import struct
    import termios

    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(site.variables(), TERM="xterm")
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    printed = b""
    try:
        while data := os.read(terminal, 65_536):
            printed += data
    except OSError:
        pass  # the other end was closed
    finally:
        os.close(terminal)
        _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, printed.decode()
    return printed.decode()
