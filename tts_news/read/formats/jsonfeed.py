"""JSON Feed 1.0 and 1.1 → entries. Source: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from typing import Any

from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.encoding import decode, mend
from tts_news.read.entries import Entry, iso_of, join_link, plain, read_entries, take_entries
from tts_news.read.identity import scope_of
from tts_news.read.settings import ReadSettings
from tts_news.records import Article


def read_json_feed(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the articles of a JSON Feed, newest first, behind the `passed` first.

    Raises:
        ReadError: It is none, or has no items.
    """
    feed = load_json(document)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        raise ReadError(f"{document.name} is a JSON Feed without items", hint="open it to see what it holds")
    entries = take_entries(items, lambda item: _entry(as_object(item), feed, document.url), document.name)
    yield from read_entries(entries, settings, since, document.name, ("feed", scope_of(document.name)), passed)


def load_json(document: Document) -> Any:
    """Return what a JSON document holds, half emojis mended.

    Raises:
        ReadError: It is no JSON.
    """
    try:
        value = json.loads(decode(document.data, document.charset))
        text = json.dumps(value, ensure_ascii=False)
        return json.loads(mend(text)) if re.search("[\ud800-\udfff]", text) else value
    except (ValueError, RecursionError) as err:
        raise ReadError(f"{document.name} is no JSON that can be read: {err}", hint="save it again, whole") from err


def as_object(item: Any) -> dict[str, Any]:
    """Return an item of a list that must be an object.

    Raises:
        ReadError: It is something else.
    """
    if not isinstance(item, dict):
        raise ReadError("it is no JSON object", hint="open the document to see what it holds")
    return item


def list_in(value: dict[str, Any], name: str) -> list[Any]:
    """Return a member that is a list, an empty one when it is not there or something else."""
    found = value.get(name)
    return found if isinstance(found, list) else []


def text_in(value: dict[str, Any], name: str) -> str:
    """Return a member that is text, "" when it is not there or something else."""
    found = value.get(name)
    return found if isinstance(found, str) else ""


def as_markup(text: str) -> str:
    """Return plain text as HTML: an empty line parts paragraphs, any other end of a line is kept as one."""
    parts = re.split(r"\n[ \t\r]*\n\s*", text.strip())
    return "".join(f"<p>{html.escape(part.strip()).replace(chr(10), '<br>')}</p>" for part in parts if part.strip())


def _entry(item: dict[str, Any], feed: dict[str, Any], base: str) -> Entry:
    content = text_in(item, "content_html") or as_markup(text_in(item, "content_text"))
    return Entry(
        title=plain(text_in(item, "title")),
        link=join_link(base, text_in(item, "url") or text_in(item, "external_url")),
        content=content,
        summary=text_in(item, "summary"),
        author=_authors(item) or _authors(feed),
        published=iso_of(text_in(item, "date_published")),
        modified=iso_of(text_in(item, "date_modified")),
        categories=tuple(tag for tag in list_in(item, "tags") if isinstance(tag, str)),
        site=plain(text_in(feed, "title")),
        # 1.1: content_html and content_text are the item's whole text, `summary` is not.
        complete=bool(content),
        guid=str(item.get("id") or ""),
    )


def _authors(value: dict[str, Any]) -> str:
    """Return the names; 1.0 had one `author`."""
    people = list_in(value, "authors") or [value.get("author")]
    return "، ".join(name for one in people if isinstance(one, dict) and (name := plain(text_in(one, "name"))))
