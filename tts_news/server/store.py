"""The queue of editions to be made: a SQLite file in the show's folder that survives any death of the server.

Two connections are held open as long as the server lives, one that writes and one that reads: a full disk or another
program's lock keeps us from writing, not from answering what is known. A file that is damaged is set aside under
another name, what can still be read of its waiting jobs is taken over, and a new one begun.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from tts_news.errors import PublishError
from tts_news.files import open_database, take_lock, transaction
from tts_news.server import outbox
from tts_news.server.outbox import Message

STORE = ".jobs.sqlite"
ATTEMPTS = 3  # a job that killed its server, or its thread, three times is not tried again
REPEATS_S = 3 * 86_400.0  # how long an idempotency key is remembered: over a weekend
WITHDRAWAL = "withdrawal"  # the kind of a job that takes an article out of the bulletins
NAMELESS = "sha256:"  # how `article_key` begins for an article that has no name
MOST_HELD = 200  # articles of one bulletin that are made in one go
BUSY_S = 5.0  # how long a write waits for another program's lock
_LOG = logging.getLogger(__name__)
_STATES = ("queued", "running", "done", "failed", "withdrawn")
_OVER = "('done', 'failed', 'withdrawn')"
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
_JOB = "id, source, text, voice, attempts, replaces, kind, identity, bulletin, day, withdraw, title"
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
class Job:
    """One request for an edition: an address, or a text for `source` "-"; `attempts` counts this try too.

    Attributes:
        replaces: The edition whose place it takes, "" for none.
        kind: What the text is, as `--from` has it; "" tells it by its content.
        identity: Who the article is, as `Identity.text`; "" where only its reading tells.
        bulletin: Title of the bulletin it goes into, "" for an edition of its own.
        day: ISO date of the bulletin.
        withdraw: Whether its edition is to be withdrawn as soon as it stands.
        title: Its headline, as far as it is known before it is read.
    """

    id: str
    source: str
    text: str
    voice: str
    attempts: int
    replaces: str = ""
    kind: str = ""
    identity: str = ""
    bulletin: str = ""
    day: str = ""
    withdraw: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """What a job knows of its article before it is read; see `Job`.

    Attributes:
        account: Who ordered it.
        site: The site of the system that handed it over, in the form in which addresses are compared.
        name: What that system calls it: its id, else its address.
    """

    kind: str = ""
    account: str = ""
    identity: str = ""
    site: str = ""
    name: str = ""
    title: str = ""
    bulletin: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """The `Idempotency-Key` of an order, and the hash of what is ordered.

    Attributes:
        holder: Whose key it is: two clients that choose the same one have nothing to do with each other.
    """

    holder: str
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What is taken over from a damaged file."""

    jobs: Sequence[tuple[Any, ...]] = ()
    messages: Sequence[tuple[Any, ...]] = ()


class ReusedKeyError(Exception):
    """An idempotency key comes again with another order."""


