"""The notes of an episode, as apps show them: summary, chapters, corrections, sources and what the voice is.

They are HTML in a feed's text, made as elements and never as strings: whatever stands in a title stays text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from tts_news.publish.chapters import list_stamps
from tts_news.publish.reading import show_text

if TYPE_CHECKING:
    from tts_news.publish.settings import ShowSettings
    from tts_news.publish.show import Entry
    from tts_news.records import ChapterSpan

NOTES_BYTES = 3900
"""Apple takes 4000 bytes of a description."""
_BREAK = len("<br/>")
_LARGEST = len("&amp;")  # bytes of a letter as markup, at most
_LONGEST_LINK = 400
_LONGEST_STAMP = 200
"""Bytes, a hundred letters: a list of chapters is read at a glance."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines, the last of which may be a link."""

    lines: Sequence[str]
    link: str = ""

    def size(self, tags: int) -> int:
        """Return its bytes as markup; `tags` those of an empty paragraph."""
        linked = len('<a href=""></a>') + _size(self.link) if self.link else 0
        return tags + linked + sum(_size(line) + _BREAK for line in self.lines)


def write_notes(entry: Entry, show: ShowSettings) -> str:
    """Return the notes as HTML within Apple's 4000 bytes, a paragraph each.

    Chapters that do not fit are left to the chapter list: first the sections inside articles, then the last ones.
    """
    language = show_text(show.language)
    tags = len(f'<p dir="rtl" lang="{language}"></p>')
    first = _Paragraph(_summary(entry.summary or entry.title))
    corrections = [_Paragraph([fit([show_text(note)], 300)]) for note in entry.notes[-2:]]
    voice = _Paragraph([fit([show_text(show.shown_disclosure)], 600)])
    room = NOTES_BYTES - sum(paragraph.size(tags) for paragraph in (first, *corrections, voice))
    written = (_source(source.url, source.site or source.title) for source in entry.sources if source.url)
    links = [link for link in written if link.size(tags) < _LONGEST_LINK][:3]
    while links and sum(link.size(tags) for link in links) > room:
        links.pop()
    stamps = _fitting(entry.chapters, room - tags - sum(link.size(tags) for link in links))
    # Apple makes chapters from three time stamps or more.
    chapters = [_Paragraph(stamps)] if len(stamps) >= 3 else []
    return _write([first, *chapters, *corrections, *links, voice], language)


def fit(pieces: Sequence[str], limit: int = NOTES_BYTES) -> str:
    """Return the text, ended at a word with an ellipsis where it is longer than `limit` bytes of markup.

    The whole text is on the page and in the transcript: this is an excerpt, and says so.
    """
    text = " ".join(pieces)
    if _LARGEST * len(text) <= limit or _size(text) <= limit:
        return text
    room = limit - len(" …".encode())
    for at, letter in enumerate(text):
        room -= _size(letter)
        if room < 0:
            text = text[:at]
            break
    return text.rsplit(" ", 1)[0] + " …"


def _write(paragraphs: Sequence[_Paragraph], language: str) -> str:
    """Return paragraphs as markup.

    Apps lay out what has no direction from left to right, a full stop before its sentence; "auto" fails where a
    sentence opens with a Latin word.
    """
    notes = etree.Element("notes")
    for paragraph in paragraphs:
        element = etree.SubElement(notes, "p", dir="rtl", lang=language)
        element.text = paragraph.lines[0]
        for line in paragraph.lines[1:]:
            if paragraph.link:
                etree.SubElement(element, "a", href=paragraph.link).text = line
            else:
                etree.SubElement(element, "br").tail = line
    return etree.tostring(notes, encoding="unicode").removeprefix("<notes>").removesuffix("</notes>")


def _source(url: str, name: str) -> _Paragraph:
    """Return where an article comes from, as a link where its address is one for the web."""
    if url.startswith(("https://", "http://")):
        return _Paragraph(["المصدر: ", show_text(name)], show_text(url))
    return _Paragraph([f"المصدر: {show_text(name)}"])


def _summary(text: str) -> Sequence[str]:
    """Return the summary within half of the notes; that of a bulletin keeps its lines, a headline each."""
    lines = [show_text(line) for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return [fit(lines, NOTES_BYTES // 2)]
    kept = list(_while_room(lines, NOTES_BYTES // 2))
    return lines if len(kept) == len(lines) else [*kept, "…"]


def _fitting(chapters: Sequence[ChapterSpan], room: int) -> Sequence[str]:
    """Return the time stamps that fit into `room` bytes."""
    stamps: Sequence[str] = ()
    for chosen in (chapters, [chapter for chapter in chapters if chapter.level == 0]):
        stamps = [fit([stamp], _LONGEST_STAMP) for stamp in list_stamps(chosen)]
        breaks = len(stamps) * _BREAK
        if _LARGEST * sum(map(len, stamps)) + breaks <= room or sum(map(_size, stamps)) + breaks <= room:
            return stamps
    return list(_while_room(stamps, room))


def _while_room(lines: Sequence[str], room: int) -> Iterator[str]:
    """Yield lines until `room` bytes of markup are taken."""
    for line in lines:
        room -= _size(line) + _BREAK
        if room < 0:
            return
        yield line


def _size(text: str) -> int:
    """Return the bytes of a text as markup."""
    plain = len(text.encode())
    return plain + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
