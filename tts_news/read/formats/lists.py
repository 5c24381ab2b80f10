"""Lists of addresses: a line each, or the feeds of an OPML subscription list. They are read one after another."""

from __future__ import annotations

import re

from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.encoding import decode
from tts_news.read.formats.agency import find_all
from tts_news.read.markup import parse_xml

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def read_addresses(document: Document) -> tuple[str, ...]:
    """Return the addresses of a list, a line each; empty lines and what follows a # at the start of a line are none.

    Raises:
        ReadError: A line is no address: a list never names files, so that nobody else's list can.
    """
    found: dict[str, None] = {}
    for number, line in enumerate(decode(document.data, document.charset).splitlines(), 1):
        text = line.strip("\ufeff \t\u200e\u200f")
        if not text or text.startswith("#"):
            continue
        if not _ADDRESS.fullmatch(text):
            raise ReadError(f"line {number} of {document.name} is no address: {text[:80]!r}", hint="one address a line")
        found[text] = None
    if not found:
        raise ReadError(f"{document.name} lists no addresses", hint="write one address a line")
    return tuple(found)


def read_subscriptions(document: Document) -> tuple[str, ...]:
    """Return the feeds of an OPML file, each once.

    Raises:
        ReadError: It names none.
    """
    root = parse_xml(document.data, document.name, document.charset).root
    named = (outline.get("xmlUrl") or outline.get("xmlurl") or "" for outline in find_all(root, "outline"))
    feeds = tuple(dict.fromkeys(url.strip() for url in named if _ADDRESS.fullmatch(url.strip())))
    if not feeds:
        raise ReadError(f"{document.name} is OPML without feeds", hint="export the subscriptions of a feed reader")
    return feeds
