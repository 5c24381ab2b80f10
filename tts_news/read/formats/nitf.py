"""NITF 3.x, an agency's text with its head → an entry. Source: IPTC, News Industry Text Format 3.6."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from lxml import etree

from tts_news.arabic import count_words
from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.entries import Entry, read_entries, take_entries
from tts_news.read.formats.agency import as_html, date_of, find, find_all, origin_of, require_usable
from tts_news.read.markup import parse_xml, text_of
from tts_news.read.metadata import BY
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Dropped


def read_nitf(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the article of an NITF document.

    Raises:
        ReadError: It is broken: an agency's text that was cut off is not half an article.
    """
    mended = parse_xml(document.data, document.name, document.charset)
    if mended.faults:
        line, fault = mended.faults[0]
        raise ReadError(f"{document.name} is broken in line {line}: {fault}", hint="ask for the item again")
    entries = take_entries([mended.root], lambda root: read_entry(root, document.name), document.name)
    yield from read_entries(entries, settings, since, document.name, ("feed", origin_of(document)), passed)


def read_entry(root: etree._Element, name: str) -> Entry:
    """Return an NITF document as an entry.

    Raises:
        ReadError: It must not be published yet, or any more, or has no text.
    """
    data = find(root, "docdata")
    release = find(data, "date.release")
    require_usable(
        (data.get("management-status") or "") if data is not None else "",
        release.get("norm") or "" if release is not None else "",
        name,
    )
    notes = tuple(_take_notes(root))
    content = find(root, "body.content")
    if content is None:
        raise ReadError(f"{name} is NITF without a text")
    issued, copyrighted = find(data, "date.issue"), find(data, "doc.copyright")
    identity, urgency = find(data, "doc-id"), find(data, "urgency")
    return Entry(
        title=text_of(find(root, "hedline", "hl1")) or text_of(find(root, "hedline")) or text_of(find(root, "title")),
        link="",
        content=_deck(root) + as_html(content),
        author=byline_of(root),
        published=date_of(_norm(issued)) or date_of(_norm(find(root, "dateline", "story.date"))),
        categories=tuple(dict.fromkeys(subject.get("tobject.subject.type") or "" for subject in _subjects(root))),
        site=text_of(find(root, "distributor")),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang", "ar").partition("-")[0],
        complete=True,
        guid=(identity.get("id-string") or "") if identity is not None else "",
        dateline=text_of(find(root, "dateline")),
        rights=_rights(copyrighted) or text_of(find(root, "rights")),
        dropped=notes,
        urgency=urgency_of((urgency.get("ed-urg") or "") if urgency is not None else ""),
    )


def _take_notes(root: etree._Element) -> Iterator[Dropped]:
    """Yield the notes of an item, taken out of it: each has a `body.content` of its own.

    Those on rights and at the end are for readers; any other is to editors, and its words go no further.
    """
    for note in list(find_all(root, "note")):
        text, tail = text_of(note), note.tail
        public = note.get("noteclass") in ("cpyrt", "end", "trademk") and note.get("type") != "npa"
        note.clear()
        note.tail = tail
        if text and public:
            yield Dropped(text, "a note of the agency")
        elif text:
            yield Dropped(f"{count_words(text)} words", "a note to editors, not repeated here")


def byline_of(root: etree._Element) -> str:
    """Return who wrote it, without «By» and without what he is."""
    byline = find(root, "byline")
    people = [text_of(person) for person in find_all(byline, "person")]
    return "، ".join(filter(None, people)) or BY.sub("", text_of(byline))


def urgency_of(text: str) -> int:
    """Return an urgency of 1 (flash) to 9, 0 when none is stated."""
    return int(text) if text.strip() in tuple("123456789") else 0


def _norm(element: etree._Element | None) -> str:
    return (element.get("norm") or "") if element is not None else ""


def _deck(root: etree._Element) -> str:
    """Return the second headline and the abstract, which stand above the text."""
    deck = [f"<p>{as_html(line)}</p>" for line in find_all(find(root, "hedline"), "hl2")]
    abstract = find(root, "abstract")
    return "".join(deck) + (as_html(abstract) if abstract is not None else "")


def _subjects(root: etree._Element) -> list[etree._Element]:
    return [subject for subject in find_all(root, "tobject.subject") if subject.get("tobject.subject.type")]


def _rights(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return " ".join(filter(None, ("©", element.get("year"), element.get("holder")))) if element.get("holder") else ""
