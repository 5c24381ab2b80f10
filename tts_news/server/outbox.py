"""Messages to receivers that have not taken them yet: rows beside the jobs, written in the same transaction.

What a receiver is told of one edition it is told in order: a later message waits for the earlier one. A message that is
given up stays, "dead", until somebody sends it again or its time is over.
"""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tts_news.server.settings import Event

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, hook TEXT NOT NULL, event TEXT NOT NULL,
    subject TEXT NOT NULL, body TEXT NOT NULL, created REAL NOT NULL, due REAL NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting', error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS outbox_by_subject ON outbox (hook, subject, state, number);
CREATE TABLE IF NOT EXISTS hooks_gone (hook TEXT PRIMARY KEY, at REAL NOT NULL);
"""
_SAVED = ("id", "hook", "event", "subject", "body", "created", "due", "tries", "state", "error")


@dataclass(frozen=True, slots=True)
class Message:
    """Something that happened to an edition, for one receiver.

    Attributes:
        hook: The receiver's address.
        subject: What it is about: messages about one thing are delivered in their order.
        body: The JSON that is sent, byte for byte at every try: it is what is signed.
    """

    hook: str
    event: Event
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that is to be delivered; `tries` have been made."""

    number: int
    id: str
    body: str
    tries: int


def put(base: sqlite3.Connection, messages: Sequence[Message]) -> None:
    """Add messages; a receiver that has said it wants no more (410) gets none, and they are kept as dead."""
    now = time.time()
    gone = {hook for (hook,) in base.execute("SELECT hook FROM hooks_gone")}
    base.executemany(
        "INSERT INTO outbox (id, hook, event, subject, body, created, due, state, error)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (f"msg_{uuid.uuid4().hex}", one.hook, one.event, one.subject, one.body, now, now)
            + (("dead", GONE) if one.hook in gone else ("waiting", ""))
            for one in messages
        ],
    )


GONE: Final = "410: the receiver wants no more"


def next_due(base: sqlite3.Connection, hook: str) -> Delivery | None:
    """Return the message that a receiver is to be sent now, None when there is none."""
    row = base.execute(
        "SELECT number, id, body, tries FROM outbox AS one WHERE hook = ?1 AND state = 'waiting' AND due <= ?2"
        " AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.hook = ?1 AND earlier.subject = one.subject"
        " AND earlier.state = 'waiting' AND earlier.number < one.number) ORDER BY due, number LIMIT 1",
        (hook, time.time()),
    ).fetchone()
    return Delivery(*row) if row else None


def settle(base: sqlite3.Connection, one: Delivery, error: str, wait_s: float | None) -> None:
    """Record a try: delivered without an error, to be tried again after `wait_s`, or dead where that is None."""
    if not error:
        base.execute("DELETE FROM outbox WHERE number = ?", (one.number,))
        return
    state, due = ("dead", 0.0) if wait_s is None else ("waiting", time.time() + wait_s)
    base.execute(
        "UPDATE outbox SET tries = tries + 1, error = ?, state = ?, due = ? WHERE number = ?",
        (error.encode(errors="replace").decode()[:500], state, due, one.number),
    )


def give_up_hook(base: sqlite3.Connection, hook: str) -> None:
    """Send a receiver nothing any more: it has said that it is gone."""
    base.execute("INSERT OR REPLACE INTO hooks_gone VALUES (?, ?)", (hook, time.time()))
    base.execute("UPDATE outbox SET state = 'dead', error = ? WHERE hook = ? AND state = 'waiting'", (GONE, hook))


def revive(base: sqlite3.Connection, hook: str = "") -> int:
    """Have dead messages sent again, of one receiver or all; returns how many."""
    which = "(?1 = '' OR hook = ?1)"
    base.execute(f"DELETE FROM hooks_gone WHERE {which}", (hook,))  # noqa: S608 - a text of our own
    query = f"UPDATE outbox SET state = 'waiting', due = 0, tries = 0 WHERE state = 'dead' AND {which}"  # noqa: S608
    return base.execute(query, (hook,)).rowcount


def drop_dead(base: sqlite3.Connection, hook: str = "", before: float = float("inf")) -> int:
    """Forget dead messages, of one receiver or all, that were written before a time; returns how many."""
    query = "DELETE FROM outbox WHERE state = 'dead' AND (?1 = '' OR hook = ?1) AND created < ?2"
    return base.execute(query, (hook, before)).rowcount


def undelivered(base: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Return the messages as `restore` takes them."""
    return base.execute(f"SELECT {', '.join(_SAVED)} FROM outbox ORDER BY number").fetchall()  # noqa: S608 - our names


def restore(base: sqlite3.Connection, saved: Sequence[tuple[Any, ...]]) -> None:
    """Write messages of an earlier file."""
    places = ", ".join("?" * len(_SAVED))
    base.executemany(f"INSERT OR IGNORE INTO outbox ({', '.join(_SAVED)}) VALUES ({places})", saved)  # noqa: S608 - our names


def list_messages(base: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return all that waits or is dead, oldest first."""
    names = ("id", "hook", "event", "subject", "created", "due", "tries", "state", "error", "body")
    rows = base.execute(f"SELECT {', '.join(names)} FROM outbox ORDER BY number")  # noqa: S608 - names of our own
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [one | {"title": _title(one.pop("body"))} for one in found]


def _title(body: str) -> str:
    try:
        return str(json.loads(body)["data"]["title"])
    except (ValueError, KeyError, TypeError):
        return ""
