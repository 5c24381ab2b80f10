"""The show's own files: feed and its pages, index, cover. Written where what they are made of has changed.

Pages are numbered from the oldest edition on: what is full stays as it is for ever, and a new edition is written into
the first page of the feed and the front page of the index, whatever has come before it.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, takewhile
from pathlib import Path

from tts_news import __version__
from tts_news.errors import PublishError
from tts_news.files import hash_file, list_names, lock_folder, read_file, stamp, unnoticed, write_file
from tts_news.publish.catalogue import Catalogue, Row, digest, open_catalogue
from tts_news.publish.disk import disk_errors
from tts_news.publish.draft import recover_folders
from tts_news.publish.embed import EMBED, FOLLOW, write_embed
from tts_news.publish.feed import FEED, check_base, make_show_guid, write_feed, write_item
from tts_news.publish.index import LISTED, PER_PAGE, Place, write_app, write_index, write_list
from tts_news.publish.settings import PublishSettings, ShowSettings
from tts_news.publish.show import count_kept
from tts_news.publish.templates import digest_of_templates, read_asset

INDEX = "index.html"
_OURS = re.compile(r"feed-[0-9]+\.xml|index-[0-9]+\.html|cover\.[0-9a-f]{8}\.(jpg|png)")
_LARGEST_COVER = 32_000_000  # bytes; a square of 3000 pixels as PNG has ten
_PLAN = "plan"  # under which the catalogue keeps `_plan_of`
_COVERS = ("cover.jpg", "cover.png")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: how many episodes are in the feed, and which files it wrote or removed."""

    episodes: int
    pages: int
    written: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the show: its name, a hash of all that it is made of, and what makes it."""

    name: str
    mark: str
    make: Callable[[], bytes | str]

    def data(self) -> bytes:
        """Return its bytes."""
        made = self.make()
        return made.encode() if isinstance(made, str) else made


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of feed or index: the first one, number 0, or one of the others, numbered from the oldest on."""

    number: int
    rows: Sequence[Row]


def build_show(
    output: Path,
    show: ShowSettings,
    settings: PublishSettings,
    cover: Callable[[Path | None], bytes] | None = None,
    without: str = "",
    *,
    trusting: bool = True,
    sweeping: bool = True,
) -> Built:
    """Write feed and index of the editions in `output`. Without `show.base_url` there is an index and no feed.

    Each file is replaced whole, the feed last: a reader never finds a feed whose pages or cover are not there yet.

    Args:
        output: The show's folder.
        show: The show.
        settings: The `keep` rules and the page size.
        cover: Gives the show's cover (JPEG or PNG) from the picture that is there, and draws one where there is none.
        without: Folder name of an edition to leave out: it is about to be withdrawn.
        trusting: Whether a file that nobody has written to since is believed to be as it was; else it is read.
        sweeping: Whether every manifest and page is looked at; else those that the catalogue knows to have changed.

    Raises:
        PublishError: A manifest is damaged, the base address is none, or the folder cannot be written.
    """
    with disk_errors(output), lock_folder(output), open_catalogue(output) as catalogue:
        builder = _Builder(output, show, settings, catalogue)
        if not (sweeping or without) and catalogue.is_current() and (built := _build_front(builder)):
            return built
        recover_folders(output)
        rows, touched = _standing(catalogue, without), catalogue.touched()
        files, feed, placed = _plan(builder, rows, cover)
        written = builder.write(files, trusting=trusting)
        removed = _remove_stale(output, {file.name for file in files})
        catalogue.note({_PLAN: "" if without else _plan_of(builder, placed, len(rows))})
        catalogue.untouch(touched)
    return Built(count_kept([row.moment for row in rows], settings), feed, written, removed)


