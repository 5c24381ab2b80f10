"""What passes between the rooms.

Frozen dataclasses only. Text is Unicode NFC, times are seconds as float, sound is mono float32 in [-1, 1].
A record never refers to a room: whatever a later room needs is in the record it is handed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Literal, Protocol

from tts_news.disclosure import DIGITAL_SOURCE_TYPE as DIGITAL_SOURCE_TYPE  # noqa: PLC0414 - said in so many words
from tts_news.disclosure import DISCLOSURE as DISCLOSURE  # noqa: PLC0414
from tts_news.disclosure import SYNTHETIC_VOICE as SYNTHETIC_VOICE  # noqa: PLC0414
from tts_news.frozen import dataclass
from tts_news.sound import Take as Take  # noqa: PLC0414 - they are among the records
from tts_news.sound import Utterance as Utterance  # noqa: PLC0414
from tts_news.sound import WordTime as WordTime  # noqa: PLC0414

Role = Literal[
    "opening",
    "headline",
    "byline",
    "intro",
    "subheading",
    "paragraph",
    "list_title",
    "list_item",
    "table_row",
    "question",
    "answer",
    "caption",
    "quote",
    "closing",
]


Sense = Literal["both", "ear", "eye"]
"""Whom a block is for: what is for the eye is shown on the page and in the transcripts and not said."""
Part = Literal["", "question", "answer"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A subheading inside the article; `level` is 2 to 6 (1 is the headline, which is `Article.title`).

    `part` is set when it is a question of an interview or of a list of questions and answers.
    """

    text: str
    level: int = 2
    part: Part = ""
    sense: Sense = "both"


