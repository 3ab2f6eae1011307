"""A message from a template: what is shown of the arguments is what Celery itself would show, or nothing is spliced."""

from __future__ import annotations

import datetime
import json
import uuid
from typing import Any

import pytest
from celery.utils.saferepr import saferepr
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kombu.utils import json as kombu_json

from celery_durable_jobs.model.record import Content
from celery_durable_jobs.steps import Template
from celery_durable_jobs.stores.codec import form_of
from celery_durable_jobs.stores.splicing import show, splice, templates_by_kind

dumps: Any = kombu_json.dumps
EMBED = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def body_of(args: Any, kwargs: Any) -> bytes:
    return str(dumps((args, kwargs, EMBED))).encode()


@settings(max_examples=300, deadline=None)
@given(st.lists(VALUES, max_size=3), st.dictionaries(st.text(max_size=5), VALUES, max_size=2))
@example([1], {})
@example([[]], {"a": {}})
@example(["it's", 'a "b" \\ c', "ü€😀", "\n\t\x00"], {})
@example([[[1]], {"a": {"b": 1}}], {})
@example([[[[1]]]], {})
@example(["]", "[", "{", "true", "null, NaN"], {"a, b: c": "false"})
def test_what_is_shown_is_what_celery_shows(args: list[Any], kwargs: dict[str, Any]) -> None:
    shown = show(body_of(args, kwargs))
    if shown is not None:
        assert shown == (saferepr(tuple(args), 1024), saferepr(kwargs, 1024))


@pytest.mark.parametrize(
    ("args", "kwargs", "want"),
    [
        ([], {}, ("()", "{}")),
        ([42], {}, ("(42,)", "{}")),
        (["user", 1.5, None, True], {"a": False}, ("('user', 1.5, None, True)", "{'a': False}")),
        (["it's"], {}, ("('it\\'s',)", "{}")),
        (["ü"], {}, ("('ü',)", "{}")),
        ([[1, 2], {"a": [3]}], {}, ("([1, 2], {'a': [3]})", "{}")),
    ],
)
def test_what_is_usual_is_shown(args: Any, kwargs: Any, want: tuple[str, str]) -> None:
    assert show(body_of(args, kwargs)) == want


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"[[1],{},{}]",
        b"[[1, 2,3], {}, {}]",
        b"[[ 1], {}, {}]",
        b"[[1], [], {}]",
        b"[1, {}, {}]",
        b'{"a": 1}',
        body_of([float("nan")], {}),
        body_of([float("-inf")], {}),
        body_of([[[[[1]]]]], {}),
        body_of(["x" * 1_001], {}),
        body_of(["\ud800"], {}),
        body_of([datetime.datetime(2030, 1, 1)], {}),
        body_of([uuid.UUID(int=5)], {}),
    ],
)
def test_what_takes_more_than_a_look_is_not_shown(body: bytes) -> None:
    assert show(body) is None


TEXTS = (
    b'{"body": ',
    b', "headers": {"id": "',
    b'", "retries": ',
    b", ",
    b'"durable_job": "1:',
    b':h:ns"}, "tag": "',
    b'"}',
)


def template(content: Content, *, any_headers: bool = True, slots: str = "BIRHGT") -> Template:
    form = form_of(content)
    return Template("shop.f", form.kind, None if any_headers else form.headers, TEXTS, slots)


def spliced(content: Content, *templates: Template) -> Any:
    message = splice(templates_by_kind(templates), "shop.f", content, "an-id", 7, 2)
    return None if message is None else json.loads(message)


def test_all_slots_are_filled() -> None:
    content = Content(body_of([1], {}), headers={"tenant": "ü", "n": None})
    assert spliced(content, template(content)) == {
        "body": content.body.decode(),
        "headers": {"id": "an-id", "retries": 2, "tenant": "ü", "n": None, "durable_job": "1:7:h:ns"},
        "tag": "an-id.7",
    }


def test_one_for_these_very_headers_is_taken_before_one_for_any() -> None:
    content = Content(body_of([1], {}), headers={"tenant": "t"})
    exact = Template("shop.f", *form_of(content), (b'{"exact": "', b'"}'), "I")
    assert spliced(content, template(content), exact) == {"exact": "an-id"}
    other = Content(content.body, headers={"tenant": "u"})
    assert spliced(other, exact) is None


@pytest.mark.parametrize(
    "content",
    [
        Content(b"[[1], {}, {}]", "application/x-other"),
        Content(b"[[1], {}, {}]", content_encoding="binary"),
        Content(b"[[1], {}, {}]", options={"without": ["argsrepr"]}),
        Content(b"\x1f\x8b compressed"),
        Content('[["ü"], {}, {}]'.encode()),
        Content(b"x", headers={"compression": "gzip"}),
        Content(b"[[1], {}, {}]", headers={"argsrepr": "(hidden)"}),
        Content(b"[[1], {}, {}]", headers={"odd": "\ud800"}),
    ],
)
def test_what_no_template_is_meant_for(content: Content) -> None:
    assert spliced(content, template(Content(b"[[1], {}, {}]"))) is None
