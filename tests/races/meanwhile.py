"""Hooks in the store client: somebody else acts before a request arrives, or between its effect and its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from celery_durable_jobs.errors import StoreUnavailableError
from celery_durable_jobs.steps.request import Request
from celery_durable_jobs.stores.contract import Store


class Meanwhile:
    """At the first request of this kind (``where``: and like this): ``act`` is called before it, or after it, and its
    answer may be lost then.

    What ``act`` itself asks of the store passes unhindered.
    """

    def __init__(
        self,
        store: Store,
        kind: type[Request[Any]],
        act: Callable[[], object],
        *,
        after: bool = False,
        lost: bool = False,
        where: Callable[[Any], bool] = lambda request: True,
    ) -> None:
        self.times = 0
        self.answers: list[Any] = []
        """What requests of this kind were answered, but for the one whose answer was lost."""
        self._acting = False
        inner: Callable[..., Any] = store.send

        def play() -> None:
            self._acting = True
            act()
            self._acting = False

        def send(request: Request[Any], **options: Any) -> Any:
            if self._acting or not isinstance(request, kind) or not where(request):
                return inner(request, **options)
            if self.times:
                self.answers.append(inner(request, **options))
                return self.answers[-1]
            self.times = 1
            if not after:
                play()
            answer = inner(request, **options)
            if after:
                play()
            if lost:
                raise StoreUnavailableError("the reply was lost", request=request, maybe_done=True)
            self.answers.append(answer)
            return answer

        store.send = send  # type: ignore[method-assign]
