"""The catalogue's file: a database that may refuse, be damaged or lost at any time; it is made anew, or done without.

What an order asks for and does not get is not known, which whoever asks reads from the manifests instead.
"""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tts_news.files import open_database

_LOG = logging.getLogger(__name__)

_SAID = set[str]()  # of which files this process has said that they cannot be used: each is opened many times
_WAIT_S = 30.0  # for another process that writes; a hundred thousand manifests are read in about as long
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class CatalogueFile:
    """A database with the tables of one version, in memory where its folder takes none."""

    def __init__(self, path: Path, schema: str, version: int) -> None:
        """Open it.

        Args:
            path: The file.
            schema: What makes its tables; one is called `facts`, of name, value and proof.
            version: Of the tables and of what stands in them, not 0; another one's file is made anew.
        """
        self._path, self._schema, self._version = path, schema, version
        self._database = self._connect()

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def ask(self, order: str, *values: object) -> list[Any]:
        """Return the rows that an order gives. One that is refused gives none: nothing is known that is not here."""
        try:
            return self._database.execute(order, values).fetchall()
        except sqlite3.Error as err:
            self._database.close()
            self._database = self._instead(err)
            return []

    def tell(self, order: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Give an order for each of some rows."""
        try:
            self._database.executemany(order, rows)
        except sqlite3.Error as err:
            self._database.close()
            self._database = self._instead(err)

    @contextmanager
    def change(self) -> Iterator[None]:
        """Make one change of several orders: another process sees all of it or nothing. One within another is part."""
        is_part = self._database.in_transaction
        if not is_part:
            self.ask("BEGIN IMMEDIATE")
        yield
        if not is_part and self._database.in_transaction:  # not when it refused meanwhile, and memory took its place
            self.ask("COMMIT")

    def fact(self, name: str) -> str:
        """Return what was noted under a name, "" for nothing."""
        kept = self.ask("SELECT value, proof FROM facts WHERE name = ?", name)
        return next((str(value) for value, proof in kept if proof_of(name, value) == proof), "")

    def note(self, facts: Mapping[str, str]) -> None:
        """Note what `fact` returns."""
        with self.change():
            rows = [(name, value, proof_of(name, value)) for name, value in facts.items()]
            self.tell("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", rows)

    def _connect(self) -> sqlite3.Connection:
        """Return the database, a new one where there is none of this version."""
        try:
            database = self._open(self._path)
        except sqlite3.Error as err:
            return self._instead(err)
        _SAID.discard(str(self._path))
        if _version_of(database) == self._version:
            return database
        database.close()
        _LOG.info("%s is of another version and is made anew", self._path)
        return self._anew()

    def _instead(self, err: sqlite3.Error) -> sqlite3.Connection:
        """Return what is used in place of a database that refuses: a new one for a damaged one, else memory."""
        # One that is not even described in text has no code.
        code = getattr(err, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            _LOG.warning("%s is damaged (%s) and is made anew from the manifests", self._path, err)
            return self._anew()
        if self._is_news():
            _LOG.warning("%s cannot be used (%s): every manifest is read", self._path, err)
        return self._open(":memory:")

    def _anew(self) -> sqlite3.Connection:
        """Return an empty database in place of the one that is there; in memory if that cannot be."""
        try:
            for name in (self._path, self._path.with_name(f"{self._path.name}-journal")):
                name.unlink(missing_ok=True)
            return self._open(self._path)
        except (OSError, sqlite3.Error) as err:
            if self._is_news():
                _LOG.warning("%s cannot be made (%s): every manifest is read", self._path, err)
            return self._open(":memory:")

    def _is_news(self) -> bool:
        """Return whether this process is to say that the file cannot be used: once, until it can again."""
        known = str(self._path) in _SAID
        _SAID.add(str(self._path))
        return not known

    def _open(self, path: Path | str) -> sqlite3.Connection:
        """Return a database with tables, those of another version if it has such.

        Raises:
            sqlite3.Error: It refuses.
        """
        database = open_database(path, busy_s=_WAIT_S)
        try:
            # A power cut may cost what was written last, and is told by the boot; where it is not, writing waits.
            database.execute(f"PRAGMA synchronous = {'OFF' if boot() else 'NORMAL'}")
            # The journal stays where it is: made and removed, it would be a change of the folder each time.
            database.execute("PRAGMA journal_mode = TRUNCATE").close()
            if _version_of(database) == 0:
                database.execute("BEGIN IMMEDIATE")
                if _version_of(database) == 0:  # no other process has made them meanwhile
                    for order in self._schema.split(";"):
                        database.execute(order)
                    database.execute(f"PRAGMA user_version = {self._version}")
                database.execute("COMMIT")
        except sqlite3.Error:
            database.close()
            raise
        return database


def _version_of(database: sqlite3.Connection) -> int:
    with closing(database.execute("PRAGMA user_version")) as found:
        return int(found.fetchone()[0])


@cache
def boot() -> str:
    """Return what tells one start of this machine from another, "" where the system does not say."""
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""


def proof_of(*columns: object) -> int:
    """Return a checksum: a flipped bit of the database must not make a second episode, or lose one."""
    return zlib.crc32(repr(columns).encode("utf-8", "surrogatepass"))
