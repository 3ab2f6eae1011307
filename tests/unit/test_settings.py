"""Settings: read at first use, each one checked, each error naming what to do."""

from __future__ import annotations

import ssl
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery

from celery_durable_jobs import DurableJobs, SettingError
from celery_durable_jobs.settings import SETTINGS, Settings, load_settings


def app_of(name: str | None = "shop", **settings: Any) -> Celery:
    return Celery(name, changes={"broker_url": "redis://localhost:6379/3", **settings}, set_as_current=False)


def refused(name: str | None = "shop", **settings: Any) -> SettingError:
    with pytest.raises(SettingError) as caught:
        load_settings(app_of(name, **settings))
    return caught.value


def test_defaults_are_those_of_the_issue() -> None:
    settings = load_settings(app_of())
    assert settings == Settings(
        identity="shop",
        store="redis://localhost:6379/3",
        durability="memory",
        namespace="shop",
        shard_duration=60,
        shard_stripes=1,
        lease_ttl=5,
        run_lease=30,
        begin_timeout=30,
        max_backlog=1_000,
        poll_interval=1,
        should_retry=None,
        max_lost_runs=3,
        unknown_grace=600,
        keep_ended=300,
        keep_dead=30 * 86_400,
        max_payload=256_000,
        max_metadata_entries=64,
        max_metadata_size=8_000,
        store_timeout=5,
        skip_unacked=True,
    )


def test_store_options_are_the_settings_in_microseconds() -> None:
    options = load_settings(app_of(durable_jobs_lease_ttl=2.5, durable_jobs_shard_stripes=4)).store_options()
    assert (options.lease_ttl_us, options.stripes, options.identity) == (2_500_000, 4, "shop")
    assert options.keep_dead_us == 30 * 86_400 * 1_000_000


def test_init_reads_nothing() -> None:
    app = app_of(durable_jobs_nonsense=1)
    DurableJobs(app)
    assert not app.configured


def test_the_extension_reads_settings_once() -> None:
    app = app_of()
    extension = DurableJobs(app)
    first = extension.settings
    app.conf.durable_jobs_lease_ttl = 7
    assert extension.settings is first


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_wrong_value_names_setting_value_and_range(setting: Any) -> None:
    error = refused(**{setting.full_name: {"no": "such"}})
    assert error.setting == setting.full_name
    assert setting.full_name in str(error)
    assert "{'no': 'such'}" in str(error)
    assert setting.allowed in str(error)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_described(setting: Any) -> None:
    assert setting.doc.endswith(".")
    assert setting.allowed
    assert setting.default is not None or setting.default_text or setting.name == "should_retry"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lease_ttl", 0.5),
        ("lease_ttl", True),
        ("lease_ttl", float("nan")),
        ("lease_ttl", float("inf")),
        ("lease_ttl", "5"),
        ("lease_ttl", timedelta(days=1)),
        ("keep_ended", 59),
        ("poll_interval", 1.5),
        ("poll_interval", 0.01),
        ("shard_stripes", 0),
        ("shard_stripes", 2.0),
        ("shard_stripes", 1_025),
        ("max_backlog", 0),
        ("max_payload", 1_000_001),
        ("should_retry", "no path"),
        ("should_retry", "alone"),
        ("namespace", "with space"),
        ("namespace", "with{brace}"),
        ("namespace", ""),
        ("namespace", "x" * 101),
        ("store", "mongodb://localhost"),
        ("store", "redis"),
        ("store", "sentinel://localhost"),
    ],
)
def test_values_out_of_range(name: str, value: Any) -> None:
    assert refused(**{f"durable_jobs_{name}": value}).setting == f"durable_jobs_{name}"


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("lease_ttl", timedelta(seconds=7), 7.0),
        ("lease_ttl", 3, 3.0),
        ("max_backlog", None, None),
        ("should_retry", "shop.policies:decide", "shop.policies:decide"),
        ("should_retry", "shop.policies.decide", "shop.policies.decide"),
        ("should_retry", print, print),
        ("store", "memory://", "memory://"),
        ("store", "redis+socket:///run/r.sock?virtual_host=2", "unix:///run/r.sock?db=2"),
        ("namespace", "a.b-c_1", "a.b-c_1"),
        ("keep_ended", None, 300.0),
    ],
)
def test_values_that_are_taken(name: str, value: Any, taken: Any) -> None:
    assert getattr(load_settings(app_of(**{f"durable_jobs_{name}": value})), name) == taken


def test_lease_must_outlast_two_looks() -> None:
    error = refused(durable_jobs_lease_ttl=1.5)
    assert "poll_interval" in str(error)
    load_settings(app_of(durable_jobs_lease_ttl=1, durable_jobs_poll_interval=0.5))


