"""Settings: ``durable_jobs_*`` on the Celery app (Django: ``CELERY_DURABLE_JOBS_*``), read and checked at first use.

``SETTINGS`` describes each of them; the reference page is made from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

from celery_durable_jobs._broker_url import BrokerUrlError, mask_url, store_url_of_broker
from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs._setting_checks import Check, Durability, Duration, Flag, RetryHook, StoreUrl, Text, Whole
from celery_durable_jobs.errors import SettingError
from celery_durable_jobs.model.identity import MAX_STRIPES
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.when import SECOND

PREFIX = "durable_jobs_"
INSTALLED = f"{PREFIX}extension"
"""Not a setting: a mark in the configuration by which a pickled app knows that it had the extension."""

_USUAL = "CELERY_"
"""What stands before settings that are read with the usual namespace, Django's."""

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@dataclass(frozen=True)
class Setting:
    """What there is to know of one setting: its name without prefix, default, what is allowed, unit and meaning."""

    name: str
    default: Any
    check: Check
    doc: str
    default_text: str = ""

    @property
    def full_name(self) -> str:
        """The name on the Celery app."""
        return PREFIX + self.name

    @property
    def allowed(self) -> str:
        """The allowed range, in words."""
        return self.check.allowed

    @property
    def unit(self) -> str:
        """``s`` (a number or a timedelta), ``bytes``, or nothing."""
        return self.check.unit


