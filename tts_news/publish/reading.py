"""What a reader reads and when it sounds: the article's blocks, with the timeline's times, for every view of them.

Page, EPUB, transcripts and contents are all made from a `Reading`, so they cannot disagree, and say what the article
says: its headings, nested lists, quotes, tables and notes, in its order. Chapters only say where a player may jump to.
Times are whole milliseconds; text is clean for every format: no control characters and no direction overrides, which
would let a title turn the text around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tts_news.records import Figure, Notes, Role, Table, Timing, WordTime

# Controls, surrogates and non-characters are no XML; embeddings, overrides and isolates reach beyond their own text.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


def show_text(text: str) -> str:
    """Return `text` on one line, in NFC, without characters that would break a page, a feed or their direction."""
    if not text.isprintable() or "  " in text or text.strip() != text:  # the others have nothing to be taken out
        text = " ".join(_UNSAFE.sub("", text).split())
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True, slots=True)
class Line:
    """One cue as read: its written words with their times.

    Attributes:
        heard: Whether it sounds; what does not has no times.
        part: Which part of its block it is, e.g. "r2" the second row of a table (see `Script.blocks`).
        for_eye: It was never meant to be said.
        timing: Who says when its words sound.
    """

    id: str
    role: Role
    text: str
    start_s: float
    end_s: float
    words: tuple[WordTime, ...]
    heard: bool = True
    language: str = "ar"
    part: str = ""
    for_eye: bool = False
    timing: Timing = "voice"


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading or a paragraph. `rank` is that of a heading: 1 is the page's title, 0 is no heading."""

    role: Role
    lines: tuple[Line, ...]
    rank: int = 0
    kind: str = field(default="passage", init=False)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its title, its text, the list inside it."""

    title: tuple[Line, ...]
    body: tuple[Line, ...]
    inside: Listing | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list. Its numbers, where it has some, stand in the text: the voice says them."""

    ordered: bool
    items: tuple[Item, ...]

    @property
    def is_titled(self) -> bool:
        """Whether an item of it has a title."""
        return any(item.title or (item.inside and item.inside.is_titled) for item in self.items)

    kind: str = field(default="listing", init=False)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quotation: its paragraphs or lines of verse, and who said it."""

    verses: tuple[tuple[Line, ...], ...]
    cite: tuple[Line, ...] = ()
    kind: str = field(default="quotation", init=False)


@dataclass(frozen=True, slots=True)
class Tabular:
    """A table with the lines that say its caption, for each of its rows those that say it, and those that say more."""

    table: Table
    caption: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    below: tuple[Line, ...]
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's words, with the lines that say them where they are said."""

    figure: Figure
    lines: tuple[Line, ...]
    kind: str = field(default="picture", init=False)


@dataclass(frozen=True, slots=True)
class Endnotes:
    """Notes or references under a heading of `rank`."""

    notes: Notes
    rank: int
    kind: str = field(default="notes", init=False)


Piece = Passage | Listing | Quotation | Tabular | Picture | Endnotes


@dataclass(frozen=True, slots=True)
class Story:
    """An article of the edition, or words of the edition's own (no `name`) before, between and after them."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def headline(self) -> Passage | None:
        """The article's headline."""
        first = (piece for piece in self.pieces if isinstance(piece, Passage) and piece.role == "headline")
        return next(first, None)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a player jumps to. Chapters follow each other without gap, whatever their level."""

    title: str
    start_s: float
    end_s: float
    level: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the contents: a heading, or a chapter that begins with none. `depth` 0 is the highest."""

    title: str
    start_s: float
    depth: int
    line: str
    """The id of the line that it leads to."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole edition as read: what stands where, every line in the order in which it is said, the chapters."""

    title: str
    language: str
    duration_s: float
    stories: tuple[Story, ...]
    lines: tuple[Line, ...]
    chapters: tuple[Chapter, ...]

    @property
    def pieces(self) -> Iterator[Piece]:
        """All pieces in order."""
        return (piece for story in self.stories for piece in story.pieces)

    @property
    def timing(self) -> Timing:
        """Who says when its words sound: the least sure of what holds of its lines."""
        found = {line.timing for line in self.lines if line.heard}
        return "estimated" if "estimated" in found else "aligned" if "aligned" in found else "voice"

    @property
    def title_lines(self) -> tuple[Line, ...]:
        """The lines that say the title, () when nothing does: of several articles each has a headline of its own."""
        return next((piece.lines for piece in self.pieces if isinstance(piece, Passage) and piece.rank == 1), ())


def text_of(lines: Sequence[Line]) -> str:
    """Return lines as one text."""
    return " ".join(line.text for line in lines)


def lines_of(piece: Piece) -> Iterator[Line]:
    """Yield the lines of a piece as they stand in it."""
    if isinstance(piece, Passage | Picture):
        yield from piece.lines
    elif isinstance(piece, Listing):
        yield from _lines_of_list(piece)
    elif isinstance(piece, Quotation):
        for verse in piece.verses:
            yield from verse
        yield from piece.cite
    elif isinstance(piece, Tabular):
        yield from piece.caption
        for row in piece.rows:
            yield from row
        yield from piece.below


def _lines_of_list(listing: Listing) -> Iterator[Line]:
    for item in listing.items:
        yield from item.title
        yield from item.body
        if item.inside:
            yield from _lines_of_list(item.inside)


def contents(reading: Reading) -> tuple[Entry, ...]:
    """Return all headings below the title, whatever the chapters are, and the chapters that begin with none."""
    heard = [line for line in reading.lines if line.heard]
    begins = {line.id: line.start_s for line in heard}
    headings = {
        piece.lines[0].id: piece
        for piece in reading.pieces
        if isinstance(piece, Passage) and piece.rank and piece.lines[0].id in begins
    }
    entries: list[Entry] = []
    marked: set[str] = set()
    at = 0
    for chapter in reading.chapters:
        while at + 1 < len(heard) and heard[at].start_s < chapter.start_s - 0.001:
            at += 1
        name = heard[at].id if heard else ""
        heading = headings.get(name)
        marked.add(name)
        depth = max(chapter.level, heading.rank - 2 if heading else 0)
        whole = text_of(heading.lines) if heading else ""
        # Players show the chapter's own title, and a reader looks for that here.
        title = whole if chapter.title in whole else chapter.title
        entries.append(Entry(title, chapter.start_s, depth, name))
    for name, heading in headings.items():
        if name not in marked and heading.rank > 1:
            entries.append(Entry(text_of(heading.lines), begins[name], max(0, heading.rank - 2), name))
    return tuple(sorted(entries, key=lambda entry: entry.start_s))


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of a table of contents with what stands under it."""

    title: str
    target: str
    start_s: float
    under: tuple[Branch, ...] = ()


def nest(entries: Sequence[Branch], depths: Sequence[int]) -> tuple[Branch, ...]:
    """Return entries as a tree: each holds those after it that are deeper, up to the next that is not."""
    tree: list[Branch] = []
    at = 0
    while at < len(entries):
        end = next((later for later in range(at + 1, len(entries)) if depths[later] <= depths[at]), len(entries))
        tree.append(replace(entries[at], under=nest(entries[at + 1 : end], depths[at + 1 : end])))
        at = end
    return tuple(tree)