def test_unknown_setting_has_a_did_you_mean() -> None:
    error = refused(durable_jobs_pol_interval=1)
    assert error.setting == "durable_jobs_pol_interval"
    assert "did you mean durable_jobs_poll_interval" in str(error)


def test_unknown_setting_without_a_likeness_lists_all() -> None:
    assert "durable_jobs_lease_ttl" in str(refused(durable_jobs_qqqq=1))


# -- Django style ---


def namespaced(**settings: Any) -> Celery:
    app = Celery("shop", set_as_current=False)
    app.config_from_object(
        type("DjangoSettings", (), {"CELERY_BROKER_URL": "redis://h", **settings}), namespace="CELERY"
    )
    return app


def test_namespaced_settings_are_read() -> None:
    assert load_settings(namespaced(CELERY_DURABLE_JOBS_LEASE_TTL=9)).lease_ttl == 9


def test_namespaced_settings_are_named_as_they_are_written() -> None:
    with pytest.raises(SettingError, match="CELERY_DURABLE_JOBS_LEASE_TTL = 0"):
        load_settings(namespaced(CELERY_DURABLE_JOBS_LEASE_TTL=0))
    with pytest.raises(SettingError, match="did you mean CELERY_DURABLE_JOBS_LEASE_TTL"):
        load_settings(namespaced(CELERY_DURABLE_JOBS_LEASE_TTLS=0))


def test_a_setting_that_celery_would_pass_over_is_told() -> None:
    with pytest.raises(SettingError, match="write CELERY_DURABLE_JOBS_LEASE_TTL"):
        load_settings(namespaced(DURABLE_JOBS_LEASE_TTL=9))


def test_changes_on_conf_work_beside_a_namespace() -> None:
    app = namespaced()
    app.conf.durable_jobs_lease_ttl = 8
    assert load_settings(app).lease_ttl == 8


# -- namespace and identity ---


@pytest.mark.parametrize("main", [None, "__main__"])
def test_an_app_without_a_name_needs_a_namespace(main: str | None) -> None:
    assert "durable_jobs_namespace" in str(refused(main))
    settings = load_settings(app_of(main, durable_jobs_namespace="shop"))
    assert (settings.namespace, settings.identity) == ("shop", "shop")


def test_a_name_that_cannot_be_a_namespace() -> None:
    assert "durable_jobs_namespace" in str(refused("my shop"))


def test_namespace_and_identity_differ_where_a_namespace_is_given() -> None:
    settings = load_settings(app_of(durable_jobs_namespace="other"))
    assert (settings.namespace, settings.identity) == ("other", "shop")


# -- the store by the broker ---


@pytest.mark.parametrize(
    ("broker", "store"),
    [
        ("redis://:pw@host:1/2", "redis://:pw@host:1/2"),
        ("rediss://host:1/2?ssl_cert_reqs=required", "rediss://host:1/2?ssl_cert_reqs=required"),
        ("rediss://host:1/2?ssl_cert_reqs=CERT_NONE", "rediss://host:1/2?ssl_cert_reqs=none"),
        ("redis+socket:///run/r.sock", "unix:///run/r.sock"),
        ("redis+socket://run/r.sock", "unix:///run/r.sock"),
        ("redis+socket://:pw@/run/r.sock?virtual_host=4", "unix://:pw@/run/r.sock?db=4"),
    ],
)
def test_store_defaults_to_a_redis_broker(broker: str, store: str) -> None:
    assert load_settings(app_of(broker_url=broker)).store == store


