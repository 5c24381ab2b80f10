"""The file of the queue, a SQLite database in the show's folder that survives any death of the server.

Two connections are held open as long as the server lives, one that writes and one that reads: a full disk or another
program's lock keeps us from writing, not from answering what is known. A file that is damaged is set aside under
another name, what can still be read of its waiting jobs is taken over, and a new one begun.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tts_news.errors import PublishError
from tts_news.files import open_database, open_lock, take_lock, transaction
from tts_news.server import outbox

STORE = ".jobs.sqlite"
BUSY_S = 5.0  # how long a write waits for another program's lock
_LOG = logging.getLogger(__name__)
_COLUMNS = frozenset(
    ("number", "id", "state", "source", "text", "voice", "result", "error", "attempts", "created", "updated")
)
_TEXT = "TEXT NOT NULL DEFAULT ''"
_SINCE = {  # columns that stores of the first release do not have
    **dict.fromkeys(("replaces", "kind", "account", "identity", "site", "name", "title", "bulletin", "day"), _TEXT),
    "withdraw": "INTEGER NOT NULL DEFAULT 0",
}
_SAVED = ("id", "source", "text", "voice", "attempts", "created", "updated", *_SINCE)
_NEW: dict[str, Any] = dict.fromkeys(_SINCE, "") | {"withdraw": 0}
_MOMENTS = ("created", "updated")
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, state TEXT NOT NULL, source TEXT NOT NULL,
    text TEXT NOT NULL, voice TEXT NOT NULL, result TEXT NOT NULL DEFAULT '[]', error TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0, created REAL NOT NULL, updated REAL NOT NULL,
    {", ".join(f"{name} {kind}" for name, kind in _SINCE.items())}
);
CREATE TABLE IF NOT EXISTS pulse (only INTEGER PRIMARY KEY CHECK (only = 1), at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS repeats (
    holder TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, job TEXT NOT NULL, created REAL NOT NULL,
    PRIMARY KEY (holder, key)
);
CREATE TABLE IF NOT EXISTS held (
    number INTEGER PRIMARY KEY AUTOINCREMENT, bulletin TEXT NOT NULL, day TEXT NOT NULL, article TEXT NOT NULL,
    text TEXT NOT NULL, updated REAL NOT NULL, UNIQUE (bulletin, day, article)
);
CREATE TABLE IF NOT EXISTS owners (identity TEXT PRIMARY KEY, account TEXT NOT NULL);
{outbox.SCHEMA}"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state, number);
CREATE INDEX IF NOT EXISTS jobs_by_identity ON jobs (identity, number);
CREATE INDEX IF NOT EXISTS jobs_by_site ON jobs (site, name, number);
"""


@dataclass(frozen=True, slots=True)
class Saved:
    """What is taken over from a damaged file."""

    jobs: Sequence[tuple[Any, ...]] = ()
    messages: Sequence[tuple[Any, ...]] = ()


class RemovedError(sqlite3.OperationalError):
    """The file was removed or replaced under the server: what is written goes nowhere."""