def _build_front(builder: _Builder) -> Built | None:
    """Write the pages in front, where nothing else can have changed since the last build; None where it can."""
    catalogue = builder.catalogue
    rows, total = catalogue.newest(builder.window), catalogue.count_standing()
    before, _, rest = catalogue.fact(_PLAN).partition(" ")
    placed, touched = rest.partition(" ")[0], catalogue.touched()
    if f"{before} {rest}" != _plan_of(builder, placed, int(before or 0)) or catalogue.faults:
        return None
    kept = builder.count_kept(rows, total)
    oldest = float(touched.partition(" ")[0] or "inf")
    if kept is None or not builder.reaches(rows, total, int(before), oldest):
        return None
    show = builder.show
    base = check_base(show) if show.base_url else ""
    files = list(builder.index(rows, placed, f"{base}{FEED}" if base else "", total))
    feed = builder.feed(rows, kept, _keep_guid(builder.output, base), placed, total) if base else []
    written = builder.write(files + feed, others=True)
    removed = builder.remove_beyond(files + feed, total)
    catalogue.note({_PLAN: _plan_of(builder, placed, total)})
    catalogue.untouch(touched)
    pages = _cut(total, builder.settings.page_size)[1] + 1 if feed and kept == total else len(feed)
    return Built(kept, pages, written, removed)


def _plan_of(builder: _Builder, cover: str, total: int) -> str:
    """Return what all pages of a build have in common: with another plan none is what it was.

    It begins with the number of editions and the name of the cover, without which these would not be known.
    """
    show = builder.show
    own = [Path(show.cover).expanduser() if show.cover else builder.output / name for name in _COVERS]
    states = [stamp(path) for path in (*own, *([builder.output / cover] if cover else []))]
    return f"{total} {cover} {digest(builder.look, builder.settings, states)}"


def find_stale(
    output: Path,
    show: ShowSettings,
    settings: PublishSettings,
    cover: Callable[[Path | None], bytes] | None = None,
) -> tuple[str, ...]:
    """Return the show's own files that are not what the editions and the settings make of them, each read whole.

    Raises:
        PublishError: As for `build_show`.
    """
    with disk_errors(output), lock_folder(output), open_catalogue(output) as catalogue:
        builder = _Builder(output, show, settings, catalogue)
        files, *_ = _plan(builder, _standing(catalogue, ""), cover)
        return builder.stale(files)


def _plan(
    builder: _Builder, rows: Sequence[Row], cover: Callable[[Path | None], bytes] | None
) -> tuple[list[_File], int, str]:
    """Return the show's own files in the order in which they are written, how many are feed, and the cover's name."""
    show = builder.show
    base = check_base(show) if show.base_url else ""
    placed = _place_cover(builder.output, show, cover)
    name = placed.name if placed else ""
    files = [placed] if placed else []
    files += builder.index(rows, name, f"{base}{FEED}" if base else "")
    kept = count_kept([row.moment for row in rows], builder.settings)
    feed = builder.feed(rows, kept, _keep_guid(builder.output, base), name) if base else []
    return files + feed, len(feed), name


def _standing(catalogue: Catalogue, without: str) -> list[Row]:
    """Return the editions that stand, newest first.

    Raises:
        PublishError: A manifest is damaged. It is named and nothing is left out quietly: listeners would not notice.
    """
    rows = [row for row in catalogue.sweep() if row.stands and row.folder != without]
    if catalogue.faults:
        raise catalogue.faults[min(catalogue.faults)]
    return sorted(rows, key=lambda row: (row.moment, row.slug), reverse=True)


def cut_pages(rows: Sequence[Row], size: int, total: int | None = None) -> list[_Page]:
    """Return rows, newest first, as pages, the first one first.

    The first page holds the newest `size` and up to half as many more; when these are half as many, they become the
    next page, which is full and will not change.

    Args:
        rows: The editions, or the newest of them.
        size: Editions the first page holds at least.
        total: How many there are, when these are not all: of the pages only those whose rows are here are returned.
    """
    half, full, first = _cut(len(rows) if total is None else total, size)
    pages = [_Page(0, rows[:first])]
    for number in range(full, 0, -1):
        start = first + (full - number) * half
        if start + half > len(rows):
            break
        pages.append(_Page(number, rows[start : start + half]))
    return pages


