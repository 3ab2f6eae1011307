"""From a URL to a store."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from celery_durable_jobs.errors import SettingError
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.stores.memory import MemoryStore
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.stores.urls import is_store_url, masked, open_store


@pytest.mark.parametrize("scheme", ["redis", "rediss", "unix", "valkey", "valkeys", "redis+socket"])
def test_redis_in_all_spellings(scheme: str, namespace: str) -> None:
    place = "/run/s" if scheme in ("unix", "redis+socket") else "localhost"
    assert is_store_url(f"{scheme}://{place}")
    assert isinstance(open_store(f"{scheme}://{place}", StoreOptions(namespace, "shop")), RedisStore)


def test_memory_is_one_a_process_and_namespace(namespace: str) -> None:
    one, same, other = (
        open_store("memory://", StoreOptions(name, "shop")) for name in (namespace, namespace, namespace + "2")
    )
    assert isinstance(one, MemoryStore)
    assert one is same
    assert one is not other


@pytest.mark.parametrize(
    "url", ["", "redis", "http://h", "amqp://u:secret@h//", "sqlite:///x", "postgresql+psycopg://h/d"]
)
def test_what_is_no_store_is_refused_with_what_is_allowed(url: str, namespace: str) -> None:
    assert not is_store_url(url)
    with pytest.raises(SettingError) as raised:
        open_store(url, StoreOptions(namespace, "shop"))
    message = str(raised.value)
    assert raised.value.setting == "durable_jobs_store"
    assert "redis://" in message
    assert "memory://" in message
    assert "secret" not in message
    assert ("later version" in message) is url.startswith(("sqlite", "postgresql"))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://h/1", "redis://h/1"),
        ("redis://u:secret@h/1", "redis://u:**@h/1"),
        ("redis://:se@cr/et@h/1", "redis://:**@h/1"),
        ("rediss://h?password=secret&ssl_password=secret&db=1", "rediss://h?password=**&ssl_password=**&db=1"),
        ("nonsense", "nonsense"),
        ("user:secret@h", "**@h"),
        (
            "sentinel://:secret@a;sentinel://u:secret@b/1?master_name=x&sentinel_password=secret",
            "sentinel://:**@a;sentinel://u:**@b/1?master_name=x&sentinel_password=**",
        ),
    ],
)
def test_masked(url: str, shown: str) -> None:
    assert masked(url) == shown


def test_no_driver_is_imported_before_its_scheme_is_asked_for() -> None:
    code = "import celery_durable_jobs.stores.urls, sys; sys.exit('redis' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ.copy())
