"""NewsML-G2 (newsItem, newsMessage) and NewsML 1.x → entries: texts only; pictures and packages say what they are.

Source: IPTC, NewsML-G2 2.34 specification; NewsML 1.2 functional specification.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from lxml import etree

from tts_news.arabic import tidy
from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.entries import Entry, read_entries, take_entries
from tts_news.read.formats.agency import as_html, date_of, find, find_all, origin_of, require_usable
from tts_news.read.formats.jsonfeed import as_markup
from tts_news.read.formats.nitf import urgency_of
from tts_news.read.markup import local_name, parse_xml, text_of
from tts_news.read.metadata import BY
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

_ITEMS = ("newsitem", "packageitem", "conceptitem", "planningitem")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_newsml(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the texts of a NewsML document, newest first, behind the `passed` first.

    Raises:
        ReadError: It is broken, or has no item.
    """
    mended = parse_xml(document.data, document.name, document.charset)
    if mended.faults:
        line, fault = mended.faults[0]
        raise ReadError(f"{document.name} is broken in line {line}: {fault}", hint="ask for the item again")
    items = [item for item in find_all(mended.root, *_ITEMS) if not any(map(_is_item, item.iterancestors()))]
    if not items:
        raise ReadError(f"{document.name} is NewsML without a news item", hint="ask the agency for texts")
    is_first = local_name(mended.root) == "newsml"
    entries = take_entries(items, _first_entry if is_first else _entry, document.name)
    yield from read_entries(entries, settings, since, document.name, ("feed", origin_of(document)), passed)


def _is_item(element: etree._Element) -> bool:
    return local_name(element) in _ITEMS


# ── NewsML-G2 ────────────────────────────────────────────────────────────────────────────────────────────────────


def _entry(item: etree._Element) -> Entry:
    guid = item.get("guid") or ""
    kind = (_code(find(item, "itemclass")) or "ninat:text").rpartition(":")[2]
    if local_name(item) != "newsitem" or kind != "text":
        raise ReadError(f"{guid or 'an item'} is no text but {kind if kind != 'text' else local_name(item)}")
    require_usable(_code(find(item, "pubstatus")), text_of(find(item, "embargoed")), guid)
    meta = find(item, "contentmeta")
    content = _content(item)
    titled = text_of(_headline(meta)) or text_of(find(item, "itemmeta", "title")) or text_of(find(content, "hl1"))
    return Entry(
        title=titled,
        link="",
        content=_markup(content, guid),
        author=_author(meta) or BY.sub("", text_of(find(content, "byline"))),
        published=date_of(text_of(find(item, "firstcreated")) or text_of(find(meta, "contentcreated")))
        or date_of(text_of(find(item, "versioncreated"))),
        modified=date_of(text_of(find(item, "versioncreated")) or text_of(find(meta, "contentmodified"))),
        categories=_names(meta, "subject"),
        site=_name(find(item, "provider")),
        language=_language(item, meta),
        complete=True,
        guid=guid,
        dateline=text_of(find(meta, "dateline")) or _name(find(meta, "located")),
        rights=_rights(find(item, "rightsinfo")),
        urgency=urgency_of(text_of(find(meta, "urgency"))),
    )


def _code(element: etree._Element | None) -> str:
    return (element.get("qcode") or element.get("literal") or "").strip() if element is not None else ""


def _headline(meta: etree._Element | None) -> etree._Element | None:
    """Return the main headline: the one without a role, or whose role says so, else the first."""
    found = list(find_all(meta, "headline"))
    main = (one for one in found if (one.get("role") or "main").rpartition(":")[2] in ("main", "hl1", "headline"))
    return next(main, found[0] if found else None)


def _name(element: etree._Element | None) -> str:
    """Return the name of a thing in Arabic where it has one, else its first, else its literal."""
    if element is None:
        return ""
    names = list(find_all(element, "name"))
    arabic = next((name for name in names if (name.get(_LANG) or "").startswith("ar")), names[0] if names else None)
    return text_of(arabic) or element.get("literal") or ""


def _names(meta: etree._Element | None, kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (_name(one) for one in find_all(meta, kind)))))


def _author(meta: etree._Element | None) -> str:
    by = BY.sub("", text_of(find(meta, "by")))
    return by or "، ".join(_names(meta, "creator"))


def _language(item: etree._Element, meta: etree._Element | None) -> str:
    stated = find(meta, "language")
    tag = (stated.get("tag") or "") if stated is not None else ""
    return (tag or item.get(_LANG) or "ar").partition("-")[0].lower()


def _rights(info: etree._Element | None) -> str:
    parts = (text_of(find(info, "copyrightnotice")) or _name(find(info, "copyrightholder")), find(info, "usageterms"))
    return " ".join(filter(None, (parts[0], text_of(parts[1]))))


def _content(item: etree._Element) -> etree._Element | None:
    """Return the first rendition of the content that is text: XHTML or NITF in place, else plain text."""
    renditions = find(item, "contentset")
    return next(find_all(renditions, "inlinexml"), next(find_all(renditions, "inlinedata"), None))


def _markup(content: etree._Element | None, name: str) -> str:
    if content is None:
        raise ReadError(f"{name} has no text of its own: its content lies elsewhere", hint="ask for inline content")
    if local_name(content) == "inlinedata":
        return as_markup("".join(map(str, content.itertext())))
    body = find(content, "body.content")
    return as_html(body if body is not None else next(find_all(content, "body"), content))


# ── NewsML 1.x ───────────────────────────────────────────────────────────────────────────────────────────────────


def _first_entry(item: etree._Element) -> Entry:
    guid = text_of(find(item, "publicidentifier"))
    state = find(item, "status")
    require_usable(((state.get("FormalName") or "") if state is not None else "").lower(), "", guid)
    lines, content = find(item, "newslines"), find(item, "datacontent")
    if content is None:
        raise ReadError(f"{guid or 'an item'} has no text of its own")
    body = find(content, "body.content")
    urgency = find(item, "urgency")
    return Entry(
        title=text_of(find(lines, "headline")) or text_of(find(content, "hl1")),
        link="",
        content=as_html(body if body is not None else content),
        author=BY.sub("", text_of(find(lines, "byline"))),
        published=date_of(text_of(find(item, "firstcreated"))),
        modified=date_of(text_of(find(item, "thisrevisioncreated"))),
        site=text_of(find(item, "providerid")),
        language=_formal(find(item, "descriptivemetadata", "language")).partition("-")[0].lower() or "ar",
        complete=True,
        guid=guid,
        dateline=text_of(find(lines, "dateline")),
        rights=tidy(text_of(find(lines, "copyrightline"))),
        urgency=urgency_of(_formal(urgency)),
    )


def _formal(element: etree._Element | None) -> str:
    return (element.get("FormalName") or "") if element is not None else ""
