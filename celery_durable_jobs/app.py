"""The extension: what joins an app's settings, store, client and worker."""

from __future__ import annotations

import os
import threading
import weakref
from typing import TYPE_CHECKING, Any

from celery import Celery

from celery_durable_jobs import _current
from celery_durable_jobs.client.durable_jobs import JobsFace
from celery_durable_jobs.client.schedule import ScheduleJob
from celery_durable_jobs.errors import ConfigurationError, StoreIdentityError, StoreUnavailableError
from celery_durable_jobs.settings import PREFIX, Settings, load_settings
from celery_durable_jobs.worker import install

if TYPE_CHECKING:
    from collections.abc import Callable

    from celery_durable_jobs._local import Local
    from celery_durable_jobs.steps import Identified
    from celery_durable_jobs.stores.contract import Store


class DurableJobs(JobsFace):
    """Durable jobs for a Celery app: ``DurableJobs(app)``, or ``DurableJobs().init_app(app)``.

    Nothing is read or reached until the first use: settings are checked then, and the store is opened.
    Safe in threads and after a fork.
    """

    def __init__(self, app: Any = None) -> None:
        self._app: Any = None
        self._settings: Settings | None = None
        self._store: Store | None = None
        self._stripes = 0
        self._local: Local | None = None
        self.outlines: dict[Any, Any] = {}
        """What the client has learnt of this app's handlers (``client/outlines.py``)."""
        self.batchers: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()
        """By event loop (``client/batcher.py``)."""
        self._lock = threading.RLock()
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Any) -> None:
        """Give ``app`` durable jobs. Doesn't read its configuration.

        :raises ConfigurationError: this extension has another app, the app another extension, or it is no Celery app.
        """
        app = _current.real_app(app)
        if not isinstance(app, Celery):
            raise ConfigurationError(f"DurableJobs is for a Celery app, not {app!r}")
        if self._app is app:
            return
        if self._app is not None:
            raise ConfigurationError(f"this extension belongs to the app {self._app.main!r}: make one for each app")
        _current.register(app, self)
        self._app = app
        _extensions.add(self)
        app.durable_job_handler = _HandlerDecorator(app)
        install(app, self)

    @property
    def app(self) -> Any:
        """The Celery app.

        :raises ConfigurationError: ``init_app`` has not been called.
        """
        if self._app is None:
            raise ConfigurationError("this DurableJobs has no app yet: init_app(app)")
        return self._app

    @property
    def settings(self) -> Settings:
        """The app's settings, read and checked at first use.

        :raises SettingError: one is unknown or wrong.
        """
        if self._settings is None:
            with self._lock:
                if self._settings is None:
                    self._settings = load_settings(self.app)
        return self._settings

    @property
    def store(self) -> Store:
        """The app's store, opened at first use.

        :raises SettingError: a setting is unknown or wrong.
        :raises StoreIdentityError: the namespace belongs to another app, or has another number of stripes.
        :raises StoreUnavailableError: it can't be reached.
        """
        if self._store is None:
            with self._lock:
                if self._store is None:
                    self._open_store()
        assert self._store is not None
        return self._store

    async def aopen(self) -> Store:
        """``store`` for asyncio: opening it blocks nobody."""
        if self._store is None:
            from celery_durable_jobs.steps import Identify

            store = self._new_store()
            request = Identify(self.settings.identity, self.settings.shard_stripes)
            try:
                found = await store.asend(request)
            except StoreUnavailableError as error:
                store.close()
                raise _unopened(error) from error
            self._take_store(store, found)
        assert self._store is not None
        return self._store

    @property
    def stripes(self) -> int:
        """The number of stripes, as it stands in the store."""
        store = self.store
        return self._stripes or store.options.stripes

    @property
    def schedule_job(self) -> ScheduleJob:
        """A ``schedule_job`` for this app alone."""
        return ScheduleJob(self)

    def _start_local(self) -> bool:
        """With ``memory://``: have a keeper and eager runs in this process. Answers whether they are there."""
        if not self._in_memory:
            return False
        with self._lock:
            if self._local is None or not self._local.alive:
                from celery_durable_jobs._local import Local

                self._local = Local(self)
                self._local.start()
        return True

    @property
    def _in_memory(self) -> bool:
        return self.settings.store.startswith("memory:")

    def close(self) -> None:
        """Let the store's connections go; the next use opens it anew."""
        with self._lock:
            store, self._store = self._store, None
            local, self._local = self._local, None
        if local is not None:
            local.stop()
        if store is not None:
            store.close()

    def _open_store(self) -> None:
        from celery_durable_jobs.steps import Identify

        store = self._new_store()
        try:
            found = store.send(Identify(self.settings.identity, self.settings.shard_stripes))
        except StoreUnavailableError as error:
            store.close()
            raise _unopened(error) from error
        self._take_store(store, found)

    def _new_store(self) -> Store:
        from celery_durable_jobs.stores.urls import open_store

        settings = self.settings
        store: Store = open_store(
            settings.store,
            settings.store_options(),
            timeout=settings.store_timeout,
            durability=settings.durability,
        )
        return store

    def _take_store(self, store: Store, found: Identified) -> None:
        """Take a store that has answered, unless another thread was faster."""
        try:
            _compare(self.settings, found.identity, found.stripes)
        except StoreIdentityError:
            store.close()
            raise
        with self._lock:
            if self._store is None:
                self._store, self._stripes = store, found.stripes
                return
        store.close()

    def _after_fork(self) -> None:
        self._lock = threading.RLock()
        self._local = None
        if self._store is not None and self._in_memory:
            self._store = None  # the jobs of a process's memory are its own

    def __repr__(self) -> str:
        return f"<DurableJobs of {self._app!r}>"


class _HandlerDecorator:
    """``@app.durable_job_handler``, with and without arguments."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, *args: Any, **options: Any) -> Any:
        from celery_durable_jobs.worker.handler import durable_job_handler

        decorate: Callable[..., Any] = durable_job_handler
        return decorate(*args, app=self._app, **options)


def _unopened(error: StoreUnavailableError) -> StoreUnavailableError:
    # Only the greeting was sent: whatever the caller wants done has not been.
    return StoreUnavailableError(str(error), request=error.request, maybe_done=False)


def _compare(settings: Settings, identity: str, stripes: int) -> None:
    if identity != settings.identity:
        raise StoreIdentityError(
            f"the namespace {settings.namespace!r} in this store belongs to the app {identity!r}, and this one is "
            f"{settings.identity!r}: set {PREFIX}namespace to a name of its own"
            f" (or give both apps one name, if they are one)"
        )
    if stripes != settings.shard_stripes:
        raise StoreIdentityError(
            f"the namespace {settings.namespace!r} in this store was made with {PREFIX}shard_stripes = {stripes}, and "
            f"this process has {settings.shard_stripes}: set it to {stripes}, or take a new {PREFIX}namespace"
        )


_extensions: weakref.WeakSet[DurableJobs] = weakref.WeakSet()


def _after_fork() -> None:
    for extension in list(_extensions):
        extension._after_fork()


os.register_at_fork(after_in_child=_after_fork)