class OthersArticleError(Exception):
    """Another account hands this article over."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which jobs are listed: an empty text is any."""

    state: str = ""
    site: str = ""
    name: str = ""
    bulletin: str = ""
    before: int = 0
    """The number of the job behind which the list goes on, 0 begins with the newest."""


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

    def add(
        self,
        source: str,
        text: str,
        voice: str,
        limit: int,
        letters: int,
        replaces: str = "",
        handed: Handed = Handed(),
        repeat: Repeat | None = None,
    ) -> str | None:
        """Queue a job and return its id, None when `limit` jobs or texts of `letters` letters in all are waiting.

        An order that comes again with its idempotency key is the job that it was.

        Raises:
            ReusedKeyError: The key belongs to another order.
            OthersArticleError: Another account hands over this article.
        """
        name, now = uuid.uuid4().hex, time.time()
        with self.writing() as base:
            if repeat and (known := _repeated(base, repeat)):
                return known
            waiting, held = base.execute(
                "SELECT count(*), coalesce(sum(length(text)), 0) FROM jobs WHERE state = 'queued'"
            ).fetchone()
            if waiting >= limit or (held and held + len(text) > letters):
                return None
            if handed.identity and not replaces:
                _claim(base, handed.identity, handed.account)
            base.execute(
                "INSERT INTO jobs (id, state, source, text, voice, replaces, created, updated, kind, account, identity,"
                " site, name, title, bulletin, day)"
                " VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (name, source, text, voice, replaces, now, now, *astuple(handed)),
            )
            if repeat:
                base.execute("INSERT INTO repeats VALUES (?, ?, ?, ?, ?)", (*astuple(repeat), name, now))
        return name

    def add_remake(self, bulletin: str, day: str) -> str:
        """Queue the making of a bulletin from the articles that it holds now; returns the job's id."""
        name = uuid.uuid4().hex
        with self.writing() as base:
            base.execute(
                "INSERT INTO jobs (id, state, source, text, voice, created, updated, kind, title, bulletin, day)"
                " VALUES (?, 'queued', '-', '', '', ?, ?, 'cms', ?, ?, ?)",
                (name, time.time(), time.time(), bulletin, bulletin, day),
            )
        return name

    def add_withdrawal(self, folder: str, title: str) -> str:
        """Queue the making of all bulletins that hold a withdrawn edition's article, without it; returns its id."""
        name = uuid.uuid4().hex
        with self.writing() as base:
            base.execute(
                "INSERT INTO jobs (id, state, source, text, voice, created, updated, kind, title)"
                " VALUES (?, 'queued', ?, '', '', ?, ?, ?, ?)",
                (name, folder, time.time(), time.time(), WITHDRAWAL, title),
            )
        return name

    def interrupted(self) -> list[Job]:
        """Return the jobs that were being made when the last server died."""
        rows = self.read(f"SELECT {_JOB} FROM jobs WHERE state = 'running' ORDER BY number")  # noqa: S608 - our names
        return [_job(row) for row in rows]

    def take(self) -> Job | None:
        """Return the oldest waiting job, now running; None when there is none."""
        if not self.read("SELECT 1 FROM jobs WHERE state = 'queued' LIMIT 1"):
            return None
        with self.writing() as base:
            row = base.execute(
                f"SELECT {_JOB} FROM jobs WHERE state = 'queued' ORDER BY number LIMIT 1"  # noqa: S608 - our names
            ).fetchone()
            if row is None:
                return None
            job = _job(row)
            job = replace(job, attempts=job.attempts + 1)
            base.execute(
                "UPDATE jobs SET state = 'running', attempts = ?, updated = ? WHERE id = ?",
                (job.attempts, time.time(), job.id),
            )
        return job

    def take_companions(self, job: Job) -> list[Job]:
        """Return the waiting jobs of a job's bulletin, now running too, in their order."""
        with self.writing() as base:
            rows = base.execute(
                f"SELECT {_JOB} FROM jobs"  # noqa: S608 - names of our own
                " WHERE state = 'queued' AND bulletin = ? AND day = ? AND voice = ? ORDER BY number LIMIT ?",
                (job.bulletin, job.day, job.voice, MOST_HELD),
            ).fetchall()
            found = [replace(one, attempts=one.attempts + 1) for one in map(_job, rows)]
            base.executemany(
                "UPDATE jobs SET state = 'running', attempts = ?, updated = ? WHERE id = ?",
                [(one.attempts, time.time(), one.id) for one in found],
            )
        return found

    def articles_of(self, bulletin: str, day: str, *, dropped: bool = False) -> dict[str, str]:
        """Return the articles that a bulletin holds, in its order, by what `article_key` calls them.

        With `dropped` those too that were taken out of it, without a text.
        """
        rows = self.read("SELECT article, text FROM held WHERE bulletin = ? AND day = ? ORDER BY number", bulletin, day)
        return {article: text for article, text in rows if text or dropped}

    def is_gathering(self, bulletin: str, day: str) -> bool:
        """Return whether articles are waiting for a bulletin, or are being made into it."""
        query = "SELECT 1 FROM jobs WHERE bulletin = ? AND day = ? AND state IN ('queued', 'running') LIMIT 1"
        return bool(self.read(query, bulletin, day))

    def bulletins_with(self, identity: str) -> list[tuple[str, str]]:
        """Return title and day of the bulletins that hold an article."""
        return self.read("SELECT bulletin, day FROM held WHERE article = ? AND text <> '' ORDER BY number", identity)

    def drop_article(self, identity: str) -> None:
        """Take an article out of the bulletins that hold it: they are made without it from now on."""
        with self.writing() as base:
            base.execute("UPDATE held SET text = '' WHERE article = ?", (identity,))

    def finish(self, name: str, outcome: Outcome, messages: Sequence[Message] = ()) -> None:
        """Record how a job ended, and who is to be told. A done job forgets its text, or leaves it to its bulletin."""
        with self.writing() as base:
            outbox.put(base, messages)
            if outcome.state == "done":
                _hold_article(base, name)
            base.execute(
                "UPDATE jobs SET state = ?, result = ?, error = ?, updated = ?, attempts = max(0, attempts - ?),"
                " text = CASE WHEN ? IN ('done', 'withdrawn') THEN '' ELSE text END WHERE id = ?",
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

    def forget(self, text_before: float, jobs_before: float, held_before: float = 0.0) -> None:
        """Forget what is older than it is kept.

        Args:
            text_before: Texts of jobs that failed before this time.
            jobs_before: Jobs that were over before this time.
            held_before: Articles of bulletins that were last made before this time.
        """
        with self.writing() as base:
            base.execute(
                "UPDATE jobs SET text = '' WHERE state = 'failed' AND text <> '' AND updated < ?", (text_before,)
            )
            base.execute(f"DELETE FROM jobs WHERE state IN {_OVER} AND updated < ?", (jobs_before,))  # noqa: S608 - ours
            outbox.drop_dead(base, before=jobs_before)
            base.execute("DELETE FROM held WHERE updated < ?", (held_before,))
            base.execute("DELETE FROM repeats WHERE created < ?", (time.time() - REPEATS_S,))
        with self._writing:
            # The log of writes still holds what was forgotten, until it is written back and cut off.
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def beat(self) -> None:
        """Write something, to see that it can be done.

        Raises:
            sqlite3.Error: It cannot.
        """
        with self.writing() as base:
            base.execute("INSERT OR REPLACE INTO pulse VALUES (1, ?)", (time.time(),))

    def look(self, name: str) -> dict[str, Any] | None:
        """Return a job as its client sees it, None when there is none."""
        rows = self.read(f"SELECT {_SEEN} FROM jobs WHERE id = ?", name)  # noqa: S608 - names of our own
        return _seen(rows[0]) if rows else None

    def list_jobs(self, wanted: Wanted, limit: int) -> list[dict[str, Any]]:
        """Return jobs, newest first."""
        asked = {"state": wanted.state, "site": wanted.site, "name": wanted.name, "bulletin": wanted.bulletin}
        chosen = {column: value for column, value in asked.items() if value}
        where = " AND ".join(["(? = 0 OR number < ?)", *(f"{column} = ?" for column in chosen)])
        rows = self.read(
            f"SELECT {_SEEN} FROM jobs WHERE {where} ORDER BY number DESC LIMIT ?",  # noqa: S608 - names of our own
            wanted.before,
            wanted.before,
            *chosen.values(),
            limit,
        )
        return [_seen(row) for row in rows]

    def call_off(self, which: str) -> tuple[int, int]:
        """Call off the jobs of an article, named by its identity, or one by its id.

        Returns:
            How many that were waiting are withdrawn now, and how many under way will be as soon as they stand.
        """
        with self.writing() as base:
            waiting = base.execute(
                "UPDATE jobs SET state = 'withdrawn', text = '', updated = ?1"
                " WHERE state = 'queued' AND (id = ?2 OR identity = ?2)",
                (time.time(), which),
            ).rowcount
            running = base.execute(
                "UPDATE jobs SET withdraw = 1, updated = ?1 WHERE state = 'running' AND (id = ?2 OR identity = ?2)",
                (time.time(), which),
            ).rowcount
        return waiting, running

    def is_called_off(self, name: str) -> bool:
        """Return whether a job's edition is to be withdrawn as soon as it stands."""
        return any(row[0] for row in self.read("SELECT withdraw FROM jobs WHERE id = ?", name))

    def put_messages(self, messages: Sequence[Message]) -> None:
        """Add messages to receivers."""
        with self.writing() as base:
            outbox.put(base, messages)

    def messages(self) -> dict[str, int]:
        """Return how many messages wait for their receivers, and how many are dead."""
        found = dict(self.read("SELECT state, count(*) FROM outbox GROUP BY state"))
        return {state: found.get(state, 0) for state in ("waiting", "dead")}

    def counts(self) -> dict[str, int]:
        """Return how many jobs are in each state."""
        found = dict(self.read("SELECT state, count(*) FROM jobs GROUP BY state"))
        return {state: found.get(state, 0) for state in _STATES}


def _job(row: Sequence[Any]) -> Job:
    """Return a row of the columns `_JOB`."""
    found = Job(*row)
    return replace(found, withdraw=bool(found.withdraw))


_SEEN = (
    "id, state, result, error, created, updated, number, kind, account, identity, site, name, title, bulletin, day,"
    " source, withdraw"
)


def _seen(row: Sequence[Any]) -> dict[str, Any]:
    """Return a row of the columns `_SEEN` by their names."""
    names = (name.strip() for name in _SEEN.split(","))
    found = dict(zip(names, row, strict=True))
    return found | {"editions": _editions(found.pop("result"))}


def _repeated(base: sqlite3.Connection, repeat: Repeat) -> str:
    """Return the job that was ordered with this key, "" for none.

    Raises:
        ReusedKeyError: It was another order.
    """
    row = base.execute(
        "SELECT digest, job FROM repeats WHERE holder = ? AND key = ?", (repeat.holder, repeat.key)
    ).fetchone()
    if row is None:
        return ""
    if row[0] != repeat.digest:
        raise ReusedKeyError
    return str(row[1])


def article_key(identity: str, text: str) -> str:
    """Return what a bulletin calls an article: who it is, or its own text."""
    return identity or f"{NAMELESS}{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _hold_article(base: sqlite3.Connection, name: str) -> None:
    """Let the bulletin of a job, if it has one, hold the job's article; a correction keeps its place.

    Bulletins that hold another state of an article hold the one that was corrected.
    """
    row = base.execute(
        "SELECT bulletin, day, identity, text FROM jobs WHERE id = ? AND kind = 'cms' AND text <> ''", (name,)
    ).fetchone()
    if row and row[2]:
        base.execute("UPDATE held SET text = ? WHERE article = ? AND text <> ''", (row[3], row[2]))
    if row and row[0]:
        bulletin, day, identity, text = row
        base.execute(
            "INSERT INTO held (bulletin, day, article, text, updated) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (bulletin, day, article) DO UPDATE SET text = excluded.text, updated = excluded.updated",
            (bulletin, day, article_key(identity, text), text, time.time()),
        )
        base.execute("UPDATE held SET updated = ? WHERE bulletin = ? AND day = ?", (time.time(), bulletin, day))


def _claim(base: sqlite3.Connection, identity: str, account: str) -> None:
    """Note whose article it is; the first who hands it over has it.

    Raises:
        OthersArticleError: It is another's.
    """
    base.execute("INSERT OR IGNORE INTO owners VALUES (?, ?)", (identity, account))
    (owner,) = base.execute("SELECT account FROM owners WHERE identity = ?", (identity,)).fetchone()
    if owner != account:
        raise OthersArticleError


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
