"""The examples' own data, where a web app would have its models: what each thing's status is, and what was mailed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATH = Path(os.environ.get("EXAMPLE_DATABASE", "example.sqlite3"))

SCHEMA = """
    CREATE TABLE IF NOT EXISTS things (name TEXT PRIMARY KEY, status TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS mails (id TEXT PRIMARY KEY, recipient TEXT NOT NULL, message TEXT NOT NULL);
"""


def create() -> None:
    """Make the tables."""
    with connection() as database:
        database.executescript(SCHEMA)


@contextmanager
def connection() -> Iterator[sqlite3.Connection]:
    """A connection that commits at the end."""
    database = sqlite3.connect(PATH, timeout=10)
    try:
        with database:
            yield database
    finally:
        database.close()


def set_status(name: str, status: str) -> None:
    """Remember a thing's status."""
    with connection() as database:
        database.execute("INSERT OR REPLACE INTO things VALUES (?, ?)", (name, status))


def status(name: str) -> str | None:
    """A thing's status, or None when it isn't known."""
    with connection() as database:
        row = database.execute("SELECT status FROM things WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def send_mail(mail_id: str, recipient: str, message: str) -> None:
    """ "Send" a mail, once for each id: a second call with the same id changes nothing."""
    with connection() as database:
        database.execute("INSERT OR IGNORE INTO mails VALUES (?, ?, ?)", (mail_id, recipient, message))


def mails(recipient: str) -> list[str]:
    """What was sent to a recipient."""
    with connection() as database:
        rows = database.execute("SELECT message FROM mails WHERE recipient = ?", (recipient,)).fetchall()
    return [row[0] for row in rows]
