"""What an agency's formats have in common: embargoes and states, dates, markup that becomes HTML, who delivers."""

from __future__ import annotations

import datetime as dt
import html
import os
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from tts_news.arabic import tidy
from tts_news.errors import ReadError
from tts_news.read.dates import clean_iso
from tts_news.read.document import Document
from tts_news.read.entries import iso_of, moment
from tts_news.read.identity import normalise_address, scope_of
from tts_news.read.markup import local_name

_USABLE: Final = frozenset(("", "usable", "stat:usable"))
_KEPT: Final = frozenset(
    "p ul ol li table caption thead tbody tfoot tr td th col br em strong b i sub sup a h1 h2 h3 h4 h5 h6 blockquote "
    "cite dl dt dd pre q section div span figure figcaption del ins".split()
)
# NITF's names for what HTML calls otherwise; None is what is not published (notes to editors) or no text.
_NITF: Final[Mapping[str, str | None]] = MappingProxyType(
    {
        "hl1": "h2",
        "hl2": "h3",
        "bq": "blockquote",
        "block": "div",
        "credit": "cite",
        "media": "figure",
        "media-caption": "figcaption",
        "note": None,
        "media-reference": None,
        "media-metadata": None,
        "media-object": None,
        "tagline": None,
        "fn": "div",
        "lang": "span",
    }
)
_MOST_DEEP: Final = 100


def require_usable(state: str, embargoed: str, name: str, now: dt.datetime | None = None) -> None:
    """Raise for an item that the agency has withheld or withdrawn, or that is under embargo still.

    Args:
        state: Its publishing state as the format says it, "" for none.
        embargoed: Until when, as the format says it, "" for no embargo.
        name: The item, for messages.
        now: The moment that counts, the present one when not given.

    Raises:
        ReadError: It must not be published.
    """
    if state.strip().casefold() not in _USABLE:
        raise ReadError(f"{name} is not to be published: its state is {state}", hint="ask the agency")
    if not embargoed.strip():
        return
    until = moment(date_of(embargoed))
    if until is None:
        raise ReadError(f"{name} is under an embargo that is no date: {embargoed!r}", hint="ask the agency")
    if until > (now or dt.datetime.now(dt.UTC)):
        raise ReadError(f"{name} is under embargo until {until.isoformat()}", hint="read it again after that")


def date_of(text: str) -> str:
    """Return a date of an agency's format as ISO 8601, "" when it is none; NITF writes 20261120T100300Z."""
    text = tidy(text)
    if iso := iso_of(text):
        return iso
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return ""
    return clean_iso(found.isoformat() if len(text) > 8 else found.date().isoformat())


def origin_of(document: Document) -> str:
    """Return where an agency's items come from: the host of an address, the folder of a file, "-".

    An item is corrected by another file of the same delivery that has the same guid.
    """
    if document.url:
        parts = urlsplit(document.url)
        return normalise_address(f"{parts.scheme}://{parts.netloc}/")
    return document.name if document.name == "-" else os.path.dirname(scope_of(document.name))  # noqa: PTH120 - a URI


def find_all(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the elements of these names anywhere below, whatever their namespace, in document order."""
    if element is not None:
        yield from (one for one in element.iter() if local_name(one) in names)


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element that is reached over this path of names, each anywhere below the one before."""
    for name in path:
        element = next((one for one in find_all(element, name) if one is not element), None)
    return element


def as_html(element: etree._Element, depth: int = 0) -> str:
    """Return the content of NITF or XHTML as HTML: known elements under HTML's names, the text of all others."""
    if depth > _MOST_DEEP:
        raise ReadError("its markup is nested too deeply to be an article")
    parts = [html.escape(element.text or "")]
    for child in element:
        name = local_name(child)
        target = _NITF.get(name, name)
        if target is not None and name:
            inner = as_html(child, depth + 1)
            parts.append(_tag(child, target, inner) if target in _KEPT else f" {inner} ")
        parts.append(html.escape(child.tail or ""))
    return "".join(parts)


def _tag(element: etree._Element, name: str, inner: str) -> str:
    kept = ("href", "colspan", "rowspan", "start", "scope", "hidden", "class")
    facts = "".join(f' {key}="{html.escape(value)}"' for key in kept if (value := element.get(key)) is not None)
    return f"<br{facts}>" if name == "br" else f"<{name}{facts}>{inner}</{name}>"
