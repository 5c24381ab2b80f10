"""The edition as an EPUB 3: the text with its contents, or a book that reads itself aloud and shows where it is.

Source: EPUB 3.3 (W3C Recommendation), Media Overlays in its chapter 9; EPUB Accessibility 1.1.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from tts_news.publish.archive import add_file, add_text
from tts_news.publish.clips import Clip, clips_of, row_names, stretch
from tts_news.publish.reading import (
    Branch,
    Passage,
    Piece,
    Reading,
    Story,
    contents,
    lines_of,
    nest,
    text_of,
)
from tts_news.publish.settings import ShowSettings
from tts_news.publish.templates import line_name, render
from tts_news.records import DIGITAL_SOURCE_TYPE, SYNTHETIC_VOICE, Episode, EpisodeFile

# Sound that every reading system must play.
_SOUND = {".mp3": "audio/mpeg", ".m4a": "audio/mp4"}
_PICTURES = {".jpg": "image/jpeg", ".png": "image/png"}
_STYLE = """body { font-family: sans-serif; line-height: 1.8; text-align: start; }
blockquote { margin-inline: 1em 0; }
.quiet { color: inherit; font-style: normal; }
section ol, [role="doc-endnotes"] ul { list-style-type: ""; padding-inline-start: 1em; }
.-epub-media-overlay-active { background-color: #fff0b3; color: #1c1b19; }
"""
_FEATURES = ("tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability")


@dataclass(frozen=True, slots=True)
class _Held:
    """A file of the edition that the book holds: its name in the book, its type, and where it lies."""

    name: str
    media_type: str
    place: Path


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the book: an article, or one of its sections.

    Attributes:
        heading: A title that stands above the pieces and is not among them; "" when one is, or none is needed.
        clips: Its sentences with the silence after each, so that they sound on end as in the episode.
    """

    id: str
    title: str
    heading: str
    pieces: tuple[Piece, ...]
    clips: tuple[Clip, ...]

    @property
    def length_s(self) -> float:
        """How long it sounds."""
        return sum(clip.end_s - clip.begin_s for clip in self.clips)

    @property
    def runs(self) -> list[tuple[str, list[Clip]]]:
        """The clips in runs, each with the name of the table it belongs to: a listener may leave a table."""
        return [(table, list(run)) for table, run in groupby(self.clips, key=lambda clip: clip.table)]


def write_epub(path: Path, reading: Reading, episode: Episode, show: ShowSettings, *, spoken: bool = False) -> bool:
    """Write the edition as an EPUB to `path`; returns False when it has no text, or lacks a sound it shall hold.

    Args:
        path: The book; the sound and the cover lie in the same folder.
        reading: What is read, and when it sounds.
        episode: The manifest with its files.
        show: The show the edition belongs to.
        spoken: Whether it holds the sound and reads itself aloud. Media overlays of a sound that lies elsewhere may be
            written, and no reading system plays them.

    Raises:
        OSError: It cannot be written.
    """
    sound = _held(path, "sound", episode, "audio", _SOUND) if spoken else None
    documents = _documents(reading)
    if not documents or (spoken and sound is None):
        return False
    cover = _held(path, "cover", episode, "image", _PICTURES)
    with zipfile.ZipFile(path, "w") as book:
        add_text(book, "mimetype", "application/epub+zip", stored=True)
        add_text(book, "META-INF/container.xml", _CONTAINER)
        add_text(book, "EPUB/package.opf", _package(reading, documents, episode, show, sound, cover))
        add_text(book, "EPUB/nav.xhtml", _nav(reading, documents))
        add_text(book, "EPUB/style.css", _STYLE)
        for document in documents:
            language, title = reading.language, document.title
            chapter = render("epub/chapter.xhtml", document=document, language=language, title=title)
            add_text(book, f"EPUB/{document.id}.xhtml", chapter)
            if sound and document.clips:
                overlay = render("epub/overlay.smil", document=document, sound=sound.name)
                add_text(book, f"EPUB/{document.id}.smil", overlay)
        for held in filter(None, (sound, cover)):
            add_file(book, f"EPUB/{held.name}", held.place)
    return True


def _held(path: Path, name: str, episode: Episode, kind: str, types: Mapping[str, str]) -> _Held | None:
    """Return the first file of a kind that a book may hold, under its name there."""
    for file in episode.files:
        if file.kind == kind and (media_type := types.get(_suffix(file))):
            return _Held(f"{name}{_suffix(file)}", media_type, path.with_name(file.name))
    return None


def _suffix(file: EpisodeFile) -> str:
    return file.name[file.name.rfind(".") :]


_CONTENTS_TITLE = "الأقسام"
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n<rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles>\n</container>\n"
)


