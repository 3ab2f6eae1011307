"""Writes ``reference/settings.md`` from ``celery_durable_jobs.settings``: ``python docs/make_settings.py``.

A test compares the page with what this makes.
"""

from __future__ import annotations

from pathlib import Path

from celery_durable_jobs.settings import SETTINGS, Setting

PAGE = Path(__file__).parent / "reference" / "settings.md"

HEAD = """\
<!-- Made by docs/make_settings.py from celery_durable_jobs/settings.py: change it there. -->
# Settings

They are Celery settings, named `durable_jobs_*` on the app:

```python
app.conf.durable_jobs_run_lease = 60
app.conf.update(durable_jobs_store="redis://localhost:6379/1", durable_jobs_max_backlog=5_000)
```

With a settings namespace, as in Django, they are spelt like the others there: `CELERY_DURABLE_JOBS_RUN_LEASE`.

All of them are read and checked at the first use: at start in a keeper and a worker, with the first job in a client. A
wrong or unknown one raises `SettingError`, which names it, its value and what is allowed. Every process of an app, web
servers included, should have the same ones. Durations are seconds or a `timedelta`.

| setting | default |
|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = "".join(f"| [`{each.full_name}`](#{each.full_name}) | {_default(each)} |\n" for each in SETTINGS)
    return HEAD + rows + "".join(_section(each) for each in SETTINGS)


def _section(setting: Setting) -> str:
    facts = [f"Default: {_default(setting)}", f"allowed: {setting.allowed}"]
    return f"\n## {setting.full_name}\n\n{setting.doc}\n\n{'; '.join(facts)}.\n"


def _default(setting: Setting) -> str:
    if setting.default_text:
        return setting.default_text
    if setting.default is None:
        return "none"
    if setting.unit == "s":
        return f"{setting.default:,.10g} s{_spoken(setting.default)}"
    return f"{setting.default:,}{' ' + setting.unit if setting.unit else ''}"


def _spoken(seconds: float) -> str:
    for size, name in ((86_400, "days"), (60, "minutes")):
        if seconds >= 2 * size and seconds % size == 0:
            return f" ({seconds / size:g} {name})"
    return ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