@dataclass(frozen=True, slots=True)
class Post(Heading):
    """Where a post of a live page begins: its heading, "" when it has none. What follows, up to the next, is the post.

    `time` is its clock time as the page prints it («14:02»), "" when the page only says how long ago it was.
    """

    time: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; the first one of an article is its lede.

    `label` is the start of `text` that says who speaks («سؤال», «دينا كمال»): two voices make it needless.
    """

    text: str
    part: Part = ""
    label: str = ""
    sense: Sense = "both"


@dataclass(frozen=True, slots=True)
class ListItem:
    """One list item. `title` is the part before the colon or on a line of its own, "" when there is none."""

    title: str = ""
    body: str = ""
    sublist: ListBlock | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list. `start` and `reversed` are those of HTML's `<ol>` and mean nothing when it is not ordered.

    `numbers` holds the number of each item where they do not simply follow one another, else it is empty.
    """

    ordered: bool
    items: tuple[ListItem, ...]
    start: int = 1
    reversed: bool = False
    numbers: tuple[int, ...] = ()
    sense: Sense = "both"

    def number_of(self, place: int) -> int:
        """Return the number of an item of an ordered list by its place, from 0."""
        if self.numbers:
            return self.numbers[place]
        return self.start + (-place if self.reversed else place)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, the column it begins in (from 0), how many columns and rows it covers.

    `head` names the cell where the page gives it a head of its own.
    """

    text: str
    column: int
    width: int = 1
    height: int = 1
    head: str = ""


@dataclass(frozen=True, slots=True)
class Table(ListBlock):
    """A table of data. It is a list too, of its rows in words: who knows nothing of tables still says every value.

    Attributes:
        caption: What it is about, "" when the page does not say.
        heads: The name of each column, () when they have none; heads of several rows are joined into one.
        rows: For each row the cells that begin in it.
        row_names: How many columns, from the first, name the row.
        items: The rows in words: the row's name, and each value after the name of its column.
    """

    ordered: bool = field(default=False, init=False)
    items: tuple[ListItem, ...] = field(default=(), init=False)
    start: int = field(default=1, init=False)
    reversed: bool = field(default=False, init=False)
    numbers: tuple[int, ...] = field(default=(), init=False)
    caption: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    row_names: int = 1

    def __post_init__(self) -> None:
        items = tuple(item for row in self.grid() if (item := self._in_words(row)).title or item.body)
        object.__setattr__(self, "items", items)

    @property
    def columns(self) -> int:
        """How many columns it has."""
        widths = [cell.column + cell.width for row in self.rows for cell in row]
        return max([len(self.heads), *widths])

    def grid(self) -> tuple[tuple[Cell | None, ...], ...]:
        """Return for each row the cell that covers each column, None where there is none."""
        columns = self.columns
        grid: list[list[Cell | None]] = [[None] * columns for _ in self.rows]
        for at, row in enumerate(self.rows):
            for cell in row:
                for below in grid[at : at + cell.height]:
                    for column in range(cell.column, cell.column + cell.width):
                        below[column] = below[column] or cell
        return tuple(tuple(row) for row in grid)

    def names_of(self, row: tuple[Cell | None, ...]) -> tuple[Cell, ...]:
        """Return the cells that name a row, those that say nothing left out."""
        cells = (cell for cell in dict.fromkeys(row[: self.row_names]) if cell and says_something(cell.text))
        return tuple(cell for cell in cells if not cell.column or cell.column + cell.width <= self.row_names)

    def values_of(self, row: tuple[Cell | None, ...]) -> tuple[tuple[str, Cell], ...]:
        """Return the cells of a row that hold values, each with the name of its column, "" where it says nothing new.

        That is in a table of two columns, for a value across all columns, and for the one that follows a name which
        covers the columns before it («المجموع»). Cells that say nothing are left out, their names with them.
        """
        names = set(self.names_of(row))
        cells = [cell for cell in dict.fromkeys(row) if cell and cell not in names and says_something(cell.text)]
        across = any(cell.column + cell.width > self.row_names for cell in names)
        values = len(row) - self.row_names
        alone = len(cells) == 1 and (
            across or cells[0].column < self.row_names or cells[0].width >= values or values == 1
        )
        return tuple(("" if alone else cell.head or self.head_of(cell), cell) for cell in cells)

    def head_of(self, cell: Cell) -> str:
        """Return the names of the columns that a cell covers, joined with «و», "" when they have none."""
        covered = dict.fromkeys(self.heads[cell.column : cell.column + cell.width])
        return " و".join(head for head in covered if head)

    def _in_words(self, row: tuple[Cell | None, ...]) -> ListItem:
        values = (name_value(head, cell.text) for head, cell in self.values_of(row))
        return ListItem("، ".join(cell.text for cell in self.names_of(row)), "، ".join(values))


def says_something(text: str) -> bool:
    """Return whether there is a letter or digit in a text: a dash in a cell is an empty cell."""
    return any(map(str.isalnum, text))


def name_value(head: str, value: str) -> str:
    """Return a value after the name of its column; figures stand apart from a name that is or ends in figures."""
    if not head:
        return value
    apart = head[-1:].isdigit() or not any(map(str.isdigit, value))
    return f"{head}: {value}" if apart else f"{head} {value}"


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation; `cite` is who said it, "" when the page does not say. Lines of verse end in a newline."""

    text: str
    cite: str = ""
    sense: Sense = "both"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture's words. They are for the eye, unless they carry the story (a photo story, an infographic)."""

    caption: str = ""
    credit: str = ""
    alt: str = ""
    sense: Sense = "eye"

    @property
    def words(self) -> str:
        """What is said of it when it is said: the caption, else the description of the picture."""
        return self.caption or self.alt

    @property
    def text(self) -> str:
        """What a listener is told, "" when it is for the eye."""
        return "" if self.sense == "eye" else self.words


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or reference; `mark` is what stands for it in the text, "" when nothing does."""

    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes below an article, or its references: for the eye. `title` is the heading above them («المراجع»)."""

    notes: tuple[Note, ...]
    title: str = ""
    sense: Sense = "eye"

    @property
    def text(self) -> str:
        """What a listener is told, "" when it is for the eye."""
        return "" if self.sense == "eye" else "\n".join([self.title, *(note.words for note in self.notes)]).strip()


Block = Heading | Paragraph | ListBlock | Quote | Figure | Notes


@dataclass(frozen=True, slots=True)
class Dropped:
    """A source line that is not part of the article, and why it was left out."""

    text: str
    reason: str


