"""RSS 0.9 to 2.0 and Atom → entries. The XML is read with entities unresolved, no network and libxml2's own limits."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from tts_news.arabic import tidy
from tts_news.errors import ReadError
from tts_news.read.encoding import decode, mend
from tts_news.read.entries import Entry, iso_of, join_link, plain, read_entries, take_entries
from tts_news.read.identity import scope_of
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, IdentityKind

if TYPE_CHECKING:
    from tts_news.read.document import Document

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_DC_DATE = "{http://purl.org/dc/elements/1.1/}date"
_ATOM = "{http://www.w3.org/2005/Atom}"
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_NUMBERED = re.compile(r"&#(?:0{0,9}([0-9]{1,7})|[xX]0{0,9}([0-9a-fA-F]{1,6}));")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_TAG_NAME = re.compile(r"^\{[^}]*\}")


def read_feed(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the articles of a feed, newest first, behind the `passed` first.

    Raises:
        ReadError: It is no feed, or it declares entities, which no honest feed does.
    """
    root = _parse(document)
    entries = list(_entries(root, document.url, document.name))
    if not entries:
        raise ReadError(f"{document.name} is a feed without entries", hint="open it in a browser to see what it holds")
    origin: tuple[IdentityKind, str] = ("feed", scope_of(document.name))
    yield from read_entries(entries, settings, since, document.name, origin, passed)


def _parse(document: Document) -> etree._Element:
    text = decode(document.data, document.charset)
    if re.search(r"<!ENTITY", text[:100_000], re.IGNORECASE):
        raise ReadError(
            f"{document.name} declares XML entities of its own",
            hint="no feed needs them; such a file is made to exhaust memory",
        )
    # HTML's names (&nbsp;) are not XML's; without this, libxml2 drops them and glues the words around them.
    text = _NAMED.sub(lambda match: match[0] if match[1] in _XML_OWN else html.unescape(match[0]), text)
    text = mend(_NUMBERED.sub(_numbered, text))
    text = re.sub(r"^\s*<\?xml[^>]{0,300}\?>", "", re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text))
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        raise ReadError(f"{document.name} is not a feed that can be read: {err}", hint=_HINT) from err
    if root is None or _local(root) not in ("rss", "feed", "rdf"):
        raise ReadError(f"{document.name} is not a feed", hint=_HINT)
    return root


def _numbered(match: re.Match[str]) -> str:
    """Return a numeric reference as it stands, but a surrogate (half an emoji of a careless system) as that half."""
    code = int(match[1]) if match[1] else int(match[2], 16)
    if 0xD800 <= code < 0xE000:
        return chr(code)
    return "" if code < 0x20 and code not in (9, 10, 13) else match[0]


_HINT = "give the address of an RSS or Atom feed; --from html reads a page instead"


def _local(element: etree._Element) -> str:
    return _TAG_NAME.sub("", element.tag).lower() if isinstance(element.tag, str) else ""


def _child(element: etree._Element, *names: str) -> str:
    """Return the text of the first child with one of these names that has any."""
    for name in names:
        for child in element:
            own = child.tag if isinstance(child.tag, str) else ""
            if own == name or (not name.startswith("{") and _local(child) == name and _is_plain(own)):
                text = "".join(map(str, child.itertext())).strip()
                if text:
                    return text
    return ""


def _is_plain(tag: str) -> bool:
    """Return whether a tag is RSS's or Atom's own: media:title and itunes:summary have the names, not the meaning."""
    return not tag.startswith("{") or tag.startswith((_ATOM, "{http://purl.org/rss/1.0/}", "{http://my.netscape.com"))


def _entries(root: etree._Element, base: str, name: str) -> Iterator[Entry | ReadError]:
    channel = next((child for child in root if _local(child) == "channel"), root)
    site = plain(_child(channel, "title"))
    own = (e for e in root.iter() if _local(e) in ("item", "entry") and _is_plain(str(e.tag)))
    return take_entries(own, lambda element: _entry(element, site, base), name)


def _entry(element: etree._Element, site: str, base: str) -> Entry:
    is_atom = _local(element) == "entry"
    return Entry(
        title=plain(_child(element, "title")),
        link=join_link(base, _link(element)),
        content=_child(element, _CONTENT) or (_atom_content(element) if is_atom else ""),
        summary=_child(element, "description", "summary"),
        author=_author(element),
        published=iso_of(_child(element, "pubdate", "published", _DC_DATE, "issued"))
        or iso_of(_child(element, "updated")),
        modified=iso_of(_child(element, "updated", "modified")),
        categories=_categories(element),
        site=site,
        guid=_child(element, "id" if is_atom else "guid"),
    )


def _link(element: etree._Element) -> str:
    for child in element:
        if _local(child) != "link" or not _is_plain(str(child.tag)):
            continue
        if (href := child.get("href")) and child.get("rel", "alternate") == "alternate":
            return href.strip()
        if child.text and child.text.strip():
            return child.text.strip()
    guid = _child(element, "guid")
    return guid if guid.startswith(("http://", "https://")) else ""


def _atom_content(element: etree._Element) -> str:
    for child in element:
        if _local(child) != "content" or not _is_plain(str(child.tag)):
            continue
        if child.get("type") == "xhtml":
            return "".join(etree.tostring(inner, encoding="unicode", method="html") for inner in child)
        return "".join(map(str, child.itertext())).strip()
    return ""


def _author(element: etree._Element) -> str:
    for child in element:
        if _local(child) == "author":
            name = _child(child, "name") or (child.text or "")
            # RSS wants an e-mail address with the name in brackets.
            match = re.search(r"\(([^)]+)\)", name)
            return tidy(match[1] if match else name)
    return tidy(_child(element, _CREATOR))


def _categories(element: etree._Element) -> tuple[str, ...]:
    found = (child for child in element if _local(child) == "category" and _is_plain(str(child.tag)))
    names = [plain(child.get("label") or child.text or child.get("term") or "") for child in found]
    return tuple(dict.fromkeys(name for name in names if name))
