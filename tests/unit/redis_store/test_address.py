"""URLs of the Redis store, in everybody's spelling."""

from __future__ import annotations

from typing import Any

import pytest

from celery_durable_jobs.errors import SettingError
from celery_durable_jobs.stores.redis.address import Address

FIXED = {"decode_responses": False, "protocol": 2, "health_check_interval": 0}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://", {}),
        ("redis://h:1/3", {"host": "h", "port": 1, "db": 3}),
        ("redis://user:p%40ss@h", {"host": "h", "username": "user", "password": "p@ss"}),
        ("redis://:secret@[::1]:7000/", {"host": "::1", "port": 7000, "password": "secret"}),
        ("redis://h?db=4", {"host": "h", "db": 4}),
        ("redis://h?virtual_host=/5", {"host": "h", "db": 5}),
        ("valkey://h/2", {"host": "h", "db": 2}),
        ("unix:///run/s?db=3", {"path": "/run/s", "db": 3}),
        ("redis+socket:///run/s?virtual_host=4", {"path": "/run/s", "db": 4}),
        ("redis://h?socket_timeout=1&max_connections=3&retry_on_timeout=yes", {"host": "h"}),
    ],
)
def test_what_connections_are_given(url: str, expected: dict[str, Any]) -> None:
    address = Address(url)
    assert address.arguments == {**expected, **FIXED}
    assert not address.tls
    assert address.unix is ("path" in expected)


@pytest.mark.parametrize("scheme", ["rediss", "valkeys"])
@pytest.mark.parametrize("word", ["CERT_NONE", "none"])
def test_tls(scheme: str, word: str) -> None:
    address = Address(f"{scheme}://h/1?ssl_cert_reqs={word}", {"ssl_ca_certs": "ca.pem"})
    assert address.tls
    assert address.arguments["ssl_cert_reqs"] == "none"
    assert address.arguments["ssl_ca_certs"] == "ca.pem"


def test_no_retry_of_the_driver_and_timeouts_of_ours() -> None:
    arguments = Address("redis://h", {"socket_timeout": 99, "retry_on_timeout": True}).connection_arguments(1.5)
    assert arguments["socket_timeout"] == arguments["socket_connect_timeout"] == 1.5
    calls: list[int] = []

    def fail() -> None:
        calls.append(1)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        arguments["retry"].call_with_retry(fail, lambda _: None)
    assert len(calls) == 1
    assert "retry_on_timeout" not in arguments


@pytest.mark.parametrize("url", ["redis://h/mail", "redis://h:port", "http://h", "redis://u:secret@h:99999"])
def test_what_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingError) as raised:
        Address(url)
    assert "durable_jobs_store" in str(raised.value)
    assert "secret" not in str(raised.value)


def test_where_names_no_password() -> None:
    assert Address("redis://u:secret@h:1/2").where == "the store at h:1/2"
    assert Address("unix:///run/s").where == "the store at /run/s"
