"""What passes between the rooms.

Frozen dataclasses only. Text is Unicode NFC, times are seconds as float, sound is mono float32 in [-1, 1].
A record never refers to a room: whatever a later room needs is in the record it is handed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Role = Literal[
    "opening",
    "headline",
    "byline",
    "intro",
    "subheading",
    "paragraph",
    "list_title",
    "list_item",
    "quote",
    "closing",
]


@dataclass(frozen=True, slots=True)
class Heading:
    """A subheading inside the article; `level` is 2 to 6 (1 is the headline, which is `Article.title`)."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; the first one of an article is its lede."""

    text: str


@dataclass(frozen=True, slots=True)
class ListItem:
    """One list item. `title` is the part before the colon or on a line of its own, "" when there is none."""

    title: str = ""
    body: str = ""
    sublist: ListBlock | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list. `start` and `reversed` are those of HTML's `<ol>` and mean nothing when it is not ordered."""

    ordered: bool
    items: tuple[ListItem, ...]
    start: int = 1
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation; `cite` is who said it, "" when the page does not say."""

    text: str
    cite: str = ""


Block = Heading | Paragraph | ListBlock | Quote


@dataclass(frozen=True, slots=True)
class Dropped:
    """A source line that is not part of the article, and why it was left out."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """A clean article. Dates are ISO 8601 with their own zone, "" when the source states none: never a guess."""

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
    """What the user named: a path, a URL or "-". For messages only."""


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


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter and the cue it starts at; `level` 0 is an article (or its only level), 1 a section inside one."""

    title: str
    first_cue: str
    level: int = 0
    url: str = ""


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
    """A source sentence that is not spoken: left out for a stated reason, or failed."""

    text: str
    reason: str
    failed: bool = False
    article: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """What the manifest and the page need to know of one article of the script.

    `text_hash` is the SHA-256 of the article's title and blocks (not of its date): it decides whether an article
    has changed. `first_cue` is the first cue that belongs to the article.
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


@dataclass(frozen=True, slots=True)
class Script:
    """All cues of one edition in order, of one article or of several."""

    title: str
    cues: tuple[Cue, ...]
    chapters: tuple[ChapterMark, ...]
    language: str = "ar"
    omissions: tuple[Omission, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """What an engine is asked to say.

    Attributes:
        id: The cue's id; engines name it in their errors.
        text: Diacritised Arabic (see `Cue.spoken`).
        speed: 1.0 is the voice's own pace, 2.0 twice as fast.
        pitch: 1.0 is the voice's own pitch, 1.1 a tenth higher.
        seed: Makes a sampling engine repeatable; another seed is another try.
        language: BCP 47 tag.
    """

    id: str
    text: str
    speed: float = 1.0
    pitch: float = 1.0
    seed: int = 0
    language: str = "ar"


@dataclass(frozen=True, slots=True)
class WordTime:
    """When one word of the spoken text sounds, in seconds from the start of its take or file."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """One utterance as sound: `samples` float32, shape (n,), in [-1, 1], at `rate_hz`; `words` may be empty."""

    samples: npt.NDArray[np.float32]
    rate_hz: int
    words: tuple[WordTime, ...] = ()

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate_hz


class Takes(Protocol):
    """The takes of a script in cue order. Iterating twice gives the same takes twice, from the cache, one at a time."""

    def __iter__(self) -> Iterator[tuple[Cue, Take]]: ...

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class CueSpan:
    """When a cue sounds in the finished file, without the pause after it; `words` are file times."""

    cue: str
    start_s: float
    end_s: float
    words: tuple[WordTime, ...] = ()


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


LedgerState = Literal["spoken", "skipped", "failed"]


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
    withdrawn: str = ""
    """ISO 8601 time at which the edition was withdrawn; its files are gone then, "" as long as it stands."""
