"""An EPUB → an article a chapter, in reading order. Source: EPUB 3.3 (W3C), OPF 2.0.1."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from tts_news.arabic import count_arabic, count_words
from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.encoding import decode
from tts_news.read.entries import iso_of
from tts_news.read.formats.agency import find, find_all
from tts_news.read.formats.archive import Archive
from tts_news.read.guard import guarded
from tts_news.read.identity import scope_of, short
from tts_news.read.manuscript import inner_html, read_manuscript
from tts_news.read.markup import text_of
from tts_news.read.metadata import parse_html
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Identity

_FEWEST_WORDS = 20
# Parts of a book that are no chapter of it, as the book itself calls them.
_AROUND = frozenset("cover toc landmarks titlepage halftitlepage copyright-page colophon index loi lot".split())


def read_epub(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the chapters of a book as articles, in its reading order, behind the `passed` first.

    Raises:
        ReadError: It is damaged, protected, or holds no chapter.
    """
    del since
    archive = Archive(document.data, document.name)
    if "META-INF/rights.xml" in archive.names() or "META-INF/license.lcpl" in archive.names():
        raise ReadError(f"{document.name} is protected against copying", hint="only books without protection are read")
    place = find(archive.xml("META-INF/container.xml"), "rootfile")
    package = posixpath.normpath((place.get("full-path") or "") if place is not None else "")
    root = archive.xml(package)
    book = _facts(root)
    titles = _titles(archive, root, package)
    chapters = [part for part in dict.fromkeys(_spine(root, package)) if part in archive.names()]
    texts = ((part, decode(archive.read(part))) for part in chapters)
    whole = [(part, text) for part, text in texts if _is_chapter(text)]
    if not whole:
        raise ReadError(f"{document.name} is a book without a chapter in Arabic", hint="this press reads Arabic")
    for part, text in islice(whole[: settings.limit or None], passed, None):
        facts = replace(book, title=titles.get(part, ""))
        try:
            with guarded(f"{document.name} ({part})"):
                article = read_manuscript(_body_of(text), f"{document.name} ({part})", facts)
        except ReadError as err:
            yield err
        else:
            key = short(f"{book.url} {part}".strip())
            yield replace(
                article, url="", source=document.name, identity=Identity("feed", scope_of(document.name), key)
            )


def _facts(root: etree._Element) -> Article:
    """Return what the book says of itself; `url` holds its identifier."""
    meta = find(root, "metadata")
    creators = (text_of(one) for one in find_all(meta, "creator"))
    return Article(
        title="",
        blocks=(),
        author="، ".join(filter(None, creators)),
        published=iso_of(text_of(find(meta, "date"))),
        url=text_of(find(meta, "identifier")),
        site=text_of(find(meta, "title")),
        language=text_of(find(meta, "language")).partition("-")[0].lower() or "ar",
        rights=text_of(find(meta, "rights")),
    )


def _spine(root: etree._Element, package: str) -> list[str]:
    """Return the parts of the book in reading order, what stands beside it and its table of contents left out."""
    items = {item.get("id"): item for item in find_all(find(root, "manifest"), "item")}
    listed = [one for one in find_all(find(root, "spine"), "itemref") if one.get("linear") != "no"]
    chosen = [items[one.get("idref")] for one in listed if one.get("idref") in items]
    return [
        _join(package, item.get("href") or "") for item in chosen if "nav" not in (item.get("properties") or "").split()
    ]


def _join(base: str, href: str) -> str:
    """Return the name of a part that another one refers to; one that leads out of the book is no part of it."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(href.partition("#")[0])))


def _titles(archive: Archive, root: etree._Element, package: str) -> dict[str, str]:
    """Return the titles that the table of contents gives to parts: those of navigation document or NCX."""
    titles: dict[str, str] = {}
    for item in find_all(find(root, "manifest"), "item"):
        part = _join(package, item.get("href") or "")
        is_nav = "nav" in (item.get("properties") or "").split()
        is_ncx = item.get("media-type") == "application/x-dtbncx+xml"
        if not (is_nav or is_ncx) or part not in archive.names():
            continue
        tree = archive.xml(part)
        for point in find_all(tree, "a" if is_nav else "navpoint"):
            content = find(point, "content")
            href = point.get("href") or (content.get("src") if content is not None else "") or ""
            label = text_of(point) if is_nav else text_of(find(point, "text"))
            if href and label:
                titles.setdefault(_join(part, href), label)
    return titles


def _is_chapter(text: str) -> bool:
    tree, _ = parse_html(text)
    body = tree.find(".//body") if tree is not None else None
    if body is None:
        return False
    kinds = {kind for one in (body, *body.iterchildren("section")) for kind in (one.get("epub:type") or "").split()}
    words = "".join(map(str, body.itertext()))
    return not kinds & _AROUND and count_words(words) >= _FEWEST_WORDS and count_arabic(words) > _FEWEST_WORDS


def _body_of(text: str) -> str:
    tree, _ = parse_html(text)
    body = tree.find(".//body") if tree is not None else None
    return "" if body is None else inner_html(body)