@dataclass(frozen=True)
class Settings:
    """All settings of one app, checked; durations are seconds. Fields as in ``SETTINGS``; ``identity`` is ``app.main``.

    ``should_retry`` is as given: a callable, an import path, or None.
    """

    identity: str
    store: str = field(repr=False)  # it may hold a password
    durability: str | tuple[str, int]
    namespace: str
    shard_duration: float
    shard_stripes: int
    lease_ttl: float
    run_lease: float
    begin_timeout: float
    max_backlog: int | None
    poll_interval: float
    should_retry: Callable[..., Any] | str | None
    max_lost_runs: int
    unknown_grace: float
    keep_ended: float
    keep_dead: float
    max_payload: int
    max_metadata_entries: int
    max_metadata_size: int
    store_timeout: float
    skip_unacked: bool

    def store_options(self) -> StoreOptions:
        """What every step of the store goes by."""
        return StoreOptions(
            namespace=self.namespace,
            identity=self.identity,
            stripes=self.shard_stripes,
            lease_ttl_us=_us(self.lease_ttl),
            run_lease_us=_us(self.run_lease),
            begin_timeout_us=_us(self.begin_timeout),
            max_backlog=self.max_backlog,
            poll_interval_us=_us(self.poll_interval),
            max_lost_runs=self.max_lost_runs,
            unknown_grace_us=_us(self.unknown_grace),
            keep_ended_us=_us(self.keep_ended),
            keep_dead_us=_us(self.keep_dead),
        )

    @property
    def shard_duration_us(self) -> int:
        """The span of a window in µs."""
        return _us(self.shard_duration)


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "store", None, StoreUrl(),
        "Where jobs live. Redis and Valkey by URL, behind Sentinel too (`sentinel://host:26379;sentinel://host2:26379/0?"
        "master_name=mymaster`) or [on a cluster](../guides/redis-cluster.md) (`redis+cluster://host:6379,host2:6379`)"
        "; `memory://` keeps them in the process, for trying out.",
        "the broker, where that is Redis",
    ),
    Setting(
        "durability", "memory", Durability(),
        "What scheduling, cancel, change, replay, forget, pause and resume wait for. `memory`: the server's answer. "
        "`fsync`: its disk (`WAITAOF`; Redis 7.2 or a Valkey, with appendonly yes and appendfsync always). "
        "`(\"replicas\", n)`: the memory of n replicas (`WAIT`). What each survives and costs: "
        "[how durable is acknowledged](../explanation/what-is-promised.md#how-durable-is-acknowledged). `memory://` "
        "waits for nothing.",
        "`memory`",
    ),
    Setting(
        "namespace", None, Text(100, r"[A-Za-z0-9._-]+", "1 to 100 letters, digits, dots, dashes and underscores"),
        "Parts apps that share a store. Another app under the same namespace is refused.",
        "the app's name (`Celery(\"shop\")`: `shop`)",
    ),
    Setting(
        "shard_duration", 60.0, Duration(1, _DAY),
        "The span of time whose jobs make up a shard, the unit of ownership. May be changed on a live system.",
    ),
    Setting(
        "shard_stripes", 1, Whole(1, MAX_STRIPES),
        "Parallel slices of all shards; 16 to 64 on a cluster. Fixed once the store is used: "
        "to change it, take a new namespace.",
    ),
    Setting(
        "lease_ttl", 5.0, Duration(1, 5 * _MINUTE),
        "How long a keeper owns a shard without a word. A killed keeper's shards are dispatched again within this "
        "and a second. At least twice `poll_interval`.",
    ),
    Setting(
        "run_lease", 30.0, Duration(2, _DAY),
        "How long a run lives without a heartbeat. A killed worker's runs are sent again within this and a second.",
    ),
    Setting(
        "begin_timeout", 30.0, Duration(1, _HOUR),
        "How long a message may lie on its queue, held by no worker, before a copy is sent (then 2, 4, 8 … times it).",
    ),
    Setting(
        "max_backlog", 1_000, Whole(1, 10_000_000, none="unbounded"),
        "So many jobs of a route may be on its queue and not begun; the others wait in the store. None, for "
        "measuring, is unbounded.",
    ),
    Setting(
        "poll_interval", 1.0, Duration(0.1, 1),
        "A keeper looks at least this often, whatever wakes it in between.",
    ),
    Setting(
        "should_retry", None, RetryHook(),
        "`(context, exception) -> datetime | timedelta | seconds | None`, or its import path: the retry policy of "
        "handlers that say nothing.",
    ),
    Setting(
        "max_lost_runs", 3, Whole(1, 1_000),
        "So many lost runs (a worker or child that died) make a job a dead letter; three expired run leases weigh "
        "as one.",
    ),
    Setting(
        "unknown_grace", 600.0, Duration(0, 30 * _DAY),
        "How long a job whose handler no worker knows is offered again, for rolling deploys.",
    ),
    Setting(
        "keep_ended", 300.0, Duration(_MINUTE, 30 * _DAY),
        "How long id and outcome of an ended job are kept.",
    ),
    Setting(
        "keep_dead", 30.0 * _DAY, Duration(_MINUTE, 3_650 * _DAY),
        "How long dead letters are kept for inspection and replay.",
    ),
    Setting("max_payload", 256_000, Whole(1_000, 900_000, unit="bytes"), "The bound of a job's encoded arguments."),
    Setting("max_metadata_entries", 64, Whole(0, 10_000), "The bound of a job's metadata: entries."),
    Setting(
        "max_metadata_size", 8_000, Whole(0, 64_000, unit="bytes"),
        "The bound of a job's metadata: all keys and values in UTF-8.",
    ),
    Setting(
        "store_timeout", 5.0, Duration(0.1, 5 * _MINUTE),
        "What a call of a client may take in all, repeats included, before `StoreUnavailableError`.",
    ),
    Setting(
        "skip_unacked", True, Flag(),
        "Whether workers on a Redis broker leave messages of jobs out of Kombu's list of unacknowledged messages "
        "(`unacked`): the store follows them, and that list is most of what a message costs a worker. Ordinary tasks "
        "keep it.",
        "`True`",
    ),
)  # fmt: skip
"""Each setting, in the order of the reference page."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def load_settings(app: Any) -> Settings:
    """Read and check all settings of ``app`` (this finalizes its configuration).

    :raises SettingError: one is unknown or wrong; the message names it, its value and what is allowed.
    """
    conf = app.conf
    namespaced = f"{app.namespace}_" if getattr(app, "namespace", None) else ""
    _refuse_unknown(conf, namespaced)
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        given = conf.get(setting.full_name, setting.default)
        if given is None and not setting.check.takes_none:
            given = setting.default
        if given is None:
            values[setting.name] = None
            continue
        try:
            values[setting.name] = setting.check(given)
        except ValueError as error:
            raise _wrong(setting, given, namespaced, str(error)) from None
    main = None if app.main == "__main__" else app.main
    values["namespace"] = values["namespace"] or _namespace_of(main, namespaced)
    values["store"] = values["store"] or _default_store(conf, namespaced)
    settings = Settings(identity=main or values["namespace"], **values)
    if settings.lease_ttl < 2 * settings.poll_interval:
        raise _wrong(
            _BY_NAME["lease_ttl"], settings.lease_ttl, namespaced,
            f"it must be at least twice {_spelt('poll_interval', namespaced)}, which is {settings.poll_interval:g} s",
        )  # fmt: skip
    return settings


def _refuse_unknown(conf: Any, namespaced: str) -> None:
    for key in list(conf.keys()):
        if not isinstance(key, str):
            continue
        bare = key.removeprefix(namespaced or _USUAL)
        if not bare.lower().startswith(PREFIX) or bare.lower() == INSTALLED:
            continue
        name = bare.lower().removeprefix(PREFIX)
        if name not in _BY_NAME:
            import difflib  # imported where something is wrong

            close = difflib.get_close_matches(name, _BY_NAME, 1, 0.6)
            hint = f"; did you mean {_spelt(close[0], namespaced)}?" if close else f". There are {_all(namespaced)}."
            value = _shown(conf.get(key))
            raise SettingError(f"unknown setting {key} = {_short(value)}{hint}", setting=key, value=value)
        if namespaced and bare == key and key.isupper():
            # Celery itself reads nothing but the namespaced spelling here: it would be ignored without a word.
            raise SettingError(f"setting {key} is not read: write {namespaced}{key}", setting=key)
        if not namespaced and key != PREFIX + name:
            hint = f", or read the settings with namespace={_USUAL[:-1]!r}" if bare != key else ""
            raise SettingError(f"setting {key} is not read: write {PREFIX}{name}{hint}", setting=key)


def _wrong(setting: Setting, value: Any, namespaced: str, reason: str) -> SettingError:
    shown = _shown(value)
    message = f"{_spelt(setting.name, namespaced)} = {_short(shown)}: {reason} (allowed: {setting.allowed})"
    return SettingError(message, setting=setting.full_name, value=shown)


def _namespace_of(main: str | None, namespaced: str) -> str:
    spelt = _spelt("namespace", namespaced)
    if main is None:
        message = (
            f"durable jobs need a namespace, and this app has no name of its own: give it one, Celery(\"shop\"), "
            f"or set {spelt} = \"shop\""
        )  # fmt: skip
        raise SettingError(message, setting=f"{PREFIX}namespace")
    try:
        return str(_BY_NAME["namespace"].check(main))
    except ValueError as error:
        message = f"the app's name {main!r} can't be a namespace: {error}; set {spelt}"
        raise SettingError(message, setting=f"{PREFIX}namespace", value=main) from None


def _default_store(conf: Any, namespaced: str) -> str:
    broker = conf.broker_write_url or conf.broker_url
    try:
        return store_url_of_broker(broker, conf.broker_use_ssl, conf.broker_transport_options)
    except BrokerUrlError as error:
        spelt = _spelt("store", namespaced)
        message = f"{error}: set {spelt}, for instance to \"redis://localhost:6379/0\""  # fmt: skip
        raise SettingError(message, setting=f"{PREFIX}store") from None


def _spelt(name: str, namespaced: str) -> str:
    """The setting's name as the app's owner writes it."""
    full = PREFIX + name
    return namespaced + full.upper() if namespaced else full


def _all(namespaced: str) -> str:
    return ", ".join(_spelt(name, namespaced) for name in _BY_NAME)


def _shown(value: Any) -> Any:
    return mask_url(value) if isinstance(value, str) else value


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 100 else text[:97] + "..."


def _us(seconds: float) -> int:
    return round(seconds * SECOND)


__all__ = ["INSTALLED", "PREFIX", "SETTINGS", "Setting", "Settings", "load_settings"]
