"""The articles on the desk and every change to them: a SQLite file in the show's folder that outlives the server.

A draft is an article or a bulletin of several. What it was read and written as are its papers; what an editor chose
for it (title, voices, members) are its choices. A change is a subject with what it was and what it became, so that all
can be taken back and done again.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from tts_news.errors import PublishError
from tts_news.files import open_database, transaction

STORE = ".desk.sqlite"
BUSY_S = 5.0
MOST_DRAFTS = 500
Kind = Literal["article", "bulletin"]
State = Literal["queued", "reading", "writing", "ready", "failed", "dropped"]
_SCHEMA = """
CREATE TABLE IF NOT EXISTS drafts (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
    title TEXT NOT NULL, source TEXT NOT NULL, choices TEXT NOT NULL DEFAULT '{}', error TEXT NOT NULL DEFAULT '',
    job TEXT NOT NULL DEFAULT '', edition TEXT NOT NULL DEFAULT '', by TEXT NOT NULL, created REAL NOT NULL,
    updated REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS papers (
    draft TEXT PRIMARY KEY, data BLOB, article TEXT NOT NULL DEFAULT '', script TEXT NOT NULL DEFAULT '',
    readings TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE IF NOT EXISTS changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, draft TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL, by TEXT NOT NULL, at REAL NOT NULL, undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS changes_by_draft ON changes (draft, number);
"""
_COLUMNS = "id, kind, state, title, source, choices, error, job, edition, by, created, updated"


@dataclass(frozen=True, slots=True)
class Draft:
    """An article, or a bulletin, on the desk.

    Attributes:
        source: An address, a file's name, or "-" for a pasted text.
        choices: What an editor chose: "voices" by role, "replaces"; of a bulletin "members" as well.
        error: Why it could not be read, written or published, with its hint on a second line; "" for nothing.
        job: The job that publishes it, or did so last.
        edition: The folder of the edition that was made of it.
        by: Who brought it.
    """

    id: str
    kind: Kind
    state: State
    title: str
    source: str
    choices: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    job: str = ""
    edition: str = ""
    by: str = ""
    created: float = 0.0
    updated: float = 0.0


@dataclass(frozen=True, slots=True)
class Papers:
    """What a draft was handed over as (until it is read), and was read and written as, each as text."""

    data: bytes | None = None
    article: str = ""
    script: str = ""
    readings: str = "[]"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing an editor changed.

    Attributes:
        subject: "cue" (a correction), "term" (an entry of the lexicon), "choice" (of the draft).
        name: Which one: the cue's id, the written term, the choice's name.
        before: What it was, as JSON.
        after: What it became.
        by: Who changed it.
    """

    subject: Literal["cue", "term", "choice"]
    name: str
    before: str
    after: str
    by: str
    at: float = 0.0
    number: int = 0
    undone: bool = False


class DraftStore:
    """The drafts. Safe from any thread."""

    def __init__(self, folder: Path) -> None:
        """Open them; what was being read when the last server died is read again.

        Raises:
            PublishError: They cannot be kept in this folder.
        """
        self._lock = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._base = open_database(folder / STORE, busy_s=BUSY_S)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA secure_delete=ON")
            self._base.executescript(_SCHEMA)
            self._base.execute("UPDATE drafts SET state = 'queued' WHERE state IN ('reading', 'writing')")
        except (OSError, sqlite3.Error) as err:
            raise PublishError(f"cannot keep drafts in {folder / STORE}: {err}", hint="move the file away") from err

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._base.close()

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._lock, transaction(self._base) as base:
            yield base

    def _read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._base.execute(query, values).fetchall()

    # drafts

    def add(self, draft: Draft, papers: Papers) -> str | None:
        """Put a draft on the desk and return its id, None when the desk is full; its own id does not count."""
        name, now = uuid.uuid4().hex[:12], time.time()
        with self._write() as base:
            (count,) = base.execute("SELECT count(*) FROM drafts WHERE state <> 'dropped'").fetchone()
            if count >= MOST_DRAFTS:
                return None
            base.execute(
                f"INSERT INTO drafts ({_COLUMNS}) VALUES ({', '.join('?' * 12)})",  # noqa: S608 - our own columns
                (name, draft.kind, draft.state, draft.title, draft.source, _json(draft.choices), draft.error,
                 draft.job, draft.edition, draft.by, now, now),
            )  # fmt: skip
            base.execute(
                "INSERT INTO papers VALUES (?, ?, ?, ?, ?)",
                (name, papers.data, papers.article, papers.script, papers.readings),
            )
        return name

    def find(self, name: str) -> Draft | None:
        """Return a draft, None when there is none."""
        rows = self._read(f"SELECT {_COLUMNS} FROM drafts WHERE id = ?", name)  # noqa: S608
        return _draft(rows[0]) if rows else None

    def papers(self, name: str) -> Papers:
        """Return the papers of a draft."""
        rows = self._read("SELECT data, article, script, readings FROM papers WHERE draft = ?", name)
        return Papers(*rows[0]) if rows else Papers()

    def all(self) -> list[Draft]:
        """Return the drafts that were not dropped, the newest first."""
        rows = self._read(
            f"SELECT {_COLUMNS} FROM drafts WHERE state <> 'dropped' ORDER BY number DESC"  # noqa: S608
        )
        return [_draft(row) for row in rows]

    def dropped(self) -> list[Draft]:
        """Return the drafts that were dropped, the last first."""
        rows = self._read(
            f"SELECT {_COLUMNS} FROM drafts WHERE state = 'dropped' ORDER BY updated DESC LIMIT 20"  # noqa: S608
        )
        return [_draft(row) for row in rows]

    def take(self) -> Draft | None:
        """Return the oldest draft that waits to be read or written, None when there is none."""
        with self._write() as base:
            row = base.execute(
                f"SELECT {_COLUMNS} FROM drafts WHERE state = 'queued' ORDER BY updated, number LIMIT 1"  # noqa: S608
            ).fetchone()
            if row is None:
                return None
            base.execute("UPDATE drafts SET state = 'reading' WHERE id = ?", (row[0],))
        return _draft(row)

    def set(self, name: str, **values: object) -> None:
        """Set columns of a draft: state, title, error, job, edition, choices."""
        values |= {"updated": time.time()}
        if "choices" in values:
            values["choices"] = _json(values["choices"])
        names = ", ".join(f"{column} = ?" for column in values)
        with self._write() as base:
            base.execute(f"UPDATE drafts SET {names} WHERE id = ?", (*values.values(), name))  # noqa: S608

    def set_papers(self, name: str, papers: Papers) -> None:
        """Keep what a draft was read and written as."""
        with self._write() as base:
            base.execute(
                "INSERT OR REPLACE INTO papers VALUES (?, ?, ?, ?, ?)",
                (name, papers.data, papers.article, papers.script, papers.readings),
            )

    # changes

    def note(self, draft: str, change: Change) -> None:
        """Keep a change; what was taken back before it can no longer be done again."""
        with self._write() as base:
            base.execute("DELETE FROM changes WHERE draft = ? AND undone = 1", (draft,))
            base.execute(
                "INSERT INTO changes (draft, subject, name, before, after, by, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (draft, change.subject, change.name, change.before, change.after, change.by, time.time()),
            )

    def mark(self, number: int, *, undone: bool) -> None:
        """Note that a change was taken back, or done again."""
        with self._write() as base:
            base.execute("UPDATE changes SET undone = ? WHERE number = ?", (int(undone), number))

    def last(self, draft: str) -> Change | None:
        """Return the change that would be taken back next."""
        return self._change("draft = ? AND undone = 0 ORDER BY number DESC", draft)

    def next(self, draft: str) -> Change | None:
        """Return the change that would be done again next."""
        return self._change("draft = ? AND undone = 1 ORDER BY number", draft)

    def _change(self, where: str, draft: str) -> Change | None:
        rows = self._read(
            f"SELECT subject, name, before, after, by, at, number, undone FROM changes WHERE {where} LIMIT 1",  # noqa: S608
            draft,
        )
        return _change(rows[0]) if rows else None


def _draft(row: Sequence[Any]) -> Draft:
    values = dict(zip((name.strip() for name in _COLUMNS.split(",")), row, strict=True))
    return Draft(**values | {"choices": json.loads(values["choices"])})


def _change(row: Sequence[Any]) -> Change:
    names = ("subject", "name", "before", "after", "by", "at", "number", "undone")
    values = dict(zip(names, row, strict=True))
    return Change(**values | {"undone": bool(values["undone"])})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
