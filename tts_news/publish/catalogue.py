"""The catalogue: what is known of a show's editions without reading every manifest again.

    with open_catalogue(output) as catalogue:
        places = catalogue.places_of(identity.text)

A database in the show's folder, made of the manifests and of nothing else: it may be removed at any time. A row is
believed as long as its manifest has the time, size and inode with which it was read. What the database refuses, has
lost or cannot prove is read from the manifests: it can be slow, it cannot be wrong.

`sweep` asks every manifest for its state. A look-up does not, as long as the catalogue is current: the show's folder
has the time that we gave it last, so nothing came or went since by another hand, and the machine has not started anew
since. It asks the manifests of the rows it returns; where one of them is not what was read, or the folder's time is
another, all are swept. What a hand changes inside a folder, whose time that does not touch, is so noticed when that
edition is looked up or shown on a first page, and elsewhere by the next sweep: that of `feed build`, or a day later.
"""

from __future__ import annotations

import hashlib
import os
import time
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tts_news import __version__
from tts_news.errors import PublishError
from tts_news.files import list_names
from tts_news.publish.catalogue_file import CatalogueFile, boot, proof_of
from tts_news.publish.manifest import MANIFEST
from tts_news.publish.show import (
    Entry,
    Origin,
    article_names,
    entry_adapter,
    list_editions,
    load_entry,
    shards_in,
)

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = ".catalogue.db"
_BULLETIN = "bulletin"  # the kind of identity that an edition of several articles has
_YOUNG_NS = 2_000_000_000  # the coarsest clock of a file system: a file may change once more within a tick
_BATCH = 1000  # manifests
_AT_HAND = 10_000  # entries of manifests just read, 5 kB each, that are asked for next
_LONGEST_TRUST_S = 86_400.0  # after that every manifest is asked again, whatever the folder's time says
_TRUSTED, _SWEPT, _TOUCHED = "trusted", "swept", "touched"
_SCHEMA = """
    CREATE TABLE editions(folder TEXT PRIMARY KEY, stamp TEXT, moment REAL, modified TEXT, slug TEXT, guid TEXT,
        identity TEXT, digits TEXT, stands INTEGER, mark TEXT, proof INTEGER) WITHOUT ROWID;
    CREATE INDEX by_identity ON editions(identity);
    CREATE INDEX by_digits ON editions(digits);
    CREATE INDEX by_guid ON editions(guid);
    CREATE INDEX by_slug ON editions(slug);
    CREATE INDEX by_moment ON editions(stands, moment, slug);
    CREATE TABLE held(article TEXT, folder TEXT, PRIMARY KEY(article, folder)) WITHOUT ROWID;
    CREATE INDEX by_bulletin ON held(folder);
    CREATE TABLE doubts(folder TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE facts(name TEXT PRIMARY KEY, value TEXT, proof INTEGER) WITHOUT ROWID;
    CREATE TABLE entries(folder TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
    CREATE TABLE pieces(folder TEXT PRIMARY KEY, mark TEXT, data BLOB, proof INTEGER);
    CREATE TABLE pages(name TEXT PRIMARY KEY, mark TEXT, stamp TEXT, proof INTEGER) WITHOUT ROWID;
    CREATE TABLE known(folder TEXT PRIMARY KEY, key TEXT, manifest TEXT, proof INTEGER) WITHOUT ROWID;
    CREATE INDEX by_key ON known(key);
"""


