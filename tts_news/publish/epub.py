"""The edition as an EPUB 3 with media overlays: a book that reads itself aloud and shows where it is.

Source: EPUB 3.3 (W3C Recommendation), Media Overlays in its chapter 9; EPUB Accessibility 1.1.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from itertools import groupby
from pathlib import Path

from tts_news.publish.reading import Line, Passage, Reading, Section, is_numbered, show_text
from tts_news.publish.settings import ShowSettings
from tts_news.publish.shown import figure_markup, notes_markup, row_lines, table_markup
from tts_news.records import DIGITAL_SOURCE_TYPE, SYNTHETIC_VOICE, Episode, EpisodeFile, Figure, Notes, Table

# Sound that every reading system must play.
_SOUND = {".mp3": "audio/mpeg", ".m4a": "audio/mp4"}
_HEADINGS = frozenset({"headline", "subheading", "list_title"})
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the same edition makes the same bytes
_STYLE = """body { font-family: sans-serif; line-height: 1.8; text-align: start; }
blockquote { margin-inline: 1em 0; }
.quiet { color: inherit; font-style: normal; }
.numbered { list-style-type: ""; padding-inline-start: 0; }
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
class _Clip:
    """A sentence of the overlay: `line` sounds from `begin_s` to `end_s` of the file, pauses included."""

    line: str
    begin_s: float
    end_s: float


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
    if sound is None:
        return False
    cover = next((file for file in episode.files if file.kind == "image"), None)
    sections = [section for section in reading.sections if section.passages]
    if not sections:
        return False
    with zipfile.ZipFile(path, "w") as book:
        _add(book, "mimetype", "application/epub+zip", stored=True)
        _add(book, "META-INF/container.xml", _CONTAINER)
        _add(book, "EPUB/package.opf", _package(reading, sections, episode, show, sound, cover))
        _add(book, "EPUB/nav.xhtml", _nav(reading, sections))
        _add(book, "EPUB/style.css", _STYLE)
        for section in sections:
            _add(book, f"EPUB/{section.id}.xhtml", _document(section, reading))
            if _clips(section):
                _add(book, f"EPUB/{section.id}.smil", _overlay(section, f"sound{_suffix(sound)}"))
        _add_file(book, f"EPUB/sound{_suffix(sound)}", path.with_name(sound.name))
        if cover:
            _add_file(book, f"EPUB/cover{_suffix(cover)}", path.with_name(cover.name))
    return True


def _suffix(file: EpisodeFile) -> str:
    return file.name[file.name.rfind(".") :]


def _info(name: str, *, stored: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ZIP_DATE)
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _add(book: zipfile.ZipFile, name: str, text: str, *, stored: bool = False) -> None:
    book.writestr(_info(name, stored=stored), text.encode())


def _add_file(book: zipfile.ZipFile, name: str, source: Path) -> None:
    """Copy a file into the book piece by piece: an hour of sound need not fit into memory."""
    info = _info(name, stored=True)
    info.file_size = source.stat().st_size
    with source.open("rb") as file, book.open(info, "w") as entry:
        shutil.copyfileobj(file, entry, 1 << 20)


_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n<rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles>\n</container>\n"
)


def _clips(section: Section) -> list[_Clip]:
    """Return the section's sentences with the silence after each, so that they sound on end as in the episode."""
    heard = [line for line in section.lines if line.heard]
    begins = [section.start_s, *(line.start_s for line in heard[1:])]
    ends = [*begins[1:], section.end_s]
    names = _row_names(section)
    clips: list[_Clip] = []
    for line, begin, end in zip(heard, begins, ends, strict=False):
        name = names.get(line.id, _id(line))
        if clips and clips[-1].line == name:
            clips[-1] = replace(clips[-1], end_s=end)
        elif end > begin:
            clips.append(_Clip(name, begin, end))
    return clips


def _row_names(section: Section) -> dict[str, str]:
    """Return the names of the rows of tables by the lines that say them: a row is one place in the text."""
    tables = [(passage.block, passage) for passage in section.passages if isinstance(passage.block, Table)]
    rows = [lines for table, passage in tables for lines in row_lines(table, passage) if lines]
    return {line.id: _id(lines[0]) for lines in rows for line in lines}


def _id(line: Line) -> str:
    """Return an XML name for a line: an editor's script may have other ids than ours."""
    return "t-" + re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}", line.id)


def _overlay(section: Section, sound: str) -> str:
    pars = "\n".join(
        f'<par id="p-{clip.line}"><text src="{section.id}.xhtml#{clip.line}"/>'
        f'<audio src="{sound}" clipBegin="{clip.begin_s:.3f}s" clipEnd="{clip.end_s:.3f}s"/></par>'
        for clip in _clips(section)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">\n<body>\n'
        f'<seq id="q-{section.id}" epub:textref="{section.id}.xhtml#{section.id}" epub:type="chapter">\n'
        f"{pars}\n</seq>\n</body>\n</smil>\n"
    )


