"""Users, sessions, one-time links and the book of changes: a SQLite file of the server's own user.

Tokens are kept hashed: whoever reads the file, or a copy of it, cannot sign in with what is in it. The book can only be
added to: the file itself refuses to change or forget a line. The command line and the server may have it open at once.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tts_news.accounts.records import Account, Role
from tts_news.config import Config
from tts_news.errors import PublishError, UsageError
from tts_news.files import open_database, transaction

STORE: Final = ".accounts.sqlite"
KNOWN_DAYS: Final = 90.0
"""How long an address from which a user signed in is one of hers, and not slowed with strangers who try her name."""
_NOTED_S: Final = 60.0  # how exactly it is known when a session was last used: not every request writes
_BUSY_S: Final = 5.0
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS users (
    name TEXT PRIMARY KEY, role INTEGER NOT NULL, password TEXT NOT NULL DEFAULT '', created REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
    token TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE, address TEXT NOT NULL,
    created REAL NOT NULL, seen REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_by_name ON sessions (name);
CREATE TABLE IF NOT EXISTS links (
    token TEXT PRIMARY KEY, name TEXT NOT NULL, role INTEGER NOT NULL, until REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS known (
    name TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE, address TEXT NOT NULL, seen REAL NOT NULL,
    PRIMARY KEY (name, address)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS book (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, who TEXT NOT NULL, address TEXT NOT NULL,
    what TEXT NOT NULL, article TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS book_by_article ON book (article, number);
CREATE TRIGGER IF NOT EXISTS book_keeps BEFORE UPDATE ON book
    BEGIN SELECT raise(ABORT, 'the book is only added to'); END;
CREATE TRIGGER IF NOT EXISTS book_holds BEFORE DELETE ON book
    BEGIN SELECT raise(ABORT, 'the book is only added to'); END;
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the book: who did what, from where and when (seconds since 1970), to which article."""

    number: int
    at: float
    who: str
    address: str
    what: str
    article: str
    detail: str


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in."""

    account: Account
    created: float
    seen: float


@dataclass(frozen=True, slots=True)
class Link:
    """What a one-time link lets do: set the password of `name`, or of a first user whose name is "" as yet."""

    name: str
    role: Role


class AccountStore:
    """The file. Safe from any thread."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            PublishError: It cannot be opened. A damaged one is not replaced: its users and its book would be gone.
        """
        self.path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # SQLite gives the files beside it the mode of the first: nobody else of this machine reads them.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600))
            self._base = open_database(path, busy_s=_BUSY_S)
        except (OSError, sqlite3.Error) as err:
            raise _unusable(path, err) from err
        try:
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA foreign_keys=ON")
            self._base.execute("PRAGMA secure_delete=ON")
            self._base.executescript(_SCHEMA)
        except sqlite3.Error as err:
            self._base.close()
            raise _unusable(path, err) from err

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

    # users

    def users(self) -> list[tuple[Account, bool]]:
        """Return every user, by name, and whether she has a password."""
        rows = self._read("SELECT name, role, password <> '' FROM users ORDER BY name")
        return [(Account(name, Role(role)), bool(has)) for name, role, has in rows]

    def find(self, name: str) -> Account | None:
        """Return the user of that name."""
        rows = self._read("SELECT name, role FROM users WHERE name = ?", name)
        return Account(rows[0][0], Role(rows[0][1])) if rows else None

    def password_of(self, name: str) -> str:
        """Return what is kept of a user's password, "" for a user without one and for nobody."""
        rows = self._read("SELECT password FROM users WHERE name = ?", name)
        return str(rows[0][0]) if rows else ""

    def add_user(self, account: Account, password: str = "") -> None:
        """Add a user; `password` is what is kept of it.

        Raises:
            UsageError: There is one of that name.
        """
        try:
            with self._write() as base:
                _add(base, account, password)
        except sqlite3.IntegrityError as err:
            raise UsageError(f"there is a user {account.name} already") from err

    def set_role(self, name: str, role: Role) -> None:
        """Give a user another role, in sessions that are open too.

        Raises:
            UsageError: There is no such user, or nobody would be left to publish.
        """
        with self._write() as base:
            if base.execute("UPDATE users SET role = ? WHERE name = ?", (role, name)).rowcount == 0:
                raise _nobody(name)
            _check_publisher(base)

    def set_password(self, name: str, password: str) -> None:
        """Keep another password, and end every session that the last one opened.

        Raises:
            UsageError: There is no such user.
        """
        with self._write() as base:
            if base.execute("UPDATE users SET password = ? WHERE name = ?", (password, name)).rowcount == 0:
                raise _nobody(name)
            base.execute("DELETE FROM sessions WHERE name = ?", (name,))
            base.execute("DELETE FROM links WHERE name = ?", (name,))
            base.execute("DELETE FROM known WHERE name = ?", (name,))

    def keep_hash(self, name: str, password: str) -> None:
        """Keep the same password at another cost; sessions stay."""
        with self._write() as base:
            base.execute("UPDATE users SET password = ? WHERE name = ?", (password, name))

    def remove_user(self, name: str) -> None:
        """Remove a user with her sessions and links; her lines in the book stay.

        Raises:
            UsageError: There is no such user, or nobody would be left to publish.
        """
        with self._write() as base:
            if base.execute("DELETE FROM users WHERE name = ?", (name,)).rowcount == 0:
                raise _nobody(name)
            base.execute("DELETE FROM links WHERE name = ?", (name,))
            _check_publisher(base)

    # sessions

    def open_session(self, name: str, address: str) -> str:
        """Begin a session and return its token, which is nowhere else."""
        token, now = secrets.token_urlsafe(32), time.time()
        with self._write() as base:
            base.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", (_hashed(token), name, address, now, now))
            base.execute("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", (name, address, now))
        return token

    def session(self, token: str, lasts_s: float, idle_s: float) -> Session | None:
        """Return whose session it is, with the role she has now; None when it is over."""
        now = time.time()
        rows = self._read(
            "SELECT name, role, sessions.created, seen FROM sessions JOIN users USING (name) WHERE token = ?",
            _hashed(token),
        )
        if not rows:
            return None
        name, role, created, seen = rows[0]
        if not (0 <= now - created < lasts_s and now - seen < idle_s):
            self.close_session(token)
            return None
        if now - seen > min(_NOTED_S, idle_s / 2):
            with self._write() as base:
                base.execute("UPDATE sessions SET seen = ? WHERE token = ?", (now, _hashed(token)))
        return Session(Account(name, Role(role)), created, seen)

    def close_session(self, token: str) -> None:
        """End one session."""
        with self._write() as base:
            base.execute("DELETE FROM sessions WHERE token = ?", (_hashed(token),))

    def close_sessions(self, name: str) -> int:
        """End every session of a user; returns how many there were."""
        with self._write() as base:
            return base.execute("DELETE FROM sessions WHERE name = ?", (name,)).rowcount

    def count_sessions(self, name: str) -> int:
        """Return how many sessions a user has open."""
        return int(self._read("SELECT count(*) FROM sessions WHERE name = ?", name)[0][0])

    def is_known(self, name: str, address: str) -> bool:
        """Return whether a user has signed in from that address before."""
        since = time.time() - KNOWN_DAYS * 86_400
        return bool(self._read("SELECT 1 FROM known WHERE name = ? AND address = ? AND seen > ?", name, address, since))

    def forget(self, lasts_s: float, idle_s: float) -> None:
        """Forget sessions and links that are over, and addresses that were not signed in from for long."""
        now = time.time()
        with self._write() as base:
            base.execute("DELETE FROM sessions WHERE created < ? OR seen < ?", (now - lasts_s, now - idle_s))
            base.execute("DELETE FROM links WHERE until < ?", (now,))
            base.execute("DELETE FROM known WHERE seen < ?", (now - KNOWN_DAYS * 86_400,))

    # one-time links

    def add_link(self, link: Link, lasts_s: float) -> str:
        """Return the token of a new one-time link; earlier ones for the same user no longer work."""
        token = secrets.token_urlsafe(32)
        with self._write() as base:
            base.execute("DELETE FROM links WHERE name = ?", (link.name,))
            base.execute(
                "INSERT INTO links VALUES (?, ?, ?, ?)", (_hashed(token), link.name, link.role, time.time() + lasts_s)
            )
        return token

    def link(self, token: str) -> Link | None:
        """Return what a one-time link lets do, None when it is over or was used."""
        return _link(self._read(_LINK, _hashed(token), time.time()))

    def use_link(self, token: str, name: str, password: str) -> Account | None:
        """Use a one-time link up: the user is there, with this password (hashed); None when it is over."""
        with self._write() as base:
            link = _link(base.execute(_LINK, (_hashed(token), time.time())).fetchall())
            if link is None:
                return None
            base.execute("DELETE FROM links WHERE token = ?", (_hashed(token),))
            account = Account(link.name or name, link.role)
            found = base.execute("SELECT role FROM users WHERE name = ?", (account.name,)).fetchone()
            if found is None:
                _add(base, account, password)
                return account
            base.execute("UPDATE users SET password = ? WHERE name = ?", (password, account.name))
            base.execute("DELETE FROM sessions WHERE name = ?", (account.name,))
        return Account(account.name, Role(found[0]))

    # the book

    def note(self, who: str, address: str, what: str, article: str = "", detail: str = "") -> None:
        """Add a line to the book."""
        with self._write() as base:
            base.execute(
                "INSERT INTO book (at, who, address, what, article, detail) VALUES (?, ?, ?, ?, ?, ?)",
                (time.time(), *(_clean(part) for part in (who, address, what, article, detail))),
            )

    def lines(self, most: int = 100, before: int | None = None, article: str = "", who: str = "") -> list[Line]:
        """Return lines of the book, the newest first; `before` is a line's number."""
        rows = self._read(
            "SELECT number, at, who, address, what, article, detail FROM book WHERE number < ?"
            " AND (? = '' OR article = ?) AND (? = '' OR who = ?) ORDER BY number DESC LIMIT ?",
            *(1 << 62 if before is None else before, article, article, who, who, most),
        )
        return [Line(*row) for row in rows]


