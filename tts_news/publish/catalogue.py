"""The catalogue: what is known of a show's editions without reading every manifest again.

    with open_catalogue(output) as catalogue:
        rows = catalogue.sweep()

A database in the show's folder, made of the manifests and of nothing else: it may be removed at any time. A row is
believed as long as its manifest has the time, size and inode with which it was read, so what a hand, a backup or
another process has changed is read again; how often the show was built before does not matter. What the database
refuses, has lost or cannot prove is read from the manifests: it can be slow, it cannot be wrong.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from tts_news import __version__
from tts_news.errors import PublishError
from tts_news.files import list_names, open_database
from tts_news.publish.manifest import MANIFEST
from tts_news.publish.show import EDITION, Entry, Origin, entry_adapter, load_entry

if TYPE_CHECKING:
    from pathlib import Path

_LOG = logging.getLogger(__name__)

CATALOGUE = ".catalogue.db"
_WAIT_S = 30.0  # for another process that writes; a hundred thousand manifests are read in about as long
_YOUNG_NS = 2_000_000_000  # the coarsest clock of a file system: a file may change once more within a tick
_BATCH = 1000  # manifests
_AT_HAND = 10_000  # entries of manifests just read, 5 kB each, that are asked for next
_SCHEMA = """
    CREATE TABLE editions(folder TEXT PRIMARY KEY, stamp TEXT, moment REAL, modified TEXT, slug TEXT, guid TEXT,
        identity TEXT, articles INTEGER, stands INTEGER, mark TEXT, proof INTEGER) WITHOUT ROWID;
    CREATE TABLE entries(folder TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
    CREATE TABLE pieces(folder TEXT PRIMARY KEY, mark TEXT, data BLOB, proof INTEGER);
    CREATE TABLE pages(name TEXT PRIMARY KEY, mark TEXT, stamp TEXT, proof INTEGER) WITHOUT ROWID;
"""


class Row(NamedTuple):
    """An edition as the show is put in order by; a tuple, for ten thousand of them are made at each sweep.

    Attributes:
        folder: Name of its folder.
        stamp: What its manifest was when it was read; "" if it was so young that it may have changed since.
        moment: When it came out, in seconds since 1970.
        modified: When it was corrected last, ISO 8601 with zone.
        identity: Whose it is, as its `text`; "" for one of release 0.1 that does not know.
        articles: How many it holds.
        stands: 1 if it has sound and was not withdrawn, else 0.
        mark: Hash of all that feed and index show of it.
    """

    folder: str
    stamp: str
    moment: float
    modified: str
    slug: str
    guid: str
    identity: str
    articles: int
    stands: int
    mark: str


def digest(*parts: object) -> str:
    """Return a hash of the parts, which have a `repr` that says all of them."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@contextmanager
def open_catalogue(output: Path) -> Iterator[Catalogue]:
    """Give the catalogue of the show in `output`, in memory where the folder takes no database."""
    catalogue = Catalogue(output)
    try:
        yield catalogue
    finally:
        catalogue.close()


class Catalogue:
    """The catalogue at work, from `open_catalogue`.

    Attributes:
        faults: What is wrong with the manifests that the last sweep could not read, by folder.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.faults: dict[str, PublishError] = {}
        self._at_hand: dict[str, Entry] = {}
        self._path = output / CATALOGUE
        self._database = self._connect()

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def sweep(self) -> list[Row]:
        """Return every edition whose manifest is whole, brought in line with the manifests first.

        Raises:
            PublishError: The show's folder cannot be read.
        """
        known = self._known()
        rows, fresh = [], []
        for folder, stamp in _list_manifests(self.output):
            row = known.pop(folder, None)
            if row and stamp == row.stamp != "":
                rows.append(row)
            else:
                fresh.append((folder, stamp))
        self.faults = {}
        if fresh or known:
            rows += self._learn(fresh)
            gone = [(folder,) for folder in known.keys() | self.faults.keys()]
            with self._change():
                self._tell("DELETE FROM editions WHERE folder = ?", gone)
                self._tell("DELETE FROM entries WHERE folder = ?", gone)
        return rows

    def entries(self, rows: Iterable[Row]) -> list[Entry]:
        """Return what feed and index show of editions.

        Raises:
            PublishError: The manifest of one that has changed since the sweep is damaged.
        """
        return [self._entry(row) for row in rows]

    def pieces(self, rows: Sequence[Row], mark: str) -> dict[str, bytes]:
        """Return what was kept of editions by `keep_pieces` under the same mark, by folder."""
        wanted = {row.folder: digest(mark, row.mark) for row in rows}
        kept = self._ask("SELECT folder, mark, data, proof FROM pieces")
        return {
            folder: data
            for folder, own, data, proof in kept
            if wanted.get(folder) == own and isinstance(data, bytes) and _proof(folder, own, data) == proof
        }

    def keep_pieces(self, rows: Sequence[Row], mark: str, pieces: dict[str, bytes]) -> None:
        """Keep what was made of editions under a mark, and of what was kept before nothing but that of `rows`."""
        wanted = {row.folder: digest(mark, row.mark) for row in rows}
        new = [(folder, wanted[folder], data) for folder, data in pieces.items() if folder in wanted]
        with self._change():
            kept = [folder for (folder,) in self._ask("SELECT folder FROM pieces")]
            gone = [(folder,) for folder in kept if folder not in wanted]
            self._tell("DELETE FROM pieces WHERE folder = ?", gone)
            self._tell("INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?)", [(*row, _proof(*row)) for row in new])

    def pages(self) -> dict[str, tuple[str, str]]:
        """Return what the show's files were made of and what they were then: name → mark and stamp."""
        kept = self._ask("SELECT name, mark, stamp, proof FROM pages")
        return {name: (mark, stamp) for name, mark, stamp, proof in kept if _proof(name, mark, stamp) == proof}

    def keep_pages(self, pages: dict[str, tuple[str, str]]) -> None:
        """Keep what the show's files are now, and forget all others."""
        known = self.pages()
        if known == pages:
            return
        new = [(name, *state) for name, state in pages.items() if known.get(name) != state]
        with self._change():
            self._tell("DELETE FROM pages WHERE name = ?", [(name,) for name in known.keys() - pages.keys()])
            self._tell("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", [(*row, _proof(*row)) for row in new])

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Make one change of several orders: another process sees all of it or nothing."""
        self._ask("BEGIN IMMEDIATE")
        yield
        if self._database.in_transaction:  # not when it refused meanwhile, and memory took its place
            self._ask("COMMIT")

    def _known(self) -> dict[str, Row]:
        """Return the rows that are as they were written."""
        kept = self._ask("SELECT * FROM editions")
        return {columns[0]: Row._make(columns) for *columns, proof in kept if _proof(*columns) == proof}

    def _learn(self, fresh: Sequence[tuple[str, str]]) -> Iterator[Row]:
        """Yield the rows of manifests, read and kept; those that are damaged are faults."""
        for start in range(0, len(fresh), _BATCH):
            pairs = [pair for found in fresh[start : start + _BATCH] if (pair := self._read(*found))]
            with self._change():
                editions = [(*row, _proof(*row)) for row, _ in pairs]
                self._tell("INSERT OR REPLACE INTO editions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", editions)
                entries = [(row.folder, data) for row, data in pairs]
                self._tell("INSERT OR REPLACE INTO entries VALUES (?, ?)", entries)
            yield from (row for row, _ in pairs)

    def _read(self, folder: str, stamp: str) -> tuple[Row, bytes] | None:
        """Return the row of a manifest and its entry as JSON; None, and a fault, for one that is damaged."""
        try:
            entry = load_entry(self.output / folder)
        except PublishError as err:
            self.faults[folder] = err
            return None
        if len(self._at_hand) < _AT_HAND:
            self._at_hand[folder] = entry
        data = entry_adapter().dump_json(entry)
        return _row_of(entry, stamp, data), data

    def _entry(self, row: Row) -> Entry:
        if row.folder in self._at_hand:
            return self._at_hand[row.folder]
        for (data,) in self._ask("SELECT data FROM entries WHERE folder = ?", row.folder):
            if isinstance(data, bytes) and _mark(data) == row.mark:
                return entry_adapter().validate_json(data)
        return load_entry(self.output / row.folder)

    def _connect(self) -> sqlite3.Connection:
        """Return the database, a new one where there is none of this version."""
        try:
            database = _open(self._path)
        except sqlite3.Error as err:
            return self._instead(err)
        if _version_of(database) == _version():
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
        _LOG.warning("%s cannot be used (%s): every manifest is read", self._path, err)
        return _open(":memory:")

    def _anew(self) -> sqlite3.Connection:
        """Return an empty database in place of the one that is there; in memory if that cannot be."""
        try:
            for name in (self._path, self._path.with_name(f"{CATALOGUE}-journal")):
                name.unlink(missing_ok=True)
            return _open(self._path)
        except (OSError, sqlite3.Error) as err:
            _LOG.warning("%s cannot be made (%s): every manifest is read", self._path, err)
            return _open(":memory:")

    def _ask(self, order: str, *values: object) -> list[Any]:
        """Return the rows that an order gives. One that is refused gives none: nothing is known that is not here."""
        try:
            return self._database.execute(order, values).fetchall()
        except sqlite3.Error as err:
            self._database.close()
            self._database = self._instead(err)
            return []

    def _tell(self, order: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Give an order for each of some rows."""
        try:
            self._database.executemany(order, rows)
        except sqlite3.Error as err:
            self._database.close()
            self._database = self._instead(err)


def _open(path: Path | str) -> sqlite3.Connection:
    """Return a database with tables, those of another version if it has such.

    Raises:
        sqlite3.Error: It refuses.
    """
    database = open_database(path, busy_s=_WAIT_S)
    try:
        # A power cut may cost it, and what it held is in the manifests.
        database.execute("PRAGMA synchronous = OFF")
        if _version_of(database) == 0:
            database.execute("BEGIN IMMEDIATE")
            if _version_of(database) == 0:  # no other process has made them meanwhile
                for order in _SCHEMA.split(";"):
                    database.execute(order)
                database.execute(f"PRAGMA user_version = {_version()}")
            database.execute("COMMIT")
    except sqlite3.Error:
        database.close()
        raise
    return database


def _version_of(database: sqlite3.Connection) -> int:
    with closing(database.execute("PRAGMA user_version")) as found:
        return int(found.fetchone()[0])


@cache
def _version() -> int:
    """Return the number of what a row holds, never 0: whoever changes tables or records makes it another."""
    records = [(field.name, str(field.type)) for kind in (Entry, Origin) for field in fields(kind)]
    return zlib.crc32(repr((__version__, _SCHEMA, Row._fields, records)).encode()) >> 1 or 1


def _list_manifests(output: Path) -> Iterator[tuple[str, str]]:
    """Yield the editions' folders with the stamp of their manifest, "" for one that may still change within a tick.

    Raises:
        PublishError: The folder cannot be read.
    """
    now = time.time_ns()
    try:
        names = [name for name in list_names(output) if EDITION.fullmatch(name)]
    except OSError as err:
        raise PublishError(
            f"cannot read {output}: {err.strerror}", hint="name the show's folder with --output"
        ) from err
    root = os.fspath(output)
    for name in names:
        try:
            state = os.stat(f"{root}/{name}/{MANIFEST}")  # noqa: PTH116 - ten thousand times, without a path for each
        except OSError:
            continue
        is_young = abs(now - state.st_mtime_ns) < _YOUNG_NS
        yield name, "" if is_young else f"{state.st_size} {state.st_mtime_ns} {state.st_ino}"


def _row_of(entry: Entry, stamp: str, data: bytes) -> Row:
    return Row(
        folder=entry.folder,
        stamp=stamp,
        moment=entry.moment.timestamp(),
        modified=entry.modified,
        slug=entry.slug,
        guid=entry.guid,
        identity=entry.identity.text if entry.identity else "",
        articles=len(entry.sources),
        stands=int(not entry.withdrawn and bool(entry.sounds)),
        mark=_mark(data),
    )


def _mark(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _proof(*columns: object) -> int:
    """Return a checksum: a flipped bit of the database must not make a second episode, or lose one."""
    return zlib.crc32(repr(columns).encode("utf-8", "surrogatepass"))