def _package(
    reading: Reading,
    sections: list[Section],
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
    for section in sections:
        length = sum(clip.end_s - clip.begin_s for clip in _clips(section))
        overlay = f' media-overlay="o-{section.id}"' if length else ""
        items.append(f'<item id="{section.id}" href="{section.id}.xhtml" media-type="application/xhtml+xml"{overlay}/>')
        if length:
            items.append(f'<item id="o-{section.id}" href="{section.id}.smil" media-type="application/smil+xml"/>')
            durations.append(f'<meta property="media:duration" refines="#o-{section.id}">{length:.3f}s</meta>')
        total += length
    durations.append(f'<meta property="media:duration">{total:.3f}s</meta>')
    metadata = [*_metadata(reading, episode, show), *durations]
    spine = "".join(f'<itemref idref="{section.id}"/>' for section in sections)
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
    yield f"<dc:description>{escape(show_text(show.shown_disclosure))}</dc:description>"
    for voice in episode.voices:
        credit = " – ".join(filter(None, map(show_text, (voice.name, voice.attribution, voice.licence))))
        yield f"<dc:rights>{SYNTHETIC_VOICE}: {escape(credit)}</dc:rights>"
        yield f'<meta property="media:narrator">{escape(show_text(voice.name))}</meta>'
    yield f'<meta property="dcterms:modified">{modified}</meta>'
    yield f'<meta property="schema:digitalSourceType">{DIGITAL_SOURCE_TYPE}</meta>'
    yield '<meta property="media:active-class">-epub-media-overlay-active</meta>'
    yield from (f'<meta property="schema:{name}">{value}</meta>' for name, value in _ACCESSIBILITY)


def _nav(reading: Reading, sections: list[Section]) -> str:
    entries = "\n".join(f'<li><a href="{section.id}.xhtml">{escape(section.title)}</a></li>' for section in sections)
    heading = '<nav epub:type="toc" id="toc" aria-labelledby="toc-title">\n<h1 id="toc-title">الأقسام</h1>'
    return _xhtml(reading, "الأقسام", f"{heading}\n<ol>\n{entries}\n</ol>\n</nav>")


def _xhtml(reading: Reading, title: str, body: str) -> str:
    language = escape(reading.language)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}" dir="rtl">\n<head>\n<title>{escape(title)}</title>\n'
        f'<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def _document(section: Section, reading: Reading) -> str:
    """Return a section as a document: its spoken heading first if it has one, else the chapter's title."""
    heading = next((passage for passage in section.passages[:2] if passage.role in _HEADINGS), None)
    parts = [f'<section id="{section.id}" epub:type="chapter" aria-label="{escape(section.title)}">']
    if heading is None:
        parts.append(f"<h1>{escape(section.title)}</h1>")
    # What follows the title of its item is that item's text: a list of one is none.
    after = [None, *(passage.role for passage in section.passages)]
    listed = [
        passage.role == "list_item" and before != "list_title"
        for before, passage in zip(after, section.passages, strict=False)
    ]
    for is_list, group in groupby(zip(listed, section.passages, strict=True), lambda pair: pair[0]):
        passages = [passage for _, passage in group]
        if is_list:
            parts.append(_list(passages))
        else:
            parts.extend(_passage(passage, "h1" if passage is heading else "h2") for passage in passages)
    return _xhtml(reading, section.title, "\n".join([*parts, "</section>"]))


def _list(items: list[Passage]) -> str:
    """Return list items as a list, without marks beside the numbers that stand in the text."""
    tags = ('<ol class="numbered">', "</ol>") if any(map(is_numbered, items)) else ("<ul>", "</ul>")
    return tags[0] + "".join(f"<li>{_words(passage)}</li>" for passage in items) + tags[1]


def _passage(passage: Passage, rank: str) -> str:
    block = passage.block
    if isinstance(block, Table):
        return table_markup(block, passage, _say, _row_id)
    if isinstance(block, Figure):
        return figure_markup(block, passage, _say)
    if isinstance(block, Notes):
        return notes_markup(block, "h2")
    words = _words(passage)
    if passage.role in _HEADINGS:
        return f"<{rank}>{words}</{rank}>"
    if passage.role == "quote":
        return f"<blockquote><p>{words}</p></blockquote>"
    return f"<p>{words}</p>"


def _words(passage: Passage) -> str:
    return _say(passage.lines)


def _say(lines: Sequence[Line]) -> str:
    return " ".join(_sentence(line) for line in lines)


def _row_id(lines: Sequence[Line]) -> str:
    """Return the name by which the overlay finds a table's row."""
    return f' id="{_id(lines[0])}"' if lines else ""


def _sentence(line: Line) -> str:
    language = f' lang="{escape(line.language)}" xml:lang="{escape(line.language)}"' if line.language != "ar" else ""
    return f'<span id="{_id(line)}"{language}>{escape(line.text)}</span>'