class QueueFile:
    """The open file. Safe from any thread."""

    def __init__(self, folder: Path) -> None:
        """Open it, the damaged file of an earlier server set aside.

        Raises:
            PublishError: It cannot be kept in this folder, or another server keeps it.
        """
        self.path = folder / STORE
        self._writing, self._reading = threading.Lock(), threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._held = _hold(self.path)
            self._begin()
        except (OSError, sqlite3.Error) as err:
            raise PublishError(f"cannot keep jobs in {self.path}: {err}", hint="choose another --output") from err

    def _begin(self, saved: Saved = Saved(), damage: Exception | None = None) -> None:
        """Open the file, or set it aside and begin a new one with what was saved of the old one.

        Args:
            saved: What was saved already.
            damage: What is known to be wrong with the file, which may show on the way and not at the door.
        """
        damage = damage or self._try()
        if damage:
            found = _salvage(self.path)
            saved = Saved(found.jobs or saved.jobs, found.messages or saved.messages)
            aside = _set_aside(self.path)
            _LOG.warning(
                "the job store was damaged (%s): it is set aside as %s, %d waiting jobs were saved",
                damage,
                aside.name,
                len(saved.jobs),
            )
            self._open()
        if saved.jobs or saved.messages:
            with self.writing() as base:
                outbox.restore(base, saved.messages)
                base.executemany(
                    f"INSERT OR IGNORE INTO jobs (state, {', '.join(_SAVED)})"  # noqa: S608 - names of our own
                    f" VALUES ('queued', {', '.join('?' * len(_SAVED))})",
                    saved.jobs,
                )

    def _try(self) -> Exception | None:
        """Open the file; returns why not if it is damaged."""
        try:
            self._open()
        except sqlite3.Error as err:
            if not is_damage(err):
                raise
            return err
        return None

    def _open(self) -> None:
        self._writer, self._reader = _connect(self.path), _connect(self.path)
        try:
            self._writer.execute("PRAGMA journal_mode=WAL")
            # What is forgotten is overwritten in the file, not only unlinked in it.
            self._writer.execute("PRAGMA secure_delete=ON")
            (verdict,) = self._writer.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)
            columns = _names(self._writer, "jobs")
            if columns and not columns >= _COLUMNS:
                raise sqlite3.DatabaseError("it is of another version")
            self._writer.executescript(_SCHEMA)
            for name in _SINCE.keys() - columns if columns else ():
                self._writer.execute(f"ALTER TABLE jobs ADD COLUMN {name} {_SINCE[name]}")
            if any(not names <= _names(self._writer, table) for table, names in _tables().items()):
                raise sqlite3.DatabaseError("a column of it is called otherwise")
            self._writer.executescript(_INDEXES)
            self._reader.execute("SELECT count(*) FROM jobs").fetchone()  # opens what it needs while there is room
        except sqlite3.Error:
            self._writer.close()
            self._reader.close()
            raise
        self._file = self.path.stat().st_ino

    def close(self) -> None:
        """Let go of the file."""
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()
            os.close(self._held)

    def mend(self, err: Exception) -> bool:
        """Begin anew if `err` says that the file is damaged or was removed; returns whether it did.

        Raises:
            sqlite3.Error: There can be no new one either.
        """
        if not isinstance(err, RemovedError) and not is_damage(err):
            return False
        with self._writing, self._reading:
            saved = _saved(self._writer)
            self._reader.close()
            self._writer.close()
        self._begin(saved, None if isinstance(err, RemovedError) else err)
        return True

    def check(self) -> None:
        """See that the file is still the one that was opened.

        Raises:
            RemovedError: It is not.
        """
        try:
            there = self.path.stat().st_ino == self._file
        except OSError:
            there = False
        if not there:
            raise RemovedError(f"{self.path.name} was removed under the server")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection that writes, in a transaction that is kept if nothing goes wrong in it."""
        with self._writing:
            self.check()
            with transaction(self._writer) as base:
                yield base

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection that reads."""
        with self._reading:
            yield self._reader

    def read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self.reading() as base:
            return base.execute(query, values).fetchall()


def is_damage(err: Exception) -> bool:
    """Return whether an error says that the file itself is no good, rather than that it cannot be reached now."""
    if not isinstance(err, sqlite3.DatabaseError) or isinstance(err, RemovedError):
        return False
    # Errors of our own have no code: the schema of another version, the verdict of a check.
    code = getattr(err, "sqlite_errorcode", None)
    if code is None:
        return type(err) is sqlite3.DatabaseError
    return code & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_SCHEMA}


def _names(base: sqlite3.Connection, table: str) -> set[str]:
    """Return the names of a table's columns."""
    return {row[1] for row in base.execute(f"PRAGMA table_info({table})")}


@cache
def _tables() -> dict[str, set[str]]:
    """Return the columns of each table as they are in a new file."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_SCHEMA)
        found = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {table: _names(base, table) for (table,) in found.fetchall()}


def _connect(path: Path) -> sqlite3.Connection:
    base = open_database(path, busy_s=BUSY_S)
    base.text_factory = lambda data: data.decode(errors="replace")  # a flipped bit must not end a whole listing
    return base


def _salvage(path: Path) -> Saved:
    """Return what can still be read in a damaged file of jobs that were waiting or under way, and of messages."""
    base = _connect(path)
    try:
        return _saved(base)
    finally:
        base.close()


def _saved(base: sqlite3.Connection) -> Saved:
    messages: list[tuple[Any, ...]] = []
    with suppress(sqlite3.Error):
        messages = outbox.undelivered(base)
    return Saved(_waiting(base), messages)


def _waiting(base: sqlite3.Connection) -> list[tuple[Any, ...]]:
    saved: list[tuple[Any, ...]] = []
    with suppress(sqlite3.Error):
        found = base.execute("SELECT * FROM jobs NOT INDEXED WHERE state IN ('queued', 'running') ORDER BY number")
        names = [column[0] for column in found.description]
        for row in found:  # row by row: what was read before the damage is kept
            job = _NEW | dict(zip(names, row, strict=True))
            numbers = {name: value for name, value in job.items() if isinstance(value, int | float)}
            job |= dict.fromkeys(_MOMENTS, time.time()) | {"attempts": 0, "withdraw": 0} | numbers
            saved.append(tuple(job.get(name) for name in _SAVED))  # a name may be damaged too
    return [row for row in saved if all(isinstance(one, str) for one in (*row[:4], *row[7:-1]))]


def _set_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:4]}")
    for ending in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside


def _hold(path: Path) -> int:
    """Return a descriptor that keeps any other server from this queue as long as it is open.

    Raises:
        PublishError: Another server has it.
    """
    held = open_lock(path.with_name(f"{path.name}.lock"))
    if not take_lock(held, wait=False):
        os.close(held)
        raise PublishError(f"another server makes the editions of {path.parent}", hint="choose another --output")
    return held
