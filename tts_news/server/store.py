"""The queue of editions to be made: a SQLite file in the show's folder that survives any death of the server.

Two connections are held open as long as the server lives, one that writes and one that reads: a full disk or another
program's lock keeps us from writing, not from answering what is known. A file that is damaged is set aside under
another name, what can still be read of its waiting jobs is taken over, and a new one begun.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tts_news.errors import PublishError
from tts_news.files import take_lock

STORE = ".jobs.sqlite"
ATTEMPTS = 3  # a job that killed its server, or its thread, three times is not tried again
BUSY_S = 5.0  # how long a write waits for another program's lock
_LOG = logging.getLogger(__name__)
_STATES = ("queued", "running", "done", "failed")
_COLUMNS = frozenset(
    ("number", "id", "state", "source", "text", "voice", "result", "error", "attempts", "created", "updated")
)
_SAVED = ("id", "source", "text", "voice", "replaces", "attempts", "created", "updated")
_SINCE = {"replaces": "TEXT NOT NULL DEFAULT ''"}  # columns that stores of the first release do not have
_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, state TEXT NOT NULL, source TEXT NOT NULL,
    text TEXT NOT NULL, voice TEXT NOT NULL, result TEXT NOT NULL DEFAULT '[]', error TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0, created REAL NOT NULL, updated REAL NOT NULL,
    replaces TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state, number);
CREATE TABLE IF NOT EXISTS pulse (only INTEGER PRIMARY KEY CHECK (only = 1), at REAL NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Job:
    """One request for an edition: an address, or a text for `source` "-"; `attempts` counts this try too."""

    id: str
    source: str
    text: str
    voice: str
    attempts: int
    replaces: str = ""
    """The edition whose place it takes, "" for none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended.

    Attributes:
        state: "done", "failed", or "queued" to put it back.
        result: The editions it made, as `make --json` tells them.
        error: What went wrong, "" for nothing.
        counted: Whether the try counts; not when it was the server that could not go on.
    """

    state: str
    result: Sequence[object] = ()
    error: str = ""
    counted: bool = True


class RemovedError(sqlite3.OperationalError):
    """The file was removed or replaced under the server: what is written goes nowhere."""


class JobStore:
    """The queue. Safe from any thread."""

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

    def _begin(self, saved: Sequence[tuple[Any, ...]] = ()) -> None:
        """Open the file, or set it aside and begin a new one; `saved` are jobs to be taken over."""
        try:
            self._open()
        except sqlite3.Error as err:
            if not is_damage(err):
                raise
            saved = _salvage(self.path) or saved
            aside = _set_aside(self.path)
            _LOG.warning(
                "the job store was damaged (%s): it is set aside as %s, %d waiting jobs were saved",
                err,
                aside.name,
                len(saved),
            )
            self._open()
        if saved:
            with self._write() as base:
                base.executemany(
                    "INSERT OR IGNORE INTO jobs (id, state, source, text, voice, replaces, attempts, created, updated)"
                    " VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?)",
                    saved,
                )

    def _open(self) -> None:
        self._writer, self._reader = _connect(self.path), _connect(self.path)
        try:
            self._writer.execute("PRAGMA journal_mode=WAL")
            # What is forgotten is overwritten in the file, not only unlinked in it.
            self._writer.execute("PRAGMA secure_delete=ON")
            (verdict,) = self._writer.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)
            columns = {row[1] for row in self._writer.execute("PRAGMA table_info(jobs)")}
            if columns and not columns >= _COLUMNS:
                raise sqlite3.DatabaseError("it is of another version")
            self._writer.executescript(_SCHEMA)
            for name in _SINCE.keys() - columns if columns else ():
                self._writer.execute(f"ALTER TABLE jobs ADD COLUMN {name} {_SINCE[name]}")
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
            saved = _waiting(self._writer)
            self._reader.close()
            self._writer.close()
        self._begin(saved)
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
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._writing:
            self.check()
            base = self._writer
            base.execute("BEGIN IMMEDIATE")
            try:
                yield base
                base.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk has rolled it back already
                    base.execute("ROLLBACK")
                raise

    def _read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._reading:
            return self._reader.execute(query, values).fetchall()

    def add(self, source: str, text: str, voice: str, limit: int, letters: int, replaces: str = "") -> str | None:
        """Queue a job and return its id, None when `limit` jobs or texts of `letters` letters in all are waiting."""
        name, now = uuid.uuid4().hex, time.time()
        with self._write() as base:
            waiting, held = base.execute(
                "SELECT count(*), coalesce(sum(length(text)), 0) FROM jobs WHERE state = 'queued'"
            ).fetchone()
            if waiting >= limit or (held and held + len(text) > letters):
                return None
            base.execute(
                "INSERT INTO jobs (id, state, source, text, voice, replaces, created, updated)"
                " VALUES (?, 'queued', ?, ?, ?, ?, ?, ?)",
                (name, source, text, voice, replaces, now, now),
            )
        return name

    def interrupted(self) -> list[Job]:
        """Return the jobs that were being made when the last server died."""
        rows = self._read(
            "SELECT id, source, text, voice, attempts, replaces FROM jobs WHERE state = 'running' ORDER BY number"
        )
        return [Job(*row) for row in rows]

    def take(self) -> Job | None:
        """Return the oldest waiting job, now running; None when there is none."""
        if not self._read("SELECT 1 FROM jobs WHERE state = 'queued' LIMIT 1"):
            return None
        with self._write() as base:
            row = base.execute(
                "SELECT id, source, text, voice, attempts + 1, replaces FROM jobs"
                " WHERE state = 'queued' ORDER BY number LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            base.execute(
                "UPDATE jobs SET state = 'running', attempts = ?, updated = ? WHERE id = ?",
                (row[4], time.time(), row[0]),
            )
        return Job(*row)

    def finish(self, name: str, outcome: Outcome) -> None:
        """Record how a job ended. A done job forgets its text."""
        with self._write() as base:
            base.execute(
                "UPDATE jobs SET state = ?, result = ?, error = ?, updated = ?, attempts = max(0, attempts - ?),"
                " text = CASE WHEN ? = 'done' THEN '' ELSE text END WHERE id = ?",
                (
                    outcome.state,
                    json.dumps(list(outcome.result)),
                    outcome.error.encode(errors="replace").decode(),
                    time.time(),
                    0 if outcome.counted else 1,
                    outcome.state,
                    name,
                ),
            )

    def forget(self, text_before: float, jobs_before: float) -> None:
        """Forget the texts of jobs that failed before the first time, and jobs that were over before the second."""
        with self._write() as base:
            base.execute(
                "UPDATE jobs SET text = '' WHERE state = 'failed' AND text <> '' AND updated < ?", (text_before,)
            )
            base.execute("DELETE FROM jobs WHERE state IN ('done', 'failed') AND updated < ?", (jobs_before,))
        with self._writing:
            # The log of writes still holds what was forgotten, until it is written back and cut off.
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def beat(self) -> None:
        """Write something, to see that it can be done.

        Raises:
            sqlite3.Error: It cannot.
        """
        with self._write() as base:
            base.execute("INSERT OR REPLACE INTO pulse VALUES (1, ?)", (time.time(),))

    def look(self, name: str) -> dict[str, Any] | None:
        """Return a job as its client sees it, None when there is none."""
        rows = self._read("SELECT id, state, result, error, created, updated FROM jobs WHERE id = ?", name)
        if not rows:
            return None
        found = dict(zip(("id", "state", "editions", "error", "created", "updated"), rows[0], strict=True))
        return found | {"editions": _editions(found["editions"])}

    def counts(self) -> dict[str, int]:
        """Return how many jobs are in each state."""
        found = dict(self._read("SELECT state, count(*) FROM jobs GROUP BY state"))
        return {state: found.get(state, 0) for state in _STATES}


def is_damage(err: Exception) -> bool:
    """Return whether an error says that the file itself is no good, rather than that it cannot be reached now."""
    if not isinstance(err, sqlite3.DatabaseError) or isinstance(err, RemovedError):
        return False
    # Errors of our own have no code: the schema of another version, the verdict of a check.
    code = getattr(err, "sqlite_errorcode", None)
    if code is None:
        return type(err) is sqlite3.DatabaseError
    return code & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_SCHEMA}


def _connect(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    base.text_factory = lambda data: data.decode(errors="replace")  # a flipped bit must not end a whole listing
    return base


def _salvage(path: Path) -> list[tuple[Any, ...]]:
    """Return what can still be read of the jobs in a damaged file that were waiting or under way."""
    base = _connect(path)
    try:
        return _waiting(base)
    finally:
        base.close()


def _waiting(base: sqlite3.Connection) -> list[tuple[Any, ...]]:
    saved: list[tuple[Any, ...]] = []
    with suppress(sqlite3.Error):
        found = base.execute("SELECT * FROM jobs NOT INDEXED WHERE state IN ('queued', 'running') ORDER BY number")
        names = [column[0] for column in found.description]
        for row in found:  # row by row: what was read before the damage is kept
            job = {"replaces": ""} | dict(zip(names, row, strict=True))
            saved.append(tuple(job[name] for name in _SAVED))
    return [row for row in saved if all(isinstance(one, str) for one in row[:5])]


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
    held = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o644)
    if not take_lock(held, wait=False):
        os.close(held)
        raise PublishError(f"another server makes the editions of {path.parent}", hint="choose another --output")
    return held


def _editions(text: object) -> list[dict[str, Any]]:
    """Return the editions a job made, as they were kept; none when that cannot be read."""
    try:
        found = json.loads(str(text))
    except ValueError:
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