def store_path(config: Config) -> Path:
    """Return where a show's accounts are kept."""
    return Path(config.serve.accounts or Path(config.publish.output, STORE))


# A link for a first user is over as soon as there is any.
_LINK: Final = (
    "SELECT name, role FROM links WHERE token = ? AND until > ? AND (name <> '' OR NOT EXISTS (SELECT 1 FROM users))"
)


def _link(rows: list[tuple[Any, ...]]) -> Link | None:
    return Link(str(rows[0][0]), Role(rows[0][1])) if rows else None


def _add(base: sqlite3.Connection, account: Account, password: str) -> None:
    base.execute("INSERT INTO users VALUES (?, ?, ?, ?)", (account.name, account.role, password, time.time()))
    base.execute("DELETE FROM links WHERE name = ''")


def _check_publisher(base: sqlite3.Connection) -> None:
    """Raise UsageError when there are users and none of them may publish."""
    left, publishers = base.execute("SELECT count(*), sum(role = ?) FROM users", (Role.PUBLISHER,)).fetchone()
    if left and not publishers:
        raise UsageError("nobody would be left who may publish", hint="give another user the role publisher first")


def _nobody(name: str) -> UsageError:
    return UsageError(f"there is no user {name}", hint="tts-news users list names them")


def _unusable(path: Path, err: Exception) -> PublishError:
    return PublishError(
        f"cannot use the accounts in {path}: {err}", hint="bring a copy back, or choose another [serve] accounts"
    )


def _hashed(token: str) -> str:
    """Return what is kept of a token. It is as long as the hash: there is nothing to guess, and no salt needed."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _clean(text: str) -> str:
    """Return a part of a line in one line: nobody writes a second one into it."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:1000]