def test_tls_of_the_broker_is_taken_along() -> None:
    use_ssl = {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_ca_certs": "/etc/ca.pem"}
    settings = load_settings(app_of(broker_url="redis://h:1/2", broker_use_ssl=use_ssl))
    assert settings.store == "rediss://h:1/2?ssl_cert_reqs=required&ssl_ca_certs=/etc/ca.pem"


def test_a_brokers_sentinels_are_taken_along() -> None:
    options = {"master_name": "shop/1", "sentinel_kwargs": {"password": "hush", "socket_timeout": 1, "ssl": True}}
    settings = load_settings(app_of(broker_url="sentinel://:pw@a:1;sentinel://b", broker_transport_options=options))
    assert settings.store == (
        "sentinel://:pw@a:1;sentinel://b?master_name=shop/1"
        "&sentinel_password=hush&sentinel_socket_timeout=1&sentinel_ssl=True"
    )
    listed = app_of(broker_url=["sentinel://a", "sentinel://b/2"], broker_transport_options={"master_name": "x"})
    assert load_settings(listed).store == "sentinel://a;sentinel://b/2?master_name=x"
    secure = app_of(
        broker_url="sentinel://a",
        broker_transport_options={"master_name": "x"},
        broker_use_ssl={"ssl_cert_reqs": ssl.CERT_REQUIRED},
    )
    assert load_settings(secure).store == "sentinel://a?master_name=x&ssl=true&ssl_cert_reqs=required"


def test_sentinels_have_to_name_the_primary() -> None:
    assert "needs ?master_name=" in str(refused(durable_jobs_store="sentinel://a;sentinel://b/1"))
    url = "sentinel://a;sentinel://b/1?master_name=x"
    assert load_settings(app_of(durable_jobs_store=url)).store == url


@pytest.mark.parametrize("value", ["memory", "fsync", ("replicas", 1), ["replicas", 3]])
def test_levels_of_durability(value: Any) -> None:
    assert load_settings(app_of(durable_jobs_durability=value)).durability == (
        value if isinstance(value, str) else tuple(value)
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("disk", "there is no such level"),
        ("replicas", "say how many"),
        (("replicas",), "the only pair"),
        (("fsync", 1), "the only pair"),
        (("replicas", 0), "out of range"),
        (("replicas", "2"), "no whole number"),
        (3, "it is an int"),
    ],
)
def test_no_levels_of_durability(value: Any, said: str) -> None:
    error = refused(durable_jobs_durability=value)
    assert error.setting == "durable_jobs_durability"
    assert said in str(error)
    assert '("replicas", n)' in str(error)


@pytest.mark.parametrize(
    ("broker", "said"),
    [
        ("amqp://user:secret@host//", "none: set durable_jobs_store"),
        ("sqs://", "none: set durable_jobs_store"),
        ("memory://", "none: set durable_jobs_store"),
        ("sentinel://host:1", 'broker_transport_options = {"master_name": …}: set durable_jobs_store'),
        ("sentinel://a;redis://:secret@b", "several"),
        ("redis://a;redis://:secret@b", "several"),
        (None, "set durable_jobs_store"),
    ],
)
def test_another_broker_needs_a_store(broker: str | None, said: str) -> None:
    error = refused(broker_url=broker)
    assert error.setting == "durable_jobs_store"
    assert said in str(error)
    assert "secret" not in str(error)


def test_no_secret_is_shown() -> None:
    for url in (
        "mongo://user:hush@host",
        "mongo://:hu/hush@host/1",
        "mongo://:hush;hush@host",
        "mongo://h?password=hush&x=1",
        "mongo://h?ssl_password=hush",
        "sentinel://:hush@a;sentinel://:hush@b",
    ):
        error = refused(durable_jobs_store=url)
        assert "hush" not in str(error)
        assert "hush" not in str(error.value)
    assert "hush" not in repr(load_settings(app_of(durable_jobs_store="redis://:hush@host")))


# -- spellings that Celery doesn't read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("DURABLE_JOBS_RUN_LEASE", "write durable_jobs_run_lease"),
        ("Durable_Jobs_run_lease", "write durable_jobs_run_lease"),
        ("CELERY_DURABLE_JOBS_RUN_LEASE", "write durable_jobs_run_lease, or read the settings with namespace='CELERY'"),
        ("CELERY_durable_jobs_run_lease", "write durable_jobs_run_lease, or read the settings with namespace='CELERY'"),
    ],
)
@pytest.mark.parametrize("given", ["changes", "update", "attribute", "object"])
def test_a_spelling_that_is_not_read_is_refused(key: str, hint: str, given: str) -> None:
    app = app_of(**{key: 61} if given == "changes" else {})
    if given == "update":
        app.conf.update({key: 61})
    elif given == "attribute":
        setattr(app.conf, key, 61)
    elif given == "object":
        app.config_from_object({"broker_url": "redis://localhost:6379/3", key: 61})
    with pytest.raises(SettingError) as caught:
        load_settings(app)
    assert str(caught.value) == f"setting {key} is not read: {hint}"
    assert caught.value.setting == key


def test_an_unknown_setting_in_capitals_has_its_suggestion() -> None:
    assert "did you mean durable_jobs_run_lease?" in str(refused(DURABLE_JOBS_RUN_LEESE=61))


@pytest.mark.parametrize("key", ["CELERY_DURABLE_JOBS_RUN_LEASE", "DJ_DURABLE_JOBS_RUN_LEASE"])
def test_with_its_namespace_it_is_read(key: str) -> None:
    app = app_of()
    app.config_from_object({key: 61}, namespace=key.partition("_")[0])
    assert load_settings(app).run_lease == 61
