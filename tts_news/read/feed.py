"""RSS 0.9 to 2.0 and Atom → entries. The XML is read with entities unresolved, no network and libxml2's own limits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from tts_news.arabic import tidy
from tts_news.errors import ReadError
from tts_news.read.entries import Entry, iso_of, join_link, plain, read_entries, take_entries
from tts_news.read.identity import normalise_address, scope_of
from tts_news.read.markup import HINT, Mended, count_tags, local_name, parse_xml
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, IdentityKind

if TYPE_CHECKING:
    from tts_news.read.document import Document

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_DC_DATE = "{http://purl.org/dc/elements/1.1/}date"
_ATOM = "{http://www.w3.org/2005/Atom}"


def read_feed(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the articles of a feed, newest first, behind the `passed` first.

    Raises:
        ReadError: It is no feed, or it declares entities, which no honest feed does.
    """
    mended = _parse(document)
    entries = [*_entries(mended, document.url, document.name), *losses(mended, document.name)]
    if not entries:
        raise ReadError(f"{document.name} is a feed without entries", hint="open it in a browser to see what it holds")
    origin: tuple[IdentityKind, str] = ("feed", scope_of(document.name))
    yield from read_entries(entries, settings, since, document.name, origin, passed)


def _parse(document: Document) -> Mended:
    mended = parse_xml(document.data, document.name, document.charset)
    if local_name(mended.root) not in ("rss", "feed", "rdf"):
        raise ReadError(f"{document.name} is not a feed", hint=HINT)
    return mended


def losses(mended: Mended, name: str) -> Iterator[ReadError]:
    """Yield an error for what the parser could not keep of a broken feed: the entries that it made are made."""
    opened, closed = count_tags(mended.text, ("item", "entry"))
    found = len(_elements(mended.root))
    where = f" in line {mended.faults[0][0]}: {mended.faults[0][1]}" if mended.faults else ""
    if found < opened:
        yield ReadError(f"{name} is broken{where}: {opened - found} of its {opened} entries are lost", hint=_BROKEN)
    if closed < opened:
        yield ReadError(f"{name} is cut off{where}: its last entry is not whole and was left out", hint=_BROKEN)
    elif 0 < opened <= found and mended.faults:
        yield ReadError(f"{name} is broken{where}: what was read of it may lack words", hint=_BROKEN)


_BROKEN = "read it again; if it stays so, tell whoever makes the feed"


def entry_elements(mended: Mended) -> list[etree._Element]:
    """Return the entries of a feed that are whole: the last one of a feed that is cut off is not."""
    opened, closed = count_tags(mended.text, ("item", "entry"))
    return _elements(mended.root)[: -1 if closed < opened else None]


def _elements(root: etree._Element) -> list[etree._Element]:
    return [e for e in root.iter() if local_name(e) in ("item", "entry") and _is_plain(str(e.tag))]


def child_text(element: etree._Element, *names: str) -> str:
    """Return the text of the first child with one of these names that has any."""
    for name in names:
        for child in element:
            own = child.tag if isinstance(child.tag, str) else ""
            if own == name or (not name.startswith("{") and local_name(child) == name and _is_plain(own)):
                text = "".join(map(str, child.itertext())).strip()
                if text:
                    return text
    return ""


def _is_plain(tag: str) -> bool:
    """Return whether a tag is RSS's or Atom's own: media:title and itunes:summary have the names, not the meaning."""
    return not tag.startswith("{") or tag.startswith((_ATOM, "{http://purl.org/rss/1.0/}", "{http://my.netscape.com"))


def _entries(mended: Mended, base: str, name: str) -> Iterator[Entry | ReadError]:
    channel = next((child for child in mended.root if local_name(child) == "channel"), mended.root)
    site = plain(child_text(channel, "title"))
    # A file may hold one site's feed today and another's tomorrow: there a guid is its site's.
    host = "" if base else urlsplit(normalise_address(_link(channel))).netloc

    def take(element: etree._Element) -> Entry:
        entry = _entry(element, site, base)
        return replace(entry, guid=f"{host} {entry.guid}") if host and entry.guid else entry

    return take_entries(entry_elements(mended), take, name)


def _entry(element: etree._Element, site: str, base: str) -> Entry:
    is_atom = local_name(element) == "entry"
    return Entry(
        title=plain(child_text(element, "title")),
        link=join_link(base, _link(element)),
        content=child_text(element, _CONTENT) or (_atom_content(element) if is_atom else ""),
        summary=child_text(element, "description", "summary"),
        author=_author(element),
        published=iso_of(child_text(element, "pubdate", "published", _DC_DATE, "issued"))
        or iso_of(child_text(element, "updated")),
        modified=iso_of(child_text(element, "updated", "modified")),
        categories=_categories(element),
        site=site,
        guid=child_text(element, "id" if is_atom else "guid"),
    )


def _link(element: etree._Element) -> str:
    for child in element:
        if local_name(child) != "link" or not _is_plain(str(child.tag)):
            continue
        if (href := child.get("href")) and child.get("rel", "alternate") == "alternate":
            return href.strip()
        if child.text and child.text.strip():
            return child.text.strip()
    guid = child_text(element, "guid")
    return guid if guid.startswith(("http://", "https://")) else ""


def _atom_content(element: etree._Element) -> str:
    for child in element:
        if local_name(child) != "content" or not _is_plain(str(child.tag)):
            continue
        if child.get("type") == "xhtml":
            return "".join(etree.tostring(inner, encoding="unicode", method="html") for inner in child)
        return "".join(map(str, child.itertext())).strip()
    return ""


def _author(element: etree._Element) -> str:
    for child in element:
        if local_name(child) == "author":
            name = child_text(child, "name") or (child.text or "")
            # RSS wants an e-mail address with the name in brackets.
            match = re.search(r"\(([^)]+)\)", name)
            return tidy(match[1] if match else name)
    return tidy(child_text(element, _CREATOR))


def _categories(element: etree._Element) -> tuple[str, ...]:
    found = (child for child in element if local_name(child) == "category" and _is_plain(str(child.tag)))
    names = [plain(child.get("label") or child.text or child.get("term") or "") for child in found]
    return tuple(dict.fromkeys(name for name in names if name))
