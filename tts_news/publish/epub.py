"""The edition as an EPUB 3 with media overlays: a book that reads itself aloud and shows where it is.

Source: EPUB 3.3 (W3C Recommendation), Media Overlays in its chapter 9; EPUB Accessibility 1.1.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
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
    show_text,
    text_of,
)
from tts_news.publish.settings import ShowSettings
from tts_news.publish.templates import line_name, render
from tts_news.records import DIGITAL_SOURCE_TYPE, SYNTHETIC_VOICE, Episode, EpisodeFile

# Sound that every reading system must play.
_SOUND = {".mp3": "audio/mpeg", ".m4a": "audio/mp4"}
_STYLE = """body { font-family: sans-serif; line-height: 1.8; text-align: start; }
blockquote { margin-inline: 1em 0; }
.quiet { color: inherit; font-style: normal; }
section ol { list-style-type: ""; padding-inline-start: 1em; }
.-epub-media-overlay-active { background-color: #fff0b3; color: #1c1b19; }
"""
_ACCESSIBILITY = (
    ("accessMode", "textual"),
    ("accessMode", "auditory"),
    ("accessModeSufficient", "textual"),
    ("accessModeSufficient", "auditory"),
    ("accessibilityFeature", "synchronizedAudioText"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", "نص كامل مقروء بصوت اصطناعي، متزامن جملة جملة، مع فهرس للأقسام."),
)


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


def write_epub(path: Path, reading: Reading, episode: Episode, show: ShowSettings) -> bool:
    """Write the edition as an EPUB to `path`; returns False when it has no text, or no sound that an EPUB may hold.

    Args:
        path: The book; the sound and the cover lie in the same folder.
        reading: What is read, and when it sounds.
        episode: The manifest with its files.
        show: The show the edition belongs to.

    Raises:
        OSError: It cannot be written.
    """
    sound = next((file for file in episode.files if file.kind == "audio" and _suffix(file) in _SOUND), None)
    documents = _documents(reading)
    if sound is None or not documents:
        return False
    cover = next((file for file in episode.files if file.kind == "image"), None)
    sound_name = f"sound{_suffix(sound)}"
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
            if document.clips:
                overlay = render("epub/overlay.smil", document=document, sound=sound_name)
                add_text(book, f"EPUB/{document.id}.smil", overlay)
        add_file(book, f"EPUB/{sound_name}", path.with_name(sound.name))
        if cover:
            add_file(book, f"EPUB/cover{_suffix(cover)}", path.with_name(cover.name))
    return True


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
    sound: EpisodeFile,
    cover: EpisodeFile | None,
) -> str:
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        f'<item id="sound" href="sound{_suffix(sound)}" media-type="{_SOUND[_suffix(sound)]}"/>',
    ]
    if cover:
        kind = "image/png" if _suffix(cover) == ".png" else "image/jpeg"
        items.append(f'<item id="cover" href="cover{_suffix(cover)}" media-type="{kind}" properties="cover-image"/>')
    total = 0.0
    durations = []
    for one in documents:
        length = one.length_s
        overlay = f' media-overlay="o-{one.id}"' if length else ""
        items.append(f'<item id="{one.id}" href="{one.id}.xhtml" media-type="application/xhtml+xml"{overlay}/>')
        if length:
            items.append(f'<item id="o-{one.id}" href="{one.id}.smil" media-type="application/smil+xml"/>')
            durations.append(f'<meta property="media:duration" refines="#o-{one.id}">{length:.3f}s</meta>')
        total += length
    durations.append(f'<meta property="media:duration">{total:.3f}s</meta>')
    metadata = [*_metadata(reading, episode, show), *durations]
    spine = "".join(f'<itemref idref="{one.id}"/>' for one in documents)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{escape(reading.language)}" dir="rtl">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n' + "\n".join(metadata) + "\n</metadata>\n"
        "<manifest>\n" + "\n".join(items) + "\n</manifest>\n"
        f'<spine page-progression-direction="rtl">{spine}</spine>\n</package>\n'
    )


def _metadata(reading: Reading, episode: Episode, show: ShowSettings) -> Iterator[str]:
    modified = datetime.fromisoformat(episode.modified).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield f'<dc:identifier id="id">urn:uuid:{escape(episode.guid)}</dc:identifier>'
    yield f"<dc:title>{escape(reading.title) or escape(episode.slug)}</dc:title>"
    yield f"<dc:language>{escape(reading.language)}</dc:language>"
    yield f"<dc:date>{escape(episode.date)}</dc:date>"
    yield f"<dc:publisher>{escape(show_text(show.author or show.title))}</dc:publisher>"
    authors = dict.fromkeys(show_text(source.author) for source in episode.sources)
    yield from (f"<dc:creator>{escape(author)}</dc:creator>" for author in authors if author)
    sources = dict.fromkeys(show_text(source.url) for source in episode.sources)
    yield from (f"<dc:source>{escape(source)}</dc:source>" for source in sources if source)
    rights = dict.fromkeys(show_text(source.rights) for source in episode.sources)
    yield from (f"<dc:rights>{escape(line)}</dc:rights>" for line in rights if line)
    yield f"<dc:description>{escape(show_text(show.shown_disclosure))}</dc:description>"
    for voice in episode.voices:
        credit = " – ".join(filter(None, map(show_text, (voice.name, voice.attribution, voice.licence))))
        yield f"<dc:rights>{SYNTHETIC_VOICE}: {escape(credit)}</dc:rights>"
        yield f'<meta property="media:narrator">{escape(show_text(voice.name))}</meta>'
    yield f'<meta property="dcterms:modified">{modified}</meta>'
    yield f'<meta property="schema:digitalSourceType">{DIGITAL_SOURCE_TYPE}</meta>'
    yield '<meta property="media:active-class">-epub-media-overlay-active</meta>'
    yield from (f'<meta property="schema:{name}">{value}</meta>' for name, value in _ACCESSIBILITY)


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
