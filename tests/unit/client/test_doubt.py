"""Whether a job may have been stored is told honestly, over several calls with one request."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from celery_durable_jobs import (
    BulkScheduleError,
    JobRequest,
    StoreFullError,
    StoreUnavailableError,
    durable_jobs,
    schedule_job,
)


@pytest.fixture
def fails(app: Any, monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """Errors that the store answers with, one a call."""
    durable_jobs.stats()  # opened
    store = durable_jobs._extension.store
    errors: list[Exception] = []
    real = store.send

    def send(request: Any, **options: Any) -> Any:
        if errors:
            raise errors.pop(0)
        return real(request, **options)

    monkeypatch.setattr(store, "send", send)
    monkeypatch.setattr(store, "send_many", lambda requests: [errors.pop(0) if errors else real(r) for r in requests])
    return errors


def refused(request: JobRequest) -> Any:
    with pytest.raises((StoreUnavailableError, StoreFullError)) as caught:
        schedule_job.apply(request)
    assert caught.value.request is request
    return caught.value


def test_a_request_stays_in_doubt(fails: list[Exception]) -> None:
    request = JobRequest("any", countdown=60)
    fails += [StoreUnavailableError("away", maybe_done=False)]
    error = refused(request)
    assert not error.maybe_done
    assert "was not stored" in str(error)
    fails += [StoreUnavailableError("timeout"), StoreUnavailableError("away", maybe_done=False), StoreFullError("full")]
    assert refused(request).maybe_done
    error = refused(request)
    assert error.maybe_done
    assert "may have been stored, or not" in str(error)
    assert "may have been stored, or not" in str(refused(request))
    again = pickle.loads(pickle.dumps(request))
    fails += [StoreUnavailableError("away", maybe_done=False)]
    assert refused(again).maybe_done, "in another process too"
    assert again == request
    assert schedule_job.apply(request).created


def test_many_in_doubt(fails: list[Exception]) -> None:
    one, two = JobRequest("any", countdown=60), JobRequest("any", countdown=60)
    fails += [StoreUnavailableError("timeout")]
    refused(one)
    fails += [StoreUnavailableError("away", maybe_done=False), StoreUnavailableError("away", maybe_done=False)]
    with pytest.raises(BulkScheduleError) as caught:
        schedule_job.apply_many([one, two])
    assert caught.value.unknown == [one]
    assert [request for _, request, _ in caught.value.refused] == [two]


def test_many_in_doubt_on_a_full_server(fails: list[Exception]) -> None:
    """It is refused now; whether it was stored before, isn't known."""
    one, two = JobRequest("any", countdown=60), JobRequest("any", countdown=60)
    fails += [StoreUnavailableError("timeout")]
    refused(one)
    fails += [StoreFullError("full"), StoreFullError("full")]
    with pytest.raises(BulkScheduleError) as caught:
        schedule_job.apply_many([one, two])
    assert caught.value.unknown == [one]
    assert [request for _, request, _ in caught.value.refused] == [two]