IdentityKind = Literal["feed", "wordpress", "cms", "address", "entry", "file", "text", "bulletin", "older"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an article is, by what its source says: the same identity with another text is a correction.

    Attributes:
        kind: What the key is: the guid or id of a feed's entry, a post's number in WordPress, the id or address that a
            content system hands over, an address, the title of an entry that has none of these, the title of a named
            file, the hash of a text from standard input, the title of a bulletin, or "older": the name by which release
            0.1 knew an edition.
        scope: Who says so: the feed, the site or the file it was read from, "-" for standard input, "" where the key
            says so itself. A source can only speak of its own articles.
        key: What the source calls the article.
        date: ISO date where the key is no more than a title, else "".
    """

    kind: IdentityKind
    scope: str
    key: str
    date: str = ""

    @property
    def text(self) -> str:
        """The whole identity as one line; two that differ give lines that differ."""
        if self.kind == "older":
            return self.key
        return json.dumps([self.kind, self.scope, self.key, self.date], ensure_ascii=False)


Missing = Literal["", "paywall", "pages"]
"""Why a text is only a part: the rest is behind a paywall, or on further pages."""


@dataclass(frozen=True, slots=True)
class Article:
    """A clean article. Dates are ISO 8601 with their own zone, "" when the source states none: never a guess.

    Attributes:
        source: What the user named: a path, a URL or "-". For messages only.
        dateline: Where, and perhaps when, it was written, as an agency states it beside the text.
        rights: Whose it is and what may be done with it, in the source's words.
        urgency: 1 (flash) to 9 as IPTC counts, 0 when the source states none.
    """

    title: str
    blocks: tuple[Block, ...]
    categories: tuple[str, ...] = ()
    author: str = ""
    published: str = ""
    modified: str = ""
    url: str = ""
    site: str = ""
    language: str = "ar"
    dropped: tuple[Dropped, ...] = ()
    source: str = ""
    identity: Identity | None = None
    missing: Missing = ""
    dateline: str = ""
    rights: str = ""
    urgency: int = 0


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to be said, a sentence or less, and the silence after it.

    Attributes:
        id: ASCII, unique in its script, e.g. "c0007".
        role: What the cue is in the article.
        written: What the reader sees.
        spoken: What the voice says: diacritised Arabic letters and pause punctuation, nothing else.
        pause_s: Silence after the cue, in seconds.
        voice: Name of the voice that says it.
        chapter: Index into `Script.chapters` of the chapter it belongs to.
        language: BCP 47 tag; anything but "ar" goes to the voice configured for that language.
        block: Source block the cue came from, e.g. "a1b3" (third block of the first article): cues of one block
            are one paragraph, heading or list item on the page and in the transcripts.
    """

    id: str
    role: Role
    written: str
    spoken: str
    pause_s: float
    voice: str
    chapter: int
    language: str = "ar"
    block: str = ""


ChapterKind = Literal["section", "part", "post", "item"]
"""What begins a chapter: an article or a heading in it, a part that has no heading of its own (the body, a list, the
closing), a post of a live page, an item of a list."""


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A place where a chapter may begin, and the cue it starts at; which of them do, the length of the sound decides.

    Attributes:
        title: What the chapter is called.
        first_cue: The cue it starts at.
        level: 0 is an article (or its only level), 1 a section inside one.
        url: Address of the article, "" inside one.
        kind: What begins there.
        rank: Of a section: 1, and one more for each heading that it stands under.
    """

    title: str
    first_cue: str
    level: int = 0
    url: str = ""
    kind: ChapterKind = "section"
    rank: int = 1


@dataclass(frozen=True, slots=True)
class Casting:
    """Who says what: the voice of each role ("" is nobody special) and the longest cue each voice takes.

    `max_letters` counts base letters (no marks); a voice that is not in it has no limit.
    """

    default: str
    by_role: Mapping[str, str] = field(default_factory=dict)
    by_language: Mapping[str, str] = field(default_factory=dict)
    max_letters: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Omission:
    """A source sentence that is not spoken: left out for a stated reason, or failed; `shown` when the page has it."""

    text: str
    reason: str
    failed: bool = False
    article: int = 0
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What the manifest and the page need to know of one article of the script.

    `text_hash` is the SHA-256 of the article's title and blocks (not of its date): it decides whether an article
    has changed. `first_cue` is the first cue that belongs to the article. `identity` is who the article is, None
    where it was read before 0.2 or comes from no source. `dateline`, `rights`, `urgency` and `missing` are those of
    `Article`.
    """

    title: str
    text_hash: str
    first_cue: str
    author: str = ""
    published: str = ""
    modified: str = ""
    url: str = ""
    site: str = ""
    categories: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    identity: Identity | None = None
    dateline: str = ""
    rights: str = ""
    urgency: int = 0
    missing: Missing = ""


CorrectionKey = tuple[str, str, str, int]
"""Whose sentence it is, what part of the edition it is, the sentence, and which of several equal ones."""
NO_CHANGE = (None, None, None, False)
"""`Correction.change` of one that changes nothing: it takes back what another one of its sentence changed."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What an editor changed of one sentence of an article: it holds whenever the article is read again.

    Attributes:
        article: Whose sentence it is; of the edition's own lines (greeting, farewell) the edition.
        written: The cue as it is written, in NFC: when it has changed, the correction no longer fits.
        nth: Which of several equal ones, from 0.
        spoken: What is said instead, None as composed.
        pause_s: Silence after it, None as composed.
        voice: Who says it, None as cast.
        skip: It is not said at all.
        role: The cue's role, "edition" for the edition's own lines. A headline and a sentence of the body that read
            the same are two; other roles change with the article around them and tell nothing apart.
        by: Who changed it, "" when nobody says.
        at: ISO 8601 time of the change, "" when unknown.
    """

    article: Identity
    written: str
    nth: int = 0
    spoken: str | None = None
    pause_s: float | None = None
    voice: str | None = None
    skip: bool = False
    role: str = ""
    by: str = ""
    at: str = ""

    @property
    def key(self) -> CorrectionKey:
        """What tells two corrections apart: of one sentence there is one."""
        place = self.role if self.role in {"headline", "edition"} else "body"
        return self.article.text, place, self.written, self.nth

    @property
    def change(self) -> tuple[str | None, float | None, str | None, bool]:
        """What it changes, whoever did so."""
        return self.spoken, self.pause_s, self.voice, self.skip


@dataclass(frozen=True, slots=True)
class Composed:
    """A script as it was composed, before any correction, and the corrections that were then applied.

    A saved script carries it: without it nobody could tell what an editor has changed in the file since.
    `first_cues` are those of the sources; `rest` is a hash of what the editor sees and no cue or chapter holds.
    """

    cues: tuple[Cue, ...]
    chapters: tuple[ChapterMark, ...]
    omissions: tuple[Omission, ...]
    first_cues: tuple[str, ...]
    rest: str = ""
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """All cues of one edition in order, of one article or of several; `identity` is the edition's own.

    Attributes:
        blocks: The articles' blocks by id, in reading order: "a1b3" is the third of the first article. `Cue.block`
            is such an id, or begins with one and names a part: "a1b3i2" an item, "a1b3r2" a row of a table, "a1b3c"
            who is quoted; "a1b0" is the headline and "a1b0y" the byline. A block for the eye has no cue.
        composed: What it was before editors' corrections, None where that is not known.
    """

    title: str
    cues: tuple[Cue, ...]
    chapters: tuple[ChapterMark, ...]
    language: str = "ar"
    omissions: tuple[Omission, ...] = ()
    sources: tuple[Source, ...] = ()
    blocks: Mapping[str, Block] = field(default_factory=dict)
    identity: Identity | None = None
    composed: Composed | None = None


class Takes(Protocol):
    """The takes of a script in cue order. Iterating twice gives the same takes twice, from the cache, one at a time."""

    def __iter__(self) -> Iterator[tuple[Cue, Take]]: ...

    def __len__(self) -> int: ...


Timing = Literal["voice", "aligned", "estimated"]
"""Who says when words sound: the voice, a recogniser that found them in the sound, or their length in letters."""


@dataclass(frozen=True, slots=True)
class CueSpan:
    """When a cue sounds in the finished file, without the pause after it; `words` are file times.

    `aligned` as of its take.
    """

    cue: str
    start_s: float
    end_s: float
    words: tuple[WordTime, ...] = ()
    aligned: bool = False

    @property
    def timing(self) -> Timing:
        """Who says when its words sound."""
        return "estimated" if not self.words else "aligned" if self.aligned else "voice"


@dataclass(frozen=True, slots=True)
class ChapterSpan:
    """When a chapter starts and ends in the finished file. Chapters of one level are contiguous."""

    title: str
    start_s: float
    end_s: float
    level: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """When everything in the finished file starts and ends: the one source of every transcript and page."""

    cues: tuple[CueSpan, ...]
    chapters: tuple[ChapterSpan, ...]
    duration_s: float


@dataclass(frozen=True, slots=True)
class Loudness:
    """Measured on the finished sound: integrated loudness (EBU R 128) and true peak (ITU-R BS.1770-4)."""

    integrated_lufs: float
    true_peak_dbtp: float


@dataclass(frozen=True, slots=True)
class Tags:
    """What the master writes into the sound files beside the chapters."""

    title: str
    artist: str = ""
    album: str = ""
    date: str = ""
    """ISO 8601 date of the edition."""
    language: str = "ara"
    """ISO 639-2/T, as ID3 wants it."""
    comment: str = ""
    lyrics: str = ""
    url: str = ""
    cover: Path | None = None
    """JPEG or PNG; one is made from title and date when there is none."""


@dataclass(frozen=True, slots=True)
class Mastered:
    """The finished sound: where each format lies (e.g. {"mp3": path}), when everything sounds, how loud it is."""

    files: Mapping[str, Path]
    timeline: Timeline
    loudness: Loudness
    cover: Path | None = None


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """What the manifest states of a voice: licence (SPDX or URL) and attribution must stay with the sound."""

    name: str
    engine: str
    licence: str
    commercial: bool
    attribution: str
    fingerprint: str
    max_letters: int = 0
    """Longest utterance the voice takes, in base letters; 0 means no limit."""
    gain_db: float = 0.0
    """How much louder than the show's other voices it is to be, once all have been made equally loud."""
    characters: int = 0
    """Characters its server is sent to speak the whole script, which one pays for; 0 for a voice of this machine."""
    cost: float = 0.0
    """About what they cost at the price the voice states, in its owner's money; 0 where it states none."""


LedgerState = Literal["spoken", "shown", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Where one source sentence went. `cue` is set when it is spoken, `reason` when it is not."""

    state: LedgerState
    text: str
    cue: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EpisodeFile:
    """A file of the edition: name within its folder, size in bytes, SHA-256."""

    name: str
    size: int
    sha256: str
    kind: str


@dataclass(frozen=True, slots=True)
class Episode:
    """The manifest of an edition (`episode.json`). `guid` never changes; `revision` counts corrections from 0."""

    guid: str
    slug: str
    title: str
    date: str
    published: str
    modified: str
    language: str
    duration_s: float
    files: tuple[EpisodeFile, ...]
    voices: tuple[VoiceInfo, ...]
    loudness: Loudness
    chapters: tuple[ChapterSpan, ...]
    ledger: tuple[LedgerEntry, ...]
    sources: tuple[Source, ...] = ()
    revision: int = 0
    notes: tuple[str, ...] = field(default=())
    """What a listener is told of corrections, one sentence each."""
    summary: str = ""
    """The written headline and intro of the edition, a few sentences: what a feed shows."""
    recipe: str = ""
    """Hash of all that decided the sound (text, voices, settings), as the pipeline computed it."""
    identity: Identity | None = None
    """Whose edition it is; None for one of release 0.1."""
    withdrawn: str = ""
    """ISO 8601 time at which the edition was withdrawn; its files are gone then, "" as long as it stands."""
    by_hand: tuple[str, ...] = ()
    """What an editor changed in its script and no correction of a sentence holds, a few words each: it is lost when
    the edition is made of its articles again."""
