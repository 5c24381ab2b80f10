"""The queue of editions to be made: jobs, the articles that bulletins hold, and whose they are."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
import uuid
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

from tts_news.server import outbox
from tts_news.server.outbox import Message
from tts_news.server.queue_file import QueueFile

ATTEMPTS = 3  # a job that killed its server, or its thread, three times is not tried again
REPEATS_S = 3 * 86_400.0  # how long an idempotency key is remembered: over a weekend
WITHDRAWAL = "withdrawal"  # the kind of a job that takes an article out of the bulletins
NAMELESS = "sha256:"  # how `article_key` begins for an article that has no name
MOST_HELD = 200  # articles of one bulletin that are made in one go
_STATES = ("queued", "running", "done", "failed", "withdrawn")
_OVER = "('done', 'failed', 'withdrawn')"
_JOB = "id, source, text, voice, attempts, replaces, kind, identity, bulletin, day"
_NEXT = f"""
SELECT {_JOB} FROM jobs AS one WHERE state = 'queued' AND NOT EXISTS (
    SELECT 1 FROM jobs AS other WHERE other.state = 'running' AND (
        one.bulletin <> '' OR one.kind = '{WITHDRAWAL}' OR other.bulletin <> '' OR other.kind = '{WITHDRAWAL}'
        OR (one.identity <> '' AND one.identity = other.identity)
        OR (one.replaces <> '' AND one.replaces = other.replaces)
        OR (one.source = other.source AND one.text = other.text)
    )
) AND number <= (
    SELECT coalesce(min(number), one.number) FROM jobs
    WHERE state = 'queued' AND (bulletin <> '' OR kind = '{WITHDRAWAL}')
) ORDER BY number LIMIT 1"""  # noqa: S608 - names of our own


@dataclass(frozen=True, slots=True)
class Job:
    """One request for an edition: an address, or a text for `source` "-"; `attempts` counts this try too.

    Attributes:
        replaces: The edition whose place it takes, "" for none.
        kind: What the text is, as `--from` has it; "" tells it by its content.
        identity: Who the article is, as `Identity.text`; "" where only its reading tells.
        bulletin: Title of the bulletin it goes into, "" for an edition of its own.
        day: ISO date of the bulletin.
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


@dataclass(frozen=True, slots=True)
class Handed:
    """What a job knows of its article before it is read; see `Job`.

    Attributes:
        account: Who ordered it.
        site: The site of the system that handed it over, in the form in which addresses are compared.
        name: What that system calls it: its id, else its address.
        title: Its headline, as far as it is known.
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


class JobStore(QueueFile):
    """The queue. Safe from any thread."""

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
            name = _queue(base, source, handed, text, voice, replaces)
            if repeat:
                base.execute("INSERT INTO repeats VALUES (?, ?, ?, ?, ?)", (*astuple(repeat), name, time.time()))
        return name

    def add_remake(self, bulletin: str, day: str) -> str:
        """Queue the making of a bulletin from the articles that it holds now; returns the job's id."""
        with self.writing() as base:
            return _queue(base, "-", Handed(kind="cms", title=bulletin, bulletin=bulletin, day=day))

    def add_withdrawal(self, folder: str, title: str) -> str:
        """Queue the making of all bulletins that hold a withdrawn edition's article, without it; returns its id."""
        with self.writing() as base:
            return _queue(base, folder, Handed(kind=WITHDRAWAL, title=title))

    def interrupted(self) -> list[Job]:
        """Return the jobs that were being made when the last server died."""
        rows = self.read(f"SELECT {_JOB} FROM jobs WHERE state = 'running' ORDER BY number")  # noqa: S608 - our names
        return [Job(*row) for row in rows]

    def take(self) -> Job | None:
        """Return the oldest waiting job that may begin, now running; None when there is none.

        Of one article, named by its id, its address or its text, one job runs at a time, in the order in which they
        came; so it is with what replaces one edition. What makes bulletins runs alone, and nothing overtakes it.
        """
        if not self.read("SELECT 1 FROM jobs WHERE state = 'queued' LIMIT 1"):
            return None
        with self.writing() as base:
            row = base.execute(_NEXT).fetchone()
            if row is None:
                return None
            job = Job(*row)
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
            found = [replace(one, attempts=one.attempts + 1) for one in (Job(*row) for row in rows)]
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


def _queue(
    base: sqlite3.Connection, source: str, handed: Handed, text: str = "", voice: str = "", replaces: str = ""
) -> str:
    """Queue a job; returns its id."""
    name, now = uuid.uuid4().hex, time.time()
    base.execute(
        "INSERT INTO jobs (id, state, source, text, voice, replaces, created, updated, kind, account, identity,"
        " site, name, title, bulletin, day)"
        " VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (name, source, text, voice, replaces, now, now, *astuple(handed)),
    )
    return name


_SEEN = "id, state, result, error, created, updated, number, account, identity, site, name, title, bulletin, day"


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


def _editions(text: object) -> list[dict[str, Any]]:
    """Return the editions a job made, as they were kept; none when that cannot be read."""
    try:
        found = json.loads(str(text))
    except ValueError:
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
