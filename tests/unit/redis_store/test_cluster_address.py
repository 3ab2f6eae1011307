"""URLs of clusters."""

from __future__ import annotations

import pytest

from celery_durable_jobs._setting_checks import StoreUrl
from celery_durable_jobs.errors import SettingError
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.stores.redis.cluster import ClusterStore
from celery_durable_jobs.stores.redis.cluster.address import SCHEMES, ClusterAddress, Place
from celery_durable_jobs.stores.urls import is_store_url, open_store


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_scheme_opens_a_cluster(scheme: str, namespace: str) -> None:
    assert is_store_url(f"{scheme}://one:7000,two")
    assert isinstance(open_store(f"{scheme}://one:7000,two", StoreOptions(namespace, "shop")), ClusterStore)


def test_all_nodes_are_asked_and_logged_in_alike() -> None:
    address = ClusterAddress("redis+cluster://ann:se%40cret@one:7000,two,one:7000?ssl_ca_certs=ca.pem")
    assert address.seeds == (Place("one", 7000), Place("two", 6379))
    arguments = address.at(Place("10.0.0.3", 7003)).connection_arguments(2.0)
    assert (arguments["host"], arguments["port"]) == ("10.0.0.3", 7003)
    assert (arguments["username"], arguments["password"], arguments["ssl_ca_certs"]) == ("ann", "se@cret", "ca.pem")
    assert "db" not in arguments
    assert not address.at(Place("one", 1)).tls


@pytest.mark.parametrize("scheme", ["rediss+cluster", "valkeys+cluster"])
def test_by_tls(scheme: str) -> None:
    assert ClusterAddress(f"{scheme}://one:7000").at(Place("two", 7001)).tls


def test_a_place_in_a_message() -> None:
    assert ClusterAddress("redis+cluster://u:secret@one:7000,two:7001").where == (
        "the store on the cluster of one:7000, two:7001"
    )
    assert str(Place("fd00::1", 7000)) == "[fd00::1]:7000"


@pytest.mark.parametrize(
    "url",
    [
        "redis://one:7000",
        "redis+cluster://u:secret@one:many",
        "redis+cluster://u:secret@one:7000,two:7001/3",
        "redis+cluster://u:secret@one:7000/shop",
    ],
)
def test_what_is_no_cluster_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingError, match="durable_jobs_store") as caught:
        ClusterAddress(url)
    assert "secret" not in str(caught.value)


def test_database_zero_is_no_error() -> None:
    assert ClusterAddress("redis+cluster://one:7000,two:7001/0").seeds == (Place("one", 7000), Place("two", 7001))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_setting_takes_it(scheme: str) -> None:
    assert StoreUrl()(f"{scheme}://one:7000,two:7001") == f"{scheme}://one:7000,two:7001"
