"""The pages that Telegram Desktop exports of a channel (`messages.html`) → the same as its `result.json` holds.

Source: Telegram Desktop, export_output_html.cpp. A page does not say whether it is of a channel: in one, all is posted
in its own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml.html import HtmlElement

from tts_news.arabic import tidy
from tts_news.errors import ReadError
from tts_news.read.dates import clean_iso
from tts_news.read.document import Document
from tts_news.read.encoding import decode
from tts_news.read.metadata import parse_html

_ENTITIES: Final = {
    "strong": "bold",
    "b": "bold",
    "em": "italic",
    "a": "link",
    "s": "strikethrough",
    "del": "strikethrough",
    "strike": "strikethrough",
    "code": "code",
    "pre": "pre",
}
_NUMBER: Final = re.compile(r"^message(\d+)$")
_STAMP: Final = re.compile(r"^(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?$")


def load_page(document: Document) -> dict[str, Any]:
    """Return a page of an export as the JSON export of the same channel has it.

    Raises:
        ReadError: It is not whole, or of a chat of people.
    """
    tree, too_deep = parse_html(decode(document.data, document.charset))
    if tree is None or too_deep:
        raise ReadError(f"{document.name} is no whole export of Telegram's", hint="export the channel again")
    name = _first(tree, "text")
    posts = list(_posts(tree))
    senders = {sender for post in posts if (sender := post["from"])}
    kind = "public_channel" if senders <= {name} else "group"
    return {"name": name, "type": kind, "messages": posts}


def _posts(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for element in tree.iter("div"):
        number = _NUMBER.match(element.get("id") or "")
        if number is None or not _is(element, "message") or _is(element, "service"):
            continue
        text = next((part for part in element.iter("div") if _is(part, "text") and not _is_forwarded(part)), None)
        yield {
            "id": int(number[1]),
            "type": "message",
            "date": _date(element),
            "from": _first(element, "from_name"),
            "author": _first(element, "signature"),
            "text": [] if text is None else list(_pieces(text)),
        }


def _pieces(element: HtmlElement) -> Iterator[object]:
    """Yield the text of a post in pieces, each as the JSON export writes it."""
    yield _flat(element.text)
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif isinstance(child.tag, str):
            yield {"type": _ENTITIES.get(child.tag, "plain"), "text": "".join(_words(child))}
        yield _flat(child.tail)


def _words(element: HtmlElement) -> Iterator[str]:
    yield "\n" if element.tag == "br" else _flat(element.text)
    for child in element:
        yield from _words(child)
        yield _flat(child.tail)


def _flat(text: str | None) -> str:
    """Return text without the line breaks that are of the page and not of the post."""
    return re.sub(r"\s*\n\s*", " ", text or "")


def _date(element: HtmlElement) -> str:
    stamps = (part.get("title") or "" for part in element.iter("div") if _is(part, "date"))
    match = next(filter(None, map(_STAMP.match, stamps)), None)
    if match is None:
        return ""
    day, month, year, clock, zone = match.groups()
    return clean_iso(f"{year}-{month}-{day}T{clock}{zone or ''}")


def _first(element: HtmlElement, name: str) -> str:
    """Return the text of the first part that is called so; a date or the words of who forwarded are not in it."""
    found = next((part for part in element.iter("div") if _is(part, name) and not _is_forwarded(part)), None)
    return tidy(" ".join((found.text or "").split())) if found is not None else ""


def _is(element: HtmlElement, name: str) -> bool:
    return name in (element.get("class") or "").split()


def _is_forwarded(element: HtmlElement) -> bool:
    return any(_is(up, "forwarded") for up in element.iterancestors("div"))
