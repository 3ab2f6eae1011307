"""From a Celery broker to a store URL, and URLs without their secrets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

STORE_SCHEMES = (
    *("redis", "rediss", "unix", "valkey", "valkeys"),
    *("redis+cluster", "rediss+cluster", "valkey+cluster", "valkeys+cluster"),
    "sentinel",
    "memory",
)
"""The schemes of ``durable_jobs_store``."""

_TLS_PARAMETERS = ("ssl_cert_reqs", "ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_check_hostname")


class BrokerUrlError(ValueError):
    """This broker can't be the store as well; the text says why."""


def mask_url(url: str) -> str:
    """The URL (or several with semicolons) with its passwords replaced by ``***``; rather too much than too little."""
    return ";".join(_masked(each) for each in re.split(r";(?=[\w+]+://)", url))


def _masked(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    if not separator:
        return url
    login, at, place = rest.rpartition("@")
    if ":" in login:
        login = login.partition(":")[0] + ":***"
    place = re.sub(r"(?i)([?&][^=&]*(?:password|passphrase|secret)=)[^&;]*", r"\1***", place)
    return f"{scheme}{separator}{login}{at}{place}"


def scheme_of(url: str) -> str:
    """What stands before ``://`` in lower case, or nothing."""
    scheme, separator, _ = url.partition("://")
    return scheme.lower() if separator else ""


def store_url_of_broker(broker: Any, use_ssl: Any = None, transport_options: Mapping[str, Any] | None = None) -> str:
    """The store's URL for a broker that is Redis; Kombu's spellings are translated.

    ``use_ssl`` is Celery's ``broker_use_ssl``, ``transport_options`` its ``broker_transport_options``.
    :raises BrokerUrlError: the broker isn't Redis, or several, or is reached in a way that a URL can't tell.
    """
    if isinstance(broker, (list, tuple)):
        broker = ";".join(map(str, broker))
    if not broker:
        raise BrokerUrlError("jobs need a store, and no broker is set that could be it")
    url = str(broker)
    if all(scheme_of(each) == "sentinel" for each in url.split(";")):
        return _sentinel_url(url, use_ssl, transport_options or {})
    if ";" in url:
        raise BrokerUrlError(f"jobs need one store, and the broker is several ({mask_url(url)})")
    scheme = scheme_of(url)
    if scheme in ("redis+socket", "valkey+socket"):
        return _unix_url(url)
    if scheme in ("redis", "valkey"):
        return _with_tls(url, use_ssl) if use_ssl else url
    if scheme in ("rediss", "valkeys"):
        return _with_tls(url, use_ssl)
    shown = mask_url(url) if scheme else url.split("/", 1)[0]
    raise BrokerUrlError(f"jobs need a store in Redis or Valkey, and the broker ({shown}) is none")


def _unix_url(url: str) -> str:
    """``redis+socket://:secret@/path?virtual_host=2`` is ``unix://:secret@/path?db=2`` to redis-py."""
    rest, _, query = url.partition("://")[2].partition("?")
    pairs = [("db" if name == "virtual_host" else name, value) for name, value in parse_qsl(query)]
    if not rest.rpartition("@")[2].startswith("/"):
        # Kombu reads redis+socket://run/redis.sock as /run/redis.sock
        user, at, path = rest.rpartition("@")
        rest = f"{user}{at}/{path}"
    return f"unix://{rest}" + (f"?{urlencode(pairs)}" if pairs else "")


def _sentinel_url(url: str, use_ssl: Any, options: Mapping[str, Any]) -> str:
    """Kombu's sentinels, with what it takes from the transport options as parameters."""
    place, _, query = url.partition("?")
    pairs = dict(parse_qsl(query))
    pairs["master_name"] = options.get("master_name") or pairs.get("master_name", "")
    if not pairs["master_name"]:
        raise BrokerUrlError("the broker's sentinels need broker_transport_options = {\"master_name\": …}")  # fmt: skip
    for name, value in (options.get("sentinel_kwargs") or {}).items():
        if not isinstance(value, (str, int, float)):
            raise BrokerUrlError(f"sentinel_kwargs has {name!r}, which a store's URL can't express")
        pairs[f"sentinel_{name}"] = str(value)
    if use_ssl:
        secure = _with_tls("rediss://placeholder", use_ssl).partition("?")[2]
        pairs.update({"ssl": "true", **dict(parse_qsl(secure))})
    return f"{place}?{urlencode(pairs, quote_via=quote, safe='/')}"


def _with_tls(url: str, use_ssl: Any) -> str:
    """The ``rediss://`` URL that says what ``broker_use_ssl`` says."""
    scheme, _, rest = url.partition("://")
    secure = scheme if scheme.endswith("s") and scheme != "redis" else scheme + "s"
    base, _, query = rest.partition("?")
    pairs = dict(parse_qsl(query))
    options = use_ssl if isinstance(use_ssl, dict) else {}
    for name in options:
        if name not in _TLS_PARAMETERS and options[name] is not None:
            raise BrokerUrlError(f"broker_use_ssl has {name!r}, which a store's URL can't express")
    for name in _TLS_PARAMETERS:
        value = options.get(name)
        if value is not None:
            pairs[name] = _tls_text(value)
        elif name == "ssl_cert_reqs" and name in pairs:
            # Kombu takes CERT_REQUIRED and required, redis-py only the latter.
            pairs[name] = _tls_text(pairs[name])
    text = urlencode(pairs, quote_via=quote, safe="/")
    return f"{secure}://{base}" + (f"?{text}" if text else "")


def _tls_text(value: Any) -> str:
    name = getattr(value, "name", None)  # an ssl.VerifyMode
    text = name if isinstance(name, str) else str(value)
    return text.removeprefix("CERT_").lower() if text.startswith("CERT_") else text