class Row(NamedTuple):
    """An edition as the show is put in order by; a tuple, for ten thousand of them are made at each sweep.

    Attributes:
        folder: The way to its folder, see `show.name_in`.
        stamp: What its manifest was when it was read; "" if it was so young that it may have changed since.
        moment: When it came out, in seconds since 1970.
        modified: When it was corrected last, ISO 8601 with zone.
        identity: Whose it is, as its `text`; "" for one of release 0.1 that does not know.
        digits: How its folder's name ends: digits of a hash of its identity.
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
    digits: str
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


class Catalogue(CatalogueFile):
    """The catalogue at work, from `open_catalogue`.

    Attributes:
        faults: What is wrong with the manifests that the last sweep could not read, by folder.
    """

    def __init__(self, output: Path) -> None:
        super().__init__(output / CATALOGUE, _SCHEMA, _version())
        self.output = output
        self.faults: dict[str, PublishError] = {}
        self._at_hand: dict[str, Entry] = {}
        self._has_swept = False

    def is_current(self) -> bool:
        """Return whether nothing has come to the show's folder or gone by another hand since all was known."""
        try:
            swept, trusted = float(self.fact(_SWEPT) or 0), self.fact(_TRUSTED)
            is_the_same = trusted == _state_of(self.output, _shards_of(trusted))
            return is_the_same and abs(time.time() - swept) < _LONGEST_TRUST_S
        except OSError:
            return False

    def refresh(self) -> None:
        """Bring the rows in line with the manifests: with those that are in doubt while it is current, else with all.

        Raises:
            PublishError: The show's folder cannot be read.
        """
        if self._has_swept:
            return
        if not self.is_current():
            self.sweep()
            return
        doubted = [folder for (folder,) in self.ask("SELECT folder FROM doubts")]
        if not doubted:
            return
        self.faults = {}
        found = list(_states_of(self.output, doubted))
        for _ in self._learn(found):
            pass
        self._forget({*doubted} - {folder for folder, _ in found} | self.faults.keys())
        if self.faults:
            self.note({_TRUSTED: ""})  # whoever looks next has to meet them again

    def sweep(self) -> list[Row]:
        """Return every edition whose manifest is whole, brought in line with the manifests first.

        Raises:
            PublishError: The show's folder cannot be read.
        """
        state, known = _mark_folders(self.output), self._known()
        rows, fresh = [], []
        for folder, stamp in _list_manifests(self.output):
            row = known.pop(folder, None)
            if row and stamp == row.stamp != "":
                rows.append(row)
            else:
                fresh.append((folder, stamp))
        self.faults = {}
        rows += self._learn(fresh)
        self._forget(known.keys() | self.faults.keys())
        self.note({_TRUSTED: "" if self.faults else state, _SWEPT: repr(time.time())})
        self._has_swept = True
        return rows

    @contextmanager
    def changing(self, folder: str) -> Iterator[None]:
        """Exchange or make an edition's folder; the caller holds the show's. A death on the way is noticed.

        Args:
            folder: The way to it.
        """
        self._doubt(folder)
        was_current = self.is_current()
        yield
        self._doubt(folder)  # a look-up on the way found nothing there, and doubted it no more
        if was_current:
            shard = folder.rpartition("/")[0]
            shards = {*_shards_of(self.fact(_TRUSTED)), *([shard] if shard else [])}
            self.note({_TRUSTED: _mark_folders(self.output, shards, [shard] if shard else [])})

    def _doubt(self, folder: str) -> None:
        self.tell("INSERT OR REPLACE INTO doubts VALUES (?)", [(folder,)])

    def places_of(self, identity: str) -> list[Path]:
        """Return the folders of the editions of an identity, as its `text`."""
        return self._places(self._find("identity = ?", identity))

    def places_named(self, digits: Sequence[str]) -> list[Path]:
        """Return the folders whose names end in one of these, with those whose manifest is damaged."""
        rows = self._find(f"digits IN ({', '.join('?' * len(digits))})", *digits)
        damaged = [folder for folder in self.faults if folder.rpartition("-")[2] in digits]
        return self._places(rows) + [self.output / folder for folder in damaged]

    def places_called(self, name: str) -> list[Path]:
        """Return the folders of the editions with this slug or guid."""
        return self._places(self._find("slug = ?", name) + self._find("guid = ?", name))

    def names_from(self, start: str) -> list[str]:
        """Return the folders whose names begin so."""
        return [row.folder for row in self._find("folder >= ? AND folder < ?", start, f"{start}~")]

    def holding(self, articles: Sequence[str]) -> list[Row]:
        """Return the bulletins that may hold an article, by its names; see `article_names`."""
        marks = ", ".join("?" * len(articles))
        return self._find(f"folder IN (SELECT folder FROM held WHERE article IN ({marks}))", *articles)  # noqa: S608

    def newest(self, count: int) -> list[Row]:
        """Return the editions that stand, newest first, and no more than `count`."""
        return self._find("stands = 1 ORDER BY moment DESC, slug DESC LIMIT ?", count)

    def count_standing(self) -> int:
        """Return how many editions stand."""
        return sum(count for (count,) in self.ask("SELECT count(*) FROM editions WHERE stands = 1"))

    def touched(self) -> str:
        """Return what `untouch` takes: what was learned or forgotten since then, "" for nothing."""
        return self.fact(_TOUCHED)

    def untouch(self, touched: str) -> None:
        """What was touched so far is built; of what was touched meanwhile this says nothing."""
        if touched and touched == self.fact(_TOUCHED):
            self.note({_TOUCHED: ""})

    def _places(self, rows: Sequence[Row]) -> list[Path]:
        return [self.output / folder for folder in dict.fromkeys(row.folder for row in rows)]

    def _find(self, where: str, *values: object) -> list[Row]:
        """Return the rows of a condition, whose manifests are what was read.

        Raises:
            PublishError: The show's folder cannot be read.
        """
        self.refresh()
        found = self._select(where, *values)
        if None in found or not self._are_true([row for row in found if row]):
            self.sweep()  # one was changed by hand, and others may have been
            found = self._select(where, *values)
        return [row for row in found if row]

    def _select(self, where: str, *values: object) -> list[Row | None]:
        """Return the rows of a condition, None for one that is not as it was written."""
        kept = self.ask(f"SELECT * FROM editions WHERE {where}", *values)  # noqa: S608 - conditions of our own
        return [Row._make(columns) if proof_of(*columns) == proof else None for *columns, proof in kept]

    def _are_true(self, rows: Sequence[Row]) -> bool:
        states = dict(_states_of(self.output, [row.folder for row in rows]))
        return all(row.folder in states and states[row.folder] in ("", row.stamp) for row in rows)

    def entries(self, rows: Iterable[Row]) -> list[Entry]:
        """Return what feed and index show of editions.

        Raises:
            PublishError: The manifest of one that has changed since the sweep is damaged.
        """
        return [self._entry(row) for row in rows]

    def pieces(self, rows: Sequence[Row], mark: str) -> dict[str, bytes]:
        """Return what was kept of editions by `keep_pieces` under the same mark, by folder."""
        wanted = {row.folder: digest(mark, row.mark) for row in rows}
        kept = self.ask("SELECT folder, mark, data, proof FROM pieces")
        return {
            folder: data
            for folder, own, data, proof in kept
            if wanted.get(folder) == own and isinstance(data, bytes) and proof_of(folder, own, data) == proof
        }

    def keep_pieces(self, rows: Sequence[Row], mark: str, pieces: dict[str, bytes]) -> None:
        """Keep what was made of editions under a mark, and of what was kept before nothing but that of `rows`."""
        wanted = {row.folder: digest(mark, row.mark) for row in rows}
        new = [(folder, wanted[folder], data) for folder, data in pieces.items() if folder in wanted]
        with self.change():
            kept = [folder for (folder,) in self.ask("SELECT folder FROM pieces")]
            gone = [(folder,) for folder in kept if folder not in wanted]
            self.tell("DELETE FROM pieces WHERE folder = ?", gone)
            self.tell("INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?)", [(*row, proof_of(*row)) for row in new])

    def pages(self, names: Sequence[str] | None = None) -> dict[str, tuple[str, str]]:
        """Return what the show's files, or those of some names, were made of and were then: name → mark and stamp."""
        chosen = "" if names is None else f" WHERE name IN ({', '.join('?' * len(names))})"
        kept = self.ask(f"SELECT name, mark, stamp, proof FROM pages{chosen}", *(names or ()))  # noqa: S608
        return {name: (mark, stamp) for name, mark, stamp, proof in kept if proof_of(name, mark, stamp) == proof}

    def pages_from(self, start: str) -> dict[str, tuple[str, str]]:
        """Return the same of files whose names begin so."""
        names = self.ask("SELECT name FROM pages WHERE name >= ? AND name < ?", start, f"{start}~")
        return self.pages([name for (name,) in names])

    def keep_pages(self, pages: Mapping[str, tuple[str, str]], known: Mapping[str, tuple[str, str]] | None) -> None:
        """Keep what files are now; of those that are `known`, or else of all, forget the others."""
        known = self.pages() if known is None else known
        if known == pages:
            return
        new = [(name, *state) for name, state in pages.items() if known.get(name) != state]
        with self.change():
            self.tell("DELETE FROM pages WHERE name = ?", [(name,) for name in known.keys() - pages.keys()])
            self.tell("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", [(*row, proof_of(*row)) for row in new])

    def made_of(self, key: str) -> tuple[str, str] | None:
        """Return the folder, and the SHA-256 of its manifest, that `keep_made` was told of under a key."""
        kept = self.ask("SELECT folder, key, manifest, proof FROM known WHERE key = ?", key)
        return next(((row[0], row[2]) for *row, proof in kept if proof_of(*row) == proof), None)

    def keep_made(self, folder: str, key: str, manifest: str) -> None:
        """Keep that an edition with this manifest is what comes of all that a key stands for."""
        row = (folder, key, manifest)
        self.tell("INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?)", [(*row, proof_of(*row))])

    def _known(self) -> dict[str, Row]:
        """Return the rows that are as they were written."""
        kept = self.ask("SELECT * FROM editions")
        return {columns[0]: Row._make(columns) for *columns, proof in kept if proof_of(*columns) == proof}

    def _learn(self, fresh: Sequence[tuple[str, str]]) -> Iterator[Row]:
        """Yield the rows of manifests, read and kept; those that are damaged are faults."""
        for start in range(0, len(fresh), _BATCH):
            pairs = [pair for found in fresh[start : start + _BATCH] if (pair := self._read(*found))]
            with self.change():
                self._touch([row for row, *_ in pairs], [row.folder for row, *_ in pairs])
                editions = [(*row, proof_of(*row)) for row, *_ in pairs]
                self.tell("INSERT OR REPLACE INTO editions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", editions)
                self.tell(
                    "INSERT OR REPLACE INTO entries VALUES (?, ?)", [(row.folder, data) for row, data, _ in pairs]
                )
                self.tell("DELETE FROM held WHERE folder = ?", [(row.folder,) for row, *_ in pairs])
                held = [(name, row.folder) for row, _, articles in pairs for name in articles]
                self.tell("INSERT OR REPLACE INTO held VALUES (?, ?)", held)
                self.tell("DELETE FROM doubts WHERE folder = ?", [(row.folder,) for row, *_ in pairs if row.stamp])
                young = [(row.folder,) for row, *_ in pairs if not row.stamp]
                self.tell("INSERT OR REPLACE INTO doubts VALUES (?)", young)
            yield from (row for row, *_ in pairs)

    def _forget(self, folders: Collection[str]) -> None:
        """Forget editions that are gone or damaged."""
        gone = [(folder,) for folder in folders]
        if not gone:
            return
        with self.change():
            self._touch([], list(folders))
            for table in ("editions", "entries", "held", "doubts"):
                self.tell(f"DELETE FROM {table} WHERE folder = ?", gone)  # noqa: S608 - names of our own

    def _touch(self, rows: Sequence[Row], folders: Sequence[str]) -> None:
        """Note how far back the show has changed: to the oldest moment of what these editions were and are now."""
        new = {row.folder: row for row in rows}
        oldest = float("inf")
        for folder in folders:
            (old,) = self._select("folder = ?", folder) or (_NOTHING,)
            if old is None:  # damaged: what it said is not known
                oldest = 0.0
                continue
            states = {old._replace(stamp=""), new.get(folder, _NOTHING)._replace(stamp="")}
            if len(states) > 1:
                oldest = min([oldest, *(state.moment for state in states if state.folder)])
        if oldest < float("inf"):
            moment, _, times = self.fact(_TOUCHED).partition(" ")
            self.note({_TOUCHED: f"{min(float(moment or oldest), oldest)!r} {int(times or 0) + 1}"})

    def _read(self, folder: str, stamp: str) -> tuple[Row, bytes, tuple[str, ...]] | None:
        """Return a manifest's row, its entry as JSON and what it holds; None, and a fault, for a damaged one."""
        try:
            entry = load_entry(self.output / folder, folder)
        except PublishError as err:
            self.faults[folder] = err
            return None
        if len(self._at_hand) < _AT_HAND:
            self._at_hand[folder] = entry
        data = entry_adapter().dump_json(entry)
        return _row_of(entry, stamp, data), data, tuple(_names_held(entry))

    def _entry(self, row: Row) -> Entry:
        if row.folder in self._at_hand:
            return self._at_hand[row.folder]
        for (data,) in self.ask("SELECT data FROM entries WHERE folder = ?", row.folder):
            if isinstance(data, bytes) and _mark(data) == row.mark:
                return entry_adapter().validate_json(data)
        return load_entry(self.output / row.folder, row.folder)


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
    return _states_of(output, list_editions(output))


