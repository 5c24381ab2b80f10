"""ninjs 1.x and 2.x, one item or a list of them → entries. Source: IPTC, ninjs 1.5 and 2.1 schemas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.entries import Entry, plain, read_entries, take_entries
from tts_news.read.formats.agency import date_of, origin_of, require_usable
from tts_news.read.formats.jsonfeed import as_markup, as_object, list_in, load_json, text_in
from tts_news.read.metadata import BY
from tts_news.read.settings import ReadSettings
from tts_news.records import Article


def read_ninjs(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the texts of a ninjs document, newest first, behind the `passed` first.

    Raises:
        ReadError: It is no JSON.
    """
    value = load_json(document)
    entries = take_entries(
        value if isinstance(value, list) else [value], lambda item: _entry(as_object(item)), document.name
    )
    yield from read_entries(entries, settings, since, document.name, ("feed", origin_of(document)), passed)


def _entry(item: dict[str, Any]) -> Entry:
    uri = text_in(item, "uri")
    if text_in(item, "type") not in ("", "text"):
        raise ReadError(f"{uri or 'an item'} is no text but {text_in(item, 'type')}")
    require_usable(text_in(item, "pubstatus"), text_in(item, "embargoed"), uri)
    rights = item["rightsinfo"] if isinstance(item.get("rightsinfo"), dict) else item
    notice = text_in(rights, "copyrightnotice") or text_in(rights, "copyrightholder")
    created = text_in(item, "firstcreated") or text_in(item, "contentcreated") or text_in(item, "versioncreated")
    return Entry(
        title=plain(text_in(item, "headline") or _one_of(item, "headlines", "value")),
        link=uri if uri.startswith(("http://", "https://")) else "",
        content=_content(item, uri),
        author=BY.sub("", plain(text_in(item, "byline") or text_in(item, "by"))) or _names(item, "person", "author"),
        published=date_of(created),
        modified=date_of(text_in(item, "versioncreated") or text_in(item, "contentmodified")),
        categories=tuple(dict.fromkeys(filter(None, _names(item, "subject").split("، ")))),
        site=text_in(item, "source") or _names(item, "infosource") or _names(item, "infosources"),
        language=(text_in(item, "language") or "ar").partition("-")[0].lower(),
        complete=True,
        guid=uri,
        dateline=text_in(item, "located") or _names(item, "place"),
        rights=" ".join(filter(None, (notice, text_in(rights, "usageterms")))),
        urgency=item["urgency"] if item.get("urgency") in range(1, 10) else 0,
    )


def _content(item: dict[str, Any], name: str) -> str:
    """Return the body as HTML: marked up where there is one, else plain.

    Raises:
        ReadError: There is none.
    """
    marked = text_in(item, "body_xhtml") or text_in(item, "body_html") or _one_of(item, "bodies", "value", "html")
    content = marked or as_markup(text_in(item, "body_text") or _one_of(item, "bodies", "value"))
    if not content:
        raise ReadError(f"{name or 'an item'} has no text", hint="ask for items with their body")
    return content


def _one_of(item: dict[str, Any], name: str, member: str, kind: str = "") -> str:
    """Return a member of the main one of several: the one of role «main», else the first; of a content type."""
    found = [one for one in list_in(item, name) if isinstance(one, dict) and kind in text_in(one, "contenttype")]
    main = next((one for one in found if text_in(one, "role") in ("", "main")), found[0] if found else {})
    return text_in(main, member)


def _names(item: dict[str, Any], kind: str, role: str = "") -> str:
    found = [one for one in list_in(item, kind) if isinstance(one, dict)]
    return "، ".join(filter(None, (plain(text_in(one, "name")) for one in found if role in text_in(one, "rel"))))