def _documents(reading: Reading) -> list[Document]:
    """Return the articles, each cut where a section of its highest rank begins."""
    parts = _parts(reading)
    rows = row_names(reading)
    clips = [clips_of(part, rows) for part in parts]
    begins = [found[0].begin_s for found in clips if found]
    ends = iter([*begins[1:], reading.duration_s])
    documents: list[Document] = []
    for number, (part, found) in enumerate(zip(parts, clips, strict=True)):
        end_s = next(ends) if found else 0.0
        heading = next((piece for piece in part if isinstance(piece, Passage) and piece.rank), None)
        title = text_of(heading.lines) if heading else reading.title
        own = "" if number or reading.title_lines else reading.title
        whole = stretch(found, first=not any(document.clips for document in documents), end_s=end_s)
        documents.append(Document(f"s{number:03}", title, own, tuple(part), whole))
    return documents


def _parts(reading: Reading) -> list[list[Piece]]:
    """Return the pieces of each document; the edition's own words stand with the article before them, or the first."""
    parts: list[list[Piece]] = []
    waiting: list[Piece] = []
    for story in reading.stories:
        if story.name:
            for part in filter(None, _sections(story)):
                parts.append([*waiting, *part])
                waiting = []
        elif parts:
            parts[-1] += story.pieces
        else:
            waiting += story.pieces
    return [*parts, waiting] if waiting else parts


def _sections(story: Story) -> Iterator[list[Piece]]:
    ranks = [piece.rank for piece in story.pieces if isinstance(piece, Passage) and piece.rank > 1]
    highest = min((rank for rank in ranks if story.headline is None or rank > story.headline.rank), default=0)
    part: list[Piece] = []
    for piece in story.pieces:
        if isinstance(piece, Passage) and piece.rank == highest and highest and part:
            yield part
            part = []
        part.append(piece)
    yield part


def _package(
    reading: Reading,
    documents: Sequence[Document],
    episode: Episode,
    show: ShowSettings,
    sound: _Held | None,
    cover: _Held | None,
) -> str:
    """Return the package document: what the book is, what it holds, in which order."""
    return render(
        "epub/package.opf",
        reading=reading,
        documents=documents,
        episode=episode,
        show=show,
        sound=sound,
        cover=cover,
        modified=datetime.fromisoformat(episode.modified).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        features=(("synchronizedAudioText",) if sound else ()) + _FEATURES,
        synthetic=SYNTHETIC_VOICE,
        digital_source=DIGITAL_SOURCE_TYPE,
    )


def _nav(reading: Reading, documents: Sequence[Document]) -> str:
    """Return the book's contents: its headings, and the documents that have none."""
    places = {line.id: document for document in documents for piece in document.pieces for line in lines_of(piece)}
    names = {line.id: line_name(line) for line in reading.lines}
    branches: list[Branch] = []
    depths: list[int] = []
    led: set[str] = set()
    for entry in contents(reading):
        if (document := places.get(entry.line)) is not None:
            place = f"#{names[entry.line]}" if document.id in led else ""
            led.add(document.id)
            branches.append(Branch(entry.title, f"{document.id}.xhtml{place}", entry.start_s))
            depths.append(entry.depth)
    return render("epub/nav.xhtml", branches=nest(branches, depths), title=_CONTENTS_TITLE, language=reading.language)