def _cut(total: int, size: int) -> tuple[int, int, int]:
    """Return how many editions a full page has, how many full pages there are, and what is left for the first one."""
    half = max(1, max(1, size) // 2)
    full = max(0, total - max(1, size)) // half
    return half, full, total - full * half


class _Builder:
    """What is common to the files of one build."""

    def __init__(self, output: Path, show: ShowSettings, settings: PublishSettings, catalogue: Catalogue) -> None:
        self.output = output
        self.show = show
        self.settings = settings
        self.catalogue = catalogue
        self.look = digest(__version__, show, digest_of_templates())
        self.now = time.time()
        self.window = max(LISTED, 2 * PER_PAGE, 2 * settings.page_size)
        """How many of the newest editions all that one more can change is made of."""
        self._keeps_some = settings.keep > 0 or settings.keep_days > 0

    def count_kept(self, rows: Sequence[Row], total: int) -> int | None:
        """Return how many editions the feed shows, None where the newest ones do not tell."""
        kept = count_kept([row.moment for row in rows], self.settings)
        if kept < len(rows) - self.settings.page_size or len(rows) == total:
            return kept
        return None if self._keeps_some else total

    def reaches(self, rows: Sequence[Row], total: int, before: int, oldest: float) -> bool:
        """Return whether pages of the newest editions are all that may have changed.

        Args:
            rows: The newest editions.
            total: How many there are.
            before: How many there were.
            oldest: The moment of the oldest one that was touched since.
        """
        for size in (PER_PAGE, self.settings.page_size):
            half, full, first = _cut(total, size)
            last = cut_pages(rows, size, total)[-1].number
            if full == 0 or last == 1:
                continue
            # The page that was the newest full one, and the one that is, have another neighbour.
            if not 0 < last <= min(full, _cut(before, size)[1]):
                return False
            if rows[first + (full - last + 1) * half - 1].moment >= oldest:
                return False
        return True

    def remove_beyond(self, files: Sequence[_File], total: int) -> tuple[str, ...]:
        """Remove the pages of index and feed that are behind or before those there are, and return their names."""
        stale: list[str] = []
        for head, tail, size in (("index-", ".html", PER_PAGE), ("feed-", ".xml", self.settings.page_size)):
            above = (f"{head}{number}{tail}" for number in count(_cut(total, size)[1] + 1))
            stale += takewhile(lambda name: (self.output / name).is_file(), above)
        if self._keeps_some:
            stale += self.catalogue.pages_from("feed-").keys() - {file.name for file in files} - {*stale}
        for name in stale:
            with unnoticed(self.output):
                (self.output / name).unlink(missing_ok=True)
        self.catalogue.keep_pages({}, self.catalogue.pages(stale))
        return tuple(stale)

    def index(self, rows: Sequence[Row], cover: str, feed: str, total: int | None = None) -> Iterator[_File]:
        """Yield the pages of the index, the list of editions, and what pages here and elsewhere load.

        Args:
            rows: The editions, newest first; or the newest of them, and then only the pages that have these.
            cover: Its name.
            feed: Its address.
            total: How many editions there are, when these are not all.
        """
        full = _cut(len(rows) if total is None else total, PER_PAGE)[1]
        for page in cut_pages(rows, PER_PAGE, total):
            name = f"index-{page.number}.html" if page.number else INDEX
            newer = "" if not page.number else INDEX if page.number == full else f"index-{page.number + 1}.html"
            below = page.number - 1 if page.number else full
            place = Place(page.number, newer, f"index-{below}.html" if below else "")
            mark = digest(self.look, cover, feed, place, _marks(page.rows))
            yield _File(name, mark, partial(self._write_index, page.rows, cover, feed, place))
        listed, latest = rows[:LISTED], rows[:1]
        yield _File(
            "editions.json", digest(self.look, _marks(listed)), lambda: write_list(self.catalogue.entries(listed))
        )
        for name in (FOLLOW, "sw.js"):
            yield _File(name, digest(self.look), partial(read_asset, name))
        yield _File("manifest.webmanifest", digest(self.look, cover), partial(write_app, self.show, cover))
        if latest:
            yield _File(EMBED, digest(self.look, _marks(latest)), partial(self._write_player, latest))

    def feed(self, rows: Sequence[Row], kept: int, guid: str, cover: str, total: int | None = None) -> list[_File]:
        """Return the pages of the feed, the oldest first; of all editions the newest `kept` stand in them.

        Args:
            rows: The editions, newest first; or the newest of them, and then only the pages that have these.
            kept: How many are shown.
            guid: The feed's.
            cover: Its name.
            total: How many editions there are, when these are not all.
        """
        pages = []
        for page in cut_pages(rows, self.settings.page_size, total):
            pages.append(_Page(page.number, page.rows[:kept]))
            kept -= len(page.rows)
            if kept <= 0:
                break
        names = [f"feed-{page.number}.xml" if page.number else FEED for page in pages]
        rest = [f"feed-{pages[-1].number - 1}.xml"] if kept > 0 and pages[-1].number > 1 else []
        files = []
        for page, name, older in zip(pages, names, [*names[1:], *(rest or [""])], strict=True):
            links = [("self", name)]
            if len(pages) > 1:  # Source: RFC 5005, 3 (paged feeds); no link to a newer page, which comes to be later
                links += [("first", FEED)]
                links += [("last", "feed-1.xml" if rest else names[-1])] if name == FEED else []
                links += [("next", older)] if older else []
            mark = digest(self.look, guid, cover, links, _marks(page.rows), self._ahead(page.rows))
            files.append(_File(name, mark, partial(self._write_feed, page, guid, cover, links)))
        return files[::-1]

    def write(self, files: Sequence[_File], *, trusting: bool = True, others: bool = False) -> tuple[str, ...]:
        """Write the files that are not what they should be, and return their names.

        A file whose mark is known and that nobody has touched since is not made; one that holds what it should
        keeps its date, for conditional requests.

        Args:
            files: The files.
            trusting: See `build_show`.
            others: Whether there are others that stay as they are.
        """
        known = self.catalogue.pages([file.name for file in files] if others else None)
        pages, written = {}, []
        for file in files:
            path = self.output / file.name
            if _is_known(path, file, known, trusting=trusting):
                pages[file.name] = known[file.name]
                continue
            data = file.data()
            if _write(path, data):
                written.append(file.name)
            pages[file.name] = file.mark, f"{_state(path)} {hashlib.sha256(data).hexdigest()}"
        self.catalogue.keep_pages(known | pages if others else pages, known if others else None)
        return tuple(written)

    def stale(self, files: Sequence[_File]) -> tuple[str, ...]:
        """Return the names of the files that `write` would write if it trusted nothing."""
        known = self.catalogue.pages()
        paths = [(self.output / file.name, file) for file in files]
        changed = [(path, file) for path, file in paths if not _is_known(path, file, known, trusting=False)]
        return tuple(file.name for path, file in changed if not path.is_file() or path.read_bytes() != file.data())

    def _write_index(self, rows: Sequence[Row], cover: str, feed: str, place: Place) -> str:
        return write_index(self.catalogue.entries(rows), self.show, cover, feed, place)

    def _write_player(self, rows: Sequence[Row]) -> str:
        (latest,) = self.catalogue.entries(rows)
        chapters = sorted(latest.chapters, key=lambda chapter: chapter.start_s)
        return write_embed(latest.title, latest.duration_s, latest.files, chapters, self.show, f"{latest.folder}/")

    def _write_feed(self, page: _Page, guid: str, cover: str, links: Sequence[tuple[str, str]]) -> bytes:
        items = self._items(page)
        modified = [row.modified for row in page.rows]
        return write_feed([items[row.folder] for row in page.rows], self.show, guid, cover, links, modified)

    def _items(self, page: _Page) -> dict[str, bytes]:
        """Return the items of a page by folder; those of the first page, which is written often, are kept."""
        kept = {} if page.number else self.catalogue.pieces(page.rows, self.look)
        missing = self.catalogue.entries(row for row in page.rows if row.folder not in kept)
        base = check_base(self.show)
        made = {entry.folder: write_item(entry, self.show, base) for entry in missing}
        if not page.number:
            ahead = self._ahead(page.rows)
            self.catalogue.keep_pieces([row for row in page.rows if row.folder not in ahead], self.look, made)
        return kept | made

    def _ahead(self, rows: Sequence[Row]) -> dict[str, float]:
        """Return the editions that are dated ahead, with the time now: until then their items say when it is."""
        return {row.folder: self.now for row in rows if row.moment > self.now}


def _marks(rows: Sequence[Row]) -> list[str]:
    return [row.mark for row in rows]


def _state(path: Path) -> str:
    return repr(stamp(path))


def _is_known(path: Path, file: _File, known: dict[str, tuple[str, str]], *, trusting: bool) -> bool:
    """Return whether a file is what was written of the same things; a byte flips without a trace in time or size."""
    mark, state = known.get(file.name, ("", ""))
    then, _, sha256 = state.rpartition(" ")
    return mark == file.mark and then == _state(path) and (trusting or hash_file(path) == sha256)


def _keep_guid(output: Path, base: str) -> str:
    """Return the guid of the feed that is there, whatever its address was; a new one for a new feed."""
    try:
        with (output / FEED).open(encoding="utf-8", errors="replace") as file:
            found = re.search(r"<podcast:guid>([0-9a-f-]{36})</podcast:guid>", file.read(20_000))
    except FileNotFoundError:
        found = None
    return found[1] if found else make_show_guid(base)


def _place_cover(output: Path, show: ShowSettings, cover: Callable[[Path | None], bytes] | None) -> _File | None:
    """Return the cover as a file of the show; None when there is none.

    The configured one, else `cover.jpg` or `cover.png` that somebody put into the folder, else the one that was drawn
    before, else a new drawing. Players and directories keep a cover by its address: a new one has a new name.

    Raises:
        PublishError: The cover cannot be read or is neither JPEG nor PNG.
    """
    names = [name for name in list_names(output) if name.startswith("cover.") and _OURS.fullmatch(name)]
    drawn = [output / name for name in names if _is_as_named(output / name)]
    own = [output / name for name in _COVERS if (output / name).is_file()]
    path = Path(show.cover).expanduser() if show.cover else next(iter(own + drawn), None)
    if path is None and cover is None:
        return None
    try:
        data = cover(path) if cover else read_file(path, _LARGEST_COVER) if path else b""
    except (OSError, ValueError) as err:
        raise PublishError(f"cannot read the cover {path}: {err}", hint="see cover in [show]") from err
    kind = "png" if data.startswith(b"\x89PNG") else "jpg"
    if kind == "jpg" and not data.startswith(b"\xff\xd8"):
        raise PublishError(f"the cover {path} is neither JPEG nor PNG", hint="1400 to 3000 pixels, square")
    mark = hashlib.sha256(data).hexdigest()
    return _File(f"cover.{mark[:8]}.{kind}", mark, lambda: data)


def _is_as_named(path: Path) -> bool:
    """Return whether a drawn cover is what was drawn: its hash is its name."""
    try:
        data = read_file(path, _LARGEST_COVER)
    except (OSError, ValueError):
        return False
    return hashlib.sha256(data).hexdigest()[:8] == path.name.split(".")[1]


def _write(path: Path, data: bytes) -> bool:
    """Write a file unless it holds that already; an unchanged feed keeps its date for conditional requests."""
    if path.is_file() and path.read_bytes() == data:
        return False
    with disk_errors(path):
        write_file(path, data, noticed=False)
    return True


def _remove_stale(output: Path, names: set[str]) -> tuple[str, ...]:
    """Remove pages of an earlier, longer feed or index, and the cover before this one."""
    stale = [name for name in list_names(output) if name not in names and _OURS.fullmatch(name)]
    for name in stale:
        with unnoticed(output):
            (output / name).unlink()
    return tuple(stale)
