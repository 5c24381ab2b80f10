"""What a watch has done so far, in rows: an article is looked up and kept by itself, however many are known."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tts_news.errors import PublishError
from tts_news.files import open_database, transaction, unnoticed

STATE = ".watch.db"
_OLD = ".watch.json"  # where release 0.1 kept it whole
_BUSY_S = 30.0
_DAY_S = 86_400.0
_SCHEMA = """
    CREATE TABLE IF NOT EXISTS articles(name TEXT PRIMARY KEY, text TEXT NOT NULL, failures INTEGER NOT NULL,
        not_before REAL NOT NULL, last_seen REAL NOT NULL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS by_last_seen ON articles(last_seen);
    CREATE TABLE IF NOT EXISTS bulletins(day TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(slots=True)
class Seen:
    """What is known of an article: its text as last made or tried, and when it may be tried again."""

    text: str = ""
    failures: int = 0
    not_before: float = 0.0
    last_seen: float = 0.0


class WatchState:
    """The articles by identity, and the date of the last bulletin; from `open_state`."""

    def __init__(self, path: Path, base: sqlite3.Connection) -> None:
        self.path, self._base = path, base

    def close(self) -> None:
        """Let the file go."""
        self._base.close()

    def get(self, name: str) -> Seen | None:
        """Return what is known of an article."""
        with self._errors():
            row = self._base.execute(
                "SELECT text, failures, not_before, last_seen FROM articles WHERE name = ?", (name,)
            ).fetchone()
        return Seen(*row) if row else None

    def put(self, name: str, seen: Seen) -> None:
        """Keep what is known of an article.

        Raises:
            PublishError: The disk refuses.
        """
        with self._errors(), transaction(self._base) as base:
            values = (name, seen.text, seen.failures, seen.not_before, seen.last_seen)
            base.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?)", values)

    def meet(self, name: str, seen: Seen, now: float) -> None:
        """Note that a feed still shows an article; no more than once a day, for feeds show the same ones all day.

        Raises:
            PublishError: The disk refuses.
        """
        is_due = now - seen.last_seen > _DAY_S
        seen.last_seen = now if is_due else seen.last_seen
        if is_due:
            self.put(name, seen)

    def drop(self, name: str) -> bool:
        """Forget an article; returns whether it was known.

        Raises:
            PublishError: The disk refuses.
        """
        with self._errors(), transaction(self._base) as base:
            return base.execute("DELETE FROM articles WHERE name = ?", (name,)).rowcount > 0

    def forget(self, before: float) -> None:
        """Forget the articles that no feed has shown since.

        Raises:
            PublishError: The disk refuses.
        """
        with self._errors():
            old = self._base.execute("SELECT 1 FROM articles WHERE last_seen < ? LIMIT 1", (before,)).fetchone()
            if old:
                with transaction(self._base) as base:
                    base.execute("DELETE FROM articles WHERE last_seen < ?", (before,))

    def latest(self) -> float:
        """Return when an article was seen last, 0 where none was."""
        with self._errors():
            return float(self._base.execute("SELECT coalesce(max(last_seen), 0) FROM articles").fetchone()[0])

    def set_back(self, now: float) -> None:
        """Put nothing off beyond `now`: the clock went wrong before.

        Raises:
            PublishError: The disk refuses.
        """
        with self._errors(), transaction(self._base) as base:
            base.execute(
                "UPDATE articles SET not_before = min(not_before, ?), last_seen = min(last_seen, ?)", (now, now)
            )

    @property
    def bulletin(self) -> str:
        """ISO date of the last bulletin, "" for none."""
        with self._errors():
            return str(self._base.execute("SELECT coalesce(max(day), '') FROM bulletins").fetchone()[0])

    @bulletin.setter
    def bulletin(self, day: str) -> None:
        with self._errors(), transaction(self._base) as base:
            base.execute("DELETE FROM bulletins")
            base.execute("INSERT INTO bulletins VALUES (?)", (day,))

    def __len__(self) -> int:
        with self._errors():
            return int(self._base.execute("SELECT count(*) FROM articles").fetchone()[0])

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as err:
            raise _unreadable(self.path, err) from err


def open_state(folder: Path) -> WatchState:
    """Return what an earlier watch of a show's folder has done, of release 0.1 too; nothing for the first.

    Raises:
        PublishError: It is damaged, or cannot be kept there.
    """
    path = folder / STATE
    try:
        with unnoticed(folder):
            base = open_database(path, busy_s=_BUSY_S)
            try:
                base.execute("PRAGMA journal_mode = TRUNCATE").close()
                base.executescript(_SCHEMA)
                _take_over(folder / _OLD, base)
            except BaseException:
                base.close()
                raise
    except sqlite3.Error as err:
        raise _unreadable(path, err) from err
    return WatchState(path, base)


def _take_over(old: Path, base: sqlite3.Connection) -> None:
    """Take what release 0.1 kept into the rows, once.

    Raises:
        PublishError: It is damaged.
    """
    try:
        kept = json.loads(old.read_bytes())
        rows = [
            (name, seen["text"], seen["failures"], seen["not_before"], seen["last_seen"])
            for name, seen in kept["articles"].items()
        ]
        day = str(kept["bulletin"])
        with transaction(base):
            base.executemany("INSERT OR IGNORE INTO articles VALUES (?, ?, ?, ?, ?)", rows)
            base.executemany("INSERT OR IGNORE INTO bulletins VALUES (?)", [(day,)] if day else [])
    except FileNotFoundError:
        return
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as err:
        raise _unreadable(old, err) from err
    with suppress(OSError):
        old.unlink()


def _unreadable(path: Path, err: Exception) -> PublishError:
    return PublishError(f"{path} cannot be read: {err}", hint="remove it: editions that stand are not made again")