def _states_of(output: Path, folders: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield those of some folders that have a manifest, with its stamp; see `_list_manifests`."""
    now, root = time.time_ns(), os.fspath(output)
    for name in folders:
        try:
            state = os.stat(f"{root}/{name}/{MANIFEST}")  # noqa: PTH116 - ten thousand times, without a path for each
        except OSError:
            continue
        is_young = abs(now - state.st_mtime_ns) < _YOUNG_NS
        yield name, "" if is_young else f"{state.st_size} {state.st_mtime_ns} {state.st_ino}"


def _state_of(output: Path, shards: Iterable[str]) -> str:
    """Return which folder this is, when names in it and in those of months changed last, and on which start.

    Raises:
        OSError: There is none.
    """
    facts = output.stat()
    months = [(shard, (output / shard).stat()) for shard in sorted(shards)]
    states = [f"{shard}:{each.st_ino}:{each.st_mtime_ns}" for shard, each in months]
    return "|".join([f"{facts.st_dev} {facts.st_ino} {facts.st_mtime_ns} {boot()}", *states])


def _shards_of(state: str) -> list[str]:
    """Return the folders of months that a state of `_state_of` tells of."""
    return [each.partition(":")[0] for each in state.split("|")[1:]]


def _mark_folders(output: Path, shards: Iterable[str] | None = None, changed: Iterable[str] = ()) -> str:
    """Give a show's folder a time of ours, and those of months, and return their state; "" where that cannot be.

    The system's own clock goes by ticks of milliseconds: a change within the tick of the last one would not be seen.

    Args:
        output: The show's folder.
        shards: The folders of months that are known; None looks for them, and marks all.
        changed: Those that were changed here. What another hand has done in the others is to be noticed.
    """
    try:
        now = _mark_folder(output)
        if shards is None:
            shards = changed = shards_in(output, list_names(output))
        for shard in changed:
            _mark_folder(output / shard)
        state = _state_of(output, shards)
        return state if output.stat().st_mtime_ns == now else ""
    except OSError:
        return ""


def _mark_folder(folder: Path) -> int:
    now = time.time_ns()
    os.utime(folder, ns=(now, now))
    return now


def _row_of(entry: Entry, stamp: str, data: bytes) -> Row:
    return Row(
        folder=entry.folder,
        stamp=stamp,
        moment=entry.moment.timestamp(),
        modified=entry.modified,
        slug=entry.slug,
        guid=entry.guid,
        identity=entry.identity.text if entry.identity else "",
        digits=entry.folder.rpartition("-")[2],
        stands=int(not entry.withdrawn and bool(entry.sounds)),
        mark=_mark(data),
    )


_NOTHING = Row("", "", 0.0, "", "", "", "", "", 0, "")


def _names_held(entry: Entry) -> Iterator[str]:
    """Yield the names of the articles of an edition of several."""
    if len(entry.sources) > 1 or (entry.identity is not None and entry.identity.kind == _BULLETIN):
        for held in entry.sources:
            yield from article_names(held)


def _mark(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
