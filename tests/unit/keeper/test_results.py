"""Results of jobs that end without a run."""

from __future__ import annotations

import pytest
from celery import Celery, states
from celery.exceptions import TaskRevokedError

from celery_durable_jobs.errors import DurableJobsError
from celery_durable_jobs.keeper.outcomes import Outcomes
from celery_durable_jobs.messages.results import forget_result, store_ended
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from tests.support.waiting import wait_until


@pytest.fixture
def app() -> Celery:
    """An app whose results are kept in memory."""
    app = Celery("results", backend="cache+memory://", set_as_current=False)

    @app.task(name="kept", shared=False)
    def kept() -> None: ...

    @app.task(name="ignored", shared=False, ignore_result=True)
    def ignored() -> None: ...

    return app


@pytest.mark.parametrize("state", [JobState.CANCELLED, JobState.EXPIRED])
def test_cancelled_and_expired_are_revoked(app: Celery, state: JobState):
    store_ended(app, f"id-{state}", "kept", state, None)
    result = app.AsyncResult(f"id-{state}")
    assert result.state == states.REVOKED
    with pytest.raises(TaskRevokedError):
        result.get(timeout=1)


def test_dead_is_a_failure_with_its_error(app: Celery):
    store_ended(app, "id-dead", "kept", JobState.DEAD, "lost too often")
    with pytest.raises(DurableJobsError, match="lost too often"):
        app.AsyncResult("id-dead").get(timeout=1)


def test_a_handler_that_is_not_known_here_has_results_all_the_same(app: Celery):
    store_ended(app, "id-elsewhere", "elsewhere", JobState.DEAD, "why")
    assert app.AsyncResult("id-elsewhere").state == states.FAILURE


@pytest.mark.parametrize(("handler", "state"), [("ignored", JobState.DEAD), ("kept", JobState.SUCCEEDED)])
def test_what_is_ignored_or_told_by_its_run_is_left_alone(app: Celery, handler: str, state: JobState):
    store_ended(app, f"id-{handler}", handler, state, None)
    assert app.AsyncResult(f"id-{handler}").state == states.PENDING


def test_without_a_backend_nothing_happens():
    app = Celery("results", set_as_current=False)
    store_ended(app, "id", "kept", JobState.DEAD, "why")
    forget_result(app, "id")


def test_a_backend_that_fails_is_told_and_raises_nothing(caplog: pytest.LogCaptureFixture):
    app = Celery("results", backend="no.such.module:Backend", set_as_current=False)
    store_ended(app, "id", "kept", JobState.DEAD, "why")
    forget_result(app, "id")
    assert "could not be stored" in caplog.text
    assert "could not be forgotten" in caplog.text


def test_a_result_is_forgotten(app: Celery):
    store_ended(app, "id-gone", "kept", JobState.DEAD, "why")
    forget_result(app, "id-gone")
    assert app.AsyncResult("id-gone").state == states.PENDING


def test_a_keeper_s_outcomes_are_written_off_the_hot_path(app: Celery):
    outcomes = Outcomes(app)
    outcomes.ended([JobRecord(f"out-{number}", "kept", JobState.DEAD, 0, error="why") for number in range(20)])
    wait_until(lambda: app.AsyncResult("out-19").state == states.FAILURE, 5)
    outcomes.ended([JobRecord("out-last", "kept", JobState.EXPIRED, 0)])
    outcomes.stop(5)
    assert app.AsyncResult("out-last").state == states.REVOKED
